//! 谁的账户给我用: whose accounts the patron may use, in the order in which they are drawn.

use super::order::{OrderChoice, can_order};
use super::{Account, MemberList, MembersPage};
use crate::records::port::{Donor, FamilyAccount};
use crate::visit::cx::Cx;
use crate::visit::event::{Act, Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// The accounts.
pub(crate) struct Donors {
    account: Account,
    /// The page of rows, from 0.
    pub index: usize,
    size: usize,
}

impl Donors {
    pub(super) fn enter(cx: &Cx, account: Account) -> Page {
        let size = usize::try_from(cx.limits.rows_per_page).unwrap_or(1).max(1);
        Page::Members(MembersPage::Donors(Self { account, index: 0, size }))
    }

    /// The accounts of this page, in the order in which they are drawn; `None` is one's own.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Option<&Donor>> {
        let skipped = self.index.saturating_mul(self.size);
        drawn(&self.account).into_iter().skip(skipped).take(self.size)
    }

    /// How many pages there are.
    pub(crate) fn pages(&self) -> usize {
        self.account.donors.len().saturating_add(1).div_ceil(self.size).max(1)
    }

    /// The order can be set.
    pub(crate) fn can_order(&self, patron: &Patron, writes_possible: bool) -> bool {
        can_order(&self.account, patron, writes_possible)
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Back) => return MemberList::enter(self.account, 0).into(),
            Event::Tap(Tap::NextPage) if self.index.saturating_add(1) < self.pages() => {
                self.index = self.index.saturating_add(1);
            }
            Event::Tap(Tap::PreviousPage) if self.index > 0 => {
                self.index = self.index.saturating_sub(1);
            }
            Event::Tap(Tap::Act(Act::Order)) if self.can_order(patron, cx.writes_possible()) => {
                return OrderChoice::enter(self.account, patron).into();
            }
            other => ignore(cx, &other),
        }
        Page::Members(MembersPage::Donors(self)).into()
    }
}

/// All accounts in the order in which they are drawn; `None` is one's own.
fn drawn(account: &FamilyAccount) -> Vec<Option<&Donor>> {
    let mut rows: Vec<Option<&Donor>> = account.donors.iter().map(Some).collect();
    let own = usize::from(account.own_slot.unwrap_or(1).saturating_sub(1));
    rows.insert(own.min(rows.len()), None);
    rows
}
