//! 账户明细: every income and spending of the account.

use super::care::CareList;
use super::home::Home;
use super::ignore;
use super::list::{ListPage, Listing, Turn};
use super::months::Months;
use super::page::{Next, Origin, Page};
use super::preparing::Preparing;
use super::record::{Entry, Record};
use super::stuck::{Blocker, Stuck};
use crate::domain::period::Period;
use crate::records::port::AccountPage;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, PrintSize, Query, SlipKind, Tap};
use crate::visit::paper::Paper;
use crate::visit::patron::Patron;

/// Movements of a period.
pub(crate) struct AccountList {
    pub list: Listing<AccountPage>,
}

impl AccountList {
    pub(crate) fn enter(cx: &mut Cx, patron: &Patron, period: Period) -> Page {
        Self { list: Listing::new(cx, period) }.ask(cx, patron)
    }

    pub(crate) fn ask(mut self, cx: &mut Cx, patron: &Patron) -> Page {
        self.list.period = patron.bounded(self.list.period);
        self.list.pending = Some(cx.ask(Query::Account {
            person: patron.person.psn_no.clone(),
            period: self.list.period,
            page: self.list.request(),
        }));
        Page::List(ListPage::Account(self))
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        let event = match self.list.turn(cx, event) {
            Turn::Stay => return Page::List(ListPage::Account(self)).into(),
            Turn::Ask => return self.ask(cx, patron).into(),
            Turn::Stuck(why) => {
                return Stuck::enter(why, Blocker::List(ListPage::Account(self))).into();
            }
            Turn::Other(event) => event,
        };
        match event {
            Event::Tap(Tap::Back) => return Home::enter().into(),
            Event::Tap(Tap::Care) if self.list.shown.is_some() => {
                let period = Period::this_year(cx.today());
                return CareList::enter(cx, patron, period, Some(Box::new(self))).into();
            }
            Event::Tap(Tap::ChoosePeriod) if self.list.shown.is_some() => {
                return Months::enter(cx, patron, Origin::List(ListPage::Account(self))).into();
            }
            Event::Tap(Tap::Slip(SlipKind::Account)) if self.list.can_print(cx) => {
                let paper = Paper::Statement { kind: SlipKind::Account, period: self.list.period };
                let origin = Origin::List(ListPage::Account(self));
                return Preparing::enter(cx, patron, origin, paper, PrintSize::Normal).into();
            }
            Event::Tap(Tap::Row(row)) => {
                let rows = self.list.shown.as_ref().map(|shown| &shown.page.rows);
                if let Some(movement) = rows.and_then(|rows| rows.get(usize::from(row))) {
                    let entry = Entry::Movement(Box::new(movement.clone()));
                    return Record::enter(ListPage::Account(self), entry).into();
                }
                ignore(cx, &event);
            }
            other => ignore(cx, &other),
        }
        Page::List(ListPage::Account(self)).into()
    }
}
