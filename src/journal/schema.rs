//! The tables, by version.

use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior};

use super::chain::{Ends, FIRST_PREVIOUS};
use super::error::in_file;
use super::key::{DigestKey, KeyPlace, hex};
use super::{BUSY_TIMEOUT, JournalError};

/// What makes each version from the one before; the number of steps done is `user_version`.
const MIGRATIONS: [&str; 3] = [
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
    // Appending only: a row follows the last one, none is changed, and only rows that the chain's
    // beginning has passed (an archive has them) can go.
    "
    CREATE TABLE chain (
        seq INTEGER PRIMARY KEY,
        event TEXT NOT NULL,
        operation BLOB,
        reference TEXT,
        kind TEXT,
        detail TEXT,
        person BLOB,
        request BLOB,
        at TEXT NOT NULL,
        previous BLOB NOT NULL,
        hash BLOB NOT NULL,
        seal BLOB NOT NULL
    ) STRICT;
    CREATE INDEX chain_operation ON chain (operation) WHERE operation IS NOT NULL;
    CREATE TABLE chain_end (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        first INTEGER NOT NULL,
        before BLOB NOT NULL,
        last INTEGER NOT NULL,
        hash BLOB NOT NULL,
        seal BLOB NOT NULL
    ) STRICT;
    CREATE TABLE open_operation (
        operation BLOB PRIMARY KEY,
        begun INTEGER NOT NULL REFERENCES chain (seq)
    ) STRICT;
    CREATE TRIGGER chain_follows BEFORE INSERT ON chain
    WHEN NEW.seq IS NOT (SELECT last + 1 FROM chain_end)
        OR NEW.previous IS NOT (SELECT hash FROM chain_end)
    BEGIN SELECT RAISE(ABORT, 'a row of the chain must follow its last one'); END;
    CREATE TRIGGER chain_unchanged BEFORE UPDATE ON chain
    BEGIN SELECT RAISE(ABORT, 'a row of the chain is never changed'); END;
    CREATE TRIGGER chain_kept BEFORE DELETE ON chain
    WHEN OLD.seq >= (SELECT first FROM chain_end) OR (SELECT first FROM chain_end) IS NULL
    BEGIN SELECT RAISE(ABORT, 'a row of the chain goes only into an archive'); END;
    CREATE TRIGGER chain_end_grows BEFORE UPDATE ON chain_end
    WHEN NEW.first < OLD.first OR NEW.last < OLD.last
    BEGIN SELECT RAISE(ABORT, 'the chain never becomes shorter'); END;
    CREATE TRIGGER chain_end_kept BEFORE DELETE ON chain_end
    BEGIN SELECT RAISE(ABORT, 'the chain never becomes shorter'); END;
",
];

/// The version from which on there are counters.
pub const COUNTERS_SINCE: i64 = 2;
/// The version from which on there is a chain, and the key is a file.
const CHAIN_SINCE: usize = 3;

/// Sets durability, brings the tables to the newest version and gives the journal's key.
///
/// # Errors
/// [`JournalError::Newer`], [`JournalError::Database`], and what is wrong with the key.
pub fn prepare(
    connection: &mut Connection,
    path: &Path,
    place: &KeyPlace,
) -> Result<DigestKey, JournalError> {
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
    // A key that earlier versions kept in a table shall not stay in a free page.
    connection.pragma_update(None, "secure_delete", true).map_err(&named)?;
    let step =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&named)?;
    let done = version(&step, path)?;
    if done >= CHAIN_SINCE {
        let key = place.read().map_err(|error| error.of_journal(path))?;
        check_key(&step, path, &key)?;
        return Ok(key);
    }
    let earlier = if done > 0 { earlier_key(&step).map_err(&named)? } else { None };
    let key = place.read_or_make(earlier)?;
    for sql in MIGRATIONS.get(done..).unwrap_or_default() {
        step.execute_batch(sql).map_err(&named)?;
    }
    bind_key(&step, &key).map_err(&named)?;
    Ends::new(1, &FIRST_PREVIOUS).store(&step, &key).map_err(&named)?;
    step.pragma_update(None, "user_version", MIGRATIONS.len() as i64).map_err(&named)?;
    step.commit().map_err(&named)?;
    Ok(key)
}

