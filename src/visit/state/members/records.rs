//! 授权记录: whom the account is and was shared with.

use super::{Account, MemberList, MembersPage};
use crate::domain::period::Period;
use crate::records::port::{AuthorisationRecord, Page as Rows};
use crate::visit::cx::Cx;
use crate::visit::event::{Answer, Event, Query, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::list::{self, Listing, Turn};
use crate::visit::state::page::{Next, Page};
use crate::visit::state::stuck::{Blocker, Stuck};

impl list::Rows for Rows<AuthorisationRecord> {
    fn from_answer(answer: Answer) -> Option<Self> {
        match answer {
            Answer::Authorisations(rows) => Some(rows),
            _ => None,
        }
    }

    fn total_rows(&self) -> u32 {
        self.total_rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }
}

/// The records.
pub(crate) struct Records {
    account: Account,
    /// All of them, whatever its period says.
    pub list: Listing<Rows<AuthorisationRecord>>,
}

impl Records {
    pub(super) fn enter(cx: &mut Cx, patron: &Patron, account: Account) -> Page {
        let list = Listing::new(cx, Period::this_year(cx.today()));
        Self { account, list }.ask(cx, patron)
    }

    /// Asks the ledger for the page of rows.
    pub(crate) fn ask(mut self, cx: &mut Cx, patron: &Patron) -> Page {
        self.list.pending = Some(cx.ask(Query::Authorisations {
            person: patron.person.psn_no.clone(),
            today: cx.today(),
            page: self.list.request(),
        }));
        Page::Members(MembersPage::Records(self))
    }

    /// Back to the family.
    pub(crate) fn back(self) -> Page {
        MemberList::enter(self.account, 0)
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match self.list.turn(cx, event) {
            Turn::Stay => {}
            Turn::Ask => return self.ask(cx, patron).into(),
            Turn::Stuck(why) => return Stuck::enter(why, Blocker::Records(Box::new(self))).into(),
            Turn::Other(Event::Tap(Tap::Back)) => return self.back().into(),
            Turn::Other(other) => ignore(cx, &other),
        }
        Page::Members(MembersPage::Records(self)).into()
    }
}
