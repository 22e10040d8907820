//! What the four lists have in common: a period, pages of rows, a question to the ledger.

use super::account::AccountList;
use super::care::CareList;
use super::family::FamilyList;
use super::home::Home;
use super::page::Page;
use super::premiums::PremiumList;
use crate::domain::period::Period;
use crate::records::port::{AccountPage, CarePage, FamilyUse, PageRequest, PremiumPage};
use crate::visit::cx::Cx;
use crate::visit::event::{Answer, Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::pending::{LedgerTrouble, Pending, Wait};

/// One of the lists.
pub(crate) enum ListPage {
    Account(AccountList),
    Care(CareList),
    Family(FamilyList),
    Premiums(PremiumList),
}

impl ListPage {
    /// The span shown.
    pub(crate) fn period(&self) -> Period {
        match self {
            Self::Account(page) => page.list.period,
            Self::Care(page) => page.list.period,
            Self::Family(page) => page.list.period,
            Self::Premiums(page) => page.list.period,
        }
    }

    /// Asks the ledger for the page of rows.
    pub(crate) fn ask(self, cx: &mut Cx, patron: &Patron) -> Page {
        match self {
            Self::Account(page) => page.ask(cx, patron),
            Self::Care(page) => page.ask(cx, patron),
            Self::Family(page) => page.ask(cx, patron),
            Self::Premiums(page) => page.ask(cx, patron),
        }
    }

    /// Shows the list as it was left; an answer that came meanwhile was missed and is asked for again.
    pub(crate) fn resume(self, cx: &mut Cx, patron: &Patron) -> Page {
        let waiting = match &self {
            Self::Account(page) => page.list.pending.is_some(),
            Self::Care(page) => page.list.pending.is_some(),
            Self::Family(page) => page.list.pending.is_some(),
            Self::Premiums(page) => page.list.pending.is_some(),
        };
        if waiting { self.ask(cx, patron) } else { Page::List(self) }
    }

    /// Where 返回 leads.
    pub(crate) fn leave(self) -> Page {
        match self {
            Self::Family(FamilyList { from: Some(relative), .. }) => relative.resume(),
            Self::Care(CareList { behind: Some(account), .. }) => {
                Page::List(Self::Account(*account))
            }
            Self::Account(_) | Self::Care(_) | Self::Family(_) | Self::Premiums(_) => Home::enter(),
        }
    }

    /// When a tick is due.
    pub(crate) fn deadline(&self) -> Option<u64> {
        match self {
            Self::Account(page) => page.list.deadline(),
            Self::Care(page) => page.list.deadline(),
            Self::Family(page) => page.list.deadline(),
            Self::Premiums(page) => page.list.deadline(),
        }
    }
}

/// A page of rows as the ledger gives it.
pub(crate) trait Rows: Sized {
    /// Takes the answer, if it is one to this question.
    fn from_answer(answer: Answer) -> Option<Self>;
    /// Rows on all pages.
    fn total_rows(&self) -> u32;
    /// Drops rows beyond those asked for.
    fn truncate(&mut self, rows: usize);
}

macro_rules! rows {
    ($type:ident, $variant:ident) => {
        impl Rows for $type {
            fn from_answer(answer: Answer) -> Option<Self> {
                match answer {
                    Answer::$variant(rows) => Some(rows),
                    _ => None,
                }
            }

            fn total_rows(&self) -> u32 {
                self.page.total_rows
            }

            fn truncate(&mut self, rows: usize) {
                self.page.rows.truncate(rows);
            }
        }
    };
}

rows!(AccountPage, Account);
rows!(CarePage, Care);
rows!(FamilyUse, FamilyUse);
rows!(PremiumPage, Premiums);

/// The state of a list.
pub(crate) struct Listing<T> {
    /// The span shown.
    pub period: Period,
    /// The page of rows shown or asked for, from 0.
    pub index: u32,
    /// Rows a page.
    size: u32,
    /// The rows; of the page before while the next one is on its way.
    pub shown: Option<T>,
    /// The open question.
    pub pending: Option<Pending>,
}

/// What an event means to a list.
pub(crate) enum Turn {
    /// Nothing but what it shows.
    Stay,
    /// The ledger must be asked.
    Ask,
    /// The ledger does not help.
    Stuck(LedgerTrouble),
    /// It is not the list's.
    Other(Event),
}

impl<T: Rows> Listing<T> {
    pub(crate) fn new(cx: &Cx, period: Period) -> Self {
        Self { period, index: 0, size: cx.limits.rows_per_page, shown: None, pending: None }
    }

    /// What to ask the ledger for.
    pub(crate) fn request(&self) -> PageRequest {
        PageRequest { index: self.index, size: self.size }
    }

    /// How many pages there are, at least one.
    pub(crate) fn pages(&self) -> u32 {
        self.shown.as_ref().map_or(1, |rows| rows.total_rows().div_ceil(self.size.max(1)).max(1))
    }

    /// 下一页 can be touched.
    pub(crate) fn has_next(&self) -> bool {
        self.ready() && self.index.saturating_add(1) < self.pages()
    }

    /// 上一页 can be touched.
    pub(crate) fn has_previous(&self) -> bool {
        self.ready() && self.index > 0
    }

    /// 再试一次 can be touched.
    pub(crate) fn slow(&self) -> bool {
        self.pending.is_some_and(|pending| pending.slow())
    }

    /// 打印这一份 can be touched; on a slow page 再试一次 stands in its place.
    pub(crate) fn can_print(&self, cx: &Cx) -> bool {
        cx.settings.printer && self.shown.is_some() && !self.slow()
    }

    /// What an event means to the list.
    pub(crate) fn turn(&mut self, cx: &mut Cx, event: Event) -> Turn {
        match event {
            Event::Answer { id, result } if self.pending.is_some_and(|p| p.is(id)) => {
                self.pending = None;
                match result.map(T::from_answer) {
                    Ok(Some(mut rows)) => {
                        rows.truncate(self.size as usize);
                        self.shown = Some(rows);
                        Turn::Stay
                    }
                    Ok(None) => Turn::Stuck(LedgerTrouble::Away),
                    Err(error) => Turn::Stuck((&error).into()),
                }
            }
            Event::Tick => match self.pending.as_mut().map(|pending| pending.tick(cx)) {
                Some(Wait::GivenUp) => Turn::Stuck(LedgerTrouble::Silent),
                Some(Wait::On) | None => Turn::Stay,
            },
            Event::Tap(Tap::NextPage) if self.has_next() => {
                self.index = self.index.saturating_add(1);
                Turn::Ask
            }
            Event::Tap(Tap::PreviousPage) if self.has_previous() => {
                self.index = self.index.saturating_sub(1);
                Turn::Ask
            }
            Event::Tap(Tap::Retry) if self.slow() => Turn::Ask,
            other => Turn::Other(other),
        }
    }

    /// When a tick is due.
    pub(crate) fn deadline(&self) -> Option<u64> {
        self.pending.map(|pending| pending.deadline())
    }

    fn ready(&self) -> bool {
        self.shown.is_some() && self.pending.is_none()
    }
}
