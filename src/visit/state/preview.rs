//! How the slip looks, before it is printed.

use std::sync::Arc;

use super::blocked::Blocked;
use super::ignore;
use super::page::{Next, Origin, Page};
use super::preparing::Preparing;
use super::printing::Printing;
use crate::statement::Slip;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::paper::Paper;
use crate::visit::patron::Patron;

/// A slip and what it was made of.
#[derive(Clone)]
pub(crate) struct Job {
    pub slip: Arc<Slip>,
    pub paper: Paper,
}

impl Job {
    /// Prints the slip, or tells what hinders the printer.
    pub(crate) fn print(self, cx: &mut Cx, patron: &mut Patron) -> Page {
        match cx.devices.printer.trouble {
            None => Printing::enter(cx, patron, self),
            Some(trouble) => Blocked::enter(cx, self, trouble),
        }
    }
}

/// The preview.
pub(crate) struct Preview {
    origin: Origin,
    pub job: Job,
}

impl Preview {
    pub(crate) fn enter(origin: Origin, job: Job) -> Page {
        Page::Preview(Self { origin, job })
    }

    pub(crate) fn handle(self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Back) => self.origin.resume(cx, patron).into(),
            Event::Tap(Tap::Size(size)) if size != self.job.slip.size() => {
                Preparing::enter(cx, patron, self.origin, self.job.paper, size).into()
            }
            // The size that is chosen already.
            Event::Tap(Tap::Size(_)) => Page::Preview(self).into(),
            Event::Tap(Tap::PrintNow) => self.job.print(cx, patron).into(),
            other => {
                ignore(cx, &other);
                Page::Preview(self).into()
            }
        }
    }
}
