//! The port to the ledger: what the kiosk asks, what it is told, and what it writes.

mod care;
mod family;
mod write;

pub use care::{CarePage, CareStatement, CareSums};
pub use family::{
    AuthorisationRecord, AuthorisationState, Candidate, Donor, DueState, FamilyAccount, Invitation,
    Member, MemberState, PremiumDue,
};
pub use write::{
    AcceptedDocument, Action, Agreement, Binding, ConsentRecord, Entries, Operation,
    OperationRequest, OrderPlace, Outcome, PasswordAnswer, ProvenFactor, Receipt, WriteRefusal,
};

use crate::domain::account::{Balance, Movement, RelativeRef};
use crate::domain::family::Beneficiary;
use crate::domain::id_number::IdNumber;
use crate::domain::money::Money;
use crate::domain::operation::OperationId;
use crate::domain::period::Period;
use crate::domain::person::{CardNo, InsuranceCode, Insured, PersonNo, QueryPassword};
use crate::domain::premium::PremiumPayment;
use jiff::civil::Date;

/// What a patron identified with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// A 社会保障卡; a version 3.00 card may give only its number.
    Card {
        /// Record 07 of EF05.
        number: CardNo,
        /// Record 08 of EF06, if the card gave it.
        id_number: Option<IdNumber>,
    },
    /// A document number: of a document that the reader holds genuine, that a staff member has
    /// checked, or that was typed and is yet to be proven by the query password.
    IdNumber(IdNumber),
    /// A 医保码. Asking about it uses it up.
    Code(InsuranceCode),
}

/// One page of rows, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows of this page, at most as many as asked for.
    pub rows: Vec<T>,
    /// Number of this page, from 0.
    pub index: u32,
    /// How many rows there are in all pages.
    pub total_rows: u32,
}

/// Which page of rows is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// Number of the page, from 0.
    pub index: u32,
    /// Rows a page, 1..=50.
    pub size: u32,
}

/// What home shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// The money in the account now.
    pub balance: Balance,
    /// What each relative used since 1 January, most first; relatives who used nothing included.
    pub used_by: Vec<(Beneficiary, Money)>,
    /// Sum over `used_by`.
    pub used_this_year: Money,
    /// The first day of which the account has records.
    pub first_record: Option<Date>,
}

/// A page of account movements and their sums over the whole period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountPage {
    /// The rows.
    pub page: Page<Movement>,
    /// Sum of what came in over the period.
    pub income: Money,
    /// Sum of what went out over the period, positive.
    pub spending: Money,
}

/// What relatives used (共济支付) over a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyUse {
    /// The rows: `FamilyCare` and its `Refund`s only.
    pub page: Page<Movement>,
    /// Sum over the whole period and the chosen relative: use less refunds, positive.
    pub total: Money,
    /// The sum of each month of the period, oldest first, as (year, month, sum); at most 12, the last ones.
    pub by_month: Vec<(i16, i8, Money)>,
    /// The relatives with use in the period, for the choice of one.
    pub relatives: Vec<RelativeRef>,
}

/// Premiums paid from the account (共济缴费) over a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PremiumPage {
    /// The rows.
    pub page: Page<PremiumPayment>,
    /// Sum over the whole period, refunds taken off.
    pub total: Money,
}

/// All movements of a period with the balances at its ends, oldest first, for paper.
///
/// `opening + Σ amounts = closing` always.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountStatement {
    /// The span asked for.
    pub period: Period,
    /// Balance before the first row.
    pub opening: Money,
    /// Balance after the last row.
    pub closing: Money,
    /// The rows, oldest first.
    pub rows: Vec<Movement>,
}

/// All use by relatives in a period, oldest first, for paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyStatement {
    /// The span asked for.
    pub period: Period,
    /// The rows (`FamilyCare` and its `Refund`s), oldest first.
    pub rows: Vec<Movement>,
    /// The premiums paid in the period, oldest first.
    pub premiums: Vec<PremiumPayment>,
}

/// Why the ledger gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LedgerError {
    /// No person with this credential.
    UnknownPerson,
    /// The card was reported lost (挂失).
    CardReportedLost,
    /// The card and the person's document number disagree.
    CredentialMismatch,
    /// The 医保码 is not known, was used already, or is too old.
    CodeInvalid,
    /// The ledger is busy (locked, overloaded); asking again later may work.
    Busy,
    /// The ledger cannot be reached or is damaged; the text is for the log and holds nothing personal.
    Unavailable(String),
    /// More rows than one slip may hold; the number is the limit.
    TooManyRows(u32),
}

impl core::fmt::Display for LedgerError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::UnknownPerson => f.write_str("nobody has this card or document number"),
            Self::CardReportedLost => f.write_str("the card was reported lost"),
            Self::CredentialMismatch => f.write_str("the card and the document number disagree"),
            Self::CodeInvalid => {
                f.write_str("the insurance code is not known, used or too old; take a fresh one")
            }
            Self::Busy => f.write_str("the ledger is busy; try again"),
            Self::Unavailable(why) => f.write_str(why),
            Self::TooManyRows(limit) => {
                write!(f, "more than {limit} rows, the most one slip holds; take a shorter period")
            }
        }
    }
}

