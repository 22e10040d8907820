//! The pages of a write.

use super::Screen;
use super::format::button;
use crate::view::messages;
use crate::view::model::{Field, PageView, ReviewView};
use crate::visit::event::Tap;
use crate::visit::state::write::{Review, WritePage};

pub(super) fn present(page: &WritePage) -> Screen {
    match page {
        WritePage::Review(page) => review(page),
    }
}

fn review(page: &Review) -> Screen {
    let kind = page.draft.action.kind();
    let fields = page.draft.fields.iter();
    let field = |(label, value): &(String, String)| Field {
        label: label.clone(),
        value: value.clone(),
        part: false,
    };
    let view = ReviewView {
        title: kind.label().into(),
        fields: fields.map(field).collect(),
        effects: page.draft.effects.clone(),
        note: String::new(),
    };
    Screen::new(PageView::Review(view)).back(button(messages::BACK, Tap::Back))
}
