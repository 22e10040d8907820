//! The pages of a visit.

use std::mem::{Discriminant, discriminant};

use jiff::civil::Date;

use super::account::AccountList;
use super::blocked::Blocked;
use super::care::CareList;
use super::help::Help;
use super::home::Home;
use super::list::ListPage;
use super::members::MembersPage;
use super::months::Months;
use super::opening::Opening;
use super::pay::PayPage;
use super::premiums::PremiumList;
use super::preparing::Preparing;
use super::preview::Preview;
use super::printed::Printed;
use super::printing::Printing;
use super::record::Record;
use super::slips::Slips;
use super::stuck::Stuck;
use super::too_many::TooMany;
use super::unfinished::Unfinished;
use super::write::{Done, WritePage};
use crate::domain::period::Period;
use crate::visit::cx::Cx;
use crate::visit::event::Event;
use crate::visit::patron::Patron;
use crate::visit::periods::{self, YearMonth};

/// Visits to hospitals and pharmacies can be looked up this many years before the current one.
const CARE_YEARS: i16 = 9;

/// What the patron looks at.
pub(crate) enum Page {
    Opening(Opening),
    Home(Home),
    List(ListPage),
    Record(Record),
    Months(Months),
    Slips(Slips),
    Preparing(Preparing),
    TooMany(TooMany),
    Preview(Preview),
    Blocked(Blocked),
    Printing(Printing),
    Printed(Printed),
    Unfinished(Unfinished),
    Help(Help),
    Pay(PayPage),
    Stuck(Stuck),
    Members(MembersPage),
    Write(WritePage),
}

/// What comes after an event.
#[expect(clippy::large_enum_variant, reason = "lives for one call, and is nearly always a page")]
pub(crate) enum Next {
    /// This page.
    Page(Page),
    /// The visit is over.
    End,
}

impl From<Page> for Next {
    fn from(page: Page) -> Self {
        Self::Page(page)
    }
}

impl Page {
    /// Shows the page as it was left.
    pub(crate) fn resume(self, cx: &mut Cx, patron: &Patron) -> Self {
        match self {
            Self::List(list) => list.resume(cx, patron),
            other => other,
        }
    }

    pub(crate) fn handle(self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match self {
            Self::Opening(page) => page.handle(cx, patron, event),
            Self::Home(page) => page.handle(cx, patron, event),
            Self::List(ListPage::Account(page)) => page.handle(cx, patron, event),
            Self::List(ListPage::Care(page)) => page.handle(cx, patron, event),
            Self::List(ListPage::Family(page)) => page.handle(cx, patron, event),
            Self::List(ListPage::Premiums(page)) => page.handle(cx, patron, event),
            Self::Record(page) => page.handle(cx, patron, event),
            Self::Months(page) => page.handle(cx, patron, event),
            Self::Slips(page) => page.handle(cx, patron, event),
            Self::Preparing(page) => page.handle(cx, patron, event),
            Self::TooMany(page) => page.handle(cx, patron, event),
            Self::Preview(page) => page.handle(cx, patron, event),
            Self::Blocked(page) => page.handle(cx, patron, event),
            Self::Printing(page) => page.handle(cx, patron, event),
            Self::Printed(page) => page.handle(cx, event),
            Self::Unfinished(page) => page.handle(cx, patron, event),
            Self::Help(page) => page.handle(cx, patron, event),
            Self::Pay(page) => page.handle(cx, patron, event),
            Self::Stuck(page) => page.handle(cx, patron, event),
            Self::Members(page) => page.handle(cx, patron, event),
            Self::Write(page) => page.handle(cx, patron, event),
        }
    }

    /// The page's own bound, besides the patron's patience.
    pub(crate) fn deadline(&self) -> Option<u64> {
        match self {
            Self::Opening(page) => Some(page.pending.deadline()),
            Self::List(page) => page.deadline(),
            Self::Pay(page) => page.deadline(),
            Self::Preparing(page) => Some(page.pending.deadline()),
            Self::Blocked(page) => page.deadline(),
            Self::Printing(page) => Some(page.deadline()),
            Self::Members(page) => page.deadline(),
            Self::Write(page) => page.deadline(),
            _ => None,
        }
    }