/// The ledger as the kiosk sees it. One caller at a time; calls may block, but not for longer than
/// the adapter's own bound (documented there).
pub trait Ledger: Send {
    /// Who owns this credential.
    ///
    /// # Errors
    /// `UnknownPerson`, `CardReportedLost`, `CredentialMismatch`, `CodeInvalid`, or the ledger's
    /// state.
    fn identify(&mut self, credential: &Credential) -> Result<Insured, LedgerError>;

    /// Balance and family use for the home page; `today` bounds the year.
    ///
    /// # Errors
    /// The ledger's state.
    fn overview(&mut self, person: &PersonNo, today: Date) -> Result<Overview, LedgerError>;

    /// Movements of the account, newest first.
    ///
    /// # Errors
    /// The ledger's state.
    fn account(
        &mut self,
        person: &PersonNo,
        period: Period,
        page: PageRequest,
    ) -> Result<AccountPage, LedgerError>;

    /// What relatives used; all of them, or the one with the given number. Newest first.
    ///
    /// # Errors
    /// The ledger's state.
    fn family_use(
        &mut self,
        person: &PersonNo,
        relative: Option<&PersonNo>,
        period: Period,
        page: PageRequest,
    ) -> Result<FamilyUse, LedgerError>;

    /// Premiums paid from the account, newest first.
    ///
    /// # Errors
    /// The ledger's state.
    fn premiums(
        &mut self,
        person: &PersonNo,
        period: Period,
        page: PageRequest,
    ) -> Result<PremiumPage, LedgerError>;

    /// Everything an account statement of the period needs.
    ///
    /// # Errors
    /// `TooManyRows`, or the ledger's state.
    fn account_statement(
        &mut self,
        person: &PersonNo,
        period: Period,
    ) -> Result<AccountStatement, LedgerError>;

    /// Everything a family statement of the period needs.
    ///
    /// # Errors
    /// `TooManyRows`, or the ledger's state.
    fn family_statement(
        &mut self,
        person: &PersonNo,
        period: Period,
    ) -> Result<FamilyStatement, LedgerError>;

    /// The person's own settled visits, newest first.
    ///
    /// # Errors
    /// The ledger's state.
    fn care(
        &mut self,
        person: &PersonNo,
        period: Period,
        page: PageRequest,
    ) -> Result<CarePage, LedgerError>;

    /// Everything a record of the person's own visits needs.
    ///
    /// # Errors
    /// `TooManyRows`, or the ledger's state.
    fn care_statement(
        &mut self,
        person: &PersonNo,
        period: Period,
    ) -> Result<CareStatement, LedgerError>;

    /// Both sides of the person's family account, as of `today`.
    ///
    /// # Errors
    /// The ledger's state.
    fn family_account(
        &mut self,
        person: &PersonNo,
        today: Date,
    ) -> Result<FamilyAccount, LedgerError>;

    /// Whom the account is and was shared with (授权记录), newest first.
    ///
    /// # Errors
    /// The ledger's state.
    fn authorisations(
        &mut self,
        person: &PersonNo,
        today: Date,
        page: PageRequest,
    ) -> Result<Page<AuthorisationRecord>, LedgerError>;

    /// Somebody whom `donor` wants to bind.
    ///
    /// # Errors
    /// As [`identify`](Self::identify).
    fn candidate(
        &mut self,
        donor: &PersonNo,
        credential: &Credential,
    ) -> Result<Candidate, LedgerError>;

    /// The premiums that the tax office asks of `relative`, newest year first, at most five.
    ///
    /// # Errors
    /// The ledger's state.
    fn premium_dues(
        &mut self,
        payer: &PersonNo,
        relative: &PersonNo,
    ) -> Result<Vec<PremiumDue>, LedgerError>;

    /// Holds a query password against the one that the ledger keeps, and counts the tries.
    ///
    /// # Errors
    /// The ledger's state; then no try is used up.
    fn check_password(
        &mut self,
        person: &PersonNo,
        password: &QueryPassword,
    ) -> Result<PasswordAnswer, LedgerError>;

    /// Does a write, all of it or nothing. An id that the ledger has seen gives the outcome of the
    /// first time, whatever else is asked under it.
    ///
    /// # Errors
    /// The ledger's state: then it is not known whether the write was done, and
    /// [`reconcile`](Self::reconcile) tells.
    fn execute(&mut self, operation: &Operation) -> Result<Outcome, LedgerError>;

    /// What became of an operation. An id that the ledger has not seen is closed: it answers
    /// `Refused(Voided)` now and to whatever arrives under it later, so that the answer stays true.
    ///
    /// # Errors
    /// The ledger's state.
    fn reconcile(&mut self, id: OperationId) -> Result<Outcome, LedgerError>;
}
