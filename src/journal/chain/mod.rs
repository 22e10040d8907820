//! The audit chain: what was begun and how it ended, each row bound to the one before by its hash.
//!
//! `hash` is the SHA-256 of the row with the hash of the row before it, so that anybody can check a
//! chain. `seal` is an HMAC of `hash` under the journal's key, so that nobody else can make one.

mod archive;
mod export;
mod verify;

use hmac::Mac;
use jiff::civil::DateTime;
use rusqlite::{Connection, Row, Transaction, params};
use sha2::{Digest, Sha256};

pub use archive::{Archived, archive};
pub use export::{export, has_chain};
pub use verify::{Verdict, verify};

use super::key::DigestKey;
use super::stored::stored_as_text;
use crate::domain::operation::OperationId;

/// What the hash of the first row of a chain begins with.
pub const FIRST_PREVIOUS: [u8; 32] = [0; 32];

stored_as_text! {
    /// What a row of the chain says.
    AuditEvent {
        /// A write has its id; nothing has been sent yet.
        Begun = "begun",
        /// The ledger has done it.
        Confirmed = "confirmed",
        /// The ledger has not done it, and will not.
        Refused = "refused",
        /// The ledger could not say.
        Unknown = "unknown",
        /// A slip is on paper.
        SlipPrinted = "slip_printed",
        /// It is not known whether a slip is on paper.
        SlipUnknown = "slip_unknown",
        /// A slip is not, or only in part, on paper.
        SlipFailed = "slip_failed",
        /// The rows up to a number were moved into an archive.
        Archived = "archived",
    }
}

/// What is to be appended.
pub(super) struct Entry<'a> {
    pub event: AuditEvent,
    pub operation: Option<OperationId>,
    /// 办理编号 or slip number.
    pub reference: Option<&'a str>,
    /// Kind of the write or of the slip.
    pub kind: Option<&'a str>,
    /// Acceptance number, reason of a refusal, pages on paper, last row archived.
    pub detail: Option<&'a str>,
    pub person: Option<[u8; 32]>,
    pub request: Option<[u8; 32]>,
    /// The hall's time.
    pub at: DateTime,
}

/// A row as it is stored, whatever somebody has made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawRow {
    pub seq: i64,
    pub event: String,
    pub operation: Option<Vec<u8>>,
    pub reference: Option<String>,
    pub kind: Option<String>,
    pub detail: Option<String>,
    pub person: Option<Vec<u8>>,
    pub request: Option<Vec<u8>>,
    pub at: String,
    pub previous: Vec<u8>,
    pub hash: Vec<u8>,
    pub seal: Vec<u8>,
}

/// The columns of [`RawRow`], in its order.
const COLUMNS: &str = "seq, event, operation, reference, kind, detail, person, request, at, \
                       previous, hash, seal";

impl RawRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get(0)?,
            event: row.get(1)?,
            operation: row.get(2)?,
            reference: row.get(3)?,
            kind: row.get(4)?,
            detail: row.get(5)?,
            person: row.get(6)?,
            request: row.get(7)?,
            at: row.get(8)?,
            previous: row.get(9)?,
            hash: row.get(10)?,
            seal: row.get(11)?,
        })
    }

    fn insert(&self, connection: &Connection) -> rusqlite::Result<()> {
        let sql = "INSERT INTO chain
                (seq, event, operation, reference, kind, detail, person, request, at, previous,
                 hash, seal)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
        connection
            .prepare_cached(sql)?
            .execute(params![
                self.seq,
                self.event,
                self.operation,
                self.reference,
                self.kind,
                self.detail,
                self.person,
                self.request,
                self.at,
                self.previous,
                self.hash,
                self.seal,
            ])
            .map(|_| ())
    }

    /// The hash of all that the row says and of the row before it.
    fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"gongji journal row 1\0");
        hash.update(self.seq.to_be_bytes());
        let fields = [
            Some(self.previous.as_slice()),
            Some(self.event.as_bytes()),
            self.operation.as_deref(),
            self.reference.as_deref().map(str::as_bytes),
            self.kind.as_deref().map(str::as_bytes),
            self.detail.as_deref().map(str::as_bytes),
            self.person.as_deref(),
            self.request.as_deref(),
            Some(self.at.as_bytes()),
        ];
        for field in fields {
            hash.update([u8::from(field.is_some())]);
            let field = field.unwrap_or_default();
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field);
        }
        hash.finalize().into()
    }
}

