//! The audit chain: whoever changes it is found out, and archives carry it on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "support/writes.rs"]
mod writes;

use std::path::{Path, PathBuf};

use gongji_kiosk::journal::{
    DigestKey, Journal, JournalError, JournalOptions, KeyPlace, OperationState, PrintKind,
    PrintRecord, PrintState, archive, export, verify,
};
use gongji_kiosk::records::port::{Outcome, WriteRefusal};
use jiff::civil::{DateTime, date};
use proptest::prelude::*;
use rusqlite::Connection;
use writes::{NOW, confirmed, limit};

fn open(path: &Path) -> Journal {
    Journal::open(&JournalOptions::new(path, "XH03"), NOW).unwrap()
}

fn key(path: &Path) -> DigestKey {
    KeyPlace::of(path, None).read().unwrap()
}

/// A journal with a row of every kind, the last write open.
fn journal(folder: &tempfile::TempDir) -> PathBuf {
    let path = folder.path().join("journal.db");
    let mut journal = open(&path);
    let record =
        PrintRecord { kind: PrintKind::Premium, pages: 2, copy: 0, of: None, digest: [7; 32] };
    for (index, state) in
        [PrintState::Printed, PrintState::Unknown, PrintState::Failed].into_iter().enumerate()
    {
        let id = journal.begin_operation(&limit(index as i64), NOW).unwrap().id;
        if index == 1 {
            journal.doubt_operation(id, NOW).unwrap();
            journal.settle_operation(id, &Outcome::Refused(WriteRefusal::Voided), NOW).unwrap();
        } else {
            journal.settle_operation(id, &confirmed(&format!("A{index}")), NOW).unwrap();
        }
        let slip = journal.begin_print(&record, NOW.date()).unwrap().slip_no;
        journal.set_print_state(&slip, PrintState::Sending, 0, NOW).unwrap();
        journal.set_print_state(&slip, state, 1, NOW).unwrap();
        journal.set_print_state(&slip, state, 1, NOW).unwrap();
    }
    journal.begin_operation(&limit(9), NOW).unwrap();
    path
}

fn exported(path: &Path) -> Result<Vec<u8>, JournalError> {
    let mut out = Vec::new();
    export(path, &mut out, Path::new("out.jsonl")).map(|_| out)
}

const GUARDS: &str = "DROP TRIGGER chain_follows; DROP TRIGGER chain_unchanged;
    DROP TRIGGER chain_kept; DROP TRIGGER chain_end_grows; DROP TRIGGER chain_end_kept;
    PRAGMA foreign_keys = OFF;";

#[test]
fn a_whole_chain_is_told_in_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let path = journal(&folder);
    let verdict = verify(&path, Some(&key(&path))).unwrap();
    assert_eq!((verdict.first, verdict.last), (1, 11));
    assert_eq!((verdict.begun, verdict.confirmed, verdict.refused, verdict.open), (4, 2, 1, 1));
    assert_eq!(verdict.slips, 3);
    let text = verdict.to_string();
    assert!(
        text.starts_with("the chain is whole: 11 rows from 1, 4 writes (2 confirmed,"),
        "{text}"
    );
    assert!(text.contains("all sealed"), "{text}");
    let bare = verify(&path, None).unwrap();
    assert_eq!(bare.last_hash, verdict.last_hash);
    assert!(bare.to_string().contains("seals not checked, no key"));
    let lines = exported(&path).unwrap();
    let lines: Vec<serde_json::Value> = lines
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    let events: Vec<_> = lines.iter().map(|line| line["event"].as_str().unwrap()).collect();
    let expected = "begun confirmed slip_printed begun unknown refused slip_unknown begun confirmed \
                    slip_failed begun";
    assert_eq!(events.join(" "), expected);
    assert_eq!(lines[5]["detail"], "voided");
    assert_eq!(lines[2]["reference"], "XH03-261120-00001");
    assert!(lines.windows(2).all(|two| two[0]["hash"] == two[1]["previous"]));
    assert_eq!(lines[10]["hash"], verdict.last_hash);
}

