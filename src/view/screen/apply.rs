//! From a view model to Slint properties.

use std::cell::Cell;

use gongji_ui as ui;
use gongji_ui::slint::{ComponentHandle, SharedString};

use super::items::kind;
use super::pages::Lists;
use crate::view::model::{Overlay, ViewModel};

/// Hands view models to one window.
pub(super) struct Applier {
    lists: Lists,
    shown: Cell<Option<ui::PageKind>>,
}

impl Applier {
    pub(super) fn new(app: &ui::App) -> Self {
        Self { lists: Lists::new(app), shown: Cell::new(None) }
    }

    /// Shows `vm`. The former page, if it was another, is emptied.
    pub(super) fn apply(&self, app: &ui::App, vm: &ViewModel) {
        let page = kind(&vm.page);
        self.lists.fill(app, &vm.page);
        let frame = app.global::<ui::Frame>();
        frame.set_text(frame_text(vm));
        frame.set_page(page);
        if let Some(former) = self.shown.replace(Some(page)).filter(|former| *former != page) {
            self.lists.clear(app, former);
        }
    }
}

fn frame_text(vm: &ViewModel) -> ui::FrameText {
    let words = |text: Option<&String>| text.map(SharedString::from).unwrap_or_default();
    let (overlay, overlay_text, seconds) = match &vm.overlay {
        None => (ui::OverlayKind::None, SharedString::default(), 0),
        Some(Overlay::StillThere { seconds }) => {
            (ui::OverlayKind::StillThere, SharedString::default(), i32::from(*seconds))
        }
        Some(Overlay::StaffCalled { text }) => (ui::OverlayKind::StaffCalled, text.into(), 0),
    };
    ui::FrameText {
        has_back: vm.back.is_some(),
        back: words(vm.back.as_ref().map(|b| &b.label)),
        has_primary: vm.primary.is_some(),
        primary: words(vm.primary.as_ref().map(|b| &b.label)),
        notice: words(vm.notice.as_ref()),
        staff_called: vm.staff_called,
        overlay,
        overlay_text,
        seconds,
    }
}
