#![allow(clippy::unwrap_used, clippy::panic)]

use std::cell::RefCell;

use jiff::civil::{DateTime, date};

use super::*;
use crate::domain::person::PersonNo;
use crate::journal::{Journal, JournalOptions, OperationState};
use crate::records::embedded::EmbeddedLedger;
use crate::records::generate;
use crate::records::port::{Action, ProvenFactor, WriteRefusal};

const NOW: DateTime = date(2026, 11, 20).at(9, 41, 0, 0);

fn clock() -> DateTime {
    NOW
}

/// Somebody whom no ledger knows: the write is refused, and that is an answer.
fn request() -> OperationRequest {
    OperationRequest {
        person: PersonNo::new("0"),
        action: Action::Open,
        consent: None,
        factor: ProvenFactor::CardPin,
        at: NOW,
        region: "310000".into(),
    }
}

struct Room {
    folder: tempfile::TempDir,
    journal: SharedJournal,
}

impl Room {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let plan = generate::GenerateOptions { persons: 10, years: 1, seed: 1, today: NOW.date() };
        generate::generate(&plan, &folder.path().join("records.db"), &mut |_, _| {}).unwrap();
        let options = JournalOptions::new(&folder.path().join("journal.db"), "XH03");
        let journal = Journal::open(&options, NOW).unwrap();
        Self { folder, journal: SharedJournal::new(journal, |_| {}) }
    }

    fn desk(&self) -> LedgerDesk {
        let ledger = EmbeddedLedger::open(&self.folder.path().join("records.db")).unwrap();
        let config = Config::shipped().unwrap();
        LedgerDesk {
            ledger: Box::new(ledger),
            registrar: Registrar::new(self.journal.clone(), clock).unwrap(),
            journal: self.journal.clone(),
            papers: Papers::new(&config, None),
        }
    }

    /// Has the desk do this and end; what it told.
    fn run(&self, work: Vec<Work>) -> Vec<Event> {
        let (sender, inbox) = unbounded();
        work.into_iter().for_each(|work| sender.send(work).unwrap());
        drop(sender);
        let told = RefCell::new(Vec::new());
        self.desk().run(&inbox, &|event| told.borrow_mut().push(event));
        told.into_inner()
    }
}

#[test]
fn what_was_left_open_is_settled_and_writes_wait_their_turn_behind_questions() {
    let room = Room::new();
    let begun = room.journal.with(|journal| journal.begin_operation(&request(), NOW)).unwrap();
    let overview = Query::Overview { person: PersonNo::new("0"), today: NOW.date() };
    let told = room.run(vec![
        Work::Ask(QueryId(1), overview),
        Work::Operate(QueryId(2), Box::new(request()), Instant::now()),
    ]);
    let why = WriteRefusal::NotInsured;
    let reference = String::from("XH03-261120-B00002");
    let expected = [
        Event::Answer { id: QueryId(1), result: Err(LedgerError::UnknownPerson) },
        Event::Operated { id: QueryId(2), outcome: WriteOutcome::Refused { why, reference } },
    ];
    assert_eq!(told, expected);
    let left = room.journal.with(|journal| journal.operation(begun.id)).unwrap();
    assert_eq!(left, Some(OperationState::Refused("voided".into())));
    assert_eq!(room.journal.with(|journal| journal.open_operations()).unwrap(), []);
}

#[test]
fn a_write_that_has_waited_longer_than_the_patron_is_not_begun() {
    let room = Room::new();
    let patience = Duration::from_millis(Limits::default().ledger_give_up_ms);
    let asked = Instant::now().checked_sub(patience).unwrap();
    let told = room.run(vec![Work::Operate(QueryId(1), Box::new(request()), asked)]);
    let outcome = WriteOutcome::NotBegun;
    assert_eq!(told, [Event::Operated { id: QueryId(1), outcome }]);
    let next = room.journal.with(|journal| journal.begin_operation(&request(), NOW)).unwrap();
    assert_eq!(next.reference, "XH03-261120-B00001", "it never had a number");
}

#[test]
fn a_ledger_that_is_gone_is_asked_again_when_it_is_back() {
    let room = Room::new();
    let begun = room.journal.with(|journal| journal.begin_operation(&request(), NOW)).unwrap();
    let db = room.folder.path().join("records.db");
    let mut desk = room.desk();
    let person = PersonNo::new("0");
    let ask = |desk: &mut LedgerDesk| {
        desk.ask(QueryId(1), Query::Overview { person: person.clone(), today: NOW.date() })
    };
    let whole = std::fs::read(&db).unwrap();
    std::fs::write(&db, vec![0x5A; whole.len()]).unwrap();
    assert!(!desk.registrar.reconcile(&mut *desk.ledger));
    std::fs::write(&db, whole).unwrap();
    assert!(desk.registrar.reconcile(&mut *desk.ledger), "not due yet");
    let state = || room.journal.with(|journal| journal.operation(begun.id)).unwrap();
    assert_eq!(state(), Some(OperationState::Unknown));
    assert!(matches!(ask(&mut desk), Event::Answer { .. }));
    assert!(desk.registrar.reconcile(&mut *desk.ledger));
    assert_eq!(state(), Some(OperationState::Refused("voided".into())));
}
