//! A household's years: visits are settled, accounts credited and drawn, premiums paid.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use rand::Rng;

use super::events::{self, Event};
use super::people::{Cover, Household, Member};
use super::places::{self, Place};
use super::{costs, payers};
use crate::domain::account::Balance;
use crate::domain::family::Relation;
use crate::domain::money::Money;
use crate::domain::premium::PremiumStatus;
use crate::records::embedded::codes::RowKind;
use crate::records::embedded::write::SettlementRow;

/// Interest a year, in ten-thousandths.
const INTEREST_1E4: i64 = 150;
/// Days from the payment of a premium until the tax office has booked it.
const BOOKING_DAYS: i32 = 15;

/// A movement before it has its number and its row ids.
pub(super) struct Posting {
    pub day: Date,
    pub kind: RowKind,
    pub amount: Money,
    pub after: Balance,
    pub place: Place,
    pub relative: Option<(usize, Relation)>,
    /// Index into [`History::settlements`].
    pub settlement: Option<usize>,
}

/// A premium paid from an account; members by index.
pub(super) struct PremiumPaid {
    pub payer: usize,
    pub insured: usize,
    pub relation: Relation,
    pub year: i16,
    pub paid_on: Date,
    pub amount: Money,
    pub status: PremiumStatus,
}

/// A settlement and whose it is; its `setl_id` and `mdtrt_id` come when it is stored.
pub(super) struct Settled {
    pub patient: usize,
    /// The settlement this one takes back.
    pub reverses: Option<usize>,
    pub row: SettlementRow,
}

/// What happened to a household.
pub(super) struct History {
    pub accounts: Vec<Account>,
    pub settlements: Vec<Settled>,
    pub premiums: Vec<PremiumPaid>,
    /// What remains of each member's threshold, and of which year.
    thresholds: Vec<(i16, i64)>,
    /// What each bond was used for, and in which year.
    pub(super) bond_use: Vec<(i16, Money)>,
}

/// A personal account while its history is made.
#[derive(Default)]
pub(super) struct Account {
    pub balance: Balance,
    pub postings: Vec<Posting>,
}

impl Account {
    /// Books a movement; an amount the balance cannot bear, or none at all, is not booked.
    pub fn post(&mut self, mut posting: Posting) {
        let year = self.postings.last().map_or(posting.day.year(), |last| last.day.year());
        if year < posting.day.year() {
            self.balance = self.balance.carried_over();
        }
        let after = self.balance.after(posting.kind.movement_kind(), posting.amount);
        if let Some(after) = after.filter(|_| !posting.amount.is_zero()) {
            self.balance = after;
            posting.after = after;
            self.postings.push(posting);
        }
    }
}

impl Posting {
    pub fn new(day: Date, kind: RowKind, amount: Money, place: Place) -> Self {
        let after = Balance::default();
        Self { day, kind, amount, after, place, relative: None, settlement: None }
    }
}

/// Plays the years from `start` to `today`.
pub(super) fn play(rng: &mut impl Rng, household: &Household, start: Date, today: Date) -> History {
    let mut history = History {
        accounts: household.members.iter().map(|_| Account::default()).collect(),
        settlements: Vec::new(),
        premiums: Vec::new(),
        thresholds: vec![(0, 0); household.members.len()],
        bond_use: vec![(0, Money::ZERO); household.bonds.len()],
    };
    let all = events::all(rng, household, start, today).into_iter();
    let mut queue: BinaryHeap<_> = all.map(Reverse).collect();
    while let Some(Reverse((day, event))) = queue.pop() {
        if let Some(later) = history.happen(rng, household, day, event)
            && later.0 <= today
        {
            queue.push(Reverse(later));
        }
    }
    for premium in &mut history.premiums {
        let booked = premium.paid_on.checked_add(BOOKING_DAYS.days()).is_ok_and(|on| on <= today);
        if premium.status == PremiumStatus::Pending && booked {
            premium.status = PremiumStatus::Arrived;
        }
    }
    history
}

