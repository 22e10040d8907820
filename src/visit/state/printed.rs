//! The printer has confirmed every page: take your paper.

use super::home::Home;
use super::ignore;
use super::page::{Next, Page};
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};

/// A slip on paper.
pub(crate) struct Printed {
    /// Its number, when the journal has told it.
    pub slip_no: Option<String>,
    pub pages: u16,
}

impl Printed {
    pub(crate) fn enter(slip_no: Option<String>, pages: u16) -> Page {
        Page::Printed(Self { slip_no, pages })
    }

    pub(crate) fn handle(self, cx: &mut Cx, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Finish) => Next::End,
            Event::Tap(Tap::Home) => Home::enter().into(),
            other => {
                ignore(cx, &other);
                Page::Printed(self).into()
            }
        }
    }
}
