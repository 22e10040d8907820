//! The personal account: balance, pages and statements.

use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, Transaction};

use super::{Failure, STATEMENT_ROWS_MAX, codes, family, page_bounds, rows};
use crate::domain::account::Balance;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::records::port::{
    AccountPage, AccountStatement, LedgerError, Overview, Page, PageRequest,
};

/// What home shows.
pub(super) fn overview(db: &Transaction<'_>, owner: i64, today: Date) -> Result<Overview, Failure> {
    let used_by = family::used_by_beneficiary(db, owner, today)?;
    let mut first =
        db.prepare_cached("SELECT day FROM movement WHERE owner = ?1 AND serial = 1")?;
    Ok(Overview {
        balance: balance(db, owner, today)?,
        used_this_year: used_by.iter().map(|(_, used)| *used).sum(),
        used_by,
        first_record: first.query_row([owner], |row| codes::day(0, row.get(0)?)).optional()?,
    })
}

/// One page of movements, newest first.
pub(super) fn page(
    db: &Transaction<'_>,
    owner: i64,
    period: Period,
    request: PageRequest,
) -> Result<AccountPage, Failure> {
    let Some((first, last)) = serials(db, owner, period)? else {
        let page = Page { rows: Vec::new(), index: request.index, total_rows: 0 };
        return Ok(AccountPage { page, income: Money::ZERO, spending: Money::ZERO });
    };
    let (skip, size) = page_bounds(request);
    let newest = last - i64::try_from(skip).unwrap_or(i64::MAX);
    let oldest = newest.saturating_sub(i64::try_from(size).unwrap_or(i64::MAX) - 1).max(first);
    let rows = rows::movements(
        db,
        "WHERE m.owner = ?1 AND m.serial BETWEEN ?2 AND ?3 ORDER BY m.serial DESC",
        &[&owner, &oldest, &newest],
    )?;
    let mut sums = db.prepare_cached(
        "SELECT coalesce(sum(max(amount_fen, 0)), 0),
            coalesce(sum(min(amount_fen, 0)), 0)
        FROM movement WHERE owner = ?1 AND serial BETWEEN ?2 AND ?3",
    )?;
    let (income, spending) = sums
        .query_row([owner, first, last], |row| Ok((rows::money(row, 0)?, -rows::money(row, 1)?)))?;
    let total_rows = u32::try_from(last - first + 1).unwrap_or(u32::MAX);
    let page = Page { rows, index: request.index, total_rows };
    Ok(AccountPage { page, income, spending })
}

/// Everything an account statement needs.
pub(super) fn statement(
    db: &Transaction<'_>,
    owner: i64,
    period: Period,
) -> Result<AccountStatement, Failure> {
    let Some((first, last)) = serials(db, owner, period)? else {
        let standing = balance_before(db, owner, period.from())?;
        return Ok(AccountStatement {
            period,
            opening: standing,
            closing: standing,
            rows: Vec::new(),
        });
    };
    if last - first >= i64::from(STATEMENT_ROWS_MAX) {
        return Err(LedgerError::TooManyRows(STATEMENT_ROWS_MAX).into());
    }
    let rows = rows::movements(
        db,
        "WHERE m.owner = ?1 AND m.serial BETWEEN ?2 AND ?3 ORDER BY m.serial",
        &[&owner, &first, &last],
    )?;
    let opening = rows.first().map_or(Money::ZERO, |row| row.balance_after - row.amount);
    let closing = rows.last().map_or(Money::ZERO, |row| row.balance_after);
    Ok(AccountStatement { period, opening, closing, rows })
}

/// The money now; what came in before this year is 历年.
fn balance(db: &Transaction<'_>, owner: i64, today: Date) -> rusqlite::Result<Balance> {
    let mut last = db.prepare_cached(
        "SELECT balance_after_fen, this_year_fen, day FROM movement
        WHERE owner = ?1 ORDER BY serial DESC LIMIT 1",
    )?;
    let row = |row: &Row<'_>| {
        let (total, this_year) = (rows::money(row, 0)?, rows::money(row, 1)?);
        let balance = Balance { total, this_year, earlier_years: total - this_year };
        let year = codes::day(2, row.get(2)?)?.year();
        Ok(if year < today.year() { balance.carried_over() } else { balance })
    };
    Ok(last.query_row([owner], row).optional()?.unwrap_or_default())
}

fn balance_before(db: &Transaction<'_>, owner: i64, day: Date) -> rusqlite::Result<Money> {
    let mut last = db.prepare_cached(
        "SELECT m.balance_after_fen FROM movement AS m
        WHERE m.owner = ?1 AND m.day < ?2 ORDER BY m.day DESC, m.serial DESC LIMIT 1",
    )?;
    let found = last.query_row([owner, codes::day_code(day)], |row| rows::money(row, 0));
    Ok(found.optional()?.unwrap_or(Money::ZERO))
}

/// First and last serial of a period. Serials have no gaps and follow the days (a trigger of the
/// schema holds it), so these two say how many rows there are and where each page lies.
fn serials(
    db: &Transaction<'_>,
    owner: i64,
    period: Period,
) -> rusqlite::Result<Option<(i64, i64)>> {
    let (from, to) = (codes::day_code(period.from()), codes::day_code(period.to()));
    let mut first = db.prepare_cached(
        "SELECT serial FROM movement INDEXED BY movement_by_day
        WHERE owner = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day, serial LIMIT 1",
    )?;
    let mut last = db.prepare_cached(
        "SELECT serial FROM movement INDEXED BY movement_by_day
        WHERE owner = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day DESC, serial DESC LIMIT 1",
    )?;
    let serial = |row: &Row<'_>| row.get::<_, i64>(0);
    let first = first.query_row([owner, from, to], serial).optional()?;
    let last = last.query_row([owner, from, to], serial).optional()?;
    Ok(first.zip(last))
}
