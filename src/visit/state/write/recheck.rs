//! After a release: is the relative really gone from the family?

use crate::domain::person::PersonNo;
use crate::records::port::Action;
use crate::visit::cx::Cx;
use crate::visit::event::{Answer, Event, Query};
use crate::visit::patron::Patron;
use crate::visit::pending::{Pending, Wait};

/// How far the second look is.
enum Look {
    Asked(Pending),
    Gone,
    StillThere,
    NoAnswer,
}

/// The second look, and at whom.
pub(crate) struct Recheck {
    relative: PersonNo,
    look: Look,
}

/// What the patron is told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    /// The ledger has not answered yet.
    Looking,
    /// The person is gone.
    Gone,
    /// The ledger still has the person among the members.
    StillThere,
    /// The ledger gave no answer.
    NoAnswer,
}

impl Recheck {
    /// Looks again after a release; after anything else there is nothing to look for.
    pub(super) fn of(cx: &mut Cx, patron: &Patron, action: &Action) -> Option<Self> {
        let Action::Release { relative } = action else { return None };
        Some(Self { relative: relative.clone(), look: Look::Asked(ask(cx, patron)) })
    }

    /// Takes what is about the second look; else gives the event back.
    pub(super) fn take(&mut self, cx: &Cx, event: Event) -> Option<Event> {
        let Look::Asked(pending) = &mut self.look else { return Some(event) };
        match event {
            Event::Answer { id, result } if pending.is(id) => {
                self.look = match result {
                    Ok(Answer::FamilyAccount(account)) => {
                        let there = |psn_no: &PersonNo| *psn_no == self.relative;
                        match account.members.iter().any(|member| there(&member.who.psn_no)) {
                            true => Look::StillThere,
                            false => Look::Gone,
                        }
                    }
                    _ => Look::NoAnswer,
                };
                None
            }
            Event::Tick => {
                if pending.tick(cx) == Wait::GivenUp {
                    self.look = Look::NoAnswer;
                }
                None
            }
            other => Some(other),
        }
    }

    /// The page is come back to: an answer that came meanwhile was missed.
    pub(super) fn resume(&mut self, cx: &mut Cx, patron: &Patron) {
        if matches!(self.look, Look::Asked(_)) {
            self.look = Look::Asked(ask(cx, patron));
        }
    }

    pub(super) fn deadline(&self) -> Option<u64> {
        match &self.look {
            Look::Asked(pending) => Some(pending.deadline()),
            _ => None,
        }
    }

    /// What is known.
    pub(crate) fn finding(&self) -> Finding {
        match self.look {
            Look::Asked(_) => Finding::Looking,
            Look::Gone => Finding::Gone,
            Look::StillThere => Finding::StillThere,
            Look::NoAnswer => Finding::NoAnswer,
        }
    }
}

fn ask(cx: &mut Cx, patron: &Patron) -> Pending {
    let (person, today) = (patron.person.psn_no.clone(), cx.today());
    cx.ask(Query::FamilyAccount { person, today })
}