impl History {
    /// One event; what follows from it later, if anything.
    fn happen(
        &mut self,
        rng: &mut impl Rng,
        household: &Household,
        day: Date,
        event: Event,
    ) -> Option<(Date, Event)> {
        match event {
            Event::Open(index) => {
                let opening = household.members.get(index)?.opening;
                let posting = Posting::new(day, RowKind::Adjustment, opening, places::OPENING);
                self.accounts.get_mut(index)?.post(posting);
            }
            Event::Credit(index) => {
                let (amount, place) = credit(household.members.get(index)?, day)?;
                let posting = Posting::new(day, RowKind::Contribution, amount, place);
                self.accounts.get_mut(index)?.post(posting);
            }
            Event::Interest(index) => {
                let account = self.accounts.get_mut(index)?;
                let fen = account.balance.total.to_fen()? * INTEREST_1E4 / 10_000;
                let amount = Money::from_fen(fen);
                account.post(Posting::new(day, RowKind::Interest, amount, places::FUND_OFFICE));
            }
            Event::Visit(patient, kind, minute) => {
                let at = day.at(
                    i8::try_from(minute / 60).ok()?,
                    i8::try_from(minute % 60).ok()?,
                    rng.random_range(0..60),
                    0,
                );
                return self.visit(rng, household, patient, kind, at);
            }
            Event::Refund(settlement) => self.refund(household, settlement, day),
            Event::Premium(insured) => {
                return payers::premium(self, rng, household, insured, day);
            }
            Event::RefundPremium(index) => payers::refund_premium(self, index, day),
        }
        None
    }

    fn visit(
        &mut self,
        rng: &mut impl Rng,
        household: &Household,
        patient: usize,
        kind: events::VisitKind,
        at: DateTime,
    ) -> Option<(Date, Event)> {
        let (member, day, care) = (household.members.get(patient)?, at.date(), kind.care());
        let threshold = self.thresholds.get_mut(patient)?;
        if threshold.0 != day.year() {
            *threshold = (day.year(), costs::threshold_fen(member));
        }
        let (amounts, fund_ratio_1e4) = costs::visit(rng, care, member, &mut threshold.1);
        let place = places::for_care(rng, care, member.home);
        let stay = if kind == events::VisitKind::Inpatient { rng.random_range(3..15) } else { 0 };
        let row = SettlementRow {
            setl_id: String::new(),
            mdtrt_id: String::new(),
            insutype: String::from(member.insutype()),
            psn_type: String::from(member.psn_type(day)),
            place: (String::from(place.0), String::from(place.1)),
            med_type: String::from(care.code()),
            begin: day.checked_sub(stay.days()).ok(),
            end: Some(day),
            settled_at: at,
            amounts,
            fund_ratio_1e4,
            balance: None,
            refund: false,
        };
        let index = self.settlements.len();
        self.settlements.push(Settled { patient, reverses: None, row });
        payers::settle(self, rng, household, index, place);
        let refunded = stay == 0 && rng.random_ratio(15, 1000);
        let after = day.checked_add(rng.random_range(1..=5).days()).ok()?;
        refunded.then_some((after, Event::Refund(index)))
    }

    /// Takes a settlement back: all its amounts, and every movement it made.
    fn refund(&mut self, household: &Household, settlement: usize, day: Date) {
        let Some(original) = self.settlements.get(settlement) else { return };
        let patient = original.patient;
        let mut row = original.row.clone();
        row.amounts = row.amounts.reversed();
        row.refund = true;
        row.settled_at = day.to_datetime(row.settled_at.time());
        let place = payers::place_of(self, settlement);
        let index = self.settlements.len();
        for (owner, account) in self.accounts.iter_mut().enumerate() {
            let mine = account.postings.iter().filter(|p| p.settlement == Some(settlement));
            let back: Vec<_> = mine.map(|p| (p.amount, p.relative)).collect();
            for (amount, relative) in back {
                let kind =
                    if relative.is_some() { RowKind::FamilyRefund } else { RowKind::OwnRefund };
                let mut posting = Posting::new(day, kind, -amount, place);
                (posting.relative, posting.settlement) = (relative, Some(index));
                account.post(posting);
                payers::give_back(&mut self.bond_use, household, owner, patient, day, -amount);
            }
        }
        row.balance = self.balance_of(household, patient);
        self.settlements.push(Settled { patient, reverses: Some(settlement), row });
    }

    /// `balc` of a settlement: only those with an account have one.
    pub(super) fn balance_of(&self, household: &Household, member: usize) -> Option<Money> {
        let owner = household.members.get(member).filter(|member| member.has_account());
        owner.and(self.accounts.get(member)).map(|account| account.balance.total)
    }
}

/// The monthly credit and who pays it in: 2 % of a wage that grows 3 % a year, or a pension
/// office's fixed sum.
fn credit(member: &Member, day: Date) -> Option<(Money, Place)> {
    match member.cover {
        Cover::Resident => None,
        _ if member.age(day) < 22 => None,
        Cover::Retired => {
            let fen = if member.age(day) < 75 { 14_000 } else { 15_750 };
            Some((Money::from_fen(fen), places::FUND_OFFICE))
        }
        Cover::Working { employer, credit_fen } => {
            // Wages are set anew every July.
            let years = i64::from(day.year() - 2026) - i64::from(day.month() < 7);
            let fen = credit_fen * (100 + 3 * years.clamp(-30, 30)) / 100;
            Some((Money::from_fen(fen), employer))
        }
    }
}
