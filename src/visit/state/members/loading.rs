//! The ledger is asked for the family account, and first for the balance where that may have changed.

use super::{MemberList, MembersPage};
use crate::records::port::LedgerError;
use crate::visit::cx::Cx;
use crate::visit::event::{Answer, Event, Query, Tap};
use crate::visit::patron::Patron;
use crate::visit::pending::{LedgerTrouble, Pending, Wait};
use crate::visit::state::home::Home;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};
use crate::visit::state::stuck::{Blocker, Stuck};

/// Waiting for the answer.
pub(crate) struct Loading {
    pub pending: Pending,
}

impl Loading {
    pub(super) fn enter(cx: &mut Cx, patron: &Patron) -> Page {
        let (person, today) = (patron.person.psn_no.clone(), cx.today());
        let pending = cx.ask(match patron.overview_stale {
            true => Query::Overview { person, today },
            false => Query::FamilyAccount { person, today },
        });
        Page::Members(MembersPage::Loading(Self { pending }))
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match event {
            Event::Answer { id, result } if self.pending.is(id) => {
                return answered(cx, patron, result).into();
            }
            Event::Tick => {
                if self.pending.tick(cx) == Wait::GivenUp {
                    return stuck(LedgerTrouble::Silent).into();
                }
            }
            Event::Tap(Tap::Retry) if self.pending.slow() => return Self::enter(cx, patron).into(),
            Event::Tap(Tap::Back) => return Home::enter().into(),
            other => ignore(cx, &other),
        }
        Page::Members(MembersPage::Loading(self)).into()
    }
}

fn answered(cx: &mut Cx, patron: &mut Patron, result: Result<Answer, LedgerError>) -> Page {
    match result {
        Ok(Answer::FamilyAccount(account)) => MemberList::enter(account.into(), 0),
        Ok(Answer::Overview(overview)) => {
            patron.overview = Some(overview);
            patron.overview_stale = false;
            Loading::enter(cx, patron)
        }
        Ok(_) => stuck(LedgerTrouble::Away),
        Err(error) => stuck((&error).into()),
    }
}

fn stuck(why: LedgerTrouble) -> Page {
    Stuck::enter(why, Blocker::Members)
}
