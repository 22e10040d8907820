//! The journal over crashes, restarts and clocks that go wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::Path;

use gongji_kiosk::journal::{
    Journal, JournalError, JournalOptions, PrintKind, PrintRecord, PrintState,
};
use jiff::civil::{Date, DateTime, date};

const TODAY: Date = date(2026, 11, 20);
const NOW: DateTime = TODAY.at(9, 41, 0, 0);

fn options(path: &Path) -> JournalOptions {
    JournalOptions::new(path, "XH03")
}

fn open(path: &Path) -> Journal {
    Journal::open(&options(path), NOW).unwrap()
}

fn record() -> PrintRecord {
    PrintRecord { kind: PrintKind::Account, pages: 2, copy: 0, of: None, digest: [7; 32] }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn what_was_begun_is_remembered() {
    let folder = folder();
    let path = folder.path().join("journal.db");
    let first = open(&path).begin_print(&record(), TODAY).unwrap();
    assert_eq!(first.slip_no, "XH03-261120-00001");
    let again = PrintRecord { copy: 1, of: Some(first.slip_no.clone()), ..record() };
    let mut journal = open(&path);
    let second = journal.begin_print(&again, TODAY).unwrap();
    journal.set_print_state(&second.slip_no, PrintState::Sending, 0, NOW).unwrap();
    journal.set_print_state(&second.slip_no, PrintState::Sent, 1, NOW).unwrap();
    journal.set_print_state(&second.slip_no, PrintState::Printed, 2, NOW).unwrap();
    drop(journal);
    let job = open(&path).print_job(&second.slip_no).unwrap().unwrap();
    assert_eq!((job.record, job.issue, job.begun_on), (again, second, TODAY));
    assert_eq!((job.state, job.pages_printed), (PrintState::Printed, 2));
    assert_eq!(open(&path).print_job("XH03-261120-00009").unwrap(), None);
}

#[test]
fn a_crash_leaves_unknown_what_may_be_on_paper_and_failed_what_cannot() {
    use PrintState::{Failed, Printed, Queued, Sending, Sent, Unknown};
    let cases = [
        (&[][..], Failed),
        (&[Sending], Unknown),
        (&[Sending, Sent], Unknown),
        (&[Sending, Sent, Printed], Printed),
        (&[Sending, Failed], Failed),
        (&[Sending, Unknown], Unknown),
    ];
    let folder = folder();
    let path = folder.path().join("journal.db");
    let mut slips = Vec::new();
    for (states, _) in cases {
        let mut journal = open(&path);
        let slip_no = journal.begin_print(&record(), TODAY).unwrap().slip_no;
        for &state in states {
            journal.set_print_state(&slip_no, state, 1, NOW).unwrap();
        }
        assert_eq!(
            journal.print_job(&slip_no).unwrap().unwrap().state,
            *states.last().unwrap_or(&Queued)
        );
        slips.push(slip_no);
        drop(journal);
        assert_eq!(
            open(&path).interrupted(),
            usize::from(
                states.len() < 3 && !states.contains(&Failed) && !states.contains(&Unknown)
            )
        );
    }
    let journal = open(&path);
    assert_eq!(journal.interrupted(), 0, "settled once");
    for ((states, end), slip_no) in cases.iter().zip(&slips) {
        let job = journal.print_job(slip_no).unwrap().unwrap();
        assert_eq!(job.state, *end, "{states:?}");
        assert_eq!(job.pages_printed, u16::from(!states.is_empty()));
    }
}

#[test]
fn numbers_are_unique_over_restarts_and_clocks() {
    let folder = folder();
    let path = folder.path().join("journal.db");
    let days = [TODAY, date(1970, 1, 1), date(2038, 1, 19), TODAY, date(2026, 11, 19), TODAY];
    let mut numbers = BTreeSet::new();
    let mut serials = Vec::new();
    let mut tokens = BTreeSet::new();
    for day in days.into_iter().cycle().take(30) {
        let issue = open(&path).begin_print(&record(), day).unwrap();
        serials.push(issue.slip_no.rsplit('-').next().unwrap().parse::<u32>().unwrap());
        assert_eq!(issue.verification.len(), 16);
        assert!(numbers.insert(issue.slip_no) && tokens.insert(issue.verification));
    }
    assert_eq!(serials, (1..=30).collect::<Vec<_>>());
}

#[test]
fn the_serial_goes_on_after_five_digits_and_after_pruning() {
    let folder = folder();
    let path = folder.path().join("journal.db");
    drop(open(&path).begin_print(&record(), TODAY).unwrap());
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute("UPDATE serial SET last = 99999", []).unwrap();
    raw.execute("DELETE FROM print_job", []).unwrap();
    drop(raw);
    let issue = open(&path).begin_print(&record(), TODAY).unwrap();
    assert_eq!(issue.slip_no, "XH03-261120-100000");
}

#[test]
fn each_terminal_counts_for_itself() {
    let folder = folder();
    let path = folder.path().join("journal.db");
    for (terminal, slip_no) in
        [("A1", "A1-261120-00001"), ("B1", "B1-261120-00001"), ("A1", "A1-261120-00002")]
    {
        let mut journal = Journal::open(&JournalOptions::new(&path, terminal), NOW).unwrap();
        assert_eq!(journal.begin_print(&record(), TODAY).unwrap().slip_no, slip_no);
    }
    for bad in ["", "A-1", "一号", "A123456789", "A 1", "\u{1b}"] {
        let opened = Journal::open(&JournalOptions::new(&path, bad), NOW);
        assert_eq!(opened.unwrap_err(), JournalError::TerminalNo, "{bad}");
    }
}

#[test]
fn what_is_settled_stays() {
    use PrintState::{Failed, Printed, Queued, Sending, Sent, Unknown};
    let all = [Queued, Sending, Sent, Printed, Unknown, Failed];
    let ways: [(&[PrintState], &[PrintState]); 6] = [
        (&[], &all),
        (&[Sending], &[Sending, Sent, Printed, Unknown, Failed]),
        (&[Sending, Sent], &[Sent, Printed, Unknown, Failed]),
        (&[Sending, Unknown], &[Unknown, Printed, Failed]),
        (&[Printed], &[Printed]),
        (&[Failed], &[Failed]),
    ];
    let folder = folder();
    let mut journal = open(&folder.path().join("journal.db"));
    for (way, allowed) in ways {
        for to in all {
            let slip_no = journal.begin_print(&record(), TODAY).unwrap().slip_no;
            way.iter().for_each(|&state| journal.set_print_state(&slip_no, state, 0, NOW).unwrap());
            let result = journal.set_print_state(&slip_no, to, 0, NOW);
            assert_eq!(result.is_ok(), allowed.contains(&to), "{way:?} → {to}: {result:?}");
        }
    }
    let error = journal.set_print_state("XH03-000000-00000", Sent, 0, NOW).unwrap_err();
    assert_eq!(error.to_string(), "the journal has no slip XH03-000000-00000");
}

#[test]
fn printed_pages_never_become_fewer_or_more_than_there_are() {
    let folder = folder();
    let mut journal = open(&folder.path().join("journal.db"));
    let slip_no = journal.begin_print(&record(), TODAY).unwrap().slip_no;
    for (told, kept) in [(1, 1), (0, 1), (9, 2)] {
        journal.set_print_state(&slip_no, PrintState::Sending, told, NOW).unwrap();
        assert_eq!(journal.print_job(&slip_no).unwrap().unwrap().pages_printed, kept);
    }
}

#[test]
fn only_one_process_holds_the_journal() {
    let folder = folder();
    let path = folder.path().join("journal.db");
    let mut running = open(&path);
    let slip_no = running.begin_print(&record(), TODAY).unwrap().slip_no;
    running.set_print_state(&slip_no, PrintState::Sending, 0, NOW).unwrap();
    let error = Journal::open(&options(&path), NOW).unwrap_err();
    assert!(matches!(error, JournalError::InUse(_)), "{error}");
    assert_eq!(running.print_job(&slip_no).unwrap().unwrap().state, PrintState::Sending);
    drop(running);
    open(&path);
}

/// A program that the former owner was just starting holds the lock with it for a moment.
#[test]
fn a_journal_that_is_just_being_let_go_of_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let options = JournalOptions::new(&folder.path().join("journal.db"), "XH03");
    for _ in 0..20 {
        let former = Journal::open(&options, NOW).unwrap();
        let leaving = std::thread::spawn(move || drop(former));
        assert!(Journal::open(&options, NOW).is_ok());
        leaving.join().unwrap();
    }
}