#[test]
fn the_database_itself_keeps_rows_from_being_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = journal(&folder);
    let raw = Connection::open(&path).unwrap();
    for sql in [
        "UPDATE chain SET at = ''",
        "UPDATE chain SET seq = 99 WHERE seq = 11",
        "DELETE FROM chain WHERE seq = 11",
        "DELETE FROM chain",
        "INSERT INTO chain SELECT 13, event, operation, reference, kind, detail, person, request, at,
             previous, hash, seal FROM chain WHERE seq = 11",
        "INSERT OR REPLACE INTO chain SELECT * FROM chain WHERE seq = 11",
        "INSERT INTO chain SELECT 12, event, operation, reference, kind, detail, person, request, at,
             previous, hash, seal FROM chain WHERE seq = 11",
        "UPDATE chain_end SET last = 3",
        "UPDATE chain_end SET first = 0",
        "DELETE FROM chain_end",
        "INSERT INTO chain_end VALUES (2, 1, x'', 1, x'', x'')",
    ] {
        let error = raw.execute(sql, []).unwrap_err().to_string();
        let held = ["chain", "CHECK constraint"].iter().any(|word| error.contains(word));
        assert!(held, "{sql}: {error}");
    }
    assert_eq!(verify(&path, Some(&key(&path))).unwrap().last, 11);
}

#[test]
fn every_change_behind_the_guards_is_found_and_its_row_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = journal(&folder);
    let key = key(&path);
    let text = ["event", "reference", "kind", "detail", "at"];
    let bytes = ["operation", "person", "request", "previous", "hash", "seal"];
    let mut cases: Vec<(String, i64)> = Vec::new();
    for row in 1..=11 {
        for column in text {
            cases.push((format!("UPDATE chain SET {column} = 'x' WHERE seq = {row}"), row));
        }
        for column in bytes {
            cases
                .push((format!("UPDATE chain SET {column} = zeroblob(31) WHERE seq = {row}"), row));
        }
        cases.push((format!("DELETE FROM chain WHERE seq = {row}"), row));
        cases.push((format!("UPDATE chain SET seq = 99 WHERE seq = {row}"), row));
    }
    cases.extend([
        ("DELETE FROM chain WHERE seq > 4".into(), 5),
        ("DELETE FROM chain".into(), 1),
        ("UPDATE chain_end SET last = 10".into(), 12),
        ("UPDATE chain_end SET first = 2".into(), 2),
        ("UPDATE chain_end SET hash = x'00'".into(), 12),
        ("UPDATE chain_end SET seal = x'00'".into(), 11),
        ("DELETE FROM chain_end".into(), 0),
        ("DELETE FROM open_operation".into(), 11),
        ("INSERT INTO open_operation SELECT x'00', 3".into(), 11),
        (
            "UPDATE chain_end SET last = 10, hash = (SELECT previous FROM chain WHERE seq = 11);
             DELETE FROM open_operation; DELETE FROM chain WHERE seq = 11"
                .into(),
            10,
        ),
    ]);
    let (mut keyless, all) = (0, cases.len());
    for (sql, row) in cases {
        let copy = folder.path().join("copy.db");
        std::fs::copy(&path, &copy).unwrap();
        let raw = Connection::open(&copy).unwrap();
        raw.execute_batch(&format!("{GUARDS} {sql}")).unwrap();
        drop(raw);
        let Err(JournalError::Broken(_, named, why)) = verify(&copy, Some(&key)) else {
            panic!("not found: {sql}");
        };
        assert_eq!(named, row, "{sql}: {why}");
        keyless += usize::from(verify(&copy, None).is_err());
    }
    println!("{all} changes found, {keyless} of them without the key");
    assert!(keyless > all - 20, "only seals need the key");
}

