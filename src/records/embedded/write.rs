//! Writing rows into the ledger: used by `records generate` and `records import`.

use std::collections::HashMap;

use jiff::civil::Date;
use rusqlite::{OptionalExtension, Transaction, params};

use super::codes::{self, RowKind, day_code, fen};
pub(crate) use super::schema::{open_existing, open_or_create};
pub(crate) use super::settlements::{Amounts, SettlementRow};
use crate::domain::account::Balance;
use crate::domain::family::Relation;
use crate::domain::id_number::IdNumber;
use crate::domain::money::Money;
use crate::domain::person::{CardNo, Gender, PersonName, PersonNo};
use crate::domain::premium::PremiumStatus;

/// A row of `person`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PersonRow {
    pub psn_no: PersonNo,
    pub name: PersonName,
    pub cert_type: String,
    pub id_number: IdNumber,
    pub gender: Gender,
    pub naty: String,
    pub birth: Option<Date>,
}

/// A row of `insurance`, without its person.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct InsuranceRow {
    pub insutype: String,
    pub psn_type: String,
    pub status: String,
    pub since: Option<Date>,
    pub region: String,
    pub employer: String,
}

/// A row of `movement`, without its owner.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct MovementRow {
    pub serial: i64,
    pub day: Date,
    pub kind: RowKind,
    pub amount: Money,
    pub after: Balance,
    pub place: i64,
    pub relative: Option<(i64, Relation)>,
    pub settlement: Option<i64>,
    /// The money set aside that the amount goes into or comes from.
    pub reserve: Option<i64>,
}

/// Writes rows in one transaction.
pub(crate) struct Writer<'t> {
    pub db: &'t Transaction<'t>,
    places: HashMap<(String, String), i64>,
}

impl<'t> Writer<'t> {
    pub(crate) fn new(db: &'t Transaction<'t>) -> Self {
        Self { db, places: HashMap::new() }
    }

    pub(crate) fn person(&self, row: &PersonRow) -> rusqlite::Result<i64> {
        let mut insert = self.db.prepare_cached(
            "INSERT INTO person (psn_no, psn_name, psn_cert_type, certno, gend, naty, brdy)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        insert.insert(params![
            row.psn_no.reveal(),
            row.name.reveal(),
            row.cert_type,
            row.id_number.upgraded().reveal(),
            codes::gender_code(row.gender),
            row.naty,
            row.birth.map(day_code),
        ])
    }

    pub(crate) fn card(
        &self,
        person: i64,
        number: &CardNo,
        expires: Date,
        lost: bool,
    ) -> rusqlite::Result<()> {
        let mut insert = self.db.prepare_cached(
            "INSERT INTO card (card_no, person, expires, lost) VALUES (?1, ?2, ?3, ?4)",
        )?;
        insert.execute(params![number.reveal(), person, day_code(expires), lost]).map(drop)
    }

    /// Adds the insurance, or replaces what was known of it.
    pub(crate) fn insurance(&self, person: i64, row: &InsuranceRow) -> rusqlite::Result<()> {
        let mut insert = self.db.prepare_cached(
            "INSERT OR REPLACE INTO insurance VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let since = row.since.map(day_code);
        insert
            .execute(params![
                person,
                row.insutype,
                row.psn_type,
                row.status,
                since,
                row.region,
                row.employer
            ])
            .map(drop)
    }

    pub(crate) fn place(&mut self, code: &str, name: &str) -> rusqlite::Result<i64> {
        let key = (String::from(code), String::from(name));
        if let Some(id) = self.places.get(&key) {
            return Ok(*id);
        }
        let mut find =
            self.db.prepare_cached("SELECT id FROM place WHERE code = ?1 AND name = ?2")?;
        let id = match find.query_row([code, name], |row| row.get(0)).optional()? {
            Some(id) => id,
            None => {
                let mut insert =
                    self.db.prepare_cached("INSERT INTO place (code, name) VALUES (?1, ?2)")?;
                insert.insert([code, name])?
            }
        };
        self.places.insert(key, id);
        Ok(id)
    }

    pub(crate) fn movement(&self, owner: i64, row: &MovementRow) -> rusqlite::Result<()> {
        let mut insert = self.db.prepare_cached(
            "INSERT INTO movement (owner, serial, day, kind, amount_fen, balance_after_fen,
                this_year_fen, place, relative, relation, settlement, reserve)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?;
        insert
            .execute(params![
                owner,
                row.serial,
                day_code(row.day),
                row.kind.code(),
                fen(row.amount)?,
                fen(row.after.total)?,
                fen(row.after.this_year)?,
                row.place,
                row.relative.map(|(person, _)| person),
                row.relative.map(|(_, relation)| codes::relation_code(relation)),
                row.settlement,
                row.reserve,
            ])
            .map(drop)
    }

    pub(crate) fn premium(
        &self,
        payer: i64,
        insured: (i64, Option<Relation>),
        year: i16,
        paid_on: Date,
        amount: Money,
        status: PremiumStatus,
    ) -> rusqlite::Result<i64> {
        let mut insert = self.db.prepare_cached(
            "INSERT INTO premium
                (payer, insured, relation, insured_year, paid_on, amount_fen, status)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        insert.insert(params![
            payer,
            insured.0,
            insured.1.map(codes::relation_code),
            year,
            day_code(paid_on),
            fen(amount)?,
            codes::premium_status_code(status),
        ])
    }
}
