//! Print jobs: `queued → sending → sent → printed | unknown | failed`.

use std::path::Path;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};

use super::chain::{AuditEvent, Entry, append};
use super::device::{self, PrintCount};
use super::key::DigestKey;
use super::stored::stored_as_text;
use super::{Journal, JournalError, number};

/// The latest jobs that [`Journal::prune`] keeps whatever their day, in case the clock was wrong.
const JOBS_KEPT_MIN: i64 = 1000;

stored_as_text! {
    /// What is printed.
    PrintKind {
        /// 个人账户余额及明细单
        Account = "account",
        /// 共济支付情况单
        Family = "family",
        /// 医保报销记录单
        Care = "care",
        /// 授权/解绑回执
        Authorisation = "authorisation",
        /// 共济缴费凭条
        Premium = "premium",
        /// The page marked 测试.
        Test = "test",
    }
}

stored_as_text! {
    /// How far a job has got.
    PrintState {
        /// Numbered; no byte has gone out.
        Queued = "queued",
        /// Written before the first byte goes out.
        Sending = "sending",
        /// Every byte has gone out; no proof yet.
        Sent = "sent",
        /// The printer has proved every page.
        Printed = "printed",
        /// Bytes went out and no proof can come any more; only a person may settle it.
        Unknown = "unknown",
        /// Not, or only in part, on paper, and that is known.
        Failed = "failed",
    }
}

impl PrintState {
    /// Whether a job may go from this state to `next`; staying is always possible.
    fn may_become(self, next: Self) -> bool {
        match self {
            Self::Queued => true,
            Self::Sending => next != Self::Queued,
            Self::Sent => !matches!(next, Self::Queued | Self::Sending),
            Self::Unknown => matches!(next, Self::Unknown | Self::Printed | Self::Failed),
            Self::Printed | Self::Failed => next == self,
        }
    }

    /// What the chain says of a job that has come to this state; nothing while it is on its way.
    fn event(self) -> Option<AuditEvent> {
        match self {
            Self::Queued | Self::Sending | Self::Sent => None,
            Self::Printed => Some(AuditEvent::SlipPrinted),
            Self::Unknown => Some(AuditEvent::SlipUnknown),
            Self::Failed => Some(AuditEvent::SlipFailed),
        }
    }
}

/// What is about to be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintRecord {
    /// Which paper.
    pub kind: PrintKind,
    /// Its pages.
    pub pages: u16,
    /// 0 the first time, then the number of the 补打.
    pub copy: u16,
    /// The number of the slip that is printed again, if it is.
    pub of: Option<String>,
    /// Digest of the content under [`Journal::digest_key`]; nothing can be read from it.
    pub digest: [u8; 32],
}

/// What a print gets from the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// `<terminal>-<yyMMdd>-<serial>`, never given twice.
    pub slip_no: String,
    /// 16 random letters and digits, known to the journal and the paper only.
    pub verification: String,
}

/// A print job as the journal remembers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintJob {
    /// What was to be printed.
    pub record: PrintRecord,
    /// Its number and verification text.
    pub issue: Issue,
    /// The hall's day when it began.
    pub begun_on: Date,
    /// How far it has got.
    pub state: PrintState,
    /// Pages known to be on paper.
    pub pages_printed: u16,
}

