//! Whose premium is to be paid.

use super::{Asking, PayPage, Payee};
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// Relatives on one page; the screen has no room for more of their cards.
const PER_PAGE: usize = 3;

/// The relatives in 居民医保 whose authorisation holds.
pub(crate) struct Whom {
    payees: Vec<Payee>,
    /// One relative was wanted, and is not among them.
    pub single: bool,
    /// The page shown, from 0.
    index: usize,
    behind: Box<Page>,
}

impl Whom {
    pub(super) fn enter(payees: Vec<Payee>, single: bool, behind: Box<Page>) -> Page {
        Page::Pay(PayPage::Whom(Self { payees, single, index: 0, behind }))
    }

    /// Those on the page shown.
    pub(crate) fn shown(&self) -> impl Iterator<Item = &Payee> {
        self.payees.iter().skip(self.index.saturating_mul(PER_PAGE)).take(PER_PAGE)
    }

    /// Number of the page shown, from 1, and how many there are.
    pub(crate) fn pages(&self) -> (usize, usize) {
        (self.index.saturating_add(1), self.payees.len().div_ceil(PER_PAGE).max(1))
    }

    /// 上一页 can be touched.
    pub(crate) fn has_previous(&self) -> bool {
        self.index > 0
    }

    /// 下一页 can be touched.
    pub(crate) fn has_next(&self) -> bool {
        let (page, pages) = self.pages();
        page < pages
    }

    pub(super) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Back) => return self.behind.resume(cx, patron).into(),
            Event::Tap(Tap::NextPage) if self.has_next() => {
                self.index = self.index.saturating_add(1);
            }
            Event::Tap(Tap::PreviousPage) if self.has_previous() => {
                self.index = self.index.saturating_sub(1);
            }
            Event::Tap(Tap::Row(row)) => {
                let payee = self.shown().nth(usize::from(row)).cloned();
                if let Some(payee) = payee {
                    let behind = Page::Pay(PayPage::Whom(self));
                    return Asking::dues(cx, patron, payee, behind).into();
                }
                ignore(cx, &event);
            }
            other => ignore(cx, &other),
        }
        Page::Pay(PayPage::Whom(self)).into()
    }
}
