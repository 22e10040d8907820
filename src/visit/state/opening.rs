//! The person is known; home's figures are on their way.

use super::home::Home;
use super::ignore;
use super::page::{Next, Page};
use super::stuck::{Blocker, Stuck};
use crate::visit::cx::Cx;
use crate::visit::event::{Answer, Event, Query, Tap};
use crate::visit::patron::Patron;
use crate::visit::pending::{LedgerTrouble, Pending, Wait};

/// Waiting for the overview.
pub(crate) struct Opening {
    pub pending: Pending,
}

impl Opening {
    pub(crate) fn enter(cx: &mut Cx, patron: &mut Patron) -> Page {
        let today = cx.today();
        let person = patron.person.psn_no.clone();
        Page::Opening(Self { pending: cx.ask(Query::Overview { person, today }) })
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match event {
            Event::Answer { id, result } if self.pending.is(id) => {
                return match result {
                    Ok(Answer::Overview(overview)) => {
                        patron.overview = Some(overview);
                        patron.overview_stale = false;
                        Home::enter().into()
                    }
                    Ok(_) => Stuck::enter(LedgerTrouble::Away, Blocker::Opening).into(),
                    Err(error) => Stuck::enter((&error).into(), Blocker::Opening).into(),
                };
            }
            Event::Tick => {
                if self.pending.tick(cx) == Wait::GivenUp {
                    return Stuck::enter(LedgerTrouble::Silent, Blocker::Opening).into();
                }
            }
            Event::Tap(Tap::Retry) if self.pending.slow() => {
                return Self::enter(cx, patron).into();
            }
            Event::Tap(Tap::Finish) if self.pending.slow() => return Next::End,
            other => ignore(cx, &other),
        }
        Page::Opening(self).into()
    }
}
