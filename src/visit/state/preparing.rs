//! The rows of a slip are fetched and laid out.

use super::ignore;
use super::page::{Next, Origin, Page};
use super::preview::{Job, Preview};
use super::stuck::{Blocker, Stuck};
use super::too_many::TooMany;
use crate::records::port::LedgerError;
use crate::visit::cx::Cx;
use crate::visit::event::{Answer, Event, PrintSize, Query, Tap};
use crate::visit::paper::Paper;
use crate::visit::patron::Patron;
use crate::visit::pending::{LedgerTrouble, Pending, Wait};

/// Waiting for the slip.
pub(crate) struct Preparing {
    origin: Origin,
    paper: Paper,
    size: PrintSize,
    pub pending: Pending,
}

impl Preparing {
    pub(crate) fn enter(
        cx: &mut Cx,
        patron: &Patron,
        origin: Origin,
        paper: Paper,
        size: PrintSize,
    ) -> Page {
        let person = patron.person.clone();
        let pending = cx.ask(match &paper {
            Paper::Statement { kind, period } => {
                Query::Slip { person, kind: *kind, period: *period, size }
            }
            Paper::Receipt(facts) => Query::Receipt { person, facts: facts.clone(), size },
        });
        Page::Preparing(Self { origin, paper, size, pending })
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match event {
            Event::Answer { id, result } if self.pending.is(id) => match result {
                Ok(Answer::Slip(slip)) => {
                    let job = Job { slip, paper: self.paper };
                    Preview::enter(self.origin, job).into()
                }
                Ok(_) => self.stuck(LedgerTrouble::Away),
                Err(LedgerError::TooManyRows(limit)) if self.of_a_period() => {
                    TooMany::enter(self.origin, limit).into()
                }
                Err(error) => self.stuck((&error).into()),
            },
            Event::Tick => match self.pending.tick(cx) {
                Wait::GivenUp => self.stuck(LedgerTrouble::Silent),
                Wait::On => Page::Preparing(self).into(),
            },
            Event::Tap(Tap::Retry) if self.pending.slow() => {
                Self::enter(cx, patron, self.origin, self.paper, self.size).into()
            }
            Event::Tap(Tap::Back) => self.origin.resume(cx, patron).into(),
            other => {
                ignore(cx, &other);
                Page::Preparing(self).into()
            }
        }
    }

    /// A shorter time would have fewer rows.
    fn of_a_period(&self) -> bool {
        matches!(self.paper, Paper::Statement { .. })
    }

    fn stuck(self, why: LedgerTrouble) -> Next {
        let Self { origin, paper, size, .. } = self;
        Stuck::enter(why, Blocker::Slip { origin, paper, size }).into()
    }
}
