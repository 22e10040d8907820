//! What relatives used of an account (共济支付).

use std::collections::HashMap;

use jiff::civil::Date;
use rusqlite::{Row, ToSql, Transaction};

use super::{Failure, STATEMENT_ROWS_MAX, codes, page_bounds, rows};
use crate::domain::account::{Movement, RelativeRef};
use crate::domain::family::Beneficiary;
use crate::domain::id_number::IdNumber;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::person::{PersonName, PersonNo};
use crate::records::port::{FamilyUse, LedgerError, Page, PageRequest};
use rusqlite::types::Type;

/// The most months a chart shows.
const CHART_MONTHS_MAX: u16 = 12;

/// Rows of relatives' use in a span of days, of one relative or (`?4` NULL) of all; read from the
/// index alone.
const USE: &str = "FROM movement AS m INDEXED BY movement_family_use
    WHERE m.owner = ?1 AND m.day BETWEEN ?2 AND ?3 AND m.kind IN (4, 7)
    AND (?4 IS NULL OR m.relative = ?4)";

/// One page of use, newest first, with its sums.
pub(super) fn page(
    db: &Transaction<'_>,
    owner: i64,
    relative: Option<i64>,
    period: Period,
    request: PageRequest,
) -> Result<FamilyUse, Failure> {
    let span = Span { owner, relative, from: period.from(), to: period.to() };
    let (total_rows, total) = span.count_and_sum(db)?;
    let (skip, size) = page_bounds(request);
    let (skip, size) = (i64::try_from(skip).unwrap_or(i64::MAX), i64::try_from(size).unwrap_or(0));
    let serials =
        format!("SELECT m.serial {USE} ORDER BY m.day DESC, m.serial DESC LIMIT ?5 OFFSET ?6");
    let rows = span.movements(db, &serials, "DESC", &[&size, &skip])?;
    let everyone = Span { relative: None, ..span };
    Ok(FamilyUse {
        page: Page { rows, index: request.index, total_rows },
        total,
        by_month: span.by_month(db, period)?,
        relatives: everyone.relatives(db)?,
    })
}

/// All use of a period, oldest first.
pub(super) fn statement_rows(
    db: &Transaction<'_>,
    owner: i64,
    period: Period,
) -> Result<Vec<Movement>, Failure> {
    let span = Span { owner, relative: None, from: period.from(), to: period.to() };
    if span.count_and_sum(db)?.0 > STATEMENT_ROWS_MAX {
        return Err(LedgerError::TooManyRows(STATEMENT_ROWS_MAX).into());
    }
    Ok(span.movements(db, &format!("SELECT m.serial {USE}"), "ASC", &[])?)
}

/// Each relative who may use the account today with what they used since 1 January, most first.
pub(super) fn used_by_beneficiary(
    db: &Transaction<'_>,
    owner: i64,
    today: Date,
) -> Result<Vec<(Beneficiary, Money)>, Failure> {
    let mut statement = db.prepare_cached(
        "SELECT b.id, b.psn_no, b.psn_name, b.certno, b.gend,
            a.relation, a.since, a.annual_limit_fen
        FROM authorisation AS a JOIN person AS b ON b.id = a.beneficiary
        WHERE a.donor = ?1 AND a.state = 2 AND a.since <= ?2
            AND (a.until IS NULL OR a.until >= ?2)
        ORDER BY a.since, b.id",
    )?;
    let found = statement.query_map([owner, codes::day_code(today)], |row| {
        Ok((row.get::<_, i64>(0)?, beneficiary(row)?))
    })?;
    let mut used = Vec::new();
    for row in found {
        let (id, beneficiary) = row?;
        let year = Span { owner, relative: Some(id), from: today.first_of_year(), to: today };
        used.push((beneficiary, year.count_and_sum(db)?.1));
    }
    used.sort_by_key(|(_, amount)| core::cmp::Reverse(*amount));
    Ok(used)
}

/// A relative in eight columns: row, number, name, document, sex, relation, first day, limit.
pub(super) fn beneficiary(row: &Row<'_>) -> rusqlite::Result<Beneficiary> {
    let number = row.get_ref(3)?.as_str()?;
    let id_number = IdNumber::parse(number).or_else(|_| IdNumber::parse_other_document(number));
    Ok(Beneficiary {
        psn_no: PersonNo::new(row.get::<_, String>(1)?),
        name: PersonName::new(row.get::<_, String>(2)?),
        id_number: id_number.map_err(|_| codes::conversion(3, Type::Text))?,
        gender: codes::gender(4, row.get(4)?)?,
        relation: codes::relation(5, row.get(5)?)?,
        since: codes::day(6, row.get(6)?)?,
        annual_limit: row.get::<_, Option<i64>>(7)?.map(Money::from_fen),
    })
}

#[derive(Clone, Copy)]
struct Span {
    owner: i64,
    relative: Option<i64>,
    from: Date,
    to: Date,
}

impl Span {
    fn parameters(&self) -> (i64, i64, i64, Option<i64>) {
        (self.owner, codes::day_code(self.from), codes::day_code(self.to), self.relative)
    }

    /// Number of rows, and use less refunds as a positive amount.
    fn count_and_sum(&self, db: &Transaction<'_>) -> rusqlite::Result<(u32, Money)> {
        let sql = format!("SELECT count(*), coalesce(sum(m.amount_fen), 0) {USE}");
        let mut statement = db.prepare_cached(&sql)?;
        statement.query_row(self.parameters(), |row| Ok((row.get(0)?, -rows::money(row, 1)?)))
    }

    fn movements(
        &self,
        db: &Transaction<'_>,
        serials: &str,
        order: &str,
        more: &[&dyn ToSql],
    ) -> rusqlite::Result<Vec<Movement>> {
        let (owner, from, to, relative) = self.parameters();
        let mut parameters: Vec<&dyn ToSql> = vec![&owner, &from, &to, &relative];
        parameters.extend_from_slice(more);
        let condition =
            format!("WHERE m.owner = ?1 AND m.serial IN ({serials}) ORDER BY m.serial {order}");
        rows::movements(db, &condition, &parameters)
    }

    fn by_month(
        &self,
        db: &Transaction<'_>,
        period: Period,
    ) -> rusqlite::Result<Vec<(i16, i8, Money)>> {
        let sql = format!("SELECT m.day / 100, sum(m.amount_fen) {USE} GROUP BY 1");
        let mut statement = db.prepare_cached(&sql)?;
        let sums: HashMap<i64, Money> = statement
            .query_map(self.parameters(), |row| Ok((row.get(0)?, -rows::money(row, 1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let months = period.at_most_months(CHART_MONTHS_MAX).each_month();
        let sum = |year: i16, month: i8| {
            let key = i64::from(year) * 100 + i64::from(month);
            sums.get(&key).copied().unwrap_or(Money::ZERO)
        };
        Ok(months.map(|(year, month)| (year, month, sum(year, month))).collect())
    }

    /// Everyone with a row in the span, most use first, each once (with the latest relation).
    fn relatives(&self, db: &Transaction<'_>) -> rusqlite::Result<Vec<RelativeRef>> {
        let sql = format!(
            "SELECT u.relation, p.psn_no, p.psn_name, p.gend FROM (
                SELECT m.relative, m.relation, max(m.serial), sum(m.amount_fen) AS used
                {USE} GROUP BY m.relative) AS u
            JOIN person AS p ON p.id = u.relative ORDER BY u.used, p.id"
        );
        let mut statement = db.prepare_cached(&sql)?;
        let found = statement.query_map(self.parameters(), |row| rows::relative(row, 0))?;
        found.filter_map(Result::transpose).collect()
    }
}
