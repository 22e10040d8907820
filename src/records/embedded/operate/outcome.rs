//! What became of operations, kept under their ids.

use jiff::civil::Date;
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, Transaction, params};

use crate::domain::money::Money;
use crate::domain::operation::OperationId;
use crate::records::embedded::codes::{self, fen, time_text};
use crate::records::port::{Operation, Outcome, ProvenFactor, Receipt, WriteRefusal};

/// The first outcome of an id, if it was seen.
pub(super) fn find(db: &Transaction<'_>, id: OperationId) -> rusqlite::Result<Option<Outcome>> {
    let mut read = db.prepare_cached(
        "SELECT outcome, refusal, acceptance_no, accepted_at, balance_after_fen, pending
        FROM operation WHERE id = ?1",
    )?;
    read.query_row([id.bits()], outcome).optional()
}

fn outcome(row: &Row<'_>) -> rusqlite::Result<Outcome> {
    if row.get::<_, i64>(0)? == 2 {
        let reason: String = row.get(1)?;
        let reason = WriteRefusal::from_code(&reason);
        return Ok(Outcome::Refused(reason.ok_or_else(|| codes::conversion(1, Type::Text))?));
    }
    Ok(Outcome::Confirmed(Receipt {
        acceptance_no: row.get(2)?,
        accepted_at: codes::time(3, row.get_ref(3)?.as_str()?)?,
        balance_after: row.get::<_, Option<i64>>(4)?.map(Money::from_fen),
        pending: row.get(5)?,
    }))
}

/// Keeps the outcome of an operation, and what was read and accepted for it when it was done.
pub(super) fn keep(
    db: &Transaction<'_>,
    operation: &Operation,
    person: Option<i64>,
    outcome: &Outcome,
) -> rusqlite::Result<()> {
    let request = &operation.request;
    let factor = match &request.factor {
        ProvenFactor::CardPin => "card_pin",
        ProvenFactor::QueryPassword(_) => "query_password",
    };
    let (receipt, refusal) = match outcome {
        Outcome::Confirmed(receipt) => (Some(receipt), None),
        Outcome::Refused(reason) => (None, Some(reason.code())),
    };
    let consent = request.consent.as_ref().filter(|_| receipt.is_some());
    let balance = receipt.and_then(|receipt| receipt.balance_after).map(fen).transpose()?;
    db.prepare_cached(
        "INSERT INTO operation (id, kind, person, asked_at, region, factor, outcome, refusal,
            acceptance_no, accepted_at, balance_after_fen, pending, signature)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        operation.id.bits(),
        request.action.kind().code(),
        person,
        time_text(request.at),
        request.region,
        factor,
        if receipt.is_some() { 1 } else { 2 },
        refusal,
        receipt.map(|receipt| receipt.acceptance_no.as_str()),
        receipt.map(|receipt| time_text(receipt.accepted_at)),
        balance,
        receipt.map(|receipt| receipt.pending),
        consent.and_then(|consent| consent.signature),
    ])?;
    let documents = consent.map_or(&[][..], |consent| &consent.documents);
    for (position, document) in (1i64..).zip(documents) {
        db.prepare_cached(
            "INSERT INTO consent (operation, position, title, version, digest, accepted_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            operation.id.bits(),
            position,
            document.title,
            document.version,
            document.digest,
            time_text(document.accepted_at),
        ])?;
    }
    Ok(())
}

/// Closes an id that has not arrived.
pub(super) fn void(db: &Transaction<'_>, id: OperationId) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO operation (id, outcome, refusal) VALUES (?1, 2, ?2)")?
        .execute(params![id.bits(), WriteRefusal::Voided.code()])
        .map(drop)
}

/// 受理号: the day and a number of eight digits that counts the day's operations.
pub(super) fn next_acceptance_no(db: &Transaction<'_>, day: Date) -> rusqlite::Result<String> {
    let day = codes::day_code(day);
    let mut last = db.prepare_cached(
        "SELECT max(acceptance_no) FROM operation WHERE acceptance_no BETWEEN ?1 AND ?2",
    )?;
    let last: Option<String> = last
        .query_row([format!("{day}{:08}", 0), format!("{day}{:08}", 99_999_999)], |row| {
            row.get(0)
        })?;
    let count = last.as_deref().and_then(|no| no.get(8..)).and_then(|count| count.parse().ok());
    Ok(format!("{day:08}{:08}", count.unwrap_or(0u32) + 1))
}
