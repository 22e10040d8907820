//! A kiosk whose journal is full, and which was killed in the midst of a write: it answers and prints,
//! and what was left open is settled although nothing new is begun.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;
#[path = "support/writes.rs"]
mod writes;

use common::{Rig, fast, title};
use gongji_kiosk::journal::{
    DigestKey, Journal, JournalError, OperationState, SIZE_MB_MIN, verify,
};
use rusqlite::Connection;
use writes::{NOW, limit};

/// Fills up the journal a little beyond its bound.
fn fill(db: &std::path::Path) {
    let raw = Connection::open(db).unwrap();
    raw.execute_batch("CREATE TABLE ballast (bytes BLOB)").unwrap();
    let bytes = u64::from(SIZE_MB_MIN) * 1024 * 1024 + 20_000;
    raw.execute("INSERT INTO ballast VALUES (zeroblob(?1))", [bytes as i64]).unwrap();
}

#[test]
fn a_full_journal_answers_prints_and_settles_and_begins_no_write() {
    let mut left = None;
    let mut rig = Rig::with(fast(), |config| {
        config.journal.size_max = SIZE_MB_MIN;
        let options = config.journal.options(&config.kiosk.terminal_no);
        let mut journal = Journal::open(&options, NOW).unwrap();
        left = Some(journal.begin_operation(&limit(1), NOW).unwrap().id);
        drop(journal);
        fill(&options.db);
    });
    rig.go_home();
    rig.preview_account_slip();
    rig.tap("开始打印");
    rig.wait("a printed slip", |view| title(view).contains("打好了"));
    rig.stop();

    let options = rig.config.journal.options(&rig.config.kiosk.terminal_no);
    let mut journal = Journal::open(&options, NOW).unwrap();
    assert!(journal.fullness().unwrap().is_full());
    let state = journal.operation(left.unwrap()).unwrap();
    assert_eq!(state, Some(OperationState::Refused("voided".into())));
    let refused = journal.begin_operation(&limit(1), NOW);
    assert_eq!(refused, Err(JournalError::Full(options.db.clone(), SIZE_MB_MIN)));
    drop(journal);
    let key = DigestKey::read(&options.db.with_extension("key")).unwrap();
    let verdict = verify(&options.db, Some(&key)).unwrap();
    assert_eq!((verdict.begun, verdict.refused, verdict.slips), (1, 1, 1));
}
