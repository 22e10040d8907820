//! Random histories: whatever is asked in whatever order, the money is right.

use std::collections::BTreeMap;

use jiff::ToSpan;
use proptest::prelude::*;

use super::settle::{policy, visit};
use super::town::{Town, audit, binding, no, yuan};
use super::*;
use crate::domain::family::Relation;
use crate::policy::Policy;
use crate::policy::rules::{limit_in_force, spendable};
use crate::policy::schema::MoneyModel;
use crate::records::embedded::settle::{Settled, Visit};
use crate::records::port::{Action, Agreement, Binding, DueState, OrderPlace};

const NAMES: [&str; 6] = ["father", "mother", "aunt", "grandma", "son", "baby"];
const RETAINED: i64 = 50;
/// The region's own limit, in yuan.
const LIMIT: i64 = 900;

#[derive(Clone, Debug)]
enum Step {
    Write(usize, Ask),
    /// Whose visit, its price and the fund's part in percent.
    Visit(usize, i64, i64),
    /// The n-th settlement is taken back.
    Reverse(usize),
    /// Days go by.
    Wait(i32),
}

#[derive(Clone, Debug)]
enum Ask {
    Open,
    Bind {
        relative: usize,
        money: MoneyModel,
        invited: bool,
        yuan: i64,
        limit: Option<i64>,
        days: Option<i32>,
    },
    Answer {
        accept: bool,
    },
    Release(usize),
    Order {
        own: bool,
        turned: bool,
        short: bool,
    },
    Limit(usize, Option<i64>),
    Transfer(i64),
    Quota(usize, i64),
    Pay {
        relative: usize,
        year: i16,
        wrong: bool,
    },
    Cancel(usize),
}

fn ask() -> impl Strategy<Value = Ask> {
    let person = 0..NAMES.len();
    let money =
        prop_oneof![Just(MoneyModel::Authorize), Just(MoneyModel::Pool), Just(MoneyModel::Quota)];
    let limit = || proptest::option::of(0i64..600);
    prop_oneof![
        1 => Just(Ask::Open),
        6 => (person.clone(), money, proptest::bool::weighted(0.3), 0i64..700, limit(),
                proptest::option::weighted(0.2, 0i32..60))
            .prop_map(|(relative, money, invited, yuan, limit, days)| {
                Ask::Bind { relative, money, invited, yuan, limit, days }
            }),
        2 => any::<bool>().prop_map(|accept| Ask::Answer { accept }),
        2 => person.clone().prop_map(Ask::Release),
        2 => (any::<bool>(), any::<bool>(), proptest::bool::weighted(0.1))
            .prop_map(|(own, turned, short)| Ask::Order { own, turned, short }),
        2 => (person.clone(), limit()).prop_map(|(who, limit)| Ask::Limit(who, limit)),
        1 => (0i64..500).prop_map(Ask::Transfer),
        2 => (person.clone(), -5i64..700).prop_map(|(who, yuan)| Ask::Quota(who, yuan)),
        4 => (person.clone(), 2026i16..2028, proptest::bool::weighted(0.1))
            .prop_map(|(relative, year, wrong)| Ask::Pay { relative, year, wrong }),
        2 => person.prop_map(Ask::Cancel),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => (0..NAMES.len(), ask()).prop_map(|(who, ask)| Step::Write(who, ask)),
        6 => (0..NAMES.len(), 1i64..1500, 0i64..100).prop_map(|(w, y, f)| Step::Visit(w, y, f)),
        2 => (0usize..8).prop_map(Step::Reverse),
        1 => (1i32..25).prop_map(Step::Wait),
    ]
}

/// A town with what has happened to it.
struct History {
    town: Town,
    policy: Policy,
    today: Date,
    settled: Vec<Settled>,
    confirmed: u32,
}

