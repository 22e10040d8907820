//! Persons: the output of 1101, and what a settlement says of its patient.

use jiff::civil::DateTime;
use rusqlite::{OptionalExtension, params};

use super::fields::{Fields, Problem, problem};
use crate::domain::id_number::IdNumber;
use crate::domain::money::Money;
use crate::domain::person::{Gender, PersonName, PersonNo};
use crate::records::embedded::codes::{day_code, fen, gender_code, time_text};
use crate::records::embedded::write::{InsuranceRow, PersonRow, Writer};

/// `psn_cert_type` of documents with the check digit of GB 11643 (or the foreigners' form).
const CHECKED_CERT_TYPES: [&str; 2] = ["01", "07"];

/// A person as 1101 gives them.
pub(super) struct Person {
    pub row: PersonRow,
    insurances: Vec<InsuranceRow>,
    /// psn_idet_type, begntime, endtime
    identities: Vec<(String, String, Option<String>)>,
    /// `balc` of the employees' insurance.
    pub balance: Option<Money>,
    pub answered_at: Option<DateTime>,
    pub warnings: Vec<String>,
}

/// Reads `baseinfo`, `insuinfo` and `idetinfo`.
pub(super) fn read(fields: Fields<'_>, answered_at: Option<DateTime>) -> Result<Person, Problem> {
    let base = fields.list("baseinfo")?;
    let Some(base) = base.first() else { return problem("baseinfo", "is empty; give a person") };
    let mut warnings = Vec::new();
    let row = read_row(*base, &mut warnings)?;
    let mut person = Person {
        row,
        insurances: Vec::new(),
        identities: Vec::new(),
        balance: None,
        answered_at,
        warnings,
    };
    for insurance in fields.list("insuinfo")? {
        person.insurances.push(read_insurance(insurance)?);
        let balance = insurance.amount("balc")?;
        if insurance.text("insutype")?.as_deref() == Some("310") {
            person.balance = balance;
        }
    }
    if person.balance.is_some_and(Money::is_negative) {
        return problem("balc", "is below zero, which no personal account can be; ask again");
    }
    for identity in fields.list("idetinfo")? {
        let begin = identity.text("begntime")?.unwrap_or_default();
        let row = (identity.required("psn_idet_type")?, begin, identity.text("endtime")?);
        person.identities.push(row);
    }
    Ok(person)
}

/// Reads who a person is, from `baseinfo` or from a settlement.
pub(super) fn read_row(
    fields: Fields<'_>,
    warnings: &mut Vec<String>,
) -> Result<PersonRow, Problem> {
    let cert_type = fields.text("psn_cert_type")?.unwrap_or_else(|| String::from("01"));
    let number = fields.required("certno")?;
    let id_number = if CHECKED_CERT_TYPES.contains(&cert_type.as_str()) {
        IdNumber::parse(&number)
    } else {
        IdNumber::parse_other_document(&number)
    };
    let id_number = match id_number {
        Ok(number) => number,
        Err(error) => return problem("certno", format!("{error}; correct it at its source")),
    };
    let stated = fields.text("gend")?.as_deref().and_then(Gender::from_code);
    let Some(gender) = stated.or(id_number.gender()) else {
        return problem("gend", "is neither 1 nor 2, and the document number does not say it");
    };
    let birth = fields.day("brdy")?.or(id_number.birth());
    if id_number.gender().is_some_and(|in_number| in_number != gender) {
        warnings.push(String::from("gend differs from the document number"));
    }
    if id_number.birth().is_some_and(|in_number| birth != Some(in_number)) {
        warnings.push(String::from("brdy differs from the document number"));
    }
    Ok(PersonRow {
        psn_no: PersonNo::new(fields.required("psn_no")?),
        name: PersonName::new(fields.required("psn_name")?),
        cert_type,
        id_number: id_number.upgraded(),
        gender,
        naty: fields.text("naty")?.unwrap_or_default(),
        birth,
    })
}

fn read_insurance(fields: Fields<'_>) -> Result<InsuranceRow, Problem> {
    let status = fields.required("psn_insu_stas")?;
    if !["0", "1", "2", "3"].contains(&status.as_str()) {
        return problem("psn_insu_stas", "is not 0, 1, 2 or 3; correct it at its source");
    }
    // Both spellings occur in live systems.
    let region = fields.text("insuplc_admdvs")?.or(fields.text("insuplc_admvs")?);
    let region = region.unwrap_or_default();
    if region.len() != 6 || !region.bytes().all(|byte| byte.is_ascii_digit()) {
        return problem("insuplc_admdvs", "is not six digits; correct it at its source");
    }
    Ok(InsuranceRow {
        insutype: fields.required("insutype")?,
        psn_type: fields.text("psn_type")?.unwrap_or_default(),
        status,
        since: fields.day("psn_insu_date")?,
        region,
        employer: fields.text("emp_name")?.unwrap_or_default(),
    })
}

