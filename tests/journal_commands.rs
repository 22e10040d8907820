//! `journal verify`, `export` and `archive` as a person uses them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;
#[path = "support/writes.rs"]
mod writes;

use std::path::Path;

use common::process::{fails, files, run};
use gongji_kiosk::journal::{Journal, JournalOptions};
use jiff::civil::{DateTime, date};
use writes::{NOW, confirmed, limit};

fn journal(folder: &Path, days: &[DateTime]) {
    let options = JournalOptions::new(&folder.join("journal.db"), "XH03");
    let mut journal = Journal::open(&options, NOW).unwrap();
    for at in days {
        let id = journal.begin_operation(&limit(1), *at).unwrap().id;
        journal.settle_operation(id, &confirmed("A1"), *at).unwrap();
    }
}

fn words(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

#[test]
fn a_journal_is_checked_exported_and_archived() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    journal(here, &[date(2025, 1, 2).at(9, 0, 0, 0), date(2025, 3, 2).at(9, 0, 0, 0), NOW]);

    let checked = run(here, &words("journal verify --db journal.db"));
    assert_eq!((checked.status, checked.err.as_str()), (Some(0), ""));
    let said = "journal.db: the chain is whole: 6 rows from 1, 3 writes (3 confirmed, 0 refused, 0 open), \
                0 ends of slips; all sealed; last hash ";
    assert!(checked.out.starts_with(said), "{}", checked.out);
    assert_eq!(checked.out.lines().count(), 1);

    let exported = run(here, &words("journal export --db journal.db --out chain.jsonl"));
    assert_eq!(exported.out, "chain.jsonl: 6 rows\n", "{}", exported.err);
    let lines = std::fs::read_to_string(here.join("chain.jsonl")).unwrap();
    assert_eq!(lines.lines().count(), 6);
    assert!(!lines.contains(writes::PERSON));

    let line = "journal archive --db journal.db --to 2025-1.db --before 2025-02-01";
    let archived = run(here, &words(line));
    assert_eq!(archived.out, "2025-1.db: 2 rows moved, up to row 2\n", "{}", archived.err);
    let nothing = run(here, &words(&line.replace("2025-1", "again")));
    assert_eq!(nothing.out, "journal.db: no row before 2025-02-01 can go yet\n");
    let checked = run(here, &words("journal verify --db 2025-1.db --key journal.key"));
    assert!(checked.out.contains("2 rows from 1, 1 writes"), "{}", checked.out);
    let bare = run(here, &words("journal verify --db 2025-1.db"));
    assert!(bare.out.contains("seals not checked, no key"), "{}", bare.out);
    let checked = run(here, &words("journal verify --db journal.db"));
    assert!(checked.out.contains("5 rows from 3"), "{}", checked.out);

    let raw = rusqlite::Connection::open(here.join("journal.db")).unwrap();
    raw.execute_batch("DROP TRIGGER chain_unchanged; UPDATE chain SET detail = 'A2' WHERE seq = 4")
        .unwrap();
    drop(raw);
    let (status, sentence) = fails(here, &words("journal verify --db journal.db"));
    assert_eq!(status, Some(1));
    assert!(sentence.contains("row 4 of the chain is wrong: its content was changed; keep"));
}

#[test]
fn what_cannot_be_done_is_one_sentence_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    journal(here, &[date(2025, 1, 2).at(9, 0, 0, 0)]);
    std::fs::write(here.join("text.db"), "no database ".repeat(99)).unwrap();
    std::fs::write(here.join("there.jsonl"), "kept").unwrap();
    drop(rusqlite::Connection::open(here.join("empty.db")).unwrap());
    let before = files(here);
    let table: &[(&str, i32, &str)] = &[
        ("journal", 2, "a command is missing"),
        ("journal verify", 2, "--db <FILE>"),
        ("journal verify --db none.db", 1, "none.db: there is no such journal; name the `db`"),
        ("journal verify --db text.db", 1, "text.db failed: file is not a database"),
        ("journal verify --db journal.db --key none", 1, "none: there is no such key file"),
        ("journal verify --db journal.db --key there.jsonl", 1, "there.jsonl"),
        ("journal export --db journal.db --out chain.txt", 2, "--out chain.txt: takes a name"),
        ("journal export --db journal.db --out there.jsonl", 1, "there.jsonl: cannot be made"),
        ("journal export --db journal.db --out no/chain.jsonl", 1, "no/chain.jsonl: cannot be"),
        ("journal export --db text.db --out a.jsonl", 1, "file is not a database"),
        ("journal archive --db journal.db --to a.db --before soon", 2, "--before"),
        ("journal archive --db journal.db --to a.db --before 2999-01-01", 2, "half a year old"),
        (
            "journal archive --db journal.db --to there.jsonl --before 2025-02-01",
            1,
            "exists already",
        ),
        ("journal archive --db journal.db --to no/a.db --before 2025-02-01", 1, "no/a.db"),
        ("journal archive --db text.db --to a.db --before 2025-02-01", 1, "not a database"),
    ];
    for (line, status, said) in table {
        let (ended, sentence) = fails(here, &words(line));
        assert_eq!(ended, Some(*status), "{line}: {sentence}");
        assert!(sentence.contains(said), "{line}: {sentence}");
        let after = files(here);
        let new: Vec<_> = after.keys().filter(|path| !before.contains_key(*path)).collect();
        assert!(
            new.iter().all(|path| path.to_string_lossy().ends_with(".lock")),
            "{line}: {new:?}"
        );
        assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)), "{line}");
    }
}

#[test]
fn a_running_kiosk_is_checked_and_exported_but_not_archived() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    journal(here, &[date(2025, 1, 2).at(9, 0, 0, 0)]);
    let options = JournalOptions::new(&here.join("journal.db"), "XH03");
    let mut running = Journal::open(&options, NOW).unwrap();
    running.begin_operation(&limit(1), NOW).unwrap();
    let checked = run(here, &words("journal verify --db journal.db"));
    assert!(checked.out.contains("2 writes (1 confirmed, 0 refused, 1 open)"), "{checked:?}");
    let exported = run(here, &words("journal export --db journal.db --out a.jsonl"));
    assert_eq!(exported.out, "a.jsonl: 3 rows\n");
    let line = "journal archive --db journal.db --to a.db --before 2025-02-01";
    let (status, sentence) = fails(here, &words(line));
    assert_eq!(status, Some(1));
    assert!(sentence.contains("stop it"), "{sentence}");
    running.begin_operation(&limit(1), NOW).unwrap();
}
