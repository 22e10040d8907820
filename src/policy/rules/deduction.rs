//! Which accounts pay for a visit, in which order, and how much each.

use core::cmp::Reverse;

use crate::domain::money::Money;
use crate::policy::packs::Policy;
use crate::policy::schema::DeductionRule;

use super::payment::spendable;

/// An account that may pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// Whether it is the patient's own.
    pub own: bool,
    /// Its place in the order (第一顺位 is 1).
    pub slot: Option<u8>,
    /// What is in it.
    pub balance: Money,
    /// What the patient may still use of it this year; `None` without a limit.
    pub limit_left: Option<Money>,
}

/// Why the accounts have no order. Their places are the ledger's, which keeps them unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderFault {
    /// The packs state no order.
    NotStated,
    /// Two accounts have this place.
    Twice(u8),
    /// There is no such place.
    NoSuchSlot(u8),
    /// A donor's account has no place.
    WithoutSlot,
    /// Two accounts are said to be the patient's own.
    TwoOwn,
}

/// What each account pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// Which account (its number among those given) and how much, in the order of payment; amounts
    /// are above zero.
    pub parts: Vec<(usize, Money)>,
    /// What no account pays.
    pub left: Money,
}

/// The numbers of the accounts in the order in which they are drawn.
///
/// # Errors
/// When the places do not make an order.
pub fn deduction_order(policy: &Policy, accounts: &[Account]) -> Result<Vec<usize>, OrderFault> {
    let order = policy.rules.deduction_order.as_ref().ok_or(OrderFault::NotStated)?.value;
    if accounts.iter().filter(|account| account.own).count() > 1 {
        return Err(OrderFault::TwoOwn);
    }
    let own_first = order.rule == DeductionRule::OwnThenSlots;
    let mut places: Vec<(Reverse<bool>, u8, usize)> = Vec::new();
    for (index, account) in accounts.iter().enumerate() {
        // One's own account needs no place where it always comes first.
        let slot = match account.slot {
            Some(slot) if account.own && own_first => slot,
            Some(slot) if (1..=order.slots).contains(&slot) => slot,
            // With one's own among them there is one place more.
            Some(slot) if !own_first && slot == order.slots.saturating_add(1) => slot,
            Some(slot) => return Err(OrderFault::NoSuchSlot(slot)),
            None if account.own => 0,
            None => return Err(OrderFault::WithoutSlot),
        };
        let first = account.own && own_first;
        if !first && places.iter().any(|(f, taken, _)| !f.0 && *taken == slot) {
            return Err(OrderFault::Twice(slot));
        }
        places.push((Reverse(first), slot, index));
    }
    places.sort_unstable();
    Ok(places.into_iter().map(|(.., index)| index).collect())
}

/// Spreads an amount over accounts in their order: each pays until its limit, or until only what
/// must stay is left in it.
///
/// # Errors
/// As [`deduction_order`].
pub fn draw(policy: &Policy, accounts: &[Account], amount: Money) -> Result<Draw, OrderFault> {
    let mut draw = Draw { parts: Vec::new(), left: amount.max(Money::ZERO) };
    for index in deduction_order(policy, accounts)? {
        let Some(account) = accounts.get(index) else { continue };
        let limit = account.limit_left.unwrap_or(account.balance).max(Money::ZERO);
        let part = spendable(policy, account.balance).min(limit).min(draw.left);
        if part > Money::ZERO {
            draw.parts.push((index, part));
            draw.left -= part;
        }
    }
    Ok(draw)
}
