//! The ledger did not answer a question within a visit: try again, go back, or call staff.

use super::home::Home;
use super::ignore;
use super::list::ListPage;
use super::members::{MembersPage, Records};
use super::opening::Opening;
use super::page::{Next, Origin, Page};
use super::pay::Step;
use super::preparing::Preparing;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, PrintSize, Tap};
use crate::visit::paper::Paper;
use crate::visit::patron::Patron;
use crate::visit::pending::LedgerTrouble;

/// What could not go on.
pub(crate) enum Blocker {
    /// Home's figures.
    Opening,
    /// A page of a list.
    List(ListPage),
    /// The family account.
    Members,
    /// A page of 授权记录.
    Records(Box<Records>),
    /// What a payment needs to know.
    Pay(Box<Step>),
    /// The rows of a slip.
    Slip { origin: Origin, paper: Paper, size: PrintSize },
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
            (Event::Tap(Tap::Retry), Blocker::Members) => MembersPage::enter(cx, patron).into(),
            (Event::Tap(Tap::Retry), Blocker::Records(page)) => page.ask(cx, patron).into(),
            (Event::Tap(Tap::Retry), Blocker::Pay(step)) => step.ask(cx, patron).into(),
            (Event::Tap(Tap::Retry), Blocker::Slip { origin, paper, size }) => {
                Preparing::enter(cx, patron, origin, paper, size).into()
            }
            (Event::Tap(Tap::Finish), Blocker::Opening) => Next::End,
            (Event::Tap(Tap::Back), Blocker::List(list)) => list.leave().into(),
            (Event::Tap(Tap::Back), Blocker::Members) => Home::enter().into(),
            (Event::Tap(Tap::Back), Blocker::Records(page)) => page.back().into(),
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
