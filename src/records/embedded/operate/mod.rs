//! Writes: each operation id once, all of it or nothing.
//!
//! Time: what is booked has the day on which the person said so by the hall's clock
//! ([`OperationRequest::at`]), so that a write that is sent again later, or a simulation, has the same
//! records; an account's days never go back. Only the life of password tokens is measured by the
//! clock of the machine.

mod answer;
mod bind;
mod bond;
mod money;
pub(super) mod order;
mod outcome;
mod premium;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rusqlite::Transaction;

use super::{Failure, codes, identify, password};
use crate::domain::insurance::{InsuranceStatus, InsuranceType};
use crate::domain::money::Money;
use crate::domain::operation::OperationId;
use crate::policy::rules::is_minor;
use crate::records::port::{
    Action, LedgerError, Operation, OperationRequest, Outcome, ProvenFactor, Receipt, WriteRefusal,
};

pub(super) use bond::{Bond, State, alive_as_beneficiary};

/// Days after which the tax office has booked a payment. In this ledger it books by itself.
const BOOKING_DAYS: i32 = 15;

/// Does a write once, and keeps what became of it.
pub(super) fn execute(
    db: Transaction<'_>,
    operation: &Operation,
    now: Timestamp,
) -> Result<Outcome, Failure> {
    if let Some(outcome) = outcome::find(&db, operation.id)? {
        return Ok(outcome);
    }
    let request = &operation.request;
    let (person, outcome) = match identify::row_of(&db, &request.person) {
        Ok(person) => (Some(person), decide(&db, operation, person, now)?),
        Err(Failure::Ledger(LedgerError::UnknownPerson)) => {
            (None, Outcome::Refused(WriteRefusal::NotInsured))
        }
        Err(failure) => return Err(failure),
    };
    outcome::keep(&db, operation, person, &outcome)?;
    db.commit()?;
    Ok(outcome)
}

/// What became of an operation; an id that has not arrived is closed.
pub(super) fn reconcile(db: Transaction<'_>, id: OperationId) -> Result<Outcome, Failure> {
    if let Some(outcome) = outcome::find(&db, id)? {
        return Ok(outcome);
    }
    outcome::void(&db, id)?;
    db.commit()?;
    Ok(Outcome::Refused(WriteRefusal::Voided))
}

/// Why an action stops.
#[derive(Debug)]
enum Stop {
    Refused(WriteRefusal),
    Failed(Failure),
}

impl From<WriteRefusal> for Stop {
    fn from(reason: WriteRefusal) -> Self {
        Self::Refused(reason)
    }
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// What an action has done.
#[derive(Clone, Copy, Default)]
struct Done {
    balance_after: Option<Money>,
    pending: bool,
}

/// What every action looks at.
struct Cx<'a> {
    db: &'a Transaction<'a>,
    id: OperationId,
    request: &'a OperationRequest,
    /// Whose operation it is.
    person: i64,
    day: Date,
    acceptance_no: &'a str,
}

fn decide(
    db: &Transaction<'_>,
    operation: &Operation,
    person: i64,
    now: Timestamp,
) -> Result<Outcome, Failure> {
    let request = &operation.request;
    if let ProvenFactor::QueryPassword(token) = &request.factor
        && !password::redeem(db, person, token, now)?
    {
        return Ok(Outcome::Refused(WriteRefusal::FactorRejected));
    }
    let day = request.at.date();
    catch_up(db, day)?;
    let acceptance_no = outcome::next_acceptance_no(db, day)?;
    db.execute_batch("SAVEPOINT action")?;
    let cx = Cx { db, id: operation.id, request, person, day, acceptance_no: &acceptance_no };
    match act(&cx) {
        Ok(done) => {
            db.execute_batch("RELEASE action")?;
            Ok(Outcome::Confirmed(Receipt {
                acceptance_no,
                accepted_at: request.at,
                balance_after: done.balance_after,
                pending: done.pending,
            }))
        }
        Err(Stop::Refused(reason)) => {
            // What a refused action has begun goes; that it was refused stays.
            db.execute_batch("ROLLBACK TO action; RELEASE action")?;
            Ok(Outcome::Refused(reason))
        }
        Err(Stop::Failed(failure)) => Err(failure),
    }
}