    /// The page stands until it is touched: without a touch the patron is asked, then the visit ends.
    /// The others wait for a device or the ledger, within their own bounds.
    pub(crate) fn waits_for_a_touch(&self) -> bool {
        match self {
            Self::Opening(_) | Self::Preparing(_) | Self::Printing(_) => false,
            Self::Blocked(page) => !page.waiting(),
            Self::Members(page) => page.waits_for_a_touch(),
            Self::Write(page) => page.waits_for_a_touch(),
            Self::Pay(page) => page.waits_for_a_touch(),
            _ => true,
        }
    }

    /// The page shows names that can be shown in full.
    pub(crate) fn can_reveal(&self) -> bool {
        match self {
            Self::Home(_) | Self::List(_) | Self::Record(_) => true,
            Self::Members(page) => page.can_reveal(),
            Self::Pay(page) => page.can_reveal(),
            _ => false,
        }
    }

    /// Which page it is: another one has its own patience.
    pub(crate) fn which(&self) -> Which {
        let within = match self {
            Self::Members(page) => Within::Members(discriminant(page)),
            Self::Pay(page) => Within::Pay(discriminant(page)),
            Self::Write(page) => Within::Write(discriminant(page)),
            _ => Within::Itself,
        };
        Which { page: discriminant(self), within }
    }
}

/// A page, without what is on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Which {
    page: Discriminant<Page>,
    within: Within,
}

/// One of the pages that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    Itself,
    Members(Discriminant<MembersPage>),
    Pay(Discriminant<PayPage>),
    Write(Discriminant<WritePage>),
}

/// The page a slip or the choice of months was asked from, to go back to.
pub(crate) enum Origin {
    List(ListPage),
    Slips(Slips),
    /// The result of a write, for its receipt.
    Done(Box<Done>),
}

impl Origin {
    /// The period chosen there, where there is one to choose.
    pub(crate) fn period(&self) -> Option<Period> {
        match self {
            Self::List(list) => Some(list.period()),
            Self::Slips(slips) => Some(slips.period),
            Self::Done(_) => None,
        }
    }

    /// The first month that may have records there. The ledger tells it of the account; visits to
    /// hospitals may be older.
    pub(crate) fn first_month(&self, patron: &Patron, today: Date) -> YearMonth {
        let recorded = patron.overview.as_ref().and_then(|overview| overview.first_record);
        let recorded = YearMonth::of(recorded.unwrap_or(today));
        match self {
            Self::List(ListPage::Care(_)) => {
                let earliest = periods::recent_years(today, CARE_YEARS).from();
                recorded.min(YearMonth::of(earliest))
            }
            Self::List(_) | Self::Slips(_) | Self::Done(_) => recorded,
        }
    }

    /// Back there, as it was.
    pub(crate) fn resume(self, cx: &mut Cx, patron: &Patron) -> Page {
        match self {
            Self::List(list) => list.resume(cx, patron),
            Self::Slips(slips) => Page::Slips(slips),
            Self::Done(done) => done.resume(cx, patron),
        }
    }

    /// Back there, with another period.
    pub(crate) fn with_period(self, cx: &mut Cx, patron: &Patron, period: Period) -> Page {
        match self {
            Self::List(ListPage::Account(_)) => AccountList::enter(cx, patron, period),
            Self::List(ListPage::Care(list)) => CareList::enter(cx, patron, period, list.behind),
            Self::List(ListPage::Family(list)) => {
                let relative = list.relative.clone();
                list.again(cx, patron, period, relative)
            }
            Self::List(ListPage::Premiums(_)) => PremiumList::enter(cx, patron, period),
            Self::Slips(_) => Slips::enter(period),
            Self::Done(done) => done.resume(cx, patron),
        }
    }
}
