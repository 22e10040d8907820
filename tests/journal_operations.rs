//! What the journal keeps of writes: each state once, each number once, nothing personal, and a bound.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "support/writes.rs"]
mod writes;

use std::path::Path;

use gongji_kiosk::domain::operation::{OperationId, OperationKind};
use gongji_kiosk::domain::person::PersonNo;
use gongji_kiosk::journal::{
    Journal, JournalError, JournalOptions, OperationState, PrintKind, PrintRecord, PrintState,
    SIZE_MB_MIN, verify,
};
use gongji_kiosk::records::port::{
    Action, Agreement, Binding, Entries, OperationRequest, Outcome, WriteRefusal,
};
use writes::{NOW, PERSON, TODAY, confirmed, limit, request};

fn open(path: &Path) -> Journal {
    Journal::open(&JournalOptions::new(path, "XH03"), NOW).unwrap()
}

const REFUSED: Outcome = Outcome::Refused(WriteRefusal::AlreadyBound);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Doubt,
    Confirm,
    Refuse,
}

fn go(journal: &mut Journal, id: OperationId, way: Way) -> Result<(), JournalError> {
    match way {
        Way::Doubt => journal.doubt_operation(id, NOW),
        Way::Confirm => journal.settle_operation(id, &confirmed("A7"), NOW),
        Way::Refuse => journal.settle_operation(id, &REFUSED, NOW),
    }
}

#[test]
fn a_write_ends_once_and_doubt_comes_before_the_end_only() {
    use Way::{Confirm, Doubt, Refuse};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let ways: [(&[Way], &[Way]); 6] = [
        (&[], &[Doubt, Confirm, Refuse]),
        (&[Doubt], &[Doubt, Confirm, Refuse]),
        (&[Confirm], &[Confirm]),
        (&[Refuse], &[Refuse]),
        (&[Doubt, Confirm], &[Confirm]),
        (&[Doubt, Refuse], &[Refuse]),
    ];
    for (way, allowed) in ways {
        for next in [Doubt, Confirm, Refuse] {
            let mut journal = open(&path);
            let id = journal.begin_operation(&limit(1), NOW).unwrap().id;
            way.iter().for_each(|&way| go(&mut journal, id, way).unwrap());
            drop(journal);
            let mut journal = open(&path);
            let result = go(&mut journal, id, next);
            assert_eq!(result.is_ok(), allowed.contains(&next), "{way:?} → {next:?}: {result:?}");
            if let Err(error) = &result {
                assert_eq!(*error, JournalError::Settled(id));
            }
            let last = if result.is_ok() { next } else { *way.last().unwrap() };
            let state = match last {
                Doubt => OperationState::Unknown,
                Confirm => OperationState::Confirmed("A7".into()),
                Refuse => OperationState::Refused("already_bound".into()),
            };
            assert_eq!(journal.operation(id).unwrap(), Some(state));
            let open = journal.open_operations().unwrap();
            assert_eq!(open.iter().any(|open| open.id == id && open.unknown), last == Doubt);
        }
    }
    let mut journal = open(&path);
    let other = journal.settle_operation(OperationId::new([1; 16]), &REFUSED, NOW);
    assert!(matches!(other, Err(JournalError::NoSuchOperation(_))));
    assert_eq!(journal.operation(OperationId::new([1; 16])).unwrap(), None);
    let confirmed_otherwise = journal.begin_operation(&limit(1), NOW).unwrap().id;
    journal.settle_operation(confirmed_otherwise, &confirmed("A1"), NOW).unwrap();
    let again = journal.settle_operation(confirmed_otherwise, &confirmed("A2"), NOW);
    assert_eq!(again, Err(JournalError::Settled(confirmed_otherwise)));
    drop(journal);
    let verdict = verify(&path, None).unwrap();
    assert_eq!((verdict.begun, verdict.open), (19, 2));
}

#[test]
fn what_is_begun_is_there_after_a_crash_with_its_own_number() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let mut journal = open(&path);
    let first = journal.begin_operation(&limit(1), NOW).unwrap();
    let record =
        PrintRecord { kind: PrintKind::Premium, pages: 1, copy: 0, of: None, digest: [7; 32] };
    let slip = journal.begin_print(&record, TODAY).unwrap();
    let second = journal.begin_operation(&request(Action::Open), NOW).unwrap();
    assert_eq!(first.reference, "XH03-261120-B00001");
    assert_eq!(second.reference, "XH03-261120-B00002");
    assert_eq!(slip.slip_no, "XH03-261120-00001");
    assert_ne!(first.id, second.id);
    assert_eq!(journal.operation(first.id).unwrap(), Some(OperationState::Pending));
    drop(journal);
    let journal = open(&path);
    let open = journal.open_operations().unwrap();
    let found: Vec<_> =
        open.iter().map(|o| (o.id, o.reference.as_str(), o.kind, o.unknown)).collect();
    let limit = Some(OperationKind::Limit);
    let opening = Some(OperationKind::Open);
    assert_eq!(
        found,
        [
            (first.id, first.reference.as_str(), limit, false),
            (second.id, second.reference.as_str(), opening, false)
        ]
    );
}

