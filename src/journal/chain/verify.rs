//! Whether a chain is whole.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use rusqlite::Connection;

use super::{AuditEvent, COLUMNS, Ends, RawRow, seal};
use crate::journal::JournalError;
use crate::journal::error::in_file;
use crate::journal::key::{DigestKey, hex};
use crate::journal::schema;

/// A chain that is whole, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Number of the first row.
    pub first: i64,
    /// Number of the last row.
    pub last: i64,
    /// Writes begun.
    pub begun: u64,
    /// Writes done.
    pub confirmed: u64,
    /// Writes refused.
    pub refused: u64,
    /// Writes of which the ledger has not yet said what became of them.
    pub open: u64,
    /// Ends of slips.
    pub slips: u64,
    /// The seals were checked too.
    pub sealed: bool,
    /// Hash of the last row, in hexadecimal digits: whoever notes it elsewhere can tell later that
    /// nothing was taken off.
    pub last_hash: String,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, last, begun, confirmed, refused, open, slips, sealed, last_hash } = self;
        let rows = last.saturating_sub(*first).saturating_add(1);
        write!(
            f,
            "the chain is whole: {rows} rows from {first}, {begun} writes ({confirmed} confirmed, \
             {refused} refused, {open} open), {slips} ends of slips; "
        )?;
        f.write_str(if *sealed { "all sealed" } else { "seals not checked, no key" })?;
        write!(f, "; last hash {last_hash}")
    }
}

/// Checks the chain of the journal, or of the archive, at `path`: every row's hash, its link to the
/// row before, the order of events of every write, both ends, and with the key every seal. It is only
/// read, and may be open in a running kiosk.
///
/// # Errors
/// [`JournalError::Broken`] names the first row that is wrong; [`JournalError::NoChain`];
/// [`JournalError::KeyWrong`]; [`JournalError::Database`].
pub fn verify(path: &Path, key: Option<&DigestKey>) -> Result<Verdict, JournalError> {
    let at_rest = !schema::has_wal(path);
    let result = verify_once(path, key);
    // A kiosk that was started meanwhile may have changed the file under the reader.
    if result.is_err() && at_rest && schema::has_wal(path) {
        return verify_once(path, key);
    }
    result
}

fn verify_once(path: &Path, key: Option<&DigestKey>) -> Result<Verdict, JournalError> {
    let mut connection = schema::open_to_read(path)?;
    let named = in_file(path);
    // One snapshot: a running kiosk appends meanwhile.
    let step = connection.transaction().map_err(&named)?;
    if let Some(key) = key {
        schema::check_key(&step, path, key)?;
    }
    let broken = |(row, why): Flaw| JournalError::Broken(path.to_owned(), row, why);
    let ends = Ends::read(&step).map_err(|_| broken((0, "the record of its ends is gone")))?;
    let mut watch = Watch::new(&ends, key);
    let sql = format!("SELECT {COLUMNS} FROM chain ORDER BY seq");
    let mut query = step.prepare(&sql).map_err(&named)?;
    let mut rows = query.query([]).map_err(&named)?;
    loop {
        let next = watch.last.saturating_add(1);
        let Some(row) = rows.next().map_err(|_| broken((next, "it cannot be read")))? else {
            break;
        };
        let row = RawRow::read(row).map_err(|_| broken((next, "it holds what no row holds")))?;
        watch.row(&row).map_err(broken)?;
    }
    watch.end(&step, &ends).map_err(broken)
}

/// The number of a row and what is wrong with it.
type Flaw = (i64, &'static str);

struct Watch<'a> {
    key: Option<&'a DigestKey>,
    last: i64,
    hash: Vec<u8>,
    /// Writes that have not ended, with the row in which they began and whether they are unknown.
    open: BTreeMap<Vec<u8>, (i64, bool)>,
    verdict: Verdict,
}

impl<'a> Watch<'a> {
    fn new(ends: &Ends, key: Option<&'a DigestKey>) -> Self {
        let verdict = Verdict { first: ends.first, sealed: key.is_some(), ..Verdict::default() };
        let last = ends.first.saturating_sub(1);
        Self { key, last, hash: ends.before.clone(), open: BTreeMap::new(), verdict }
    }

    fn row(&mut self, row: &RawRow) -> Result<(), Flaw> {
        let next = self.last.saturating_add(1);
        if row.seq != next {
            return Err((next, "it is gone"));
        }
        let flaw = |why| Err((row.seq, why));
        if row.previous != self.hash {
            return flaw("it does not follow the row before it");
        }
        if row.hash != row.digest() {
            return flaw("its content was changed");
        }
        if self.key.is_some_and(|key| row.seal != seal(key, &row.hash)) {
            return flaw("its seal is not of this journal's key");
        }
        let Some(event) = AuditEvent::from_text(&row.event) else {
            return flaw("it tells of an event that is not known");
        };
        self.event(row, event)?;
        self.last = row.seq;
        self.hash.clone_from(&row.hash);
        Ok(())
    }

    fn event(&mut self, row: &RawRow, event: AuditEvent) -> Result<(), Flaw> {
        let operation = row.operation.clone().unwrap_or_default();
        let count = match event {
            AuditEvent::Begun => {
                if self.open.insert(operation, (row.seq, false)).is_some() {
                    return Err((row.seq, "it begins what had begun"));
                }
                &mut self.verdict.begun
            }
            AuditEvent::Confirmed | AuditEvent::Refused => {
                if self.open.remove(&operation).is_none() {
                    return Err((row.seq, "it ends what is not open"));
                }
                if event == AuditEvent::Confirmed {
                    &mut self.verdict.confirmed
                } else {
                    &mut self.verdict.refused
                }
            }
            AuditEvent::Unknown => match self.open.get_mut(&operation) {
                Some((_, unknown @ false)) => {
                    *unknown = true;
                    return Ok(());
                }
                _ => return Err((row.seq, "it doubts what is not pending")),
            },
            AuditEvent::SlipPrinted | AuditEvent::SlipUnknown | AuditEvent::SlipFailed => {
                &mut self.verdict.slips
            }
            AuditEvent::Archived => return Ok(()),
        };
        *count = count.saturating_add(1);
        Ok(())
    }

    /// The end of the rows must be the recorded one, and what is open must be what is listed as open.
    fn end(mut self, connection: &Connection, ends: &Ends) -> Result<Verdict, Flaw> {
        if self.last != ends.last || self.hash != ends.hash {
            let gone = self.last.saturating_add(1);
            return Err((gone, "the chain does not end where it ended when it was last written"));
        }
        if self.key.is_some_and(|key| ends.seal != ends.sealed(key)) {
            return Err((ends.last, "the record of its ends is not of this journal's key"));
        }
        let unread = (ends.last, "the list of what is open cannot be read");
        let listed = listed(connection).map_err(|_| unread)?;
        let open: Vec<_> = self.open.into_iter().map(|(id, (row, _))| (id, row)).collect();
        if listed != open {
            let differs = open.iter().find(|entry| !listed.contains(entry));
            let row = differs.map_or(ends.last, |(_, row)| *row);
            return Err((row, "the list of what is open does not agree with the rows"));
        }
        self.verdict.last = self.last;
        self.verdict.open = open.len() as u64;
        self.verdict.last_hash = hex(&self.hash);
        Ok(self.verdict)
    }
}

fn listed(connection: &Connection) -> rusqlite::Result<Vec<(Vec<u8>, i64)>> {
    let mut query =
        connection.prepare("SELECT operation, begun FROM open_operation ORDER BY operation")?;
    query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}
