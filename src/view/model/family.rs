//! The pages of the family account.

use std::sync::Arc;

use super::{Choice, Field, Pager};
use crate::statement::Picture;
use crate::visit::event::Tap;

/// The family: a card a relative, and what can be done besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MembersView {
    /// 我的家人
    pub title: String,
    /// The official term, smaller: 家庭共济账户
    pub official: String,
    /// A sentence or two above the cards, or none.
    pub lead: Vec<String>,
    /// At most three on a page.
    pub cards: Vec<MemberCard>,
    /// What is said instead of cards when there are none.
    pub empty: Option<String>,
    /// What can be done besides opening a card: at most four (添加家人, 扣款顺序, 授权记录 …).
    pub choices: Vec<Choice>,
    /// 第 1 页，共 2 页; none when there is one page only.
    pub pager: Option<Pager>,
}

/// A relative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberCard {
    /// One character: 母
    pub seal: char,
    /// 母亲 李*
    pub who: String,
    /// At most three lines of 16 full-width characters: since when, limit, used this year, place in the
    /// order.
    pub lines: Vec<String>,
    /// What has yet to happen, in words, marked amber: 等家人接受. Beside `who` if both are short.
    pub mark: Option<String>,
    /// Opens the relative's own page.
    pub tap: Tap,
}

/// Which keys a pad has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PadKeys {
    /// 0 to 9.
    Digits,
    /// 0 to 9 and X: document numbers.
    DigitsX,
    /// 0 to 9 and A to Z: card numbers.
    Letters,
}

/// A pad of keys, for a PIN, a password, a number or an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PadView {
    /// The question: 请输入社保卡密码
    pub title: String,
    /// At most two sentences beneath.
    pub lead: Vec<String>,
    /// What has been entered, ready to show: grouped, or a dot for each hidden character.
    pub shown: String,
    /// How many characters are in, and how many are wanted; 0: as many as there are.
    pub filled: (u8, u8),
    /// What is entered is secret: it is shown as dots and never spoken.
    pub secret: bool,
    /// 元, after an amount.
    pub unit: Option<String>,
    /// What was wrong with the last entry, and how many tries are left; amber.
    pub note: Option<String>,
    /// Which keys there are.
    pub keys: PadKeys,
    /// A way round it, under the pad: 忘记密码了.
    pub other: Option<Choice>,
}

/// A document to be read and agreed to, page by page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentView {
    /// 家庭共济承诺书
    pub title: String,
    /// Who should read it, if not the patron: 请家人本人看.
    pub lead: Option<String>,
    /// The lines of this page, broken to fit: at most 24 full-width characters each, 16 lines.
    pub lines: Vec<String>,
    /// 第 1 页，共 3 页; always there.
    pub pager: Pager,
    /// What to do now: 看完最后一页，再按同意.
    pub note: String,
}

/// The field for a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignView {
    /// 请用手指写上您的名字
    pub title: String,
    /// At most two sentences beneath.
    pub lead: Vec<String>,
    /// What has been written, black on white; none while the field is empty.
    pub ink: Option<Arc<Picture>>,
    /// 擦掉重写 can be touched.
    pub can_wipe: bool,
    /// 我写不了字, a way round it.
    pub other: Option<Choice>,
}

/// What a write will do, before it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewView {
    /// 请看清楚再确认
    pub title: String,
    /// Label and value, at most eight.
    pub fields: Vec<Field>,
    /// What will happen, two or three sentences.
    pub effects: Vec<String>,
    /// 现在还没有添加。按“确认添加”以后才会生效。
    pub note: String,
}
