//! Who pays: the patient's own account, then the donors' in their order, then cash.

use jiff::ToSpan;
use jiff::civil::Date;
use rand::Rng;

use super::events::Event;
use super::history::{History, Posting, PremiumPaid};
use super::people::{Bond, Household};
use super::places::{self, Place};
use crate::domain::money::Money;
use crate::domain::premium::PremiumStatus;
use crate::records::embedded::codes::RowKind;

/// Below this nobody bothers a relative's account.
const SMALLEST_SHARE_FEN: i64 = 100;

/// Pays the patient's own part of a settlement and completes its amounts.
pub(super) fn settle(
    history: &mut History,
    rng: &mut impl Rng,
    household: &Household,
    settlement: usize,
    place: Place,
) {
    let Some(settled) = history.settlements.get(settlement) else { return };
    let (patient, day) = (settled.patient, settled.row.settled_at.date());
    let mut left = settled.row.amounts.psn_pay;
    let mut own = Money::ZERO;
    if let Some(account) = history.accounts.get_mut(patient) {
        own = left.min(account.balance.total);
        let mut posting = Posting::new(day, RowKind::OwnCare, -own, place);
        posting.settlement = Some(settlement);
        account.post(posting);
        left -= own;
    }
    let mut shared = Money::ZERO;
    if rng.random_ratio(23, 25) {
        for (at, bond) in donors(household, patient, day) {
            let share = left.min(available(history, household, at, bond, day));
            if share < Money::from_fen(SMALLEST_SHARE_FEN) {
                continue;
            }
            let Some(account) = history.accounts.get_mut(bond.donor) else { continue };
            let mut posting = Posting::new(day, RowKind::FamilyCare, -share, place);
            posting.relative = Some((patient, bond.relation));
            posting.settlement = Some(settlement);
            account.post(posting);
            add_use(&mut history.bond_use, at, day, share);
            left -= share;
            shared += share;
        }
    }
    let balance = history.balance_of(household, patient);
    if let Some(settled) = history.settlements.get_mut(settlement) {
        let amounts = &mut settled.row.amounts;
        amounts.acct_pay = own + shared;
        amounts.acct_mulaid_pay = shared;
        amounts.cash_payamt = left;
        settled.row.balance = balance;
    }
}

/// Pays the premium of the next year for a resident out of a donor's account, as most do; now and
/// then one is given back later.
pub(super) fn premium(
    history: &mut History,
    rng: &mut impl Rng,
    household: &Household,
    insured: usize,
    day: Date,
) -> Option<(Date, Event)> {
    let member = household.members.get(insured).filter(|member| !member.has_account())?;
    let year = day.year() + 1;
    let age = member.age(Date::new(year, 1, 1).ok()?);
    let amount = premium_amount(age);
    let (paid, refunded) = (rng.random_ratio(17, 20), rng.random_ratio(1, 50));
    let payers = donors(household, insured, day);
    let mut able = payers.filter(|(_, bond)| {
        history.accounts.get(bond.donor).is_some_and(|account| account.balance.total >= amount)
    });
    let (_, bond) = able.next().filter(|_| paid || household.showcase)?;
    let relation = bond.relation;
    let mut posting = Posting::new(day, RowKind::Premium, -amount, places::TAX_OFFICE);
    posting.relative = Some((insured, relation));
    history.accounts.get_mut(bond.donor)?.post(posting);
    let status = PremiumStatus::Pending;
    let index = history.premiums.len();
    let payer = bond.donor;
    history.premiums.push(PremiumPaid {
        payer,
        insured,
        relation,
        year,
        paid_on: day,
        amount,
        status,
    });
    let back = day.checked_add(rng.random_range(10..=20).days()).ok()?;
    (refunded && !household.showcase).then_some((back, Event::RefundPremium(index)))
}

/// Gives a premium back.
pub(super) fn refund_premium(history: &mut History, index: usize, day: Date) {
    let Some(premium) = history.premiums.get_mut(index) else { return };
    premium.status = PremiumStatus::Refunded;
    let mut posting = Posting::new(day, RowKind::PremiumRefund, premium.amount, places::TAX_OFFICE);
    posting.relative = Some((premium.insured, premium.relation));
    if let Some(account) = history.accounts.get_mut(premium.payer) {
        account.post(posting);
    }
}

/// A refund makes room again under the annual limit.
pub(super) fn give_back(
    bond_use: &mut [(i16, Money)],
    household: &Household,
    donor: usize,
    beneficiary: usize,
    day: Date,
    amount: Money,
) {
    let mut bonds = household.bonds.iter();
    if let Some(at) = bonds.position(|b| b.donor == donor && b.beneficiary == beneficiary) {
        add_use(bond_use, at, day, -amount);
    }
}

/// Where a settlement was made.
pub(super) fn place_of(history: &History, settlement: usize) -> Place {
    let all = history.accounts.iter().flat_map(|account| &account.postings);
    let mut own = all.filter(|posting| posting.settlement == Some(settlement));
    own.next().map_or(places::FUND_OFFICE, |posting| posting.place)
}

/// Personal share of a year's premium by age: 上海 2025 (domain notes; pupils and students alike).
fn premium_amount(age: i16) -> Money {
    Money::from_fen(match age {
        ..19 => 35_500,
        // Residents of this age are students here: whoever works is insured as an employee.
        19..23 => 35_500,
        23..60 => 99_500,
        60..70 => 82_500,
        _ => 65_500,
    })
}

/// The donors of a person on a day, in the order in which they pay, with the bond's index.
fn donors(
    household: &Household,
    beneficiary: usize,
    day: Date,
) -> impl Iterator<Item = (usize, &Bond)> {
    // Bonds are made in the order of the slots.
    let bonds = household.bonds.iter().enumerate();
    bonds.filter(move |(_, bond)| bond.beneficiary == beneficiary && bond.since <= day)
}

/// What a bond may still be used for: the balance over the reserve, within the annual limit.
fn available(history: &History, household: &Household, at: usize, bond: &Bond, day: Date) -> Money {
    let balance =
        history.accounts.get(bond.donor).map_or(Money::ZERO, |account| account.balance.total);
    let reserve = household.members.get(bond.donor).map_or(Money::ZERO, |donor| donor.reserve);
    let used = match history.bond_use.get(at) {
        Some((year, used)) if *year == day.year() => *used,
        _ => Money::ZERO,
    };
    let free = balance - reserve;
    bond.limit.map_or(free, |limit| free.min(limit - used)).max(Money::ZERO)
}

fn add_use(bond_use: &mut [(i16, Money)], at: usize, day: Date, amount: Money) {
    if let Some(entry) = bond_use.get_mut(at) {
        if entry.0 != day.year() {
            *entry = (day.year(), Money::ZERO);
        }
        entry.1 = (entry.1 + amount).max(Money::ZERO);
    }
}
