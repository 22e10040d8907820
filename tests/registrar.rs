//! Exactly once: whatever becomes of a call, the ledger does a write once or not at all, the journal
//! ends with the ledger's truth, and a patron hears of success only when there is one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "support/writes.rs"]
mod writes;

use std::path::Path;
use std::sync::{Arc, Mutex};

use gongji_kiosk::app::{Registrar, SharedJournal};
use gongji_kiosk::journal::{
    DigestKey, Journal, JournalError, JournalOptions, OperationState, SIZE_MB_MIN, verify,
};
use gongji_kiosk::records::port::{Outcome, WriteRefusal};
use gongji_kiosk::visit::event::{JournalNews, WriteOutcome};
use writes::{Fault, MemoryLedger, NOW, clock, limit};

fn open(path: &Path) -> SharedJournal {
    let journal = Journal::open(&JournalOptions::new(path, "XH03"), NOW).unwrap();
    SharedJournal::new(journal, |_| {})
}

/// Makes panics quiet: they are part of the test.
fn quiet<T>(act: impl FnOnce() -> T) -> T {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let result = act();
    std::panic::set_hook(hook);
    result
}

#[test]
fn every_pair_of_faults_leaves_one_truth() {
    use Fault::{AnswerLost, Lost, None, PanicAfter, PanicBefore};
    let faults = [None, Lost, AnswerLost, PanicBefore, PanicAfter];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let ledger = MemoryLedger::default();
    let mut told_unknown = 0;
    for refuses in [Option::None, Some(WriteRefusal::NotBound)] {
        for (first, second) in faults.iter().flat_map(|a| faults.map(|b| (*a, b))) {
            let what = format!("{first:?}, then {second:?}");
            ledger.look(|book| {
                book.refuses = refuses;
                book.executed.clear();
                book.reconciled.clear();
            });
            let journal = open(&path);
            let mut registrar = Registrar::new(journal.clone(), clock).unwrap();
            if first == None {
                ledger.fail(&[None]);
            } else {
                ledger.fail(&[first, second]);
            }
            let told = quiet(|| registrar.operate(&mut ledger.clone(), limit(1)));
            let (executed, asked) = ledger.look(|b| (b.executed.clone(), b.reconciled.len()));
            let [id] = executed.try_into().expect("executed once");
            assert_eq!(asked, usize::from(first != None), "{what}");
            let before = journal.with(|journal| journal.operation(id)).unwrap().unwrap();
            drop((registrar, journal));

            // A new life of the kiosk settles what is left.
            let journal = open(&path);
            let mut registrar = Registrar::new(journal.clone(), clock).unwrap();
            assert_eq!(registrar.due().is_some(), matches!(told, WriteOutcome::Unknown { .. }));
            assert!(registrar.reconcile(&mut ledger.clone()), "{what}");
            assert_eq!(registrar.due(), Option::None);
            assert!(journal.with(|journal| journal.open_operations()).unwrap().is_empty());
            let after = journal.with(|journal| journal.operation(id)).unwrap().unwrap();
            let (truth, done, executed) = ledger.look(|book| {
                let done = book.done.iter().filter(|done| **done == id).count();
                (book.outcomes[&id].clone(), done, book.executed.len())
            });
            assert_eq!(executed, 1, "{what}: never sent again");
            match &truth {
                Outcome::Confirmed(receipt) => {
                    assert_eq!(done, 1, "{what}");
                    assert_eq!(after, OperationState::Confirmed(receipt.acceptance_no.clone()));
                }
                Outcome::Refused(why) => {
                    assert_eq!(done, 0, "{what}");
                    assert_eq!(after, OperationState::Refused(why.code().into()));
                }
            }
            match told {
                WriteOutcome::Confirmed { receipt, reference } => {
                    assert_eq!(truth, Outcome::Confirmed(receipt), "{what}");
                    assert_eq!(before, after);
                    assert!(reference.starts_with("XH03-261120-B"));
                }
                WriteOutcome::Refused { why, .. } => {
                    assert_eq!(truth, Outcome::Refused(why), "{what}");
                    assert_eq!(before, after);
                }
                WriteOutcome::Unknown { .. } => {
                    assert_eq!(before, OperationState::Unknown, "{what}");
                    told_unknown += 1;
                }
                WriteOutcome::NotBegun => panic!("{what}: not begun"),
            }
        }
    }
    assert_eq!(told_unknown, 2 * 4 * 4);
    let key = DigestKey::read(&path.with_extension("key")).unwrap();
    let verdict = verify(&path, Some(&key)).unwrap();
    assert_eq!((verdict.begun, verdict.open), (50, 0));
    assert_eq!(verdict.confirmed, ledger.look(|book| book.done.len()) as u64);
}

