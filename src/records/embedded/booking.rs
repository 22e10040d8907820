//! Entries into personal accounts by writes of the kiosk and by settlements.

use jiff::civil::Date;
use rusqlite::{OptionalExtension, Transaction};

use super::codes::{self, RowKind};
use super::rows;
use super::write::{MovementRow, Writer};
use crate::domain::account::Balance;
use crate::domain::family::Relation;
use crate::domain::money::Money;

/// Who takes premiums.
pub(super) const TAX_OFFICE: (&str, &str) = ("", "税务部门社保费征收");
/// The common account of a family.
pub(super) const COMMON: (&str, &str) = ("", "家庭共济账户");
/// An amount locked for a relative.
pub(super) const QUOTA: (&str, &str) = ("", "家人共济额度");

/// One entry of double-entry book-keeping, seen from the personal account.
pub(super) struct Entry<'a> {
    /// Whose account.
    pub owner: i64,
    /// The earliest day it can have.
    pub day: Date,
    /// Why.
    pub kind: RowKind,
    /// Into the account (positive) or out of it.
    pub amount: Money,
    /// The other side.
    pub place: (&'a str, &'a str),
    /// The relative that it is about.
    pub relative: Option<(i64, Relation)>,
    /// The settlement that it pays, or pays back.
    pub settlement: Option<i64>,
    /// The money set aside that is the other side.
    pub reserve: Option<i64>,
}

/// What an entry left behind.
#[derive(Clone, Copy)]
pub(super) struct Booked {
    /// Its number in the account.
    pub serial: i64,
    /// The balance after it.
    pub balance: Money,
}

/// What is in a personal account.
pub(super) fn balance(db: &Transaction<'_>, owner: i64) -> rusqlite::Result<Money> {
    Ok(last(db, owner)?.map_or(Money::ZERO, |row| row.balance.total))
}

/// Books an entry; `None` when the account would fall below zero.
///
/// An account's days never go back: an entry of a kiosk whose clock is behind gets the day of the
/// latest one. From now on the ledger keeps the account itself, wherever it was imported from.
pub(super) fn book(db: &Transaction<'_>, entry: &Entry<'_>) -> rusqlite::Result<Option<Booked>> {
    let last = last(db, entry.owner)?;
    let day = last.as_ref().map_or(entry.day, |row| row.day.max(entry.day));
    let (serial, before) = match last {
        Some(row) if row.day.year() < day.year() => (row.serial, row.balance.carried_over()),
        Some(row) => (row.serial, row.balance),
        None => (0, Balance::default()),
    };
    let Some(after) = before.after(entry.kind.movement_kind(), entry.amount) else {
        return Ok(None);
    };
    let mut writer = Writer::new(db);
    let place = writer.place(entry.place.0, entry.place.1)?;
    let row = MovementRow {
        serial: serial + 1,
        day,
        kind: entry.kind,
        amount: entry.amount,
        after,
        place,
        relative: entry.relative,
        settlement: entry.settlement,
        reserve: entry.reserve,
    };
    writer.movement(entry.owner, &row)?;
    db.prepare_cached("DELETE FROM imported_account WHERE person = ?1")?.execute([entry.owner])?;
    Ok(Some(Booked { serial: serial + 1, balance: after.total }))
}

/// The row of the common account of a family, made at the first need.
pub(super) fn common_account(db: &Transaction<'_>, owner: i64) -> rusqlite::Result<i64> {
    let found = db
        .prepare_cached("SELECT id FROM reserve WHERE owner = ?1 AND authorisation IS NULL")?
        .query_row([owner], |row| row.get(0))
        .optional()?;
    match found {
        Some(id) => Ok(id),
        None => db.prepare_cached("INSERT INTO reserve (owner) VALUES (?1)")?.insert([owner]),
    }
}

/// The row of the amount locked for an authorisation, made at the first need.
pub(super) fn quota_account(
    db: &Transaction<'_>,
    owner: i64,
    authorisation: i64,
) -> rusqlite::Result<i64> {
    let found = db
        .prepare_cached("SELECT id FROM reserve WHERE authorisation = ?1")?
        .query_row([authorisation], |row| row.get(0))
        .optional()?;
    match found {
        Some(id) => Ok(id),
        None => db
            .prepare_cached("INSERT INTO reserve (owner, authorisation) VALUES (?1, ?2)")?
            .insert([owner, authorisation]),
    }
}

/// What is set aside under this row.
pub(super) fn set_aside(db: &Transaction<'_>, reserve: i64) -> rusqlite::Result<Money> {
    let mut read = db.prepare_cached("SELECT balance_fen FROM reserve WHERE id = ?1")?;
    read.query_row([reserve], |row| rows::money(row, 0))
}

struct Last {
    serial: i64,
    day: Date,
    balance: Balance,
}

fn last(db: &Transaction<'_>, owner: i64) -> rusqlite::Result<Option<Last>> {
    let mut read = db.prepare_cached(
        "SELECT serial, day, balance_after_fen, this_year_fen FROM movement
        WHERE owner = ?1 ORDER BY serial DESC LIMIT 1",
    )?;
    let row = |row: &rusqlite::Row<'_>| {
        let (total, this_year) = (rows::money(row, 2)?, rows::money(row, 3)?);
        let balance = Balance { total, this_year, earlier_years: total - this_year };
        Ok(Last { serial: row.get(0)?, day: codes::day(1, row.get(1)?)?, balance })
    };
    read.query_row([owner], row).optional()
}
