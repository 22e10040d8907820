//! Waiting for the card or the ledger, and the word that it takes longer.

use super::Screen;
use super::format::{button, lines};
use crate::view::messages::{self, lists, media, members, pay, printing};
use crate::view::model::{Button, PageView, WaitingView};
use crate::visit::event::Tap;
use crate::visit::medium::MediumKind;
use crate::visit::state::identifying::Identifying;
use crate::visit::state::opening::Opening;
use crate::visit::state::preparing::Preparing;

pub(super) fn reading() -> Screen {
    let (seal, title, texts) = messages::READING;
    wait(seal, title, &texts)
}

pub(super) fn identifying(state: &Identifying) -> Screen {
    let kind = state.kind();
    if state.pending.slow() && !state.can_retry() {
        return wait(messages::LOOKING_UP.0, messages::SLOW_TITLE, &media::SLOW_LINES)
            .back(button(media::stop_waiting(kind), Tap::Finish));
    }
    looking_up(state.pending.slow(), kind)
}

pub(super) fn opening(page: &Opening, kind: MediumKind) -> Screen {
    looking_up(page.pending.slow(), kind)
}

fn looking_up(slow: bool, kind: MediumKind) -> Screen {
    let (seal, title) = messages::LOOKING_UP;
    if slow {
        return self::slow(seal, button(media::stop_waiting(kind), Tap::Finish));
    }
    wait(seal, title, &media::looking_up(kind))
}

/// The first rows of a list.
pub(super) fn rows(slow: bool) -> Screen {
    let (seal, title, texts) = lists::FETCHING;
    let back = button(messages::BACK, Tap::Back);
    if slow { self::slow(seal, back) } else { wait(seal, title, &texts).back(back) }
}

/// The family account.
pub(super) fn members(slow: bool) -> Screen {
    let (seal, title, texts) = members::FETCHING;
    let back = button(messages::BACK, Tap::Back);
    if slow { self::slow(seal, back) } else { wait(seal, title, &texts).back(back) }
}

/// What must be known before a premium is paid.
pub(super) fn paying(slow: bool) -> Screen {
    let (seal, title, texts) = pay::ASKING;
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

pub(super) fn wait(seal: char, title: &str, texts: &[&str]) -> Screen {
    Screen::new(PageView::Waiting(WaitingView {
        seal,
        title: title.into(),
        lines: lines(texts),
        progress: None,
    }))
}
