//! The ledger in a local SQLite file.
//!
//! One connection, used by one caller at a time. Reads run in one snapshot each, so that rows and
//! sums of an answer always agree; a call waits for a locked file at most [`BUSY_TIMEOUT`].

mod account;
mod authorisations;
mod booking;
mod candidate;
mod care;
pub(crate) mod codes;
mod dues;
mod family;
mod family_account;
mod identify;
mod insurance_code;
mod operate;
pub(crate) mod password;
mod premiums;
mod rows;
mod schema;
pub mod settle;
mod settlements;
mod usage;
pub(crate) mod write;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};

use super::error::{RecordsError, sqlite_reason};
use super::port::{
    AccountPage, AccountStatement, AuthorisationRecord, Candidate, CarePage, CareStatement,
    Credential, FamilyAccount, FamilyStatement, FamilyUse, Ledger, LedgerError, Operation, Outcome,
    Overview, Page, PageRequest, PasswordAnswer, PremiumDue, PremiumPage,
};
use crate::domain::operation::OperationId;
use crate::domain::period::Period;
use crate::domain::person::{Insured, PersonNo, QueryPassword};

pub use insurance_code::{CODE_CHARS, CODE_VALID, mint_code};
pub use password::{PASSWORD_TRIES, TOKEN_VALID};

/// How long a call waits for a locked file before it says `Busy`.
pub const BUSY_TIMEOUT: Duration = Duration::from_millis(1500);
/// The most rows a statement may have; one slip of this length is several metres of paper.
pub const STATEMENT_ROWS_MAX: u32 = 1000;
/// The most rows a page may have.
pub const PAGE_ROWS_MAX: u32 = 50;

/// The ledger in a local SQLite file.
///
/// A file that could not be read is opened anew at the next question, so that a repaired or restored
/// one serves again without a restart.
pub struct EmbeddedLedger {
    path: PathBuf,
    busy_timeout: Duration,
    /// `None` after a failure that may have left wrong pages in its memory.
    connection: Option<Connection>,
}

impl EmbeddedLedger {
    /// Opens an existing ledger and brings it to the current version.
    ///
    /// # Errors
    /// The file is missing, no ledger, newer than this program, locked or damaged.
    pub fn open(path: &Path) -> Result<Self, RecordsError> {
        Self::open_with(path, BUSY_TIMEOUT)
    }

    /// As [`EmbeddedLedger::open`], with another bound than [`BUSY_TIMEOUT`].
    ///
    /// # Errors
    /// As [`EmbeddedLedger::open`].
    pub fn open_with(path: &Path, busy_timeout: Duration) -> Result<Self, RecordsError> {
        let connection = Some(schema::open_existing(path, busy_timeout)?);
        Ok(Self { path: path.to_path_buf(), busy_timeout, connection })
    }

    /// Runs `read` in one snapshot.
    fn snapshot<T>(
        &mut self,
        read: impl FnOnce(&Transaction<'_>) -> Result<T, Failure>,
    ) -> Result<T, LedgerError> {
        self.transact(TransactionBehavior::Deferred, |t| read(&t))
    }

    /// Runs `work` in a transaction of its own; what it wants to keep it must commit.
    fn transact<T>(
        &mut self,
        behavior: TransactionBehavior,
        work: impl FnOnce(Transaction<'_>) -> Result<T, Failure>,
    ) -> Result<T, LedgerError> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => schema::open_existing(&self.path, self.busy_timeout)?,
        };
        let transaction = connection.transaction_with_behavior(behavior);
        let result = transaction.map_err(Failure::from).and_then(work);
        let result = result.map_err(LedgerError::from);
        if !matches!(result, Err(LedgerError::Unavailable(_))) {
            self.connection = Some(connection);
        }
        result
    }
}

impl Ledger for EmbeddedLedger {
    fn identify(&mut self, credential: &Credential) -> Result<Insured, LedgerError> {
        if let Credential::Code(code) = credential {
            return self.transact(TransactionBehavior::Immediate, |db| {
                let person = insurance_code::redeem(&db, code, Timestamp::now())?;
                let insured = identify::insured(&db, person);
                // Used up even where its person cannot be served; not where nothing could be read.
                if !matches!(insured, Err(Failure::Sqlite(_))) {
                    db.commit()?;
                }
                insured
            });
        }
        self.snapshot(|db| identify::identify(db, credential))
    }

    fn overview(&mut self, person: &PersonNo, today: Date) -> Result<Overview, LedgerError> {
        self.snapshot(|db| account::overview(db, identify::row_of(db, person)?, today))
    }

    fn account(
        &mut self,
        person: &PersonNo,
        period: Period,
        page: PageRequest,
    ) -> Result<AccountPage, LedgerError> {
        self.snapshot(|db| account::page(db, identify::row_of(db, person)?, period, page))
    }

