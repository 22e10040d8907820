//! After the visit: take your card, take your slip. Nothing personal.

use super::Screen;
use super::format::lines;
use crate::view::messages;
use crate::view::model::{MessageView, PageView, Tone, WaitingView};
use crate::visit::Kiosk;
use crate::visit::devices::Slot;

pub(super) fn take_card(kiosk: &Kiosk) -> Screen {
    let (seal, title, seen) = messages::TAKE_CARD_PAGE;
    let texts = match kiosk.devices().slot {
        Slot::Present => seen,
        Slot::Empty | Slot::Unknown => messages::TAKE_CARD_UNSEEN,
    };
    Screen::message(MessageView {
        seal,
        tone: Tone::Plain,
        title: title.into(),
        reassurance: None,
        lines: lines(&texts),
        fields: Vec::new(),
    })
}

pub(super) fn take_document() -> Screen {
    let (seal, title, texts) = messages::media::TAKE_DOCUMENT_PAGE;
    Screen::message(MessageView {
        seal,
        tone: Tone::Plain,
        title: title.into(),
        reassurance: None,
        lines: lines(&texts),
        fields: Vec::new(),
    })
}

pub(super) fn take_slip() -> Screen {
    let (seal, title, texts) = messages::TAKE_SLIP_PAGE;
    Screen::new(PageView::Waiting(WaitingView {
        seal,
        title: title.into(),
        lines: lines(&texts),
        progress: None,
    }))
}
