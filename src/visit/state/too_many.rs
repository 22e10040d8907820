//! The period has more rows than one slip may hold.

use super::ignore;
use super::months::Months;
use super::page::{Next, Origin, Page};
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;

/// Telling so; a shorter time is the way on.
pub(crate) struct TooMany {
    origin: Origin,
    /// The most rows a slip may hold.
    pub limit: u32,
}

impl TooMany {
    pub(crate) fn enter(origin: Origin, limit: u32) -> Page {
        Page::TooMany(Self { origin, limit })
    }

    pub(crate) fn handle(self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::ChoosePeriod) => Months::enter(cx, patron, self.origin).into(),
            Event::Tap(Tap::Back) => self.origin.resume(cx, patron).into(),
            other => {
                ignore(cx, &other);
                Page::TooMany(self).into()
            }
        }
    }
}
