//! The chain as lines of JSON, for whoever audits it with other tools.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use super::{COLUMNS, RawRow};
use crate::journal::JournalError;
use crate::journal::error::in_file;
use crate::journal::key::hex;
use crate::journal::schema;

/// A row as it is exported: nothing personal, digests as hexadecimal digits.
#[derive(Serialize)]
struct Line<'a> {
    seq: i64,
    event: &'a str,
    operation: Option<String>,
    reference: Option<&'a str>,
    kind: Option<&'a str>,
    detail: Option<&'a str>,
    person: Option<String>,
    request: Option<String>,
    at: &'a str,
    previous: String,
    hash: String,
    seal: String,
}

/// Writes every row of the chain of the journal, or of the archive, at `path` to `out`, one JSON object
/// a line; how many that were. It is only read, and may be open in a running kiosk.
///
/// # Errors
/// [`JournalError::NoChain`], [`JournalError::Database`]; [`JournalError::File`] when `out` cannot be
/// written, with `out_name`.
pub fn export(path: &Path, out: &mut dyn Write, out_name: &Path) -> Result<u64, JournalError> {
    let connection = schema::open_to_read(path)?;
    let named = in_file(path);
    let failed = |error: std::io::Error| {
        JournalError::File(out_name.to_owned(), format!("cannot be written: {error}"))
    };
    let sql = format!("SELECT {COLUMNS} FROM chain ORDER BY seq");
    let mut query = connection.prepare(&sql).map_err(&named)?;
    let mut count = 0;
    for row in query.query_map([], RawRow::read).map_err(&named)? {
        let row = row.map_err(&named)?;
        serde_json::to_writer(&mut *out, &Line::from(&row)).map_err(|e| failed(e.into()))?;
        out.write_all(b"\n").map_err(failed)?;
        count += 1;
    }
    out.flush().map_err(failed)?;
    Ok(count)
}

/// Whether `path` is a journal, or an archive, with a chain.
///
/// # Errors
/// [`JournalError::NoChain`], [`JournalError::Newer`], [`JournalError::Database`].
pub fn has_chain(path: &Path) -> Result<(), JournalError> {
    schema::open_to_read(path).map(drop)
}

impl<'a> From<&'a RawRow> for Line<'a> {
    fn from(row: &'a RawRow) -> Self {
        Self {
            seq: row.seq,
            event: &row.event,
            operation: row.operation.as_deref().map(hex),
            reference: row.reference.as_deref(),
            kind: row.kind.as_deref(),
            detail: row.detail.as_deref(),
            person: row.person.as_deref().map(hex),
            request: row.request.as_deref().map(hex),
            at: &row.at,
            previous: hex(&row.previous),
            hash: hex(&row.hash),
            seal: hex(&row.seal),
        }
    }
}
