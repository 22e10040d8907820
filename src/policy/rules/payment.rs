//! Whether a relative's premium may be paid from the account.

use jiff::civil::Date;

use crate::domain::family::Beneficiary;
use crate::domain::insurance::{InsuranceStatus, InsuranceType};
use crate::domain::money::Money;
use crate::policy::packs::Policy;
use crate::policy::schema::PremiumWindow;

use super::bind::{Party, donor_rules};
use super::limits::limit_in_force;
use super::refusal::Refusal;

/// What is to be paid for whom. Where the packs do not say how often a premium is paid, it is once.
#[derive(Clone, Copy, Debug)]
pub struct PaymentRequest<'a> {
    /// Whose account it is.
    pub donor: Party<'a>,
    /// Whose premium it is.
    pub beneficiary: Party<'a>,
    /// Who is bound.
    pub bound: &'a [Beneficiary],
    /// The year insured.
    pub insured_year: i16,
    /// The premium as the ledger asks it.
    pub amount: Money,
    /// The donor's balance.
    pub balance: Money,
    /// How many payments for this person and year are known, arrived or on their way.
    pub payments: u8,
    /// The most that the donor lets the beneficiary use in a year; `None` without a limit.
    pub own_limit: Option<Money>,
    /// What the beneficiary has used this year.
    pub used_this_year: Money,
    /// The day.
    pub on: Date,
}

/// Whether a year's premium may be paid on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PremiumWindowAnswer {
    /// It may; until this day, where an end is stated.
    Open {
        /// The last day.
        until: Option<Date>,
    },
    /// Not yet.
    NotOpen {
        /// The first day.
        from: Date,
    },
    /// No longer.
    Closed {
        /// The last day.
        to: Date,
    },
    /// The region states no days for this year; the ledger decides.
    NotStated,
}

/// Whether the premium of `insured_year` may be paid on a day.
pub fn premium_window(policy: &Policy, insured_year: i16, on: Date) -> PremiumWindowAnswer {
    let stated = policy.rules.premium_windows.as_ref().map(|s| s.value.as_slice());
    let windows = stated.unwrap_or_default().iter().filter(|w| w.insured_year == insured_year);
    let ended = |w: &&PremiumWindow| w.to.is_some_and(|to| on > to.0);
    let begun = |w: &&PremiumWindow| w.from.is_none_or(|from| on >= from.0);
    if let Some(open) = windows.clone().find(|w| begun(w) && !ended(w)) {
        return PremiumWindowAnswer::Open { until: open.to.map(|to| to.0) };
    }
    let next = windows.clone().filter(|w| !begun(w)).filter_map(|w| w.from).min();
    if let Some(from) = next {
        return PremiumWindowAnswer::NotOpen { from: from.0 };
    }
    match windows.filter_map(|w| w.to).max() {
        Some(to) => PremiumWindowAnswer::Closed { to: to.0 },
        None => PremiumWindowAnswer::NotStated,
    }
}

/// What of a balance may be spent: all but what must stay.
pub fn spendable(policy: &Policy, balance: Money) -> Money {
    (balance - retained(policy)).max(Money::ZERO)
}

fn retained(policy: &Policy) -> Money {
    policy.rules.retained_balance.as_ref().map_or(Money::ZERO, |stated| stated.value.0)
}

/// Every reason against the payment, in the order in which they are told; none: it may be made.
pub fn pay_premium(policy: &Policy, request: &PaymentRequest<'_>) -> Vec<Refusal> {
    let mut reasons = Vec::new();
    donor_rules(request.donor, request.on, &mut reasons);
    beneficiary(request, &mut reasons);
    let times = policy.rules.premium_times_a_year.as_ref().map_or(1, |stated| stated.value);
    if request.payments >= times {
        reasons.push(Refusal::AlreadyPaid { insured_year: request.insured_year });
    }
    match premium_window(policy, request.insured_year, request.on) {
        PremiumWindowAnswer::NotOpen { from } => reasons.push(Refusal::WindowNotOpen { from }),
        PremiumWindowAnswer::Closed { to } => reasons.push(Refusal::WindowClosed { to }),
        PremiumWindowAnswer::Open { .. } | PremiumWindowAnswer::NotStated => {}
    }
    let threshold = policy.rules.premium_balance_threshold.as_ref().map(|stated| stated.value.0);
    if let Some(above) = threshold
        && request.balance <= above
    {
        reasons.push(Refusal::BalanceThreshold { above });
    }
    reasons.extend(limits(policy, request));
    let spendable = spendable(policy, request.balance);
    if request.amount > spendable {
        reasons.push(Refusal::BalanceTooSmall { spendable, retained: retained(policy) });
    }
    reasons
}

/// The limit that is too small; of two the region's, because a higher limit of the patron's own would
/// not help.
fn limits(policy: &Policy, request: &PaymentRequest<'_>) -> Option<Refusal> {
    let left = |limit: Money| (limit - request.used_this_year).max(Money::ZERO);
    let too_small = |limit: &Money| request.amount > left(*limit);
    if let Some(most) = limit_in_force(policy, None).filter(too_small) {
        return Some(Refusal::RegionsLimitTooSmall { most, left: left(most) });
    }
    let own = request.own_limit.filter(too_small)?;
    Some(Refusal::LimitTooSmall { left: left(own) })
}

fn beneficiary(request: &PaymentRequest<'_>, reasons: &mut Vec<Refusal>) {
    let insured = request.beneficiary.insured;
    let number = insured.id_number.upgraded();
    let known = |b: &Beneficiary| b.psn_no == insured.psn_no || b.id_number.upgraded() == number;
    if !request.bound.iter().any(known) {
        reasons.push(Refusal::NotBound);
    }
    if insured.insurance != InsuranceType::Resident {
        reasons.push(Refusal::NotResident(insured.insurance));
    }
    if insured.status != InsuranceStatus::Normal {
        reasons.push(Refusal::BeneficiaryStatus(insured.status));
    }
}
