//! The idle page, and why the kiosk cannot serve now.

use super::Screen;
use super::format::button;
use crate::view::messages;
use crate::view::model::{IdleView, Offer, PageView};
use crate::visit::Kiosk;
use crate::visit::devices::Slot;
use crate::visit::event::Tap;
use crate::visit::state::idle::Idle;

pub(super) fn present(kiosk: &Kiosk, state: Idle) -> Screen {
    let (settings, devices) = (kiosk.settings(), kiosk.devices());
    let mut view = IdleView::default();
    if let Some(hint) = &settings.slot_hint {
        view.slot_hint.clone_from(hint);
    }
    if !settings.printer {
        let print = Offer::from(messages::OFFER_PRINT);
        view.offers.retain(|offer| *offer != print);
    }
    if !devices.reader_working {
        out_of_service(&mut view, messages::NO_READER_TITLE, messages::NO_READER_SUBTITLE);
    } else if state.card_left && devices.slot == Slot::Present {
        out_of_service(&mut view, messages::CARD_LEFT_TITLE, messages::CARD_LEFT_SUBTITLE);
    }
    let mut screen = Screen::new(PageView::Idle(view)).primary(button(messages::HELP, Tap::Help));
    screen.notice = printer_notice(kiosk);
    screen
}

/// Why there will be no paper, before anybody has hoped for it.
pub(super) fn printer_notice(kiosk: &Kiosk) -> Option<String> {
    if !kiosk.settings().printer {
        return Some(messages::NOTICE_NO_PRINTER.into());
    }
    kiosk.devices().printer.trouble.map(|_| messages::NOTICE_NO_PRINTING_NOW.into())
}

fn out_of_service(view: &mut IdleView, title: &str, subtitle: &str) {
    view.title = title.into();
    view.subtitle = subtitle.into();
    view.slot_hint.clear();
    view.in_service = false;
}
