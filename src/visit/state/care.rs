//! 看病报销记录: one's own visits to hospitals and pharmacies, and what was reimbursed.

use super::account::AccountList;
use super::home::Home;
use super::ignore;
use super::list::{ListPage, Listing, Turn};
use super::months::Months;
use super::page::{Next, Origin, Page};
use super::preparing::Preparing;
use super::record::{Entry, Record};
use super::stuck::{Blocker, Stuck};
use crate::domain::period::Period;
use crate::records::port::CarePage;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, PrintSize, Query, SlipKind, Tap};
use crate::visit::paper::Paper;
use crate::visit::patron::Patron;

/// One's own visits in a period.
pub(crate) struct CareList {
    pub list: Listing<CarePage>,
    /// The account's details, when they were left for this list.
    pub behind: Option<Box<AccountList>>,
}

impl CareList {
    pub(crate) fn enter(
        cx: &mut Cx,
        patron: &Patron,
        period: Period,
        behind: Option<Box<AccountList>>,
    ) -> Page {
        Self { list: Listing::new(cx, period), behind }.ask(cx, patron)
    }

    pub(crate) fn ask(mut self, cx: &mut Cx, patron: &Patron) -> Page {
        self.list.period = patron.bounded(self.list.period);
        self.list.pending = Some(cx.ask(Query::Care {
            person: patron.person.psn_no.clone(),
            period: self.list.period,
            page: self.list.request(),
        }));
        Page::List(ListPage::Care(self))
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        let event = match self.list.turn(cx, event) {
            Turn::Stay => return Page::List(ListPage::Care(self)).into(),
            Turn::Ask => return self.ask(cx, patron).into(),
            Turn::Stuck(why) => {
                return Stuck::enter(why, Blocker::List(ListPage::Care(self))).into();
            }
            Turn::Other(event) => event,
        };
        match event {
            Event::Tap(Tap::Back) => {
                return match self.behind {
                    Some(account) => ListPage::Account(*account).resume(cx, patron).into(),
                    None => Home::enter().into(),
                };
            }
            Event::Tap(Tap::ChoosePeriod) if self.list.shown.is_some() => {
                return Months::enter(cx, patron, Origin::List(ListPage::Care(self))).into();
            }
            Event::Tap(Tap::Slip(SlipKind::Care)) if self.list.can_print(cx) => {
                let paper = Paper::Statement { kind: SlipKind::Care, period: self.list.period };
                let origin = Origin::List(ListPage::Care(self));
                return Preparing::enter(cx, patron, origin, paper, PrintSize::Normal).into();
            }
            Event::Tap(Tap::Row(row)) => {
                let rows = self.list.shown.as_ref().map(|shown| &shown.page.rows);
                if let Some(settlement) = rows.and_then(|rows| rows.get(usize::from(row))) {
                    let entry = Entry::Care(Box::new(settlement.clone()));
                    return Record::enter(ListPage::Care(self), entry).into();
                }
                ignore(cx, &event);
            }
            other => ignore(cx, &other),
        }
        Page::List(ListPage::Care(self)).into()
    }
}