impl Journal {
    /// Gives a print its number and remembers it as queued; durable when this returns.
    ///
    /// # Errors
    /// [`JournalError::Database`], [`JournalError::Random`]; [`JournalError::Full`] when the journal is
    /// well above its bound: then nothing may be printed.
    pub fn begin_print(
        &mut self,
        record: &PrintRecord,
        today: Date,
    ) -> Result<Issue, JournalError> {
        if self.fullness()?.takes_no_slips() {
            return Err(JournalError::Full(self.path.clone(), self.size_mb));
        }
        let named = self.named();
        let verification = number::verification()?;
        let step = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(&named)?;
        let slip_no = number::next_slip(&step, &self.terminal_no, today).map_err(&named)?;
        let PrintRecord { kind, pages, copy, of, digest } = record;
        step.execute(
            "INSERT INTO print_job
                 (slip_no, verification, kind, pages, copy, original, digest, begun_on, state)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                slip_no,
                verification,
                kind,
                pages,
                copy,
                of,
                digest.as_slice(),
                today.to_string(),
                PrintState::Queued,
            ],
        )
        .map_err(&named)?;
        step.commit().map_err(&named)?;
        Ok(Issue { slip_no, verification })
    }

    /// Remembers how far a job has got and how many pages are known to be on paper (never fewer than
    /// before). [`PrintState::Sending`] must be remembered before the first byte goes out. The end of
    /// a job joins the audit chain, with the hall's time `at`.
    ///
    /// # Errors
    /// [`JournalError::NoSuchSlip`]; [`JournalError::Transition`] for a step back or a change of what
    /// is settled; [`JournalError::Database`].
    pub fn set_print_state(
        &mut self,
        slip_no: &str,
        state: PrintState,
        pages: u16,
        at: DateTime,
    ) -> Result<(), JournalError> {
        self.move_print_state(slip_no, state, pages, at, None)
    }

    /// As [`set_print_state`](Self::set_print_state), and adds what that is on paper now has taken of
    /// the printer on `port`, both or neither.
    ///
    /// # Errors
    /// As [`set_print_state`](Self::set_print_state).
    pub fn count_print_state(
        &mut self,
        slip_no: &str,
        state: PrintState,
        pages: u16,
        at: DateTime,
        (port, count): (&Path, PrintCount),
    ) -> Result<(), JournalError> {
        self.move_print_state(slip_no, state, pages, at, Some((port, count)))
    }

    fn move_print_state(
        &mut self,
        slip_no: &str,
        state: PrintState,
        pages: u16,
        at: DateTime,
        counted: Option<(&Path, PrintCount)>,
    ) -> Result<(), JournalError> {
        let named = self.named();
        let step = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(&named)?;
        let old: Option<PrintState> = step
            .query_row("SELECT state FROM print_job WHERE slip_no = ?1", [slip_no], |row| {
                row.get(0)
            })
            .optional()
            .map_err(&named)?;
        let from = old.ok_or_else(|| JournalError::NoSuchSlip(slip_no.to_owned()))?;
        if !from.may_become(state) {
            return Err(JournalError::Transition { slip_no: slip_no.to_owned(), from, to: state });
        }
        step.execute(
            "UPDATE print_job SET state = ?2, pages_printed = min(pages, max(pages_printed, ?3))
             WHERE slip_no = ?1",
            params![slip_no, state, pages],
        )
        .map_err(&named)?;
        if let Some(event) = state.event().filter(|_| from != state) {
            chain_end_of_slip(&step, &self.key, slip_no, event, at).map_err(&named)?;
        }
        if let Some((port, count)) = counted {
            device::count(&step, port, count).map_err(&named)?;
        }
        step.commit().map_err(&named)
    }

    /// A job by its slip number.
    ///
    /// # Errors
    /// [`JournalError::Database`].
    pub fn print_job(&self, slip_no: &str) -> Result<Option<PrintJob>, JournalError> {
        self.connection
            .query_row(
                "SELECT kind, pages, copy, original, digest, slip_no, verification, begun_on,
                        state, pages_printed
                 FROM print_job WHERE slip_no = ?1",
                [slip_no],
                read,
            )
            .optional()
            .map_err(self.named())
    }

    /// Forgets jobs begun more than `keep_days` before `today`, but neither the latest thousand nor
    /// one whose outcome is unknown; how many went. Their numbers are not given again.
    ///
    /// # Errors
    /// [`JournalError::Database`].
    pub fn prune(&mut self, today: Date, keep_days: u16) -> Result<usize, JournalError> {
        let oldest = today.saturating_sub(i32::from(keep_days).days());
        self.connection
            .execute(
                "DELETE FROM print_job
                 WHERE begun_on < ?1 AND state IN (?2, ?3)
                   AND id <= (SELECT max(id) FROM print_job) - ?4",
                params![oldest.to_string(), PrintState::Printed, PrintState::Failed, JOBS_KEPT_MIN],
            )
            .map_err(self.named())
    }
}

/// Settles what a crash left; how many jobs that were.
pub fn settle_interrupted(
    connection: &mut Connection,
    key: &DigestKey,
    now: DateTime,
) -> rusqlite::Result<usize> {
    let step = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut query =
        step.prepare("SELECT slip_no, state FROM print_job WHERE state IN (?1, ?2, ?3)")?;
    let states = [PrintState::Queued, PrintState::Sending, PrintState::Sent];
    let left: Vec<(String, PrintState)> =
        query.query_map(states, |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    drop(query);
    for (slip_no, state) in &left {
        let (end, event) = if *state == PrintState::Queued {
            (PrintState::Failed, AuditEvent::SlipFailed)
        } else {
            (PrintState::Unknown, AuditEvent::SlipUnknown)
        };
        step.execute("UPDATE print_job SET state = ?2 WHERE slip_no = ?1", params![slip_no, end])?;
        chain_end_of_slip(&step, key, slip_no, event, now)?;
    }
    step.commit()?;
    Ok(left.len())
}

/// Appends the end of a slip to the chain, with its kind and the pages known to be on paper.
fn chain_end_of_slip(
    step: &Transaction<'_>,
    key: &DigestKey,
    slip_no: &str,
    event: AuditEvent,
    at: DateTime,
) -> rusqlite::Result<()> {
    let (kind, pages): (PrintKind, u16) = step.query_row(
        "SELECT kind, pages_printed FROM print_job WHERE slip_no = ?1",
        [slip_no],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let entry = Entry {
        event,
        operation: None,
        reference: Some(slip_no),
        kind: Some(kind.text()),
        detail: Some(&pages.to_string()),
        person: None,
        request: None,
        at,
    };
    append(step, key, &entry).map(|_| ())
}

fn read(row: &Row<'_>) -> rusqlite::Result<PrintJob> {
    let day: String = row.get(7)?;
    let begun_on = day.parse().map_err(|error: jiff::Error| {
        rusqlite::Error::FromSqlConversionFailure(7, rusqlite::types::Type::Text, error.into())
    })?;
    Ok(PrintJob {
        record: PrintRecord {
            kind: row.get(0)?,
            pages: row.get(1)?,
            copy: row.get(2)?,
            of: row.get(3)?,
            digest: row.get(4)?,
        },
        issue: Issue { slip_no: row.get(5)?, verification: row.get(6)? },
        begun_on,
        state: row.get(8)?,
        pages_printed: row.get(9)?,
    })
}