#[test]
fn nothing_personal_is_in_any_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let secrets =
        ["31000000000000005678", "6225760012345678", "张建国皮鞋厂", "13812345678", PERSON];
    let [relative, card, employer, phone, _] = secrets;
    let entries = Entries {
        card: Some(card.to_owned().into()),
        insured_place: None,
        employer: Some(employer.to_owned().into()),
        phone: Some(phone.to_owned().into()),
    };
    let binding = Binding {
        relative: PersonNo::new(relative),
        relation: gongji_kiosk::domain::family::Relation::Parent,
        since: TODAY,
        until: None,
        annual_limit: None,
        money: gongji_kiosk::policy::schema::MoneyModel::Authorize,
        amount: None,
        agreement: Agreement::GivenHere,
        slots: 3,
        entries,
    };
    let bind = OperationRequest { ..request(Action::Bind(Box::new(binding))) };
    let mut journal = open(&path);
    let id = journal.begin_operation(&bind, NOW).unwrap().id;
    journal.settle_operation(id, &confirmed("A1"), NOW).unwrap();
    drop(journal);
    let mut out = Vec::new();
    gongji_kiosk::journal::export(&path, &mut out, Path::new("out")).unwrap();
    let files = std::fs::read_dir(folder.path()).unwrap();
    let mut texts: Vec<Vec<u8>> =
        files.map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
    texts.push(out);
    for secret in secrets {
        let secret = secret.as_bytes();
        assert!(!texts.iter().any(|text| text.windows(secret.len()).any(|w| w == secret)));
    }
}

/// Fills the journal with rows of slips to about this many kilobytes.
fn fill(path: &Path, kilobytes: u32) {
    let raw = rusqlite::Connection::open(path).unwrap();
    raw.execute_batch("DELETE FROM print_job").unwrap();
    let filler = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
        INSERT INTO print_job
            (slip_no, verification, kind, pages, copy, digest, begun_on, state)
        SELECT 'F' || i, '', 'test', 1, 0, zeroblob(1000), '2026-11-01', 'printed' FROM n";
    raw.execute(filler, [kilobytes * 10 / 14]).unwrap();
}

#[test]
fn a_full_journal_takes_no_write_and_still_takes_every_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let options = JournalOptions { size_mb: SIZE_MB_MIN, ..JournalOptions::new(&path, "XH03") };
    let open = || Journal::open(&options, NOW).unwrap();
    let mut journal = open();
    let begun = journal.begin_operation(&limit(1), NOW).unwrap();
    let record =
        PrintRecord { kind: PrintKind::Account, pages: 1, copy: 0, of: None, digest: [7; 32] };
    assert!(!journal.fullness().unwrap().is_filling());
    drop(journal);
    let bound = SIZE_MB_MIN * 1024;
    let mut seen = Vec::new();
    for percent in [70, 90, 104, 120] {
        fill(&path, bound * percent / 100);
        let mut journal = open();
        let fullness = journal.fullness().unwrap();
        let write = journal.begin_operation(&limit(2), NOW);
        let slip = journal.begin_print(&record, TODAY);
        let full = JournalError::Full(path.clone(), SIZE_MB_MIN);
        assert!(write.is_ok() || write == Err(full.clone()));
        assert!(slip.is_ok() || slip == Err(full));
        seen.push((fullness.is_filling(), fullness.is_full(), write.is_ok(), slip.is_ok()));
        if percent == 120 {
            assert!(fullness.percent() >= 110, "{fullness:?}");
            // What was begun before still ends.
            journal.doubt_operation(begun.id, NOW).unwrap();
            journal.settle_operation(begun.id, &confirmed("A1"), NOW).unwrap();
        } else {
            let slip_no = slip.unwrap().slip_no;
            journal.set_print_state(&slip_no, PrintState::Failed, 0, NOW).unwrap();
        }
    }
    assert_eq!(
        seen,
        [
            (false, false, true, true),
            (true, false, true, true),
            (true, true, false, true),
            (true, true, false, false)
        ]
    );
    fill(&path, 1);
    let mut journal = open();
    assert!(!journal.fullness().unwrap().is_filling(), "what is freed counts as room");
    journal.begin_operation(&limit(2), NOW).unwrap();
}
