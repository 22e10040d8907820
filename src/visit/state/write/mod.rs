//! A write: what it will do is read and confirmed, a second factor is proved, the ledger takes it, and
//! what became of it is told.

mod draft;
mod review;

pub(crate) use draft::Draft;
pub(crate) use review::Review;

use crate::visit::cx::Cx;
use crate::visit::event::Event;
use crate::visit::patron::Patron;
use crate::visit::state::page::Next;

/// How far a write is.
pub(crate) enum WritePage {
    /// Its effects are shown; nothing has happened yet.
    Review(Review),
}

impl WritePage {
    pub(crate) fn handle(self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match self {
            Self::Review(page) => page.handle(cx, patron, event),
        }
    }
}
