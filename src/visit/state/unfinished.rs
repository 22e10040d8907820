//! A slip did not come, came in part, or nobody knows.

use super::home::Home;
use super::ignore;
use super::page::{Next, Page};
use super::preview::Job;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, PrintEnd, Tap};
use crate::visit::patron::Patron;

/// How the slip ended, and the slip, for the patron to have it printed again.
pub(crate) struct Unfinished {
    pub job: Job,
    /// Never `Printed`.
    pub end: PrintEnd,
    /// Pages of the slip.
    pub pages: u16,
}

impl Unfinished {
    pub(crate) fn enter(job: Job, end: PrintEnd, pages: u16) -> Page {
        Page::Unfinished(Self { job, end, pages })
    }

    pub(crate) fn handle(self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::PrintAgain) => self.job.print(cx, patron).into(),
            Event::Tap(Tap::Home) => Home::enter().into(),
            other => {
                ignore(cx, &other);
                Page::Unfinished(self).into()
            }
        }
    }
}