fn act(cx: &Cx<'_>) -> Result<Done, Stop> {
    match &cx.request.action {
        Action::Open => bind::open(cx),
        Action::Bind(binding) => bind::bind(cx, binding),
        Action::Accept { invitation } => answer::accept(cx, *invitation),
        Action::Decline { invitation } => answer::decline(cx, *invitation),
        Action::Release { relative } => answer::release(cx, relative),
        Action::Order { accounts } => order::set(cx, accounts),
        Action::Limit { relative, annual } => answer::limit(cx, relative, *annual),
        Action::Transfer { amount } => money::transfer(cx, *amount),
        Action::Quota { relative, amount } => money::quota(cx, relative, *amount),
        Action::PayPremium { due, relative, insured_year, amount, retained } => {
            let asked = premium::Asked {
                due: *due,
                relative,
                insured_year: *insured_year,
                amount: *amount,
                retained: *retained,
            };
            premium::pay(cx, &asked)
        }
        Action::CancelPremium { payment } => premium::cancel(cx, *payment),
    }
}

/// What the passing of days has brought about: authorisations that have ended, premiums that have
/// arrived.
pub(super) fn catch_up(db: &Transaction<'_>, day: Date) -> Result<(), Failure> {
    for bond in bond::past_their_last_day(db, day)? {
        let state = if bond.state == State::Invited { State::Declined } else { State::Ended };
        bond::close(db, &bond, state, day)?;
    }
    if let Ok(booked) = day.checked_sub(BOOKING_DAYS.days()) {
        db.prepare_cached("UPDATE premium SET status = 2 WHERE status = 1 AND paid_on <= ?1")?
            .execute([codes::day_code(booked)])?;
    }
    Ok(())
}

impl Cx<'_> {
    /// Somebody else by number; `reason` when the ledger does not know them.
    fn other(
        &self,
        number: &crate::domain::person::PersonNo,
        reason: WriteRefusal,
    ) -> Result<i64, Stop> {
        match identify::row_of(self.db, number) {
            Err(Failure::Ledger(LedgerError::UnknownPerson)) => Err(reason.into()),
            found => Ok(found?),
        }
    }

    /// A donor is of age, in the employees' insurance, and that in normal state.
    fn must_be_donor(&self, person: i64) -> Result<(), Stop> {
        if may_donate(self.db, person, self.day)? {
            Ok(())
        } else {
            Err(WriteRefusal::NotInsured.into())
        }
    }

    /// A beneficiary is in basic medical insurance, and that in normal state.
    fn must_be_insured(&self, person: i64, kinds: &[InsuranceType]) -> Result<(), Stop> {
        match insurance(self.db, person)? {
            Some((kind, InsuranceStatus::Normal)) if kinds.contains(&kind) => Ok(()),
            _ => Err(WriteRefusal::NotInsured.into()),
        }
    }
}

/// Whether somebody's account may pay for others on a day.
pub(super) fn may_donate(db: &Transaction<'_>, person: i64, day: Date) -> Result<bool, Failure> {
    let birth = db
        .prepare_cached("SELECT brdy FROM person WHERE id = ?1")?
        .query_row([person], |row| row.get::<_, Option<i64>>(0))?
        .map(|code| codes::day(0, code))
        .transpose()?;
    let insured =
        insurance(db, person)? == Some((InsuranceType::Employee, InsuranceStatus::Normal));
    Ok(insured && is_minor(birth, day) != Some(true))
}

fn insurance(
    db: &Transaction<'_>,
    person: i64,
) -> Result<Option<(InsuranceType, InsuranceStatus)>, Failure> {
    match identify::insured(db, person) {
        Ok(insured) => Ok(Some((insured.insurance, insured.status))),
        Err(Failure::Ledger(LedgerError::UnknownPerson)) => Ok(None),
        Err(failure) => Err(failure),
    }
}
