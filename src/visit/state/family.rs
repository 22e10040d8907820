//! 家人用了多少 (共济支付): what relatives used, all of them or one.

use super::home::Home;
use super::ignore;
use super::list::{ListPage, Listing, Turn};
use super::members::Relative;
use super::months::Months;
use super::page::{Next, Origin, Page};
use super::preparing::Preparing;
use super::record::{Entry, Record};
use super::stuck::{Blocker, Stuck};
use crate::domain::family::Beneficiary;
use crate::domain::period::Period;
use crate::domain::person::PersonNo;
use crate::records::port::FamilyUse;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, PrintSize, Query, SlipKind, Tap};
use crate::visit::paper::Paper;
use crate::visit::patron::Patron;

/// Relatives that can be chosen singly; the screen has no room for more. Those who used most come
/// first, and the rows of all are always shown together.
pub(crate) const RELATIVES_MAX: usize = 5;

/// Use by relatives in a period.
pub(crate) struct FamilyList {
    pub list: Listing<FamilyUse>,
    /// The one chosen, or all.
    pub relative: Option<PersonNo>,
    /// The relative's own page, when the list was opened there.
    pub from: Option<Relative>,
}

impl FamilyList {
    pub(crate) fn enter(
        cx: &mut Cx,
        patron: &Patron,
        period: Period,
        relative: Option<PersonNo>,
    ) -> Page {
        Self { list: Listing::new(cx, period), relative, from: None }.ask(cx, patron)
    }

    /// What one relative used this year, opened from their own page.
    pub(crate) fn enter_from(
        cx: &mut Cx,
        patron: &Patron,
        relative: PersonNo,
        from: Relative,
    ) -> Page {
        let list = Listing::new(cx, Period::this_year(cx.today()));
        Self { list, relative: Some(relative), from: Some(from) }.ask(cx, patron)
    }

    /// The same list anew, of another time or another relative.
    pub(crate) fn again(
        self,
        cx: &mut Cx,
        patron: &Patron,
        period: Period,
        relative: Option<PersonNo>,
    ) -> Page {
        Self { list: Listing::new(cx, period), relative, from: self.from }.ask(cx, patron)
    }

    pub(crate) fn ask(mut self, cx: &mut Cx, patron: &Patron) -> Page {
        self.list.period = patron.bounded(self.list.period);
        self.list.pending = Some(cx.ask(Query::FamilyUse {
            person: patron.person.psn_no.clone(),
            relative: self.relative.clone(),
            period: self.list.period,
            page: self.list.request(),
        }));
        Page::List(ListPage::Family(self))
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        let event = match self.list.turn(cx, event) {
            Turn::Stay => return Page::List(ListPage::Family(self)).into(),
            Turn::Ask => return self.ask(cx, patron).into(),
            Turn::Stuck(why) => {
                return Stuck::enter(why, Blocker::List(ListPage::Family(self))).into();
            }
            Turn::Other(event) => event,
        };
        match event {
            Event::Tap(Tap::Back) => {
                return self.from.map_or_else(Home::enter, Relative::resume).into();
            }
            Event::Tap(Tap::ChoosePeriod) if self.list.shown.is_some() => {
                return Months::enter(cx, patron, Origin::List(ListPage::Family(self))).into();
            }
            Event::Tap(Tap::Slip(SlipKind::Family)) if self.list.can_print(cx) => {
                let paper = Paper::Statement { kind: SlipKind::Family, period: self.list.period };
                let origin = Origin::List(ListPage::Family(self));
                return Preparing::enter(cx, patron, origin, paper, PrintSize::Normal).into();
            }
            Event::Tap(Tap::Relative(None)) if self.list.shown.is_some() => {
                let period = self.list.period;
                return self.again(cx, patron, period, None).into();
            }
            Event::Tap(Tap::Relative(Some(n))) if self.list.shown.is_some() => {
                if let Some(relative) = choices(patron).nth(usize::from(n)) {
                    let chosen = Some(relative.psn_no.clone());
                    let period = self.list.period;
                    return self.again(cx, patron, period, chosen).into();
                }
                ignore(cx, &event);
            }
            Event::Tap(Tap::Row(row)) => {
                let rows = self.list.shown.as_ref().map(|shown| &shown.page.rows);
                if let Some(movement) = rows.and_then(|rows| rows.get(usize::from(row))) {
                    let entry = Entry::Movement(Box::new(movement.clone()));
                    return Record::enter(ListPage::Family(self), entry).into();
                }
                ignore(cx, &event);
            }
            other => ignore(cx, &other),
        }
        Page::List(ListPage::Family(self)).into()
    }
}

/// The relatives that can be chosen, in the order of their chips.
pub(crate) fn choices(patron: &Patron) -> impl Iterator<Item = &Beneficiary> {
    let used_by = patron.overview.as_ref().map_or(&[][..], |overview| &overview.used_by);
    used_by.iter().map(|(relative, _)| relative).take(RELATIVES_MAX)
}
