//! A person's own visits and what was reimbursed (看病记录、报销明细).

use rusqlite::{Row, Transaction};

use super::{Failure, STATEMENT_ROWS_MAX, codes, page_bounds, rows};
use crate::domain::period::Period;
use crate::records::port::{CarePage, CareStatement, CareSums, LedgerError, Page, PageRequest};

/// One page of settlements, newest first.
pub(super) fn page(
    db: &Transaction<'_>,
    patient: i64,
    period: Period,
    request: PageRequest,
) -> Result<CarePage, Failure> {
    let (from, to) = span(period);
    let (total_rows, sums) = count_and_sums(db, patient, &from, &to)?;
    let (skip, size) = page_bounds(request);
    let (skip, size) = (i64::try_from(skip).unwrap_or(i64::MAX), i64::try_from(size).unwrap_or(0));
    let rows = rows::settlements(
        db,
        "WHERE s.patient = ?1 AND s.setl_time BETWEEN ?2 AND ?3
            ORDER BY s.setl_time DESC, s.id DESC LIMIT ?4 OFFSET ?5",
        &[&patient, &from, &to, &size, &skip],
    )?;
    Ok(CarePage { page: Page { rows, index: request.index, total_rows }, sums })
}

/// All settlements of a period, oldest first.
pub(super) fn statement(
    db: &Transaction<'_>,
    patient: i64,
    period: Period,
) -> Result<CareStatement, Failure> {
    let (from, to) = span(period);
    let (count, sums) = count_and_sums(db, patient, &from, &to)?;
    if count > STATEMENT_ROWS_MAX {
        return Err(LedgerError::TooManyRows(STATEMENT_ROWS_MAX).into());
    }
    let rows = rows::settlements(
        db,
        "WHERE s.patient = ?1 AND s.setl_time BETWEEN ?2 AND ?3 ORDER BY s.setl_time, s.id",
        &[&patient, &from, &to],
    )?;
    Ok(CareStatement { period, rows, sums })
}

/// The first and the last second of a period as the table writes them.
fn span(period: Period) -> (String, String) {
    let first = codes::time_text(period.from().at(0, 0, 0, 0));
    let last = codes::time_text(period.to().at(23, 59, 59, 0));
    (first, last)
}

fn count_and_sums(
    db: &Transaction<'_>,
    patient: i64,
    from: &str,
    to: &str,
) -> rusqlite::Result<(u32, CareSums)> {
    let mut statement = db.prepare_cached(
        "SELECT count(*), coalesce(sum(medfee_sumamt), 0), coalesce(sum(fund_pay_sumamt), 0),
            coalesce(sum(acct_pay), 0), coalesce(sum(acct_mulaid_pay), 0),
            coalesce(sum(cash_payamt), 0)
        FROM settlement WHERE patient = ?1 AND setl_time BETWEEN ?2 AND ?3",
    )?;
    statement.query_row((patient, from, to), |row: &Row<'_>| {
        let sums = CareSums {
            total: rows::money(row, 1)?,
            fund: rows::money(row, 2)?,
            account: rows::money(row, 3)?,
            mutual_aid: rows::money(row, 4)?,
            cash: rows::money(row, 5)?,
        };
        Ok((row.get(0)?, sums))
    })
}
