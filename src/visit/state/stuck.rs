//! The ledger did not answer a question within a visit: try again, go back, or call staff.

use super::home::Home;
use super::ignore;
use super::list::ListPage;
use super::opening::Opening;
use super::page::{Next, Origin, Page};
use super::pay::Step;
use super::preparing::Preparing;
use crate::domain::period::Period;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, PrintSize, SlipKind, Tap};
use crate::visit::patron::Patron;
use crate::visit::pending::LedgerTrouble;

/// What could not go on.
pub(crate) enum Blocker {
    /// Home's figures.
    Opening,
    /// A page of a list.
    List(ListPage),
    /// What a payment needs to know.
    Pay(Box<Step>),
    /// The rows of a slip.
    Slip { origin: Origin, kind: SlipKind, period: Period, size: PrintSize },
}

/// Telling so.
pub(crate) struct Stuck {
    pub why: LedgerTrouble,
    pub blocker: Blocker,
}

impl Stuck {
    pub(crate) fn enter(why: LedgerTrouble, blocker: Blocker) -> Page {
        Page::Stuck(Self { why, blocker })
    }

    pub(crate) fn handle(self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match (event, self.blocker) {
            (Event::Tap(Tap::Retry), Blocker::Opening) => Opening::enter(cx, patron).into(),
            (Event::Tap(Tap::Retry), Blocker::List(list)) => list.ask(cx, patron).into(),
            (Event::Tap(Tap::Retry), Blocker::Pay(step)) => step.ask(cx, patron).into(),
            (Event::Tap(Tap::Retry), Blocker::Slip { origin, kind, period, size }) => {
                Preparing::enter(cx, patron, origin, kind, period, size).into()
            }
            (Event::Tap(Tap::Finish), Blocker::Opening) => Next::End,
            (Event::Tap(Tap::Back), Blocker::List(_)) => Home::enter().into(),
            (Event::Tap(Tap::Back), Blocker::Pay(step)) => step.give_up(cx, patron).into(),
            (Event::Tap(Tap::Back), Blocker::Slip { origin, .. }) => {
                origin.resume(cx, patron).into()
            }
            (other, blocker) => {
                ignore(cx, &other);
                Page::Stuck(Self { why: self.why, blocker }).into()
            }
        }
    }
}
