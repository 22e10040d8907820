//! Writes into the ledger: `pending → confirmed | refused | unknown`, `unknown → confirmed | refused`.

use jiff::civil::DateTime;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior};

use super::chain::{AuditEvent, Entry, append};
use super::number::{self, random};
use super::{Journal, JournalError, digest};
use crate::domain::operation::{OperationId, OperationKind};
use crate::records::port::{OperationRequest, Outcome};

/// What a write gets from the journal before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// 128 random bits, under which the ledger takes it once.
    pub id: OperationId,
    /// 办理编号: `<terminal>-<yyMMdd>-B<serial>`, never given twice.
    pub reference: String,
}

/// A write of which it is not known what became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenOperation {
    /// Its id.
    pub id: OperationId,
    /// 办理编号
    pub reference: String,
    /// Its kind.
    pub kind: Option<OperationKind>,
    /// The ledger was asked and could not say.
    pub unknown: bool,
}

/// What became of a write, as the journal knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperationState {
    /// Begun; it may or may not have reached the ledger.
    Pending,
    /// The ledger could not say.
    Unknown,
    /// It is done, under this acceptance number (受理号).
    Confirmed(String),
    /// It is not done; the word of [`crate::records::port::WriteRefusal::code`].
    Refused(String),
}

impl Journal {
    /// Gives a write its id and number and remembers it as pending; durable when this returns.
    ///
    /// # Errors
    /// [`JournalError::Full`], [`JournalError::Database`], [`JournalError::Random`]: then nothing may
    /// be sent.
    pub fn begin_operation(
        &mut self,
        request: &OperationRequest,
        now: DateTime,
    ) -> Result<Begun, JournalError> {
        if self.fullness()?.is_full() {
            return Err(JournalError::Full(self.path.clone(), self.size_mb));
        }
        let named = self.named();
        let id = OperationId::new(random::<16>()?);
        let person = digest::person(&self.key, &request.person);
        let request_digest = digest::request(&self.key, request);
        let step = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(&named)?;
        let reference =
            number::next_operation(&step, &self.terminal_no, now.date()).map_err(&named)?;
        let entry = Entry {
            event: AuditEvent::Begun,
            operation: Some(id),
            reference: Some(&reference),
            kind: Some(request.action.kind().code()),
            detail: None,
            person: Some(person),
            request: Some(request_digest),
            at: now,
        };
        let begun = append(&step, &self.key, &entry).map_err(&named)?;
        step.execute(
            "INSERT INTO open_operation (operation, begun) VALUES (?1, ?2)",
            (id.bits().as_slice(), begun),
        )
        .map_err(&named)?;
        step.commit().map_err(&named)?;
        Ok(Begun { id, reference })
    }

    /// Remembers what the ledger has said became of a write. Said twice, it is kept once. There is
    /// always room for it.
    ///
    /// # Errors
    /// [`JournalError::NoSuchOperation`]; [`JournalError::Settled`] when it is settled otherwise;
    /// [`JournalError::Database`].
    pub fn settle_operation(
        &mut self,
        id: OperationId,
        outcome: &Outcome,
        now: DateTime,
    ) -> Result<(), JournalError> {
        let (event, detail) = match outcome {
            Outcome::Confirmed(receipt) => (AuditEvent::Confirmed, receipt.acceptance_no.as_str()),
            Outcome::Refused(why) => (AuditEvent::Refused, why.code()),
        };
        self.end_operation(id, event, Some(detail), now)
    }

    /// Remembers that the ledger could not say what became of a write. It stays open.
    ///
    /// # Errors
    /// As [`settle_operation`](Self::settle_operation).
    pub fn doubt_operation(&mut self, id: OperationId, now: DateTime) -> Result<(), JournalError> {
        self.end_operation(id, AuditEvent::Unknown, None, now)
    }

    fn end_operation(
        &mut self,
        id: OperationId,
        event: AuditEvent,
        detail: Option<&str>,
        now: DateTime,
    ) -> Result<(), JournalError> {
        let named = self.named();
        let step = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(&named)?;
        let latest = latest(&step, id).map_err(&named)?;
        let (before, known) = latest.ok_or(JournalError::NoSuchOperation(id))?;
        if before == event && known.as_deref() == detail {
            return Ok(());
        }
        if !matches!(before, AuditEvent::Begun | AuditEvent::Unknown) {
            return Err(JournalError::Settled(id));
        }
        let (reference, kind) = begun(&step, id).map_err(&named)?;
        let entry = Entry {
            event,
            operation: Some(id),
            reference: reference.as_deref(),
            kind: kind.as_deref(),
            detail,
            person: None,
            request: None,
            at: now,
        };
        append(&step, &self.key, &entry).map_err(&named)?;
        if event != AuditEvent::Unknown {
            let sql = "DELETE FROM open_operation WHERE operation = ?1";
            step.execute(sql, [id.bits().as_slice()]).map_err(&named)?;
        }
        step.commit().map_err(&named)
    }

    /// Writes of which it is not known what became, oldest first.
    ///
    /// # Errors
    /// [`JournalError::Database`].
    pub fn open_operations(&self) -> Result<Vec<OpenOperation>, JournalError> {
        let sql = "SELECT o.operation, c.reference, c.kind,
                EXISTS (SELECT 1 FROM chain u WHERE u.operation = o.operation AND u.event = ?1)
            FROM open_operation o JOIN chain c ON c.seq = o.begun ORDER BY o.begun";
        let mut query = self.connection.prepare_cached(sql).map_err(self.named())?;
        let rows = query
            .query_map([AuditEvent::Unknown], |row| {
                let kind: String = row.get(2)?;
                Ok(OpenOperation {
                    id: OperationId::new(row.get(0)?),
                    reference: row.get(1)?,
                    kind: OperationKind::from_code(&kind),
                    unknown: row.get(3)?,
                })
            })
            .map_err(self.named())?;
        rows.collect::<rusqlite::Result<_>>().map_err(self.named())
    }

    /// What became of a write; `None` when none such was begun, or it is in an archive.
    ///
    /// # Errors
    /// [`JournalError::Database`].
    pub fn operation(&self, id: OperationId) -> Result<Option<OperationState>, JournalError> {
        let latest = latest(&self.connection, id).map_err(self.named())?;
        Ok(latest.map(|(event, detail)| match event {
            AuditEvent::Confirmed => OperationState::Confirmed(detail.unwrap_or_default()),
            AuditEvent::Refused => OperationState::Refused(detail.unwrap_or_default()),
            AuditEvent::Unknown => OperationState::Unknown,
            _ => OperationState::Pending,
        }))
    }
}

/// The latest event of a write and what it says.
fn latest(
    connection: &rusqlite::Connection,
    id: OperationId,
) -> rusqlite::Result<Option<(AuditEvent, Option<String>)>> {
    connection
        .prepare_cached(
            "SELECT event, detail FROM chain WHERE operation = ?1 ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([id.bits().as_slice()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// Number and kind of an open write.
fn begun(
    step: &Transaction<'_>,
    id: OperationId,
) -> rusqlite::Result<(Option<String>, Option<String>)> {
    step.query_row(
        "SELECT c.reference, c.kind FROM open_operation o JOIN chain c ON c.seq = o.begun
         WHERE o.operation = ?1",
        [id.bits().as_slice()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
