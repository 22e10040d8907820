//! The idle page, and why the kiosk cannot serve now.

use super::Screen;
use super::format::button;
use crate::view::messages;
use crate::view::model::{IdleView, PageView};
use crate::view::ways::Ways;
use crate::visit::Kiosk;
use crate::visit::event::Tap;
use crate::visit::state::idle::Idle;

pub(super) fn present(kiosk: &Kiosk, state: Idle) -> Screen {
    let view = if state.blocked_by_card(kiosk.devices()) {
        let (title, subtitle) = (messages::CARD_LEFT_TITLE, messages::CARD_LEFT_SUBTITLE);
        IdleView::out_of_service(kiosk.settings(), title, subtitle)
    } else {
        IdleView::with(kiosk.settings(), Ways::now(kiosk))
    };
    let mut screen = Screen::new(PageView::Idle(view)).primary(button(messages::HELP, Tap::Help));
    let (settings, devices) = (kiosk.settings(), kiosk.devices());
    let left = settings.documents && devices.document_left();
    screen.notice = if left { Some(messages::DOCUMENT_LEFT.into()) } else { printer_notice(kiosk) };
    screen
}

/// Why there will be no paper, before anybody has hoped for it.
pub(super) fn printer_notice(kiosk: &Kiosk) -> Option<String> {
    messages::no_printer_notice(kiosk.settings()).or_else(|| {
        kiosk.devices().printer.trouble.map(|_| messages::NOTICE_NO_PRINTING_NOW.into())
    })
}
