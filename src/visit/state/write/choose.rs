//! By which second factor, where several can be used.

use super::{Draft, Pad, Review, WritePage};
use crate::policy::schema::SecondFactor;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// The choice; staff can be called there, too.
pub(crate) struct Choose {
    draft: Draft,
    /// At least two, in the order of the rules.
    pub factors: Vec<SecondFactor>,
}

impl Choose {
    pub(super) fn enter(draft: Draft, factors: Vec<SecondFactor>) -> Page {
        Page::Write(WritePage::Choose(Self { draft, factors }))
    }

    pub(crate) fn handle(self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Back) => return Review::enter(self.draft).into(),
            Event::Tap(Tap::Row(row)) => {
                if let Some(factor) = self.factors.get(usize::from(row)) {
                    return Pad::enter(cx, patron, self.draft, *factor, None).into();
                }
                ignore(cx, &event);
            }
            other => ignore(cx, &other),
        }
        Page::Write(WritePage::Choose(self)).into()
    }
}
