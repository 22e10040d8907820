//! Single values of a view as Slint has them.

use gongji_ui as ui;
use gongji_ui::slint::SharedString;

use crate::view::model as m;

/// Which Slint page draws a view.
pub(super) fn kind(page: &m::PageView) -> ui::PageKind {
    match page {
        m::PageView::Idle(_) => ui::PageKind::Idle,
        m::PageView::Waiting(_) => ui::PageKind::Waiting,
        m::PageView::Home(_) => ui::PageKind::Home,
        m::PageView::List(_) => ui::PageKind::List,
        m::PageView::Record(_) => ui::PageKind::Record,
        m::PageView::Months(_) => ui::PageKind::Months,
        m::PageView::Choice(_) => ui::PageKind::Choice,
        m::PageView::Preview(_) => ui::PageKind::Preview,
        m::PageView::Message(_) => ui::PageKind::Message,
        m::PageView::Members(_) => ui::PageKind::Members,
        m::PageView::Pad(_) => ui::PageKind::Pad,
        m::PageView::Document(_) => ui::PageKind::Document,
        m::PageView::Sign(_) => ui::PageKind::Sign,
        m::PageView::Review(_) => ui::PageKind::Review,
    }
}

pub(super) fn text(words: impl AsRef<str>) -> SharedString {
    SharedString::from(words.as_ref())
}

pub(super) fn sign(seal: char) -> SharedString {
    SharedString::from(seal)
}

pub(super) fn share(permille: u16) -> f32 {
    f32::from(permille.min(1000)) / 1000.0
}

pub(super) fn choice(c: &m::Choice) -> ui::ChoiceItem {
    ui::ChoiceItem { seal: sign(c.seal), label: text(&c.label), detail: text(&c.detail) }
}

pub(super) fn chip(c: &m::Chip) -> ui::ChipItem {
    ui::ChipItem { label: text(&c.label), chosen: c.chosen }
}

pub(super) fn field(f: &m::Field) -> ui::FieldItem {
    ui::FieldItem { label: text(&f.label), value: text(&f.value), part: f.part }
}
