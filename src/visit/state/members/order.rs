//! 扣款顺序: which account is drawn first, which next.

use super::{Account, Donors, MembersPage, drafts, may_write};
use crate::domain::money::Money;
use crate::policy::rules::{self, OrderFault, deduction_order};
use crate::policy::schema::DeductionRule;
use crate::records::port::{Donor, FamilyAccount, OrderPlace};
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};
use crate::visit::state::write::Review;

/// Accounts that can be ordered here; the screen has no room for more choices.
const ACCOUNTS_MAX: usize = 5;

/// The order as far as it is chosen.
pub(crate) struct OrderChoice {
    account: Account,
    /// Those chosen, first to last.
    pub chosen: Vec<OrderPlace>,
    /// Those still to be chosen.
    pub left: Vec<OrderPlace>,
    /// Why the last order cannot be.
    pub fault: Option<OrderFault>,
}

impl OrderChoice {
    pub(super) fn enter(account: Account, patron: &Patron) -> Page {
        let left = places(&account, patron);
        let page = Self { account, chosen: Vec::new(), left, fault: None };
        Page::Members(MembersPage::Order(page))
    }

    /// The donor of a place; `None` for one's own account.
    pub(crate) fn donor(&self, place: &OrderPlace) -> Option<&Donor> {
        donor(&self.account, place)
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Back) if self.chosen.is_empty() => {
                return Donors::enter(cx, self.account).into();
            }
            Event::Tap(Tap::Back) => return Self::enter(self.account, patron).into(),
            Event::Tap(Tap::Row(row)) if usize::from(row) < self.left.len() => {
                let place = self.left.remove(usize::from(row));
                self.chosen.push(place);
                self.fault = None;
                if self.left.len() <= 1 {
                    return self.complete(patron).into();
                }
            }
            other => ignore(cx, &other),
        }
        Page::Members(MembersPage::Order(self)).into()
    }

    /// All but one are chosen: the last one follows.
    fn complete(mut self, patron: &Patron) -> Page {
        self.chosen.append(&mut self.left);
        match check(patron, &self.chosen) {
            Ok(()) => {
                let before = Self::enter(self.account.clone(), patron);
                let donor = |place: &OrderPlace| donor(&self.account, place);
                Review::enter(drafts::order(&self.chosen, donor, before))
            }
            Err(fault) => {
                let left = places(&self.account, patron);
                let page =
                    Self { account: self.account, chosen: Vec::new(), left, fault: Some(fault) };
                Page::Members(MembersPage::Order(page))
            }
        }
    }
}

/// Whether there is an order to be set here.
pub(super) fn can_order(account: &FamilyAccount, patron: &Patron, writes_possible: bool) -> bool {
    let accounts = places(account, patron).len();
    may_write(patron, writes_possible) && (2..=ACCOUNTS_MAX).contains(&accounts)
}

/// What can be ordered, in the order that is in force; nothing where the packs state no order.
fn places(account: &FamilyAccount, patron: &Patron) -> Vec<OrderPlace> {
    let stated = patron.policy.as_ref().and_then(|policy| policy.rules.deduction_order.as_ref());
    let Some(rule) = stated.map(|stated| stated.value.rule) else { return Vec::new() };
    let donors = account.donors.iter();
    let mut places: Vec<OrderPlace> =
        donors.map(|donor| OrderPlace::Donor(donor.who.psn_no.clone())).collect();
    if rule == DeductionRule::AsBound && patron.has_account() {
        let own = usize::from(account.own_slot.unwrap_or(1).saturating_sub(1));
        places.insert(own.min(places.len()), OrderPlace::Own);
    }
    places
}

/// Whether the region's rules let the order be.
fn check(patron: &Patron, order: &[OrderPlace]) -> Result<(), OrderFault> {
    let policy = patron.policy.as_deref().ok_or(OrderFault::NotStated)?;
    let accounts: Vec<rules::Account> = (1u8..)
        .zip(order)
        .map(|(slot, place)| rules::Account {
            own: *place == OrderPlace::Own,
            slot: Some(slot),
            balance: Money::ZERO,
            limit_left: None,
        })
        .collect();
    deduction_order(policy, &accounts).map(drop)
}

fn donor<'a>(account: &'a FamilyAccount, place: &OrderPlace) -> Option<&'a Donor> {
    match place {
        OrderPlace::Own => None,
        OrderPlace::Donor(psn_no) => {
            account.donors.iter().find(|donor| donor.who.psn_no == *psn_no)
        }
    }
}