impl History {
    fn take(&mut self, step: &Step) {
        match step {
            Step::Write(who, ask) => {
                let Some(action) = self.action(NAMES[*who], ask) else { return };
                let outcome = self.town.run_on(self.today, NAMES[*who], action);
                self.confirmed += u32::from(matches!(outcome, Outcome::Confirmed(_)));
            }
            Step::Visit(who, yuan, percent) => self.visit(NAMES[*who], *yuan, *percent),
            Step::Reverse(index) => {
                let Some(settled) = self.settled.get(*index) else { return };
                let id = settled.setl_id.clone();
                let expected: Money = settled.shares.iter().map(|share| share.amount).sum();
                if let Ok(back) = self.town.ledger.reverse(&id, self.today.at(15, 0, 0, 0)) {
                    assert_eq!(back.shares.iter().map(|s| s.amount).sum::<Money>(), expected);
                    assert!(self.town.ledger.reverse(&id, self.today.at(15, 0, 0, 0)).is_err());
                }
            }
            Step::Wait(days) => self.today = self.today.checked_add(days.days()).unwrap(),
        }
    }

    fn action(&mut self, person: &str, ask: &Ask) -> Option<Action> {
        let relative = |index: &usize| no(NAMES[*index]);
        Some(match ask {
            Ask::Open => Action::Open,
            Ask::Bind { relative: index, money, invited, yuan: amount, limit, days } => {
                let last = days.map(|days| self.today.checked_add(days.days()).unwrap());
                let agreement = if *invited { Agreement::Awaited } else { Agreement::GivenHere };
                Action::Bind(Box::new(Binding {
                    since: self.today,
                    until: last,
                    money: *money,
                    amount: Some(yuan(*amount)),
                    agreement,
                    annual_limit: limit.map(yuan),
                    ..binding(NAMES[*index], Relation::Parent)
                }))
            }
            Ask::Answer { accept } => {
                let family = self.town.ledger.family_account(&no(person), self.today).unwrap();
                let invitation = family.invitations.first()?.serial;
                if *accept { Action::Accept { invitation } } else { Action::Decline { invitation } }
            }
            Ask::Release(index) => Action::Release { relative: relative(index) },
            Ask::Order { own, turned, short } => {
                let family = self.town.ledger.family_account(&no(person), self.today).unwrap();
                let donors = family.donors.iter().map(|d| OrderPlace::Donor(d.who.psn_no.clone()));
                let mut accounts: Vec<_> = donors.skip(usize::from(*short)).collect();
                accounts.extend(own.then_some(OrderPlace::Own));
                if *turned {
                    accounts.reverse();
                }
                Action::Order { accounts }
            }
            Ask::Limit(index, limit) => {
                Action::Limit { relative: relative(index), annual: limit.map(yuan) }
            }
            Ask::Transfer(amount) => Action::Transfer { amount: yuan(*amount) },
            Ask::Quota(index, amount) => {
                Action::Quota { relative: relative(index), amount: yuan(*amount) }
            }
            Ask::Pay { relative: index, year, wrong } => {
                let dues = self.town.ledger.premium_dues(&no(person), &relative(index)).unwrap();
                let due = dues.into_iter().find(|due| due.insured_year == *year)?;
                let more = if *wrong { yuan(1) } else { Money::ZERO };
                Action::PayPremium {
                    due: due.serial,
                    relative: relative(index),
                    insured_year: *year,
                    amount: due.amount + more,
                    retained: yuan(RETAINED),
                }
            }
            Ask::Cancel(index) => {
                let dues = self.town.ledger.premium_dues(&no(person), &relative(index)).unwrap();
                let pending = dues.into_iter().find_map(|due| match due.state {
                    DueState::Pending { own_payment } => own_payment,
                    DueState::Unpaid | DueState::Arrived => None,
                });
                Action::CancelPremium { payment: pending? }
            }
        })
    }

