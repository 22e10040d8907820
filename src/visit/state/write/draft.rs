//! What a patron is about to write.

use crate::domain::account::RelativeRef;
use crate::records::port::{Action, ConsentRecord};
use crate::visit::state::page::Page;

/// A write that was put together and waits to be confirmed. Personal; lives only inside a `Visit`.
pub(crate) struct Draft {
    /// What is written.
    pub action: Action,
    /// For whom, where it is for a relative.
    pub relative: Option<RelativeRef>,
    /// What was read and accepted, for what needs it.
    pub consent: Option<ConsentRecord>,
    /// Label and value in official terms, free of names and numbers, for review, result and receipt:
    /// 限额, 授权期限, 参保年度, 缴费金额.
    pub fields: Vec<(String, String)>,
    /// What it will do, two or three plain sentences.
    pub effects: Vec<String>,
    /// The page before the review, as it was: 返回 leads there. It waits for nothing.
    pub before: Box<Page>,
}
