//! `records code`: the 医保码 that a patron's phone would show.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::collections::BTreeSet;
use std::path::Path;

use common::process::{fails, files, kiosk_folder, run};
use gongji_kiosk::domain::person::InsuranceCode;
use gongji_kiosk::records::embedded::EmbeddedLedger;
use gongji_kiosk::records::generate::{self, CardKind, cards};
use gongji_kiosk::records::port::{Credential, Ledger, LedgerError};

/// The code of a person, as the command prints it.
fn code(folder: &Path, person: &str) -> String {
    let outcome = run(folder, &["records", "code", "--db", "records.db", "--person", person]);
    assert_eq!((outcome.status, outcome.err.as_str()), (Some(0), ""), "{outcome:?}");
    assert_eq!(outcome.out.lines().count(), 1, "{outcome:?}");
    outcome.out.trim_end().to_owned()
}

#[test]
fn a_code_of_28_characters_names_its_person_once() {
    let folder = kiosk_folder();
    let db = folder.path().join("records.db");
    let card = generate::showcase(&db).unwrap();
    let mut ledger = EmbeddedLedger::open(&db).unwrap();
    let mut seen = BTreeSet::new();
    for person in [card.id_number.reveal(), card.number.reveal()] {
        let text = code(folder.path(), person);
        assert_eq!(text.chars().count(), 28);
        assert!(text.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase()), "{text}");
        assert!(!text.contains(person));
        let credential = Credential::Code(InsuranceCode::new(text.clone()));
        assert_eq!(ledger.identify(&credential).unwrap().name, card.name);
        assert_eq!(ledger.identify(&credential), Err(LedgerError::CodeInvalid));
        for (path, bytes) in files(folder.path()) {
            let found = bytes.windows(text.len()).any(|window| window == text.as_bytes());
            assert!(!found, "{} holds the code", path.display());
        }
        assert!(seen.insert(text), "each is a new one");
    }
}

#[test]
fn who_has_lost_the_card_still_gets_a_code_by_document_but_not_by_card() {
    let folder = kiosk_folder();
    let db = folder.path().join("records.db");
    let lost = cards(&db, CardKind::Lost, common::TODAY, 1).unwrap().remove(0);
    let mut ledger = EmbeddedLedger::open(&db).unwrap();
    let text = code(folder.path(), lost.id_number.reveal());
    let by_code = ledger.identify(&Credential::Code(InsuranceCode::new(text))).unwrap();
    assert_eq!(by_code.name, lost.name);
    let (number, id_number) = (lost.number.clone(), Some(lost.id_number.clone()));
    let by_card = ledger.identify(&Credential::Card { number, id_number });
    assert_eq!(by_card, Err(LedgerError::CardReportedLost));
    let by_document = ledger.identify(&Credential::IdNumber(lost.id_number.clone()));
    assert_eq!(by_document.unwrap().name, lost.name);
    let args = ["records", "code", "--db", "records.db", "--person", lost.number.reveal()];
    let (status, sentence) = fails(folder.path(), &args);
    assert_eq!(status, Some(1));
    assert_eq!(sentence, "records.db: the card was reported lost");
}

#[test]
fn what_makes_no_code_is_said_in_one_sentence() {
    let folder = kiosk_folder();
    std::fs::write(folder.path().join("text.db"), "no ledger\n").unwrap();
    for (db, person, words) in [
        ("records.db", "110101195001010017", "records.db: nobody has this card or document"),
        ("records.db", "Z9", "records.db: nobody has this card or document"),
        ("records.db", "", "records.db: nobody has this card or document"),
        ("gone.db", "Z9", "gone.db: there is no ledger file"),
        ("text.db", "Z9", "text.db: this file is not a ledger"),
    ] {
        let args = ["records", "code", "--db", db, "--person", person];
        let (status, sentence) = fails(folder.path(), &args);
        assert_eq!(status, Some(1), "{sentence}");
        assert!(sentence.starts_with(words), "{sentence}");
        assert!(person.is_empty() || !sentence.contains(person), "{sentence}");
    }
}

#[test]
fn of_many_kiosks_one_takes_a_code() {
    let folder = kiosk_folder();
    let db = folder.path().join("records.db");
    let card = generate::showcase(&db).unwrap();
    for _ in 0..5 {
        let text = code(folder.path(), card.id_number.reveal());
        let start = std::sync::Barrier::new(4);
        let taken = std::thread::scope(|scope| {
            let kiosks: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        let mut ledger = EmbeddedLedger::open(&db).unwrap();
                        let credential = Credential::Code(InsuranceCode::new(text.clone()));
                        start.wait();
                        ledger.identify(&credential)
                    })
                })
                .collect();
            kiosks.into_iter().map(|kiosk| kiosk.join().unwrap()).collect::<Vec<_>>()
        });
        assert_eq!(taken.iter().filter(|result| result.is_ok()).count(), 1, "{taken:?}");
        let refused = taken.iter().filter(|r| **r == Err(LedgerError::CodeInvalid)).count();
        assert_eq!(refused, 3, "{taken:?}");
    }
}