    /// Settles a visit and holds it against what the family account said before.
    fn visit(&mut self, patient: &str, amount: i64, percent: i64) {
        let fund = Money::from_fen(amount * percent);
        let visit =
            Visit { fund, settled_at: self.today.at(14, 0, 0, 0), ..visit(patient, amount, 0) };
        let family = self.town.ledger.family_account(&no(patient), self.today).unwrap();
        let mut sources = vec![(None, family.own_slot.unwrap_or(0), self.balance(patient), None)];
        let today = self.today;
        for donor in family.donors.iter().filter(|donor| donor.since <= today) {
            let name = donor.who.psn_no.reveal();
            let theirs = self.town.ledger.family_account(&donor.who.psn_no, self.today).unwrap();
            let member = theirs.members.iter().find(|m| m.who.psn_no == no(patient)).unwrap();
            assert_eq!(member.used_this_year, donor.used_this_year);
            let model = self.money_of(name, patient);
            let free = match model {
                MoneyModel::Authorize => {
                    let balance = self.balance(name);
                    spendable(&self.policy, balance)
                }
                MoneyModel::Pool => theirs.pool.unwrap(),
                MoneyModel::Quota => member.quota.unwrap(),
            };
            let limit = limit_in_force(&self.policy, donor.annual_limit);
            let left = limit.map(|limit| (limit - donor.used_this_year).max(Money::ZERO));
            sources.push((Some(name.to_owned()), donor.slot, free, left));
        }
        sources[0].2 = spendable(&self.policy, sources[0].2);
        sources.sort_by_key(|(_, slot, ..)| *slot);
        let mut left = yuan(amount) - fund;
        let mut expected = Vec::new();
        for (who, _, free, limit) in sources {
            let part = free.min(limit.unwrap_or(free)).min(left);
            if part > Money::ZERO {
                expected.push((who, part));
                left -= part;
            }
        }
        let settled = self.town.ledger.settle(&self.policy, &visit).unwrap();
        let shares = settled.shares.iter().map(|share| {
            (share.donor.as_ref().map(|donor| donor.psn_no.reveal().to_owned()), share.amount)
        });
        assert_eq!((shares.collect::<Vec<_>>(), settled.cash), (expected, left));
        self.settled.push(settled);
    }

    fn balance(&mut self, person: &str) -> Money {
        self.town.ledger.overview(&no(person), self.today).unwrap().balance.total
    }

    fn money_of(&self, donor: &str, beneficiary: &str) -> MoneyModel {
        let sql = "SELECT money FROM authorisation AS a
            JOIN person AS d ON d.id = a.donor JOIN person AS b ON b.id = a.beneficiary
            WHERE a.state = 2 AND d.psn_no = ?1 AND b.psn_no = ?2";
        let db = connection(&self.town.ledger);
        match db.query_row(sql, [donor, beneficiary], |row| row.get(0)).unwrap() {
            1 => MoneyModel::Authorize,
            2 => MoneyModel::Pool,
            code => {
                assert_eq!(code, 3);
                MoneyModel::Quota
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_happens_the_money_is_right(steps in prop::collection::vec(step(), 30..90)) {
        let rules = policy(&[
            ("retained_balance", &RETAINED.to_string()),
            ("annual_limit", &LIMIT.to_string()),
            ("deduction_order", "{ rule = \"as_bound\", slots = 3 }"),
        ]);
        let mut history = History {
            town: Town::new(), policy: rules, today: TODAY, settled: Vec::new(), confirmed: 0,
        };
        for (number, step) in steps.iter().enumerate() {
            history.take(step);
            if number % 5 == 0 {
                audit(connection(&history.town.ledger));
            }
        }
        audit(connection(&history.town.ledger));
        // What is in all accounts together is what came in less what went out to others.
        let town = &history.town;
        let inside = town.number("SELECT sum(amount_fen) FROM posting
            WHERE account LIKE 'personal:%' OR account LIKE 'reserve:%'");
        let outside = town.number("SELECT sum(amount_fen) FROM posting
            WHERE account NOT LIKE 'personal:%' AND account NOT LIKE 'reserve:%'");
        prop_assert_eq!(inside + outside, 0);
        let spent: i64 = town.number("SELECT coalesce(sum(acct_pay), 0) FROM settlement");
        let premiums = town.number(
            "SELECT coalesce(sum(amount_fen), 0) FROM premium WHERE status <> 3");
        prop_assert_eq!(inside, town_money() - spent - premiums);
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        let db = connection(&town.ledger);
        let mut select =
            db.prepare("SELECT acceptance_no FROM operation WHERE outcome = 1").unwrap();
        for number in select.query_map([], |row| row.get::<_, String>(0)).unwrap() {
            *numbers.entry(number.unwrap()).or_default() += 1;
        }
        prop_assert!(numbers.values().all(|count| *count == 1));
        prop_assert_eq!(numbers.len(), history.confirmed as usize);
    }
}

/// What a new town has in its accounts, in fen.
fn town_money() -> i64 {
    let town = Town::new();
    town.number("SELECT sum(amount_fen) FROM movement")
}
