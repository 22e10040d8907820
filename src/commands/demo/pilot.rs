//! What a patron does on each page who agrees to what is asked.

use crate::records::generate::GENERATED_PIN;
use crate::view::model::{Button, PageView, ViewModel};
use crate::view::words::heading;
use crate::visit::event::{Act, Tap};

/// A mobile number to enter for a relative; it is nobody's.
const PHONE: &str = "13800000000";
/// Whole yuan to enter where an amount is asked for.
const YUAN: &str = "300";

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// Touch what means this.
    Touch(Tap),
    /// Key these characters in and take them.
    Enter(String),
    /// Write on the field and take it.
    Sign,
    /// The page goes on by itself.
    Wait,
    /// Nothing on this page leads on.
    Stop,
}

/// The move for a page; `card` is the number of the relative's card, where it is asked for.
pub(super) fn next(view: &ViewModel, card: &str) -> Move {
    let primary = view.primary.as_ref().map(|Button { tap, .. }| *tap);
    let touch = |tap: Option<Tap>| tap.map_or(Move::Stop, Move::Touch);
    match &view.page {
        PageView::Waiting(_) => Move::Wait,
        PageView::Document(page) if page.pager.next => Move::Touch(Tap::NextPage),
        PageView::Sign(_) => Move::Sign,
        PageView::Pad(page) => Move::Enter(match heading(view) {
            _ if page.secret => GENERATED_PIN.into(),
            title if title.contains("手机") => PHONE.into(),
            title if title.contains("社保卡号") => card.into(),
            _ => YUAN.into(),
        }),
        PageView::Members(page) => touch(page.cards.first().map(|card| card.tap)),
        PageView::List(page) if page.loading => Move::Wait,
        PageView::List(page) => touch(page.rows.first().and_then(|row| row.tap)),
        PageView::Choice(page) => {
            // What cannot be done at a kiosk is never the first that is tried.
            let harmless = |tap: &Tap| !matches!(tap, Tap::Act(Act::Decline) | Tap::Skip);
            let choice = page.choices.iter().map(|choice| choice.tap).find(harmless);
            touch(primary.filter(|tap| *tap == Tap::Confirm).or(choice))
        }
        _ => touch(primary.filter(|tap| *tap == Tap::Confirm)),
    }
}

/// What the picture of a page is called.
pub(super) fn name(view: &ViewModel) -> &'static str {
    match &view.page {
        PageView::Document(_) => "document",
        PageView::Sign(_) => "sign",
        PageView::Pad(page) if page.secret => "pin",
        PageView::Pad(_) => "pad",
        PageView::Members(_) => "whom",
        PageView::List(_) => "list",
        PageView::Choice(_) => "choice",
        PageView::Review(_) => "review",
        PageView::Record(_) => "record",
        _ => "page",
    }
}
