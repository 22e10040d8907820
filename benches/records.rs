//! How fast the ledger answers: the first page of records, and what else a visit asks for.
//!
//! The ledger has about 10^5 movements of accounts; `GONGJI_BENCH_PERSONS` sets another size
//! (720 persons with ten years of records make about 10^5 movements).
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use gongji_kiosk::domain::family::Relation;
use gongji_kiosk::domain::operation::OperationId;
use gongji_kiosk::domain::period::Period;
use gongji_kiosk::domain::person::PersonNo;
use gongji_kiosk::policy::schema::MoneyModel;
use gongji_kiosk::records::embedded::EmbeddedLedger;
use gongji_kiosk::records::generate::{self, GenerateOptions};
use gongji_kiosk::records::port::{
    Action, Agreement, Binding, Credential, Entries, Ledger, Operation, OperationRequest, Outcome,
    PageRequest, ProvenFactor,
};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 22);
const PERSONS: u32 = 720;
const YEARS: u8 = 10;
const PAGE: PageRequest = PageRequest { index: 0, size: 8 };

fn records(criterion: &mut Criterion) {
    let dir = tempfile::tempdir().unwrap();
    let db = dir.path().join("ledger.db");
    let persons = std::env::var("GONGJI_BENCH_PERSONS").ok().and_then(|text| text.parse().ok());
    let persons = persons.unwrap_or(PERSONS);
    let options = GenerateOptions { persons, years: YEARS, seed: 1, today: TODAY };
    let begun = std::time::Instant::now();
    let summary = generate::generate(&options, &db, &mut |_, _| {}).unwrap();
    println!("generated in {:.1} s: {summary}", begun.elapsed().as_secs_f64());

    let card = generate::showcase(&db).unwrap();
    let credential = Credential::Card { number: card.number, id_number: Some(card.id_number) };
    let mut ledger = EmbeddedLedger::open(&db).unwrap();
    let person = ledger.identify(&credential).unwrap().psn_no;
    let year = Period::this_year(TODAY);
    let decade = Period::months((2016, 12), (2026, 11)).unwrap();

    let mut group = criterion.benchmark_group(format!("records/{}", summary.movements));
    group.bench_function("identify", |b| b.iter(|| black_box(ledger.identify(&credential))));
    group.bench_function("overview", |b| b.iter(|| black_box(ledger.overview(&person, TODAY))));
    for (name, period) in [("year", year), ("decade", decade)] {
        group.bench_function(format!("account first page, {name}"), |b| {
            b.iter(|| black_box(ledger.account(&person, period, PAGE)));
        });
        group.bench_function(format!("family first page, {name}"), |b| {
            b.iter(|| black_box(ledger.family_use(&person, None, period, PAGE)));
        });
    }
    group.bench_function("premiums", |b| {
        b.iter(|| black_box(ledger.premiums(&person, decade, PAGE)));
    });
    group.bench_function("family account", |b| {
        b.iter(|| black_box(ledger.family_account(&person, TODAY)));
    });
    group.bench_function("authorisations", |b| {
        b.iter(|| black_box(ledger.authorisations(&person, TODAY, PAGE)));
    });
    // The mother of the showcase person is often at the doctor's.
    let mother = ledger.family_account(&person, TODAY).unwrap().members.remove(0).who.psn_no;
    for (name, period) in [("year", year), ("decade", decade)] {
        group.bench_function(format!("care first page, {name}"), |b| {
            b.iter(|| black_box(ledger.care(&mother, period, PAGE)));
        });
    }
    // The first three at most are of the showcase household.
    let stranger = generate::cards(&db, generate::CardKind::Normal, TODAY, 4).unwrap().remove(3);
    let stranger = ledger.identify(&Credential::IdNumber(stranger.id_number)).unwrap().psn_no;
    let mut number = 0u128;
    group.bench_function("bind and release", |b| {
        b.iter(|| {
            for action in [bind(&stranger), Action::Release { relative: stranger.clone() }] {
                number += 1;
                let outcome = ledger.execute(&operation(number, &person, action)).unwrap();
                assert!(matches!(outcome, Outcome::Confirmed(_)), "{outcome:?}");
            }
        });
    });
    group.finish();
}

fn bind(relative: &PersonNo) -> Action {
    Action::Bind(Box::new(Binding {
        relative: relative.clone(),
        relation: Relation::Sibling,
        since: TODAY,
        until: None,
        annual_limit: None,
        money: MoneyModel::Authorize,
        amount: None,
        agreement: Agreement::GivenHere,
        slots: 9,
        entries: Entries::default(),
    }))
}

fn operation(number: u128, person: &PersonNo, action: Action) -> Operation {
    Operation {
        id: OperationId::new(number.to_be_bytes()),
        request: OperationRequest {
            person: person.clone(),
            action,
            consent: None,
            factor: ProvenFactor::CardPin,
            at: TODAY.at(10, 0, 0, 0),
            region: String::from("310000"),
        },
    }
}

criterion_group!(benches, records);
criterion_main!(benches);
