//! How fast rules are decided: a decision must take far less than 1 ms, and packs must not hold up
//! the start.
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use gongji_kiosk::domain::family::{Beneficiary, Relation};
use gongji_kiosk::domain::id_number::IdNumber;
use gongji_kiosk::domain::insurance::{InsuranceStatus, InsuranceType};
use gongji_kiosk::domain::money::Money;
use gongji_kiosk::domain::person::{Gender, Insured, PersonName, PersonNo};
use gongji_kiosk::policy::built_in;
use gongji_kiosk::policy::rules::{
    Account, BindRequest, Party, PaymentRequest, PremiumQuestion, bind, draw, pay_premium, premium,
};
use gongji_kiosk::policy::schema::PersonGroup;
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 22);
/// More relatives than any real family account has.
const FAMILY: usize = 50;

fn person(no: usize, number: &str, insurance: InsuranceType) -> Insured {
    Insured {
        psn_no: PersonNo::new(format!("P{no}")),
        name: PersonName::new("测试"),
        id_number: IdNumber::parse(number).unwrap(),
        gender: Gender::Female,
        insurance,
        status: InsuranceStatus::Normal,
        region: "650100".into(),
    }
}

fn policy(criterion: &mut Criterion) {
    let packs = built_in::packs().unwrap();
    let policy = packs.at("urumqi", TODAY).unwrap();
    let donor = person(1, "11010519491231002X", InsuranceType::Employee);
    let other = person(2, "110105500101003", InsuranceType::Resident);
    let known = |no| Beneficiary {
        psn_no: PersonNo::new(format!("P{no}")),
        name: other.name.clone(),
        id_number: donor.id_number.clone(),
        gender: Gender::Female,
        relation: Relation::Child,
        since: TODAY,
        annual_limit: None,
    };
    let bound: Vec<Beneficiary> = (100..100 + FAMILY).map(known).collect();
    let (donor, beneficiary) = (Party::of(&donor), Party::of(&other));

    let mut group = criterion.benchmark_group("policy");
    group.bench_function("load all packs", |b| b.iter(|| black_box(built_in::packs())));
    group.bench_function("policy of a region on a day", |b| {
        b.iter(|| black_box(packs.at("urumqi", TODAY)));
    });
    let request = BindRequest {
        donor,
        beneficiary,
        relation: Relation::Sibling,
        bound: &bound,
        other_donors: 0,
        on: TODAY,
    };
    group.bench_function("bind", |b| b.iter(|| black_box(bind(&policy, &request))));
    let payment = PaymentRequest {
        donor,
        beneficiary,
        bound: &bound,
        insured_year: 2025,
        amount: Money::from_fen(40_000),
        balance: Money::from_fen(500_000),
        payments: 0,
        own_limit: None,
        used_this_year: Money::ZERO,
        on: TODAY,
    };
    group.bench_function("pay a premium", |b| b.iter(|| black_box(pay_premium(&policy, &payment))));
    let shanghai = packs.at("shanghai", TODAY).unwrap();
    let question = PremiumQuestion {
        birth: donor.birth,
        group: PersonGroup::Neither,
        assistance: None,
        insured_year: 2025,
        on: TODAY,
    };
    group.bench_function("premium", |b| b.iter(|| black_box(premium(&shanghai, &question))));
    let account = |slot| Account {
        own: false,
        slot: Some(slot),
        balance: Money::from_fen(10_000),
        limit_left: None,
    };
    let accounts = [account(3), account(1), account(2)];
    let amount = Money::from_fen(25_000);
    group.bench_function("draw", |b| b.iter(|| black_box(draw(&policy, &accounts, amount))));
    group.finish();
}

criterion_group!(benches, policy);
criterion_main!(benches);