/// The seal of a row.
fn seal(key: &DigestKey, hash: &[u8]) -> [u8; 32] {
    let mut mac = key.mac("chain row");
    mac.update(hash);
    mac.finalize().into_bytes().into()
}

/// Where a chain begins and ends; without it a row taken off its end could not be missed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    /// Number of the first row that is here.
    pub first: i64,
    /// Hash of the row before that; the last of the archive.
    pub before: Vec<u8>,
    /// Number of the last row; `first - 1` when there is none.
    pub last: i64,
    /// Hash of the last row.
    pub hash: Vec<u8>,
    pub seal: Vec<u8>,
}

impl Ends {
    /// Those of a chain that has no row yet.
    pub(super) fn new(first: i64, before: &[u8]) -> Self {
        let last = first.saturating_sub(1);
        Self { first, before: before.into(), last, hash: before.into(), seal: Vec::new() }
    }

    pub(super) fn read(connection: &Connection) -> rusqlite::Result<Self> {
        connection
            .prepare_cached("SELECT first, before, last, hash, seal FROM chain_end WHERE id = 1")?
            .query_row([], |row| {
                Ok(Self {
                    first: row.get(0)?,
                    before: row.get(1)?,
                    last: row.get(2)?,
                    hash: row.get(3)?,
                    seal: row.get(4)?,
                })
            })
    }

    /// Stores them, sealed.
    pub(super) fn store(&self, connection: &Connection, key: &DigestKey) -> rusqlite::Result<()> {
        let sql = "INSERT INTO chain_end (id, first, before, last, hash, seal)
             VALUES (1, ?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO UPDATE SET
                 first = excluded.first,
                 before = excluded.before,
                 last = excluded.last,
                 hash = excluded.hash,
                 seal = excluded.seal";
        let seal = self.sealed(key);
        connection
            .prepare_cached(sql)?
            .execute(params![self.first, self.before, self.last, self.hash, seal.as_slice()])
            .map(|_| ())
    }

    fn sealed(&self, key: &DigestKey) -> [u8; 32] {
        let mut mac = key.mac("chain ends");
        mac.update(&self.first.to_be_bytes());
        mac.update(&self.last.to_be_bytes());
        for hash in [&self.before, &self.hash] {
            mac.update(&(hash.len() as u64).to_be_bytes());
            mac.update(hash);
        }
        mac.finalize().into_bytes().into()
    }
}

/// Appends a row within a transaction and gives its number.
pub(super) fn append(
    step: &Transaction<'_>,
    key: &DigestKey,
    entry: &Entry<'_>,
) -> rusqlite::Result<i64> {
    let mut ends = Ends::read(step)?;
    let seq = ends.last.saturating_add(1);
    let mut row = RawRow {
        seq,
        event: entry.event.text().to_owned(),
        operation: entry.operation.map(|id| id.bits().into()),
        reference: entry.reference.map(str::to_owned),
        kind: entry.kind.map(str::to_owned),
        detail: entry.detail.map(str::to_owned),
        person: entry.person.map(Into::into),
        request: entry.request.map(Into::into),
        at: entry.at.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
        previous: ends.hash,
        hash: Vec::new(),
        seal: Vec::new(),
    };
    row.hash = row.digest().into();
    row.seal = seal(key, &row.hash).into();
    row.insert(step)?;
    ends.last = seq;
    ends.hash = row.hash;
    ends.store(step, key)?;
    Ok(seq)
}
