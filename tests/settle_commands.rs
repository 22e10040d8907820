//! `records settle` and `records reverse`, and records of another region, as a person uses them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::path::Path;

use common::TODAY;
use common::process::{fails, kiosk_folder};
use gongji_kiosk::domain::period::Period;
use gongji_kiosk::domain::person::PersonNo;
use gongji_kiosk::records::embedded::EmbeddedLedger;
use gongji_kiosk::records::generate::{CardKind, ShowcaseCard, cards};
use gongji_kiosk::records::port::{Credential, Ledger};

/// What a command that must succeed says.
#[track_caller]
fn run(folder: &Path, args: &[&str]) -> String {
    let outcome = common::process::run(folder, args);
    assert_eq!(outcome.status, Some(0), "{outcome:?}");
    outcome.out
}

fn two_donors(db: &Path) -> ShowcaseCard {
    cards(db, CardKind::TwoDonors, TODAY, 1).unwrap().remove(0)
}

fn person(db: &Path, card: &ShowcaseCard) -> PersonNo {
    let mut ledger = EmbeddedLedger::open(db).unwrap();
    ledger.identify(&Credential::IdNumber(card.id_number.clone())).unwrap().psn_no
}

#[test]
fn a_visit_is_paid_told_masked_and_taken_back() {
    let folder = kiosk_folder();
    let db = folder.path().join("records.db");
    let card = two_donors(&db);
    let psn_no = person(&db, &card);
    let mut ledger = EmbeddedLedger::open(&db).unwrap();
    let donors = ledger.family_account(&psn_no, TODAY).unwrap().donors;
    assert!(donors.len() >= 2);
    let number = card.id_number.reveal().to_owned();
    let args = [
        "records",
        "settle",
        "--db",
        "records.db",
        "--person",
        &number,
        "--amount",
        "123.45",
        "--fund",
        "23.45",
        "--place",
        "春晖医院",
        "--care",
        "41",
        "--on",
        "2026-11-22",
    ];
    let told = run(folder.path(), &args);
    assert!(told.starts_with("K2026112200000001: "), "{told}");
    assert!(told.contains("123.45 yuan at 春晖医院") && told.contains("fund: 23.45"), "{told}");
    assert!(!told.contains(&number) && !told.contains(card.name.reveal()), "{told}");
    for donor in &donors {
        assert!(!told.contains(donor.who.name.reveal()), "{told}");
    }
    let care = ledger.care_statement(&psn_no, Period::this_year(TODAY)).unwrap();
    let row = care.rows.iter().find(|row| row.setl_id == "K2026112200000001").unwrap();
    assert_eq!(row.total.to_string(), "123.45");
    assert_eq!((row.institution.as_str(), row.own.to_string()), ("春晖医院", "100.00".into()));
    assert_eq!(row.account + row.cash, row.own);
    assert!(told.contains(&format!("cash: {}", row.cash)), "{told}");

    let back = [
        "records",
        "reverse",
        "--db",
        "records.db",
        "--settlement",
        "K2026112200000001",
        "--on",
        "2026-11-22",
    ];
    let told = run(folder.path(), &back);
    assert!(told.starts_with("K2026112200000002: takes K2026112200000001 back"), "{told}");
    let (status, sentence) = fails(folder.path(), &back);
    assert_eq!(status, Some(1));
    assert!(sentence.contains("reversed already"), "{sentence}");
}

#[test]
fn what_cannot_be_settled_is_one_sentence() {
    let folder = kiosk_folder();
    let number = two_donors(&folder.path().join("records.db")).id_number.reveal().to_owned();
    let settle = |more: &str| format!("records settle --db records.db --on 2026-11-22 {more}");
    for (line, status, words) in [
        (settle("--person X --amount 5"), 1, "knows nobody"),
        (settle(&format!("--person {number} --amount 0")), 1, "costs more than nothing"),
        (settle(&format!("--person {number} --amount -3")), 1, "costs more than nothing"),
        (settle(&format!("--person {number} --amount 5 --fund 6")), 1, "no more than all"),
        (settle(&format!("--person {number} --amount 5 --region atlantis")), 1, "atlantis"),
        (settle(&format!("--person {number} --amount much")), 2, "'much'"),
        (settle(&format!("--person {number} --amount 5 --care 99")), 2, "'99'"),
        ("records settle --db none.db --person X --amount 5".into(), 1, "records generate"),
        ("records reverse --db records.db --settlement K9".into(), 1, "no settlement"),
        ("records generate --db a.db --region 31".into(), 1, "--region 31"),
        ("records generate --db a.db --region 31000x".into(), 1, "six digits"),
    ] {
        let args: Vec<&str> = line.split(' ').collect();
        let (ended, sentence) = fails(folder.path(), &args);
        assert_eq!(ended, Some(status), "{line}: {sentence}");
        assert!(sentence.contains(words), "{line}: {sentence}");
        assert!(!sentence.contains(&number) || line.contains("'"), "{line}: {sentence}");
    }
    assert!(!folder.path().join("a.db").exists());
}

#[test]
fn people_of_another_region_are_settled_by_its_rules() {
    let folder = tempfile::tempdir().unwrap();
    let line = "records generate --db fj.db --persons 60 --years 1 --region 350500 \
        --until 2026-11-22";
    run(folder.path(), &line.split(' ').collect::<Vec<_>>());
    let db = folder.path().join("fj.db");
    let card = two_donors(&db);
    let mut ledger = EmbeddedLedger::open(&db).unwrap();
    let insured = ledger.identify(&Credential::IdNumber(card.id_number.clone())).unwrap();
    assert_eq!(insured.region, "350500");
    let number = card.id_number.reveal().to_owned();
    let args = [
        "records",
        "settle",
        "--db",
        "fj.db",
        "--person",
        &number,
        "--amount",
        "50",
        "--on",
        "2026-11-22",
    ];
    let told = run(folder.path(), &args);
    assert!(told.contains("rules of 福建"), "{told}");
}