#[test]
fn a_chain_made_anew_without_the_key_is_found() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (path, forged) = (journal(&folder), journal(&other));
    assert!(verify(&forged, None).is_ok(), "a chain of one's own is whole in itself");
    let error = verify(&forged, Some(&key(&path))).unwrap_err();
    assert!(matches!(error, JournalError::KeyWrong(_)));
    // The forger also copies the word by which the journal knows its key.
    let raw = Connection::open(&forged).unwrap();
    let check: Vec<u8> = Connection::open(&path)
        .unwrap()
        .query_row("SELECT value FROM secret WHERE name = 'key_check'", [], |row| row.get(0))
        .unwrap();
    raw.execute("UPDATE secret SET value = ?1", [check]).unwrap();
    drop(raw);
    let error = verify(&forged, Some(&key(&path))).unwrap_err().to_string();
    assert!(error.contains("row 1 of the chain is wrong: its seal is not of this"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// A byte that matters is found, whatever it belongs to; one that does not changes nothing.
    #[test]
    fn no_byte_of_the_file_can_be_turned_over_unseen(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        thread_local! {
            static WHOLE: (tempfile::TempDir, Vec<u8>, Vec<u8>, DigestKey) = {
                let folder = tempfile::tempdir().unwrap();
                let path = journal(&folder);
                let (bytes, lines) = (std::fs::read(&path).unwrap(), exported(&path).unwrap());
                let key = key(&path);
                (folder, bytes, lines, key)
            };
        }
        WHOLE.with(|(folder, bytes, lines, key)| {
            let copy = folder.path().join("copy.db");
            let mut bytes = bytes.clone();
            let at = at.index(bytes.len());
            bytes[at] ^= 1_u8 << bit;
            std::fs::write(&copy, bytes).unwrap();
            if verify(&copy, Some(key)).is_ok() {
                prop_assert_eq!(&exported(&copy).unwrap(), lines);
            }
            Ok(())
        })?;
    }
}

const DAY: DateTime = date(2026, 1, 10).at(9, 0, 0, 0);

/// Twelve months of writes, one each, all confirmed but that of month `open`.
fn a_year(folder: &tempfile::TempDir, open_in: Option<i8>) -> PathBuf {
    let path = folder.path().join("journal.db");
    let mut journal = open(&path);
    for month in 1..=12 {
        let at = date(2025, month, 15).at(9, 0, 0, 0);
        let id = journal.begin_operation(&limit(month.into()), at).unwrap().id;
        if open_in != Some(month) {
            journal.settle_operation(id, &confirmed(&format!("A{month}")), at).unwrap();
        }
    }
    path
}

#[test]
fn an_archive_takes_what_is_old_and_the_journal_goes_on_from_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = a_year(&folder, None);
    let place = KeyPlace::of(&path, None);
    let to = |name: &str| folder.path().join(name);
    let whole = exported(&path).unwrap();
    let before = verify(&path, Some(&key(&path))).unwrap();

    let error = archive(&path, &place, &to("a.db"), date(2025, 7, 11), DAY).unwrap_err();
    let expected = "2025-07-11 is too near, give 2025-07-10 or a day before it";
    assert!(error.to_string().contains(expected), "{error}");
    let none = archive(&path, &place, &to("none.db"), date(2025, 1, 15), DAY).unwrap();
    assert_eq!((none.rows, none.last), (0, 0));
    assert!(!to("none.db").exists());

    let first = archive(&path, &place, &to("a.db"), date(2025, 4, 1), DAY).unwrap();
    assert_eq!((first.rows, first.last), (6, 6));
    let error = archive(&path, &place, &to("a.db"), date(2025, 7, 1), DAY).unwrap_err();
    assert!(error.to_string().contains("a.db: exists already; name a new file"), "{error}");
    let second = archive(&path, &place, &to("b.db"), date(2025, 7, 1), DAY).unwrap();
    assert_eq!((second.rows, second.last), (6, 12));

    let key = key(&path);
    let ends: Vec<_> = [to("a.db"), to("b.db"), path.clone()]
        .iter()
        .map(|file| verify(file, Some(&key)).unwrap())
        .map(|verdict| (verdict.first, verdict.last))
        .collect();
    assert_eq!(ends, [(1, 6), (7, 12), (13, 26)], "two rows tell of the archives");
    let parts = [to("a.db"), to("b.db"), path.clone()].map(|file| exported(&file).unwrap());
    let joined = parts.concat();
    assert!(joined.starts_with(&whole), "nothing is lost and nothing changed");
    let last = String::from_utf8(parts[2].clone()).unwrap();
    let last: Vec<serde_json::Value> =
        last.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(last[12]["previous"], before.last_hash);
    assert_eq!(
        (last[12]["event"].as_str(), last[12]["detail"].as_str()),
        (Some("archived"), Some("6"))
    );
    let mut journal = open(&path);
    journal.begin_operation(&limit(1), NOW).unwrap();
    let files: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".new"))
        .collect();
    assert!(files.is_empty(), "{files:?}");
    let error = archive(&path, &place, &to("c.db"), date(2025, 7, 1), DAY).unwrap_err();
    assert!(matches!(error, JournalError::InUse(_)), "{error}");
}

