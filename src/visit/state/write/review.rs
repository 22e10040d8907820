//! The effects of a write, before it is made.

use super::{Draft, WritePage, factor};
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// The patron reads what will happen.
pub(crate) struct Review {
    pub draft: Draft,
}

impl Review {
    /// Shows the effects; only 确认 there begins the write.
    pub(crate) fn enter(draft: Draft) -> Page {
        Page::Write(WritePage::Review(Self { draft }))
    }

    pub(crate) fn handle(self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Back) => (*self.draft.before).into(),
            Event::Tap(Tap::Confirm) if cx.writes_possible() => {
                factor::begin(cx, patron, self.draft).into()
            }
            other => {
                ignore(cx, &other);
                Page::Write(WritePage::Review(self)).into()
            }
        }
    }
}
