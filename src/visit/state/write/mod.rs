//! A write: what it will do is read and confirmed, a second factor is proved, the ledger takes it, and
//! what became of it is told.

mod checking;
mod choose;
mod committing;
mod done;
mod draft;
pub(crate) mod factor;
mod fate;
mod pad;
mod recheck;
mod review;
mod unproved;

pub(crate) use checking::Checking;
pub(crate) use choose::Choose;
pub(crate) use committing::Committing;
pub(crate) use done::{Done, Offer};
pub(crate) use draft::Draft;
pub(crate) use fate::Fate;
pub(crate) use pad::{Pad, PadNote};
pub(crate) use recheck::{Finding, Recheck};
pub(crate) use review::Review;
pub(crate) use unproved::{Unproved, Why};

use crate::visit::cx::Cx;
use crate::visit::event::Event;
use crate::visit::patron::Patron;
use crate::visit::state::page::Next;

/// How far a write is.
pub(crate) enum WritePage {
    /// Its effects are shown; nothing has happened yet.
    Review(Review),
    /// By which second factor.
    Choose(Choose),
    /// A PIN or password is entered.
    Pad(Pad),
    /// It is being checked.
    Checking(Checking),
    /// No second factor can be proved now.
    Unproved(Unproved),
    /// It is on its way to the ledger.
    Committing(Committing),
    /// What became of it.
    Done(Done),
}

impl WritePage {
    pub(crate) fn handle(self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match self {
            Self::Review(page) => page.handle(cx, patron, event),
            Self::Choose(page) => page.handle(cx, patron, event),
            Self::Pad(page) => page.handle(cx, patron, event),
            Self::Checking(page) => page.handle(cx, patron, event),
            Self::Unproved(page) => page.handle(cx, patron, event),
            Self::Committing(page) => page.handle(cx, patron, event),
            Self::Done(page) => page.handle(cx, patron, event),
        }
    }

    /// The page's own bound.
    pub(crate) fn deadline(&self) -> Option<u64> {
        match self {
            Self::Checking(page) => Some(page.deadline()),
            Self::Committing(page) => Some(page.deadline()),
            Self::Done(page) => page.deadline(),
            Self::Review(_) | Self::Choose(_) | Self::Pad(_) | Self::Unproved(_) => None,
        }
    }

    /// The page stands until it is touched.
    pub(crate) fn waits_for_a_touch(&self) -> bool {
        !matches!(self, Self::Checking(_) | Self::Committing(_))
    }
}
