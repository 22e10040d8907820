//! Opening ledger files and bringing old ones to the current version.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::records::error::RecordsError;

/// One step each; a released step is never changed, only followed by another.
const MIGRATIONS: [&str; 6] = [
    include_str!("migrations/0001_persons_and_records.sql"),
    include_str!("migrations/0002_imports.sql"),
    include_str!("migrations/0003_insurance_codes.sql"),
    include_str!("migrations/0004_parents_in_law.sql"),
    include_str!("migrations/0005_family_accounts.sql"),
    include_str!("migrations/0006_operations.sql"),
];
/// Marks the file as ours (`PRAGMA application_id`): "GJKL".
const APPLICATION_ID: i64 = 0x474A_4B4C;
/// The version this program reads and writes.
pub(crate) const VERSION: i64 = MIGRATIONS.len() as i64;

/// Opens an existing ledger; never makes a file.
pub(crate) fn open_existing(path: &Path, busy: Duration) -> Result<Connection, RecordsError> {
    if !path.exists() {
        return Err(RecordsError::NoLedger(path.to_path_buf()));
    }
    let mut connection = connect(path, busy, false)?;
    if !is_ours(&connection, path)? {
        return Err(RecordsError::NotALedger(path.to_path_buf()));
    }
    prepare(&mut connection, path)?;
    Ok(connection)
}

/// Opens a ledger, or makes a new one where no file is (or an empty one).
pub(crate) fn open_or_create(path: &Path, busy: Duration) -> Result<Connection, RecordsError> {
    let mut connection = connect(path, busy, true)?;
    if !is_ours(&connection, path)? && !is_blank(&connection, path)? {
        return Err(RecordsError::NotALedger(path.to_path_buf()));
    }
    prepare(&mut connection, path)?;
    Ok(connection)
}

fn connect(path: &Path, busy: Duration, create: bool) -> Result<Connection, RecordsError> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let open = || -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(busy)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // What was confirmed survives a power cut, whatever SQLite was built with.
        connection.pragma_update(None, "synchronous", "full")?;
        Ok(connection)
    };
    open().map_err(|error| RecordsError::of_sqlite(path, &error))
}

fn prepare(connection: &mut Connection, path: &Path) -> Result<(), RecordsError> {
    let found =
        number(connection, "user_version").map_err(|e| RecordsError::of_sqlite(path, &e))?;
    if found > VERSION {
        let path = path.to_path_buf();
        return Err(RecordsError::NewerLedger { path, found, known: VERSION });
    }
    let bring_up = |connection: &mut Connection| -> rusqlite::Result<()> {
        if !journal_mode(connection)?.eq_ignore_ascii_case("wal") {
            connection.pragma_update(None, "journal_mode", "wal")?;
        }
        if found < VERSION {
            migrate(connection, VERSION)?;
        }
        Ok(())
    };
    bring_up(connection).map_err(|error| RecordsError::of_sqlite(path, &error))
}

/// Applies what is missing up to version `to`, all of it or nothing.
fn migrate(connection: &mut Connection, to: i64) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read again under the lock: another program may have been faster.
    let found = number(&transaction, "user_version")?;
    let steps = (1..=to).zip(MIGRATIONS).filter(|(version, _)| *version > found);
    for (version, sql) in steps {
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", version)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.commit()
}

fn is_ours(connection: &Connection, path: &Path) -> Result<bool, RecordsError> {
    let id = number(connection, "application_id");
    Ok(id.map_err(|error| RecordsError::of_sqlite(path, &error))? == APPLICATION_ID)
}

fn is_blank(connection: &Connection, path: &Path) -> Result<bool, RecordsError> {
    let sql = "SELECT count(*) = 0 FROM sqlite_schema";
    let blank = connection.query_row(sql, [], |row| row.get(0));
    blank.map_err(|error| RecordsError::of_sqlite(path, &error))
}

fn number(connection: &Connection, pragma: &str) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, pragma, |row| row.get(0))
}

