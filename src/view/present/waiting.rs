//! Waiting for the card or the ledger, and the word that it takes longer.

use super::Screen;
use super::format::{button, lines};
use crate::view::messages::{self, lists, printing};
use crate::view::model::{Button, PageView, WaitingView};
use crate::visit::event::Tap;
use crate::visit::state::identifying::Identifying;
use crate::visit::state::opening::Opening;
use crate::visit::state::preparing::Preparing;

pub(super) fn reading() -> Screen {
    let (seal, title, texts) = messages::READING;
    wait(seal, title, &texts)
}

pub(super) fn identifying(state: &Identifying) -> Screen {
    looking_up(state.pending.slow())
}

pub(super) fn opening(page: &Opening) -> Screen {
    looking_up(page.pending.slow())
}

fn looking_up(slow: bool) -> Screen {
    let (seal, title, texts) = messages::LOOKING_UP;
    if slow {
        return self::slow(seal, button(messages::TAKE_CARD, Tap::Finish));
    }
    wait(seal, title, &texts)
}

/// The first rows of a list.
pub(super) fn rows(slow: bool) -> Screen {
    let (seal, title, texts) = lists::FETCHING;
    let back = button(messages::BACK, Tap::Back);
    if slow { self::slow(seal, back) } else { wait(seal, title, &texts).back(back) }
}

pub(super) fn preparing(page: &Preparing) -> Screen {
    let (seal, title, texts) = printing::PREPARING;
    let back = button(messages::BACK, Tap::Back);
    if page.pending.slow() { slow(seal, back) } else { wait(seal, title, &texts).back(back) }
}

fn slow(seal: char, back: Option<Button>) -> Screen {
    wait(seal, messages::SLOW_TITLE, &messages::SLOW_LINES)
        .back(back)
        .primary(button(messages::RETRY, Tap::Retry))
}

fn wait(seal: char, title: &str, texts: &[&str]) -> Screen {
    Screen::new(PageView::Waiting(WaitingView {
        seal,
        title: title.into(),
        lines: lines(texts),
        progress: None,
    }))
}
