//! The tables, by version.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use zeroize::Zeroizing;

use super::JournalError;
use super::error::in_file;
use super::number::random;

/// What makes each version from the one before; the number of steps done is `user_version`.
const MIGRATIONS: [&str; 2] = [
    "
    CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
    CREATE TABLE serial (terminal_no TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;
    CREATE TABLE print_job (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        slip_no TEXT NOT NULL UNIQUE,
        verification TEXT NOT NULL,
        kind TEXT NOT NULL,
        pages INTEGER NOT NULL,
        copy INTEGER NOT NULL,
        original TEXT,
        digest BLOB NOT NULL,
        begun_on TEXT NOT NULL,
        state TEXT NOT NULL,
        pages_printed INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX print_job_state ON print_job (state);
",
    "
    CREATE TABLE device_memory (
        port TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (port, name)
    ) STRICT;
    CREATE TABLE counters (
        port TEXT PRIMARY KEY,
        slips INTEGER NOT NULL DEFAULT 0,
        pages INTEGER NOT NULL DEFAULT 0,
        cuts INTEGER NOT NULL DEFAULT 0,
        lines INTEGER NOT NULL DEFAULT 0,
        raster_rows INTEGER NOT NULL DEFAULT 0,
        symbols INTEGER NOT NULL DEFAULT 0,
        feed_dots INTEGER NOT NULL DEFAULT 0
    ) STRICT;
",
];

/// The version from which on there are counters.
pub const COUNTERS_SINCE: i64 = 2;

/// Sets durability and brings the tables to the newest version.
///
/// # Errors
/// [`JournalError::Newer`], [`JournalError::Database`].
pub fn prepare(connection: &mut Connection, path: &Path) -> Result<(), JournalError> {
    let named = in_file(path);
    let mode: String =
        connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).map_err(&named)?;
    if mode != "wal" {
        return Err(JournalError::Database(
            path.to_owned(),
            format!("it cannot be kept in WAL mode but only in {mode} mode"),
        ));
    }
    connection.pragma_update(None, "synchronous", "FULL").map_err(&named)?;
    let step =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&named)?;
    let version: i64 =
        step.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(&named)?;
    let done = usize::try_from(version).unwrap_or(usize::MAX);
    let Some(todo) = MIGRATIONS.get(done..) else {
        return Err(JournalError::Newer(path.to_owned(), version));
    };
    for sql in todo {
        step.execute_batch(sql).map_err(&named)?;
    }
    step.pragma_update(None, "user_version", MIGRATIONS.len() as i64).map_err(&named)?;
    step.commit().map_err(&named)
}

/// The journal's own key, made at the first call.
///
/// # Errors
/// [`JournalError::Random`], [`JournalError::Database`].
pub fn digest_key(
    connection: &Connection,
    path: &Path,
) -> Result<Zeroizing<[u8; 32]>, JournalError> {
    let stored: Option<[u8; 32]> = connection
        .query_row("SELECT value FROM secret WHERE name = 'digest'", [], |row| row.get(0))
        .optional()
        .map_err(in_file(path))?;
    if let Some(key) = stored {
        return Ok(Zeroizing::new(key));
    }
    let key = Zeroizing::new(random::<32>()?);
    connection
        .execute("INSERT INTO secret (name, value) VALUES ('digest', ?1)", [key.as_slice()])
        .map_err(in_file(path))?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_committed_survives_a_power_cut() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.db");
        let mut connection = Connection::open(&path).unwrap();
        prepare(&mut connection, &path).unwrap();
        let text = |name| connection.pragma_query_value(None, name, |row| row.get::<_, String>(0));
        let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        assert_eq!(text("journal_mode").unwrap(), "wal");
        assert_eq!(number("synchronous").unwrap(), 2, "FULL");
        assert_eq!(number("user_version").unwrap(), MIGRATIONS.len() as i64);
    }

    #[test]
    fn a_journal_in_memory_is_refused() {
        let mut connection = Connection::open_in_memory().unwrap();
        let error = prepare(&mut connection, Path::new("j.db")).unwrap_err().to_string();
        assert!(error.contains("cannot be kept in WAL mode"), "{error}");
    }
}
