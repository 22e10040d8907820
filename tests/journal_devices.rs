//! What the journal keeps of devices: what was learnt of them, and what they have done.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use gongji_hal::printer::counts::Counts;
use gongji_kiosk::journal::{
    DeviceFact, Journal, JournalError, JournalOptions, PrintCount, PrintKind, PrintRecord,
    PrintState, PrinterCounters,
};
use jiff::civil::{DateTime, date};

const NOW: DateTime = date(2026, 11, 20).at(9, 41, 0, 0);
const PAGE: Counts = Counts { lines: 30, raster_rows: 24, symbols: 1, feed_dots: 1204, cuts: 1 };

fn open(path: &Path) -> Journal {
    Journal::open(&JournalOptions::new(path, "XH03"), NOW).unwrap()
}

fn begin(journal: &mut Journal) -> String {
    let record =
        PrintRecord { kind: PrintKind::Account, pages: 2, copy: 0, of: None, digest: [7; 32] };
    let slip_no = journal.begin_print(&record, date(2026, 11, 20)).unwrap().slip_no;
    journal.set_print_state(&slip_no, PrintState::Sending, 0, NOW).unwrap();
    slip_no
}

#[test]
fn counters_grow_with_what_is_on_paper_and_outlive_the_kiosk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    assert_eq!(Journal::counters(&path).unwrap(), [], "no journal yet");
    let (left, right) = (Path::new("/dev/left"), Path::new("/dev/right"));
    let page = PrintCount { slips: 0, pages: 1, counts: PAGE };
    let whole = PrintCount { slips: 1, ..PrintCount::default() };
    for _ in 0..3 {
        let mut journal = open(&path);
        let no = begin(&mut journal);
        journal.count_print_state(&no, PrintState::Sending, 1, NOW, (left, page)).unwrap();
        journal.count_print_state(&no, PrintState::Sending, 2, NOW, (left, page)).unwrap();
        journal.count_print_state(&no, PrintState::Printed, 2, NOW, (left, whole)).unwrap();
        // Another process may look while the kiosk runs.
        assert!(Journal::counters(&path).unwrap()[0].slips >= 1);
    }
    let mut journal = open(&path);
    let no = begin(&mut journal);
    journal.count_print_state(&no, PrintState::Sending, 1, NOW, (right, page)).unwrap();
    drop(journal);
    let expected = [
        PrinterCounters {
            port: "/dev/left".into(),
            slips: 3,
            pages: 6,
            cuts: 6,
            lines: 180,
            raster_rows: 144,
            symbols: 6,
            millimetres: 903,
        },
        PrinterCounters {
            port: "/dev/right".into(),
            slips: 0,
            pages: 1,
            cuts: 1,
            lines: 30,
            raster_rows: 24,
            symbols: 1,
            millimetres: 150,
        },
    ];
    assert_eq!(Journal::counters(&path).unwrap(), expected);
}

#[test]
fn what_a_slip_may_not_become_is_not_counted_either() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let mut journal = open(&path);
    let no = begin(&mut journal);
    journal.set_print_state(&no, PrintState::Failed, 0, NOW).unwrap();
    let page = PrintCount { slips: 0, pages: 1, counts: PAGE };
    let port = Path::new("/dev/printer");
    let refused = journal.count_print_state(&no, PrintState::Sending, 1, NOW, (port, page));
    assert!(matches!(refused, Err(JournalError::Transition { .. })), "{refused:?}");
    assert_eq!(Journal::counters(&path).unwrap(), []);
}

#[test]
fn what_was_learnt_of_a_device_is_kept_by_port_and_can_change() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let port = Path::new("/dev/printer");
    let learn = |value| {
        open(&path).learn_device_fact(port, DeviceFact::ProcessIds, value).unwrap();
        open(&path).device_fact(port, DeviceFact::ProcessIds).unwrap()
    };
    assert_eq!(open(&path).device_fact(port, DeviceFact::ProcessIds).unwrap(), None);
    assert_eq!(learn("yes").as_deref(), Some("yes"));
    assert_eq!(learn("no").as_deref(), Some("no"));
    let other = open(&path).device_fact(Path::new("/dev/other"), DeviceFact::ProcessIds).unwrap();
    assert_eq!(other, None);
}

#[test]
fn a_journal_of_the_first_version_is_upgraded_and_keeps_its_slips() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let mut journal = open(&path);
    let no = begin(&mut journal);
    journal.set_print_state(&no, PrintState::Printed, 2, NOW).unwrap();
    drop(journal);
    // What the first version had: the same without the later tables.
    let database = rusqlite::Connection::open(&path).unwrap();
    database
        .execute_batch(
            "DROP TABLE counters; DROP TABLE device_memory; DROP TABLE open_operation;
             DROP TABLE chain; DROP TABLE chain_end; DELETE FROM secret; PRAGMA user_version = 1",
        )
        .unwrap();
    drop(database);
    assert_eq!(Journal::counters(&path).unwrap(), [], "nothing is counted yet");
    let mut journal = open(&path);
    assert_eq!(journal.print_job(&no).unwrap().unwrap().state, PrintState::Printed);
    let port = Path::new("/dev/printer");
    journal.learn_device_fact(port, DeviceFact::ProcessIds, "yes").unwrap();
}