fn journal_mode(connection: &Connection) -> rusqlite::Result<String> {
    connection.pragma_query_value(None, "journal_mode", |row| row.get(0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    const SHORT: Duration = Duration::from_millis(20);

    fn tables(connection: &Connection) -> Vec<String> {
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
        let mut statement = connection.prepare(sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn every_old_version_survives_an_update_with_its_rows() {
        for version in 1..VERSION {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("old.db");
            let mut old = connect(&path, SHORT, true).unwrap();
            migrate(&mut old, version).unwrap();
            old.execute(
                "INSERT INTO person VALUES (1, '310', '张三', '01', '11010519491231002X', 1, '01', NULL)",
                [],
            )
            .unwrap();
            let codes = String::from("insurance_code");
            assert_eq!(tables(&old).contains(&codes), version >= 3);
            drop(old);

            let new = open_existing(&path, SHORT).unwrap();
            assert_eq!(number(&new, "user_version").unwrap(), VERSION);
            assert!(tables(&new).contains(&codes));
            let name: String =
                new.query_row("SELECT psn_name FROM person", [], |row| row.get(0)).unwrap();
            assert_eq!(name, "张三");
        }
    }

    /// The definition of a table, an index or a trigger, without the names it had in between.
    fn definitions(connection: &Connection) -> Vec<(String, String)> {
        let sql = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name";
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap)
            .map(|(name, sql): (String, String)| {
                let plain: String = sql.replace(&format!("\"{name}\""), &name);
                (name, plain.split_whitespace().collect::<Vec<_>>().join(" "))
            })
            .collect()
    }

    #[test]
    fn a_ninth_relation_is_all_that_the_fourth_step_changes() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("old.db");
        let mut db = connect(&path, SHORT, true).unwrap();
        migrate(&mut db, 3).unwrap();
        db.execute_batch(
            "INSERT INTO person VALUES
                (1, '310', '张三', '01', '11010519491231002X', 1, '01', NULL),
                (2, '311', '李四', '01', '310101194701010010', 1, '01', NULL);
            INSERT INTO place VALUES (1, 'H1', '周浦医院');
            INSERT INTO authorisation VALUES (1, 2, 8, 20240101, 20251231, 5000, 1);
            INSERT INTO movement VALUES (1, 1, 20240102, 1, 900, 900, 900, 1, NULL, NULL, NULL);
            INSERT INTO movement VALUES (1, 2, 20240103, 4, -100, 800, 800, 1, 2, 8, NULL);
            INSERT INTO premium VALUES (7, 1, 2, 8, 2025, 20241101, 40000, 2);",
        )
        .unwrap();
        let ninth = "INSERT INTO authorisation VALUES (1, 2, 9, 20260101, NULL, NULL, 2)";
        assert!(db.execute(ninth, []).is_err());
        let before = definitions(&db);
        migrate(&mut db, 4).unwrap();
        let widened = before.into_iter().map(|(name, sql)| {
            (name, sql.replace("relation BETWEEN 1 AND 8", "relation BETWEEN 1 AND 9"))
        });
        assert_eq!(definitions(&db), widened.collect::<Vec<_>>());
        assert_eq!(db.query_row("PRAGMA foreign_keys", [], |row| row.get(0)), Ok(1));
        for (sql, expected) in [
            ("SELECT until FROM authorisation WHERE relation = 8", 20251231),
            ("SELECT sum(amount_fen) FROM movement WHERE owner = 1", 800),
            ("SELECT max(relation) FROM movement", 8),
            ("SELECT amount_fen FROM premium WHERE id = 7", 40000),
            ("SELECT count(*) FROM pragma_foreign_key_check", 0),
        ] {
            assert_eq!(db.query_row(sql, [], |row| row.get(0)), Ok(expected), "{sql}");
        }
        for (sql, taken) in [
            (ninth, true),
            ("INSERT INTO movement VALUES (1, 3, 20240104, 4, -1, 799, 799, 1, 2, 9, NULL)", true),
            ("INSERT INTO premium VALUES (8, 1, 2, 9, 2026, 20251101, 40000, 2)", true),
            ("INSERT INTO authorisation VALUES (1, 2, 10, 20270101, NULL, NULL, 3)", false),
            ("INSERT INTO movement VALUES (1, 4, 20240104, 4, -1, 7, 7, 1, 2, 9, NULL)", false),
            ("INSERT INTO premium VALUES (9, 1, 2, 9, 2026, 20251101, 40000, 2)", false),
            ("INSERT INTO premium VALUES (9, 1, 99, 9, 2026, 20251101, 40000, 2)", false),
        ] {
            assert_eq!(db.execute(sql, []).is_ok(), taken, "{sql}");
        }
    }

    #[test]
    fn the_fifth_step_keeps_every_row_and_gives_each_bond_its_state() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("old.db");
        let mut db = connect(&path, SHORT, true).unwrap();
        migrate(&mut db, 4).unwrap();
        db.execute_batch(
            "INSERT INTO person VALUES
                (1, 'a', '张三', '01', '11010519491231002X', 1, '01', NULL),
                (2, 'b', '李四', '01', '310101194701010010', 1, '01', NULL),
                (3, 'c', '王五', '01', '310101194701010029', 1, '01', NULL),
                (4, 'd', '赵六', '01', '310101194701010037', 1, '01', NULL);
            INSERT INTO place VALUES (1, 'H1', '周浦医院');
            -- Ended; released and bound again; two in one place, and a gap before the last one.
            INSERT INTO authorisation VALUES
                (1, 2, 8, 20200101, 20201231, 5000, 1),
                (1, 3, 1, 20200101, NULL, NULL, 1), (1, 3, 1, 20210101, NULL, 700, 1),
                (2, 3, 2, 20220101, 29991231, NULL, 1), (4, 3, 3, 20220101, NULL, NULL, 5);
            INSERT INTO movement VALUES (1, 1, 20240102, 1, 900, 900, 900, 1, NULL, NULL, NULL);
            INSERT INTO movement VALUES (1, 2, 20240103, 4, -100, 800, 800, 1, 2, 9, NULL);
            INSERT INTO premium VALUES (7, 1, 2, 8, 2025, 20241101, 40000, 2);",
        )
        .unwrap();
        drop(db);

        let db = open_existing(&path, SHORT).unwrap();
        let mut read = db
            .prepare(
                "SELECT donor || ' ' || beneficiary || ' ' || since || ' ' || state || ' '
                    || coalesce(slot, '-') || ' ' || coalesce(closed_on, '-')
                FROM authorisation ORDER BY id",
            )
            .unwrap();
        let rows: Vec<String> =
            read.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        assert_eq!(
            rows,
            [
                "1 2 20200101 5 - 20201231",
                "1 3 20200101 5 - 20200101",
                "1 3 20210101 2 1 -",
                "2 3 20220101 2 2 -",
                "4 3 20220101 2 3 -",
            ]
        );
        for (sql, expected) in [
            (
                "SELECT group_concat(person || ':' || opened_on, ' ') FROM family_account",
                "1:20200101 2:20220101 4:20220101",
            ),
            (
                "SELECT group_concat(amount_fen || ':' || balance_after_fen, ' ') FROM movement",
                "900:900 -100:800",
            ),
            ("SELECT count(*) || '' FROM movement WHERE reserve IS NOT NULL", "0"),
            (
                "SELECT group_concat(account || '=' || amount_fen, ' ') FROM posting WHERE serial = 2",
                "personal:1=-100 institution:1=100",
            ),
            ("SELECT amount_fen || '' FROM premium WHERE id = 7", "40000"),
            ("SELECT count(*) || '' FROM pragma_foreign_key_check", "0"),
        ] {
            let found: String = db.query_row(sql, [], |row| row.get(0)).unwrap();
            assert_eq!(found, expected, "{sql}");
        }
    }

    #[test]
    fn a_failed_step_leaves_the_old_version_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("old.db");
        let mut old = connect(&path, SHORT, true).unwrap();
        migrate(&mut old, 1).unwrap();
        // The second step makes this table too: it must fail and take nothing with it.
        old.execute_batch("CREATE TABLE identity (x)").unwrap();
        drop(old);
        assert!(open_existing(&path, SHORT).is_err());
        let again = connect(&path, SHORT, false).unwrap();
        assert_eq!(number(&again, "user_version").unwrap(), 1);
        assert!(!tables(&again).contains(&String::from("collection")));
    }

    #[test]
    fn what_is_confirmed_survives_a_power_cut() {
        let dir = tempfile::tempdir().unwrap();
        let ledger = open_or_create(&dir.path().join("records.db"), SHORT).unwrap();
        assert_eq!(number(&ledger, "synchronous").unwrap(), 2, "FULL");
        assert_eq!(journal_mode(&ledger).unwrap(), "wal");
    }

    #[test]
    fn newer_and_foreign_files_are_refused_in_one_sentence() {
        let dir = tempfile::tempdir().unwrap();
        let newer = dir.path().join("newer.db");
        let connection = open_or_create(&newer, SHORT).unwrap();
        connection.pragma_update(None, "user_version", VERSION + 1).unwrap();
        drop(connection);
        let foreign = dir.path().join("foreign.db");
        Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
        let garbage = dir.path().join("garbage.db");
        std::fs::write(&garbage, "this is not a database at all, but a text\n".repeat(200))
            .unwrap();
        let empty = dir.path().join("empty.db");
        std::fs::write(&empty, "").unwrap();
        let missing = dir.path().join("missing.db");

        for (path, kind) in [(&newer, "newer"), (&foreign, "no"), (&garbage, "no"), (&empty, "no")]
        {
            let error = open_existing(path, SHORT).unwrap_err();
            match kind {
                "newer" => assert!(matches!(error, RecordsError::NewerLedger { .. })),
                _ => assert!(matches!(error, RecordsError::NotALedger(_)), "{error:?}"),
            }
            assert!(error.to_string().contains(&*path.display().to_string()));
            assert_eq!(error.to_string().lines().count(), 1);
        }
        assert!(matches!(open_existing(&missing, SHORT), Err(RecordsError::NoLedger(_))));
        assert!(!missing.exists());
        assert!(matches!(open_or_create(&foreign, SHORT), Err(RecordsError::NotALedger(_))));
        assert!(open_or_create(&empty, SHORT).is_ok());
        let nowhere = dir.path().join("no/such/dir/x.db");
        assert!(matches!(open_or_create(&nowhere, SHORT), Err(RecordsError::Unusable(..))));
    }
}