#[test]
fn what_is_open_is_asked_for_before_a_new_write_and_while_that_fails_nothing_is_begun() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let ledger = MemoryLedger::default();
    let journal = open(&path);
    let left = journal.with(|journal| journal.begin_operation(&limit(1), NOW)).unwrap().id;
    drop(journal);

    let journal = open(&path);
    let mut registrar = Registrar::new(journal.clone(), clock).unwrap();
    ledger.fail(&[Fault::Lost]);
    assert_eq!(registrar.operate(&mut ledger.clone(), limit(2)), WriteOutcome::NotBegun);
    assert!(ledger.look(|book| book.executed.is_empty()));
    assert_eq!(
        journal.with(|journal| journal.operation(left)).unwrap(),
        Some(OperationState::Unknown)
    );
    // The next question is put off, unless the ledger is heard of again.
    let asked = |ledger: &MemoryLedger| ledger.look(|book| book.reconciled.len());
    assert!(registrar.reconcile(&mut ledger.clone()));
    assert_eq!(asked(&ledger), 1);
    registrar.heard(false);
    assert!(registrar.reconcile(&mut ledger.clone()));
    assert_eq!(asked(&ledger), 1);
    registrar.heard(true);
    assert!(matches!(
        registrar.operate(&mut ledger.clone(), limit(2)),
        WriteOutcome::Confirmed { .. }
    ));
    assert_eq!(ledger.look(|book| book.reconciled.clone()), [left, left]);
    assert_eq!(
        journal.with(|journal| journal.operation(left)).unwrap(),
        Some(OperationState::Refused("voided".into())),
        "it had never reached the ledger, and now never will"
    );
}

#[test]
fn a_journal_that_cannot_be_written_begins_nothing_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let options = JournalOptions { size_mb: SIZE_MB_MIN, ..JournalOptions::new(&path, "XH03") };
    let news = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&news);
    let journal = Journal::open(&options, NOW).unwrap();
    let journal = SharedJournal::new(journal, move |now| heard.lock().unwrap().push(now));
    let ledger = MemoryLedger::default();
    let mut registrar = Registrar::new(journal.clone(), clock).unwrap();
    let mut operate = || registrar.operate(&mut ledger.clone(), limit(1));
    let raw = rusqlite::Connection::open(&path).unwrap();
    let fill = |kilobytes: u32| {
        raw.execute_batch("DROP TABLE IF EXISTS ballast; CREATE TABLE ballast (b BLOB)").unwrap();
        let sql = "INSERT INTO ballast VALUES (zeroblob(?1))";
        raw.execute(sql, [kilobytes * 1024]).unwrap();
    };
    let heard = || std::mem::take(&mut *news.lock().unwrap());

    assert!(matches!(operate(), WriteOutcome::Confirmed { .. }));
    assert_eq!(heard(), [], "there is room, as was taken for granted");
    fill(3400);
    assert!(matches!(operate(), WriteOutcome::Confirmed { .. }));
    assert_eq!(heard(), [JournalNews::Filling]);
    fill(4200);
    assert_eq!(operate(), WriteOutcome::NotBegun);
    assert_eq!(operate(), WriteOutcome::NotBegun);
    assert_eq!(heard(), [JournalNews::Full], "told once");
    fill(1);
    assert!(matches!(operate(), WriteOutcome::Confirmed { .. }));
    assert_eq!(heard(), [JournalNews::Room]);

    // Another program holds the file.
    raw.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(operate(), WriteOutcome::NotBegun);
    assert_eq!(heard(), [JournalNews::Full]);
    journal.check();
    assert_eq!(heard(), []);
    raw.execute_batch("ROLLBACK").unwrap();
    journal.check();
    assert_eq!(heard(), [JournalNews::Room]);
    assert_eq!(ledger.look(|book| book.done.len()), 3);
    let refused = journal.with(|_| Err::<(), _>(JournalError::Random("none".into())));
    assert!(refused.is_err());
    assert_eq!(journal.news(), JournalNews::Full);
}

#[test]
fn an_end_that_the_journal_could_not_take_is_written_later() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let raw = rusqlite::Connection::open(&path).unwrap();
    let journal = open(&path);
    let mut registrar = Registrar::new(journal.clone(), clock).unwrap();
    let ledger = MemoryLedger::default();
    raw.execute_batch(
        "CREATE TRIGGER no_end BEFORE INSERT ON chain WHEN NEW.event <> 'begun'
         BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END",
    )
    .unwrap();
    let told = registrar.operate(&mut ledger.clone(), limit(1));
    assert!(matches!(told, WriteOutcome::Confirmed { .. }), "the ledger has confirmed: {told:?}");
    let id = ledger.look(|book| book.executed[0]);
    let state = |journal: &SharedJournal| journal.with(|journal| journal.operation(id)).unwrap();
    assert_eq!(state(&journal), Some(OperationState::Pending));
    assert!(registrar.due().is_some());
    raw.execute_batch("DROP TRIGGER no_end").unwrap();
    drop((registrar, journal));
    let journal = open(&path);
    let mut registrar = Registrar::new(journal.clone(), clock).unwrap();
    assert!(registrar.reconcile(&mut ledger.clone()));
    assert_eq!(state(&journal), Some(OperationState::Confirmed("A0001".into())));
    assert_eq!(ledger.look(|book| book.done.len()), 1);
}

#[test]
fn a_panic_with_the_journal_in_hand_loses_neither_it_nor_the_write() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let journal = open(&path);
    let mut registrar = Registrar::new(journal.clone(), clock).unwrap();
    let other = journal.clone();
    quiet(|| {
        let thread = std::thread::spawn(move || other.with::<()>(|_| panic!("with the lock held")));
        assert!(thread.join().is_err());
    });
    let told = registrar.operate(&mut MemoryLedger::default(), limit(1));
    assert!(matches!(told, WriteOutcome::Confirmed { .. }));
}
