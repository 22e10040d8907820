//! 家人缴费 (共济缴费): premiums paid from the account.

use super::home::Home;
use super::ignore;
use super::list::{ListPage, Listing, Turn};
use super::members::may_write;
use super::months::Months;
use super::page::{Next, Origin, Page};
use super::pay::Asking;
use super::record::{Entry, Record};
use super::stuck::{Blocker, Stuck};
use crate::domain::period::Period;
use crate::records::port::PremiumPage;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Query, Tap};
use crate::visit::patron::Patron;

/// Premiums of a period.
pub(crate) struct PremiumList {
    pub list: Listing<PremiumPage>,
}

impl PremiumList {
    pub(crate) fn enter(cx: &mut Cx, patron: &Patron, period: Period) -> Page {
        Self { list: Listing::new(cx, period) }.ask(cx, patron)
    }

    /// 替家人缴费 can be touched; on a slow page 再试一次 stands in its place.
    pub(crate) fn can_pay(&self, patron: &Patron, writes_possible: bool) -> bool {
        may_write(patron, writes_possible) && self.list.shown.is_some() && !self.list.slow()
    }

    pub(crate) fn ask(mut self, cx: &mut Cx, patron: &Patron) -> Page {
        self.list.period = patron.bounded(self.list.period);
        self.list.pending = Some(cx.ask(Query::Premiums {
            person: patron.person.psn_no.clone(),
            period: self.list.period,
            page: self.list.request(),
        }));
        Page::List(ListPage::Premiums(self))
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        let event = match self.list.turn(cx, event) {
            Turn::Stay => return Page::List(ListPage::Premiums(self)).into(),
            Turn::Ask => return self.ask(cx, patron).into(),
            Turn::Stuck(why) => {
                return Stuck::enter(why, Blocker::List(ListPage::Premiums(self))).into();
            }
            Turn::Other(event) => event,
        };
        match event {
            Event::Tap(Tap::Back) => return Home::enter().into(),
            Event::Tap(Tap::ChoosePeriod) if self.list.shown.is_some() => {
                return Months::enter(cx, patron, Origin::List(ListPage::Premiums(self))).into();
            }
            Event::Tap(Tap::PayPremium) if self.can_pay(patron, cx.writes_possible()) => {
                let behind = Page::List(ListPage::Premiums(self));
                return Asking::enter(cx, patron, None, behind).into();
            }
            Event::Tap(Tap::Row(row)) => {
                let rows = self.list.shown.as_ref().map(|shown| &shown.page.rows);
                if let Some(premium) = rows.and_then(|rows| rows.get(usize::from(row))) {
                    let entry = Entry::Premium(Box::new(premium.clone()));
                    return Record::enter(ListPage::Premiums(self), entry).into();
                }
                ignore(cx, &event);
            }
            other => ignore(cx, &other),
        }
        Page::List(ListPage::Premiums(self)).into()
    }
}