#[test]
fn an_open_write_never_goes_into_an_archive() {
    for (month, rows) in [(1, 0), (3, 4), (6, 10)] {
        let folder = tempfile::tempdir().unwrap();
        let path = a_year(&folder, Some(month));
        let to = folder.path().join("a.db");
        let place = KeyPlace::of(&path, None);
        let archived = archive(&path, &place, &to, date(2025, 7, 1), DAY).unwrap();
        assert_eq!(archived.rows, rows, "{month}");
        let mut journal = open(&path);
        let [left] = journal.open_operations().unwrap().try_into().unwrap();
        journal.settle_operation(left.id, &confirmed("A"), NOW).unwrap();
        let state = journal.operation(left.id).unwrap();
        assert_eq!(state, Some(OperationState::Confirmed("A".into())));
        drop(journal);
        assert_eq!(verify(&path, Some(&key(&path))).unwrap().open, 0);
        assert_eq!(
            archive(&path, &place, &folder.path().join("b.db"), date(2025, 7, 1), DAY)
                .unwrap()
                .rows,
            0,
            "it was settled after that day"
        );
    }
}

#[test]
fn a_day_when_the_clock_was_wrong_does_not_keep_the_journal_from_being_archived() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let mut journal = open(&path);
    for day in [date(2025, 1, 1), date(2099, 1, 1), date(2025, 1, 3), date(2025, 12, 1)] {
        let at = day.at(9, 0, 0, 0);
        let id = journal.begin_operation(&limit(1), at).unwrap().id;
        journal.settle_operation(id, &confirmed("A"), at).unwrap();
    }
    drop(journal);
    let place = KeyPlace::of(&path, None);
    let to = folder.path().join("a.db");
    assert_eq!(archive(&path, &place, &to, date(2025, 7, 1), DAY).unwrap().rows, 6);
}

#[test]
fn a_broken_chain_is_not_archived() {
    let folder = tempfile::tempdir().unwrap();
    let path = a_year(&folder, None);
    let raw = Connection::open(&path).unwrap();
    raw.execute_batch(&format!("{GUARDS} UPDATE chain SET detail = 'A9' WHERE seq = 4")).unwrap();
    drop(raw);
    let to = folder.path().join("a.db");
    let error = archive(&path, &KeyPlace::of(&path, None), &to, date(2025, 7, 1), DAY).unwrap_err();
    assert!(error.to_string().contains("row 4 of the chain is wrong: its content was"), "{error}");
    assert!(!to.exists());
}
