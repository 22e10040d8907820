//! 再加一位家人: the account is fetched anew, as it has changed.

use super::{BindPage, enter, leave};
use crate::visit::cx::Cx;
use crate::visit::event::{Answer, Event, Query, Tap};
use crate::visit::patron::Patron;
use crate::visit::pending::{LedgerTrouble, Pending, Wait};
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// Waiting for the account, or telling that it did not come.
pub(crate) struct Renewing {
    pub pending: Pending,
    pub trouble: Option<LedgerTrouble>,
}

impl Renewing {
    pub(super) fn enter(cx: &mut Cx, patron: &Patron) -> Page {
        let (person, today) = (patron.person.psn_no.clone(), cx.today());
        let pending = cx.ask(Query::FamilyAccount { person, today });
        Page::Bind(BindPage::Renewing(Self { pending, trouble: None }))
    }

    /// A tick is due.
    pub(crate) fn deadline(&self) -> Option<u64> {
        self.trouble.is_none().then(|| self.pending.deadline())
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match event {
            Event::Answer { id, result } if self.trouble.is_none() && self.pending.is(id) => {
                match result {
                    Ok(Answer::FamilyAccount(account)) => {
                        return enter(cx, patron, *account).into();
                    }
                    Ok(_) => self.trouble = Some(LedgerTrouble::Away),
                    Err(error) => self.trouble = Some((&error).into()),
                }
            }
            Event::Tick if self.trouble.is_none() => {
                if self.pending.tick(cx) == Wait::GivenUp {
                    self.trouble = Some(LedgerTrouble::Silent);
                }
            }
            Event::Tap(Tap::Retry) if self.trouble.is_some() => {
                return Self::enter(cx, patron).into();
            }
            Event::Tap(Tap::Back) => return leave(cx).into(),
            other => ignore(cx, &other),
        }
        Page::Bind(BindPage::Renewing(self)).into()
    }
}