    fn family_use(
        &mut self,
        person: &PersonNo,
        relative: Option<&PersonNo>,
        period: Period,
        page: PageRequest,
    ) -> Result<FamilyUse, LedgerError> {
        self.snapshot(|db| {
            let owner = identify::row_of(db, person)?;
            let relative = relative.map(|number| identify::row_of(db, number)).transpose()?;
            family::page(db, owner, relative, period, page)
        })
    }

    fn premiums(
        &mut self,
        person: &PersonNo,
        period: Period,
        page: PageRequest,
    ) -> Result<PremiumPage, LedgerError> {
        self.snapshot(|db| premiums::page(db, identify::row_of(db, person)?, period, page))
    }

    fn account_statement(
        &mut self,
        person: &PersonNo,
        period: Period,
    ) -> Result<AccountStatement, LedgerError> {
        self.snapshot(|db| account::statement(db, identify::row_of(db, person)?, period))
    }

    fn family_statement(
        &mut self,
        person: &PersonNo,
        period: Period,
    ) -> Result<FamilyStatement, LedgerError> {
        self.snapshot(|db| {
            let owner = identify::row_of(db, person)?;
            Ok(FamilyStatement {
                period,
                rows: family::statement_rows(db, owner, period)?,
                premiums: premiums::statement_rows(db, owner, period)?,
            })
        })
    }

    fn care(
        &mut self,
        person: &PersonNo,
        period: Period,
        page: PageRequest,
    ) -> Result<CarePage, LedgerError> {
        self.snapshot(|db| care::page(db, identify::row_of(db, person)?, period, page))
    }

    fn care_statement(
        &mut self,
        person: &PersonNo,
        period: Period,
    ) -> Result<CareStatement, LedgerError> {
        self.snapshot(|db| care::statement(db, identify::row_of(db, person)?, period))
    }

    fn family_account(
        &mut self,
        person: &PersonNo,
        today: Date,
    ) -> Result<FamilyAccount, LedgerError> {
        self.snapshot(|db| family_account::read(db, identify::row_of(db, person)?, today))
    }

    fn authorisations(
        &mut self,
        person: &PersonNo,
        today: Date,
        page: PageRequest,
    ) -> Result<Page<AuthorisationRecord>, LedgerError> {
        self.snapshot(|db| authorisations::page(db, identify::row_of(db, person)?, today, page))
    }

    fn candidate(
        &mut self,
        donor: &PersonNo,
        credential: &Credential,
    ) -> Result<Candidate, LedgerError> {
        let insured = self.identify(credential)?;
        let today = Zoned::now().date();
        self.snapshot(|db| candidate::read(db, identify::row_of(db, donor)?, insured, today))
    }

    fn premium_dues(
        &mut self,
        payer: &PersonNo,
        relative: &PersonNo,
    ) -> Result<Vec<PremiumDue>, LedgerError> {
        self.snapshot(|db| {
            dues::read(db, identify::row_of(db, payer)?, identify::row_of(db, relative)?)
        })
    }

    fn check_password(
        &mut self,
        person: &PersonNo,
        password: &QueryPassword,
    ) -> Result<PasswordAnswer, LedgerError> {
        self.transact(TransactionBehavior::Immediate, |db| {
            let person = identify::row_of(&db, person)?;
            let answer = password::check(&db, person, password, Timestamp::now())?;
            db.commit()?;
            Ok(answer)
        })
    }

    fn execute(&mut self, operation: &Operation) -> Result<Outcome, LedgerError> {
        self.transact(TransactionBehavior::Immediate, |db| {
            operate::execute(db, operation, Timestamp::now())
        })
    }

    fn reconcile(&mut self, id: OperationId) -> Result<Outcome, LedgerError> {
        self.transact(TransactionBehavior::Immediate, |db| operate::reconcile(db, id))
    }
}

/// What went wrong inside a read: the ledger's answer, or SQLite's.
#[derive(Debug)]
enum Failure {
    Ledger(LedgerError),
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<Failure> for LedgerError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Ledger(error) => error,
            Failure::Sqlite(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
                _ => Self::Unavailable(sqlite_reason(&error)),
            },
        }
    }
}

impl From<RecordsError> for LedgerError {
    fn from(error: RecordsError) -> Self {
        match error {
            RecordsError::Busy(_) => Self::Busy,
            other => Self::Unavailable(other.to_string()),
        }
    }
}

/// First row and number of rows of a page, counted from the newest.
fn page_bounds(request: PageRequest) -> (u64, u64) {
    let size = u64::from(request.size.clamp(1, PAGE_ROWS_MAX));
    (u64::from(request.index) * size, size)
}

#[cfg(test)]
mod tests;
