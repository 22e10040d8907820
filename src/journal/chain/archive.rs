//! Moving old rows into a file of their own, whose chain the journal's goes on.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use rusqlite::{Connection, TransactionBehavior, params};

use super::{AuditEvent, COLUMNS, Ends, Entry, RawRow, append, verify};
use crate::journal::error::in_file;
use crate::journal::key::{DigestKey, KeyPlace, sync_folder};
use crate::journal::{BUSY_TIMEOUT, JournalError, lock, schema};

/// Rows stay in the journal at least so long: what the law asks to keep at hand (网络安全法 21).
pub const MONTHS_KEPT_MIN: i32 = 6;

/// What an archive has taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Archived {
    /// How many rows.
    pub rows: u64,
    /// Number of the last row taken; the journal begins with the one after it.
    pub last: i64,
}

/// Moves the rows before the day `before` from the journal `db` into the new file `to`. It takes rows
/// only from the beginning, and none from the first write on that was still open when the later
/// ones began: an open write stays, and so does what came after it. Nothing is made when there is
/// nothing to move. The kiosk must be stopped.
///
/// A row dated after `now` has a wrong date and goes with those around it.
///
/// # Errors
/// [`JournalError::TooYoung`] for a day less than [`MONTHS_KEPT_MIN`] ago; [`JournalError::File`]
/// when `to` exists or cannot be written; what [`verify`] finds; [`JournalError::InUse`].
pub fn archive(
    db: &Path,
    key: &KeyPlace,
    to: &Path,
    before: Date,
    now: DateTime,
) -> Result<Archived, JournalError> {
    let latest = now.date().saturating_sub(MONTHS_KEPT_MIN.months());
    if before > latest {
        return Err(JournalError::TooYoung { before, latest });
    }
    if to.exists() {
        return Err(JournalError::File(to.into(), "exists already; name a new file".into()));
    }
    drop(schema::open_to_read(db)?);
    let _lock = lock(db)?;
    let key = key.read()?;
    verify(db, Some(&key))?;
    let named = in_file(db);
    let mut connection = Connection::open(db).map_err(&named)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(&named)?;
    connection.pragma_update(None, "synchronous", "FULL").map_err(&named)?;
    let ends = Ends::read(&connection).map_err(&named)?;
    let last = last_to_move(&connection, before, now.date()).map_err(&named)?;
    let Some(last) = last.filter(|last| *last >= ends.first) else {
        return Ok(Archived { rows: 0, last: ends.first.saturating_sub(1) });
    };
    write_archive(&connection, db, &key, &ends, last, to)?;
    take_out(&mut connection, &key, last, now).map_err(&named)?;
    let rows = last.saturating_sub(ends.first).saturating_add(1);
    Ok(Archived { rows: rows.unsigned_abs(), last })
}

/// The last row such that it and all before it are old enough and leave no write open.
fn last_to_move(
    connection: &Connection,
    before: Date,
    today: Date,
) -> rusqlite::Result<Option<i64>> {
    // As text the days of one form sort as they follow each other.
    let (before, today) = (before.to_string(), today.to_string());
    let sql = "SELECT seq, event, operation, substr(at, 1, 10) FROM chain ORDER BY seq";
    let mut query = connection.prepare(sql)?;
    let mut rows = query.query([])?;
    let (mut open, mut last) = (BTreeSet::new(), None);
    while let Some(row) = rows.next()? {
        let (event, operation): (AuditEvent, Option<Vec<u8>>) = (row.get(1)?, row.get(2)?);
        let day: String = row.get(3)?;
        if day >= before && day <= today {
            break;
        }
        match (event, operation) {
            (AuditEvent::Begun, Some(id)) => {
                open.insert(id);
            }
            (AuditEvent::Confirmed | AuditEvent::Refused, Some(id)) => {
                open.remove(&id);
            }
            _ => {}
        }
        if open.is_empty() {
            last = Some(row.get(0)?);
        }
    }
    Ok(last)
}

/// Writes the archive beside its place, checks it, and only then gives it its name.
fn write_archive(
    connection: &Connection,
    db: &Path,
    key: &DigestKey,
    ends: &Ends,
    last: i64,
    to: &Path,
) -> Result<(), JournalError> {
    let mut half = to.as_os_str().to_owned();
    half.push(".new");
    let half = PathBuf::from(half);
    let failed = |error: std::io::Error| {
        JournalError::File(to.to_owned(), format!("cannot be written: {error}"))
    };
    match std::fs::remove_file(&half) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    copy_rows(connection, db, key, ends, last, &half)?;
    verify(&half, Some(key))?;
    std::fs::rename(&half, to).and_then(|()| sync_folder(to)).map_err(failed)
}

fn copy_rows(
    connection: &Connection,
    db: &Path,
    key: &DigestKey,
    ends: &Ends,
    last: i64,
    half: &Path,
) -> Result<(), JournalError> {
    let (read, written) = (in_file(db), in_file(half));
    let mut archive = Connection::open(half).map_err(&written)?;
    archive.pragma_update(None, "synchronous", "FULL").map_err(&written)?;
    schema::make_archive(&archive, key, &Ends::new(ends.first, &ends.before)).map_err(&written)?;
    let step = archive.transaction().map_err(&written)?;
    let mut to = Ends::read(&step).map_err(&written)?;
    let sql = format!("SELECT {COLUMNS} FROM chain WHERE seq <= ?1 ORDER BY seq");
    let mut query = connection.prepare(&sql).map_err(&read)?;
    for row in query.query_map([last], RawRow::read).map_err(&read)? {
        let row = row.map_err(&read)?;
        row.insert(&step).map_err(&written)?;
        to.last = row.seq;
        to.hash = row.hash;
        to.store(&step, key).map_err(&written)?;
    }
    step.commit().map_err(&written)
}

/// Takes the rows out of the journal and notes that they went.
fn take_out(
    connection: &mut Connection,
    key: &DigestKey,
    last: i64,
    at: DateTime,
) -> rusqlite::Result<()> {
    let step = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut ends = Ends::read(&step)?;
    ends.before =
        step.query_row("SELECT hash FROM chain WHERE seq = ?1", [last], |row| row.get(0))?;
    ends.first = last.saturating_add(1);
    ends.store(&step, key)?;
    step.execute("DELETE FROM chain WHERE seq <= ?1", params![last])?;
    let entry = Entry {
        event: AuditEvent::Archived,
        operation: None,
        reference: None,
        kind: None,
        detail: Some(&last.to_string()),
        person: None,
        request: None,
        at,
    };
    append(&step, key, &entry)?;
    step.commit()
}