/// Why a record cannot be stored, or SQLite's own failure.
pub(super) enum Trouble {
    Problem(Problem),
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// The ledger's row of a person with this number, if there is one.
pub(super) fn find(writer: &Writer<'_>, psn_no: &PersonNo) -> rusqlite::Result<Option<i64>> {
    let mut find = writer.db.prepare_cached("SELECT id FROM person WHERE psn_no = ?1")?;
    find.query_row([psn_no.reveal()], |row| row.get(0)).optional()
}

/// The person's row, new if need be; refuses one whose numbers belong to different persons.
pub(super) fn find_or_add(writer: &Writer<'_>, row: &PersonRow) -> Result<(i64, bool), Trouble> {
    let mut by_document = writer.db.prepare_cached("SELECT id FROM person WHERE certno = ?1")?;
    let holder: Option<i64> =
        by_document.query_row([row.id_number.reveal()], |row| row.get(0)).optional()?;
    match (find(writer, &row.psn_no)?, holder) {
        (Some(person), Some(holder)) if person == holder => Ok((person, false)),
        (None, None) => Ok((writer.person(row)?, true)),
        (Some(_), _) => Ok(problem(
            "psn_no",
            "is in the ledger with another document number; find out which of the two is right",
        )?),
        (None, Some(_)) => Ok(problem(
            "certno",
            "is in the ledger with another psn_no; find out which of the two is right",
        )?),
    }
}

/// Stores what 1101 says, over what was known; whether anything was new.
pub(super) fn store(writer: &Writer<'_>, person: &Person) -> Result<(i64, bool), Trouble> {
    let (id, added) = find_or_add(writer, &person.row)?;
    let row = &person.row;
    let mut update = writer.db.prepare_cached(
        "UPDATE person SET psn_name = ?2, psn_cert_type = ?3, gend = ?4, naty = ?5, brdy = ?6
        WHERE id = ?1 AND (psn_name, psn_cert_type, gend, naty, brdy) IS NOT (?2, ?3, ?4, ?5, ?6)",
    )?;
    let birth = row.birth.map(day_code);
    let mut changed = added;
    changed |= update.execute(params![
        id,
        row.name.reveal(),
        row.cert_type,
        gender_code(row.gender),
        row.naty,
        birth
    ])? > 0;
    for insurance in &person.insurances {
        changed |= !known_insurance(writer, id, insurance)?;
        writer.insurance(id, insurance)?;
    }
    for (kind, begin, end) in &person.identities {
        let mut insert = writer.db.prepare_cached(
            "INSERT INTO identity VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET endtime = ?4 WHERE endtime IS NOT ?4",
        )?;
        changed |= insert.execute(params![id, kind, begin, end])? > 0;
    }
    Ok((id, changed))
}

/// Keeps the stated balance of an imported account, unless a later one is known already. Whether
/// it is new; `None` when the ledger keeps the account itself.
pub(super) fn store_balance(
    writer: &Writer<'_>,
    person: i64,
    balance: Money,
    at: DateTime,
) -> rusqlite::Result<Option<bool>> {
    if kept_by_ledger(writer, person)? {
        return Ok(None);
    }
    let mut insert = writer.db.prepare_cached(
        "INSERT INTO imported_account VALUES (?1, ?2, ?3)
        ON CONFLICT DO UPDATE SET stated_fen = ?2, stated_at = ?3
        WHERE stated_at IS NULL OR (stated_at <= ?3 AND stated_fen <> ?2)",
    )?;
    insert.execute(params![person, fen(balance)?, time_text(at)]).map(|rows| Some(rows > 0))
}

/// Whether the account has movements that no import made: they are never rewritten.
pub(super) fn kept_by_ledger(writer: &Writer<'_>, person: i64) -> rusqlite::Result<bool> {
    let mut kept = writer.db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM movement WHERE owner = ?1)
            AND NOT EXISTS (SELECT 1 FROM imported_account WHERE person = ?1)",
    )?;
    kept.query_row([person], |row| row.get(0))
}

fn known_insurance(writer: &Writer<'_>, person: i64, row: &InsuranceRow) -> rusqlite::Result<bool> {
    let mut find = writer.db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM insurance WHERE person = ?1 AND insutype = ?2
            AND (psn_type, psn_insu_stas, psn_insu_date, insuplc_admdvs, emp_name)
                IS (?3, ?4, ?5, ?6, ?7))",
    )?;
    let since = row.since.map(day_code);
    find.query_row(
        params![person, row.insutype, row.psn_type, row.status, since, row.region, row.employer],
        |row| row.get(0),
    )
}
