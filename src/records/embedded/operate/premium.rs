//! Paying a relative's premium, and taking a payment back.

use rusqlite::{OptionalExtension, Transaction, params};

use super::{Cx, Done, State, Stop, bond};
use crate::domain::insurance::InsuranceType;
use crate::domain::money::Money;
use crate::domain::person::PersonNo;
use crate::domain::premium::PremiumStatus;
use crate::records::embedded::booking::{self, Entry};
use crate::records::embedded::codes::{self, RowKind};
use crate::records::embedded::write::Writer;
use crate::records::embedded::{dues, rows, usage};
use crate::records::port::{DueState, PremiumDue, WriteRefusal};

/// What the patron saw and wants to pay.
pub(super) struct Asked<'a> {
    pub due: i64,
    pub relative: &'a PersonNo,
    pub insured_year: i16,
    pub amount: Money,
    pub retained: Money,
}

pub(super) fn pay(cx: &Cx<'_>, asked: &Asked<'_>) -> Result<Done, Stop> {
    cx.must_be_donor(cx.person)?;
    let relative = cx.other(asked.relative, WriteRefusal::NotBound)?;
    let bond = bond::of_pair(cx.db, cx.person, relative)?.ok_or(WriteRefusal::NotBound)?;
    if bond.state != State::Bound || bond.since > cx.day {
        return Err(WriteRefusal::NotBound.into());
    }
    cx.must_be_insured(relative, &[InsuranceType::Resident])?;
    let due = unpaid_due(cx.db, cx.person, relative, asked)?;
    if let Some(limit) = bond.annual_limit {
        let used = usage::this_year(cx.db, cx.person, relative, cx.day)?;
        if due.amount > limit - used {
            return Err(WriteRefusal::LimitTooSmall.into());
        }
    }
    let balance = booking::balance(cx.db, cx.person)?;
    if balance - asked.retained.max(Money::ZERO) < due.amount {
        return Err(WriteRefusal::BalanceTooSmall.into());
    }
    let entry = Entry {
        owner: cx.person,
        day: cx.day,
        kind: RowKind::Premium,
        amount: -due.amount,
        place: booking::TAX_OFFICE,
        relative: Some((relative, bond.relation)),
        settlement: None,
        reserve: None,
    };
    let booked = booking::book(cx.db, &entry)?.ok_or(WriteRefusal::BalanceTooSmall)?;
    let premium = Writer::new(cx.db).premium(
        cx.person,
        (relative, Some(bond.relation)),
        due.insured_year,
        cx.day,
        due.amount,
        PremiumStatus::Pending,
    )?;
    cx.db
        .prepare_cached("INSERT INTO premium_payment VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![premium, due.serial, cx.id.bits(), cx.person, booked.serial])?;
    Ok(Done { balance_after: Some(booked.balance), pending: true })
}

/// The record that the patron chose, if it is still what they saw and nobody has paid it.
fn unpaid_due(
    db: &Transaction<'_>,
    payer: i64,
    relative: i64,
    asked: &Asked<'_>,
) -> Result<PremiumDue, Stop> {
    let known = dues::read(db, payer, relative)?;
    let due = known.into_iter().find(|due| due.serial == asked.due);
    let due = due.ok_or(WriteRefusal::DueChanged)?;
    if due.state != DueState::Unpaid {
        return Err(WriteRefusal::AlreadyPaid.into());
    }
    if (due.insured_year, due.amount) != (asked.insured_year, asked.amount) {
        return Err(WriteRefusal::DueChanged.into());
    }
    Ok(due)
}

pub(super) fn cancel(cx: &Cx<'_>, payment: i64) -> Result<Done, Stop> {
    let found = cx
        .db
        .prepare_cached(
            "SELECT insured, relation, amount_fen FROM premium
            WHERE id = ?1 AND payer = ?2 AND status = 1",
        )?
        .query_row([payment, cx.person], |row| {
            let relation: Option<i64> = row.get(1)?;
            let relation = relation.map(|code| codes::relation(1, code)).transpose()?;
            Ok((row.get::<_, i64>(0)?, relation, rows::money(row, 2)?))
        })
        .optional()?;
    let (insured, relation, amount) = found.ok_or(WriteRefusal::NotPending)?;
    cx.db
        .prepare_cached("UPDATE premium SET status = ?2 WHERE id = ?1")?
        .execute((payment, codes::premium_status_code(PremiumStatus::Refunded)))?;
    let entry = Entry {
        owner: cx.person,
        day: cx.day,
        kind: RowKind::PremiumRefund,
        amount,
        place: booking::TAX_OFFICE,
        relative: relation.map(|relation| (insured, relation)),
        settlement: None,
        reserve: None,
    };
    let booked = booking::book(cx.db, &entry)?;
    Ok(Done { balance_after: booked.map(|booked| booked.balance), pending: false })
}