/// Makes the tables of an archive whose chain begins as told.
pub fn make_archive(connection: &Connection, key: &DigestKey, ends: &Ends) -> rusqlite::Result<()> {
    MIGRATIONS.iter().try_for_each(|sql| connection.execute_batch(sql))?;
    bind_key(connection, key)?;
    ends.store(connection, key)?;
    connection.pragma_update(None, "user_version", MIGRATIONS.len() as i64)
}

/// Opens the journal, or the archive, at `path` to read its chain.
///
/// # Errors
/// [`JournalError::NoChain`], [`JournalError::Newer`], [`JournalError::Database`].
pub fn open_to_read(path: &Path) -> Result<Connection, JournalError> {
    let connection = open_unchanged(path).map_err(in_file(path))?;
    if version(&connection, path)? < CHAIN_SINCE {
        return Err(JournalError::NoChain(path.to_owned()));
    }
    Ok(connection)
}

/// Opens a file to read it and leaves nothing beside it: files of SQLite's that another user has made
/// would keep the kiosk from starting.
pub fn open_unchanged(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let connection = if has_wal(path) {
        Connection::open_with_flags(path, flags)?
    } else {
        // Nobody has it open, so that it is all in the one file.
        let uri = format!("file:{}?immutable=1", percent_encoded(path));
        Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)?
    };
    connection.busy_timeout(BUSY_TIMEOUT)?;
    Ok(connection)
}

/// Somebody has the journal open, or had when the power went.
pub fn has_wal(path: &Path) -> bool {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    Path::new(&name).exists()
}

/// The path as part of a URI (RFC 3986), as SQLite reads it.
fn percent_encoded(path: &Path) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(byte);
    path.as_os_str().as_bytes().iter().fold(String::new(), |mut text, byte| {
        if plain(byte) {
            text.push(char::from(*byte));
        } else {
            text.push('%');
            text.push_str(&hex(&[*byte]));
        }
        text
    })
}

/// Holds a key against the one with which the journal was begun.
///
/// # Errors
/// [`JournalError::KeyWrong`], [`JournalError::Database`].
pub fn check_key(
    connection: &Connection,
    path: &Path,
    key: &DigestKey,
) -> Result<(), JournalError> {
    let known: Option<Vec<u8>> = connection
        .query_row("SELECT value FROM secret WHERE name = 'key_check'", [], |row| row.get(0))
        .optional()
        .map_err(in_file(path))?;
    if known.as_deref() == Some(key.check().as_slice()) {
        Ok(())
    } else {
        Err(JournalError::KeyWrong(path.to_owned()))
    }
}

/// Lets the journal know its key again; the key itself is nowhere in it.
fn bind_key(connection: &Connection, key: &DigestKey) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM secret WHERE name = 'digest'", [])?;
    let sql = "INSERT INTO secret (name, value) VALUES ('key_check', ?1)";
    connection.execute(sql, [key.check().as_slice()]).map(|_| ())
}

/// The key that versions 1 and 2 kept in a table.
fn earlier_key(connection: &Connection) -> rusqlite::Result<Option<[u8; 32]>> {
    let sql = "SELECT value FROM secret WHERE name = 'digest'";
    connection.query_row(sql, [], |row| row.get(0)).optional()
}

fn version(connection: &Connection, path: &Path) -> Result<usize, JournalError> {
    let found: i64 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(in_file(path))?;
    let done = usize::try_from(found).unwrap_or(usize::MAX);
    if done > MIGRATIONS.len() {
        return Err(JournalError::Newer(path.to_owned(), found));
    }
    Ok(done)
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
        prepare(&mut connection, &path, &KeyPlace::of(&path, None)).unwrap();
        let text = |name| connection.pragma_query_value(None, name, |row| row.get::<_, String>(0));
        let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        assert_eq!(text("journal_mode").unwrap(), "wal");
        assert_eq!(number("synchronous").unwrap(), 2, "FULL");
        assert_eq!(number("user_version").unwrap(), MIGRATIONS.len() as i64);
    }

    #[test]
    fn a_journal_in_memory_is_refused() {
        let mut connection = Connection::open_in_memory().unwrap();
        let path = Path::new("j.db");
        let error = prepare(&mut connection, path, &KeyPlace::of(path, None)).unwrap_err();
        let error = error.to_string();
        assert!(error.contains("cannot be kept in WAL mode"), "{error}");
    }
}