#[test]
fn trouble_with_the_file_is_one_sentence_that_names_it() {
    let folder = folder();
    let path = folder.path().join("journal.db");
    let said = |path: &Path| Journal::open(&options(path), NOW).unwrap_err().to_string();

    let away = folder.path().join("none").join("journal.db");
    assert!(said(&away).contains("none/journal.db.lock"), "{}", said(&away));

    std::fs::write(&path, "this is no database, but long enough to be looked at".repeat(40))
        .unwrap();
    assert!(said(&path).contains("journal.db failed: file is not a database"), "{}", said(&path));

    std::fs::remove_file(&path).unwrap();
    drop(open(&path));
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(said(&path).contains("version 99, made by newer software"), "{}", said(&path));
    assert!(!said(&path).contains('\n'));
}

#[test]
fn pruning_keeps_the_latest_and_the_unsettled() {
    let folder = folder();
    let path = folder.path().join("journal.db");
    let mut journal = open(&path);
    let begin = |journal: &mut Journal, day, state| {
        let slip_no = journal.begin_print(&record(), day).unwrap().slip_no;
        journal.set_print_state(&slip_no, state, 0, NOW).unwrap();
        slip_no
    };
    let old = begin(&mut journal, date(2025, 1, 1), PrintState::Printed);
    let open_end = begin(&mut journal, date(2025, 1, 1), PrintState::Unknown);
    assert_eq!(journal.prune(date(2099, 1, 1), 180).unwrap(), 0, "a clock gone wrong");
    let filler = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
        INSERT INTO print_job
            (slip_no, verification, kind, pages, copy, digest, begun_on, state)
        SELECT 'F' || i, '', 'test', 1, 0, x'', '2026-11-01', 'printed' FROM n";
    rusqlite::Connection::open(&path).unwrap().execute(filler, []).unwrap();
    assert_eq!(journal.prune(date(2025, 6, 1), 180).unwrap(), 0, "not old enough");
    assert_eq!(journal.prune(TODAY, 180).unwrap(), 1);
    assert_eq!(journal.print_job(&old).unwrap(), None);
    assert!(journal.print_job(&open_end).unwrap().is_some());
}

#[test]
fn the_digest_key_is_the_journals_own_and_stays() {
    let (one, other) = (folder(), folder());
    let path = one.path().join("journal.db");
    let key = *open(&path).digest_key();
    assert_eq!(*open(&path).digest_key(), key);
    assert_ne!(*open(&other.path().join("journal.db")).digest_key(), key);
    assert!(!format!("{:?}", open(&path)).contains(&format!("{}, {}", key[0], key[1])));
}
