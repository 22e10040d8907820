//! Premiums paid from an account (共济缴费).

use rusqlite::Transaction;

use super::{Failure, STATEMENT_ROWS_MAX, codes, page_bounds, rows};
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::premium::PremiumPayment;
use crate::records::port::{LedgerError, Page, PageRequest, PremiumPage};

/// One page of premiums, newest first.
pub(super) fn page(
    db: &Transaction<'_>,
    owner: i64,
    period: Period,
    request: PageRequest,
) -> Result<PremiumPage, Failure> {
    let (from, to) = (codes::day_code(period.from()), codes::day_code(period.to()));
    let (total_rows, total) = count_and_sum(db, owner, from, to)?;
    let (skip, size) = page_bounds(request);
    let (skip, size) = (i64::try_from(skip).unwrap_or(i64::MAX), i64::try_from(size).unwrap_or(0));
    let rows = rows::premiums(
        db,
        "WHERE p.payer = ?1 AND p.paid_on BETWEEN ?2 AND ?3
            ORDER BY p.paid_on DESC, p.id DESC LIMIT ?4 OFFSET ?5",
        &[&owner, &from, &to, &size, &skip],
    )?;
    Ok(PremiumPage { page: Page { rows, index: request.index, total_rows }, total })
}

/// All premiums of a period, oldest first.
pub(super) fn statement_rows(
    db: &Transaction<'_>,
    owner: i64,
    period: Period,
) -> Result<Vec<PremiumPayment>, Failure> {
    let (from, to) = (codes::day_code(period.from()), codes::day_code(period.to()));
    if count_and_sum(db, owner, from, to)?.0 > STATEMENT_ROWS_MAX {
        return Err(LedgerError::TooManyRows(STATEMENT_ROWS_MAX).into());
    }
    Ok(rows::premiums(
        db,
        "WHERE p.payer = ?1 AND p.paid_on BETWEEN ?2 AND ?3 ORDER BY p.paid_on, p.id",
        &[&owner, &from, &to],
    )?)
}

fn count_and_sum(
    db: &Transaction<'_>,
    owner: i64,
    from: i64,
    to: i64,
) -> rusqlite::Result<(u32, Money)> {
    let mut statement = db.prepare_cached(
        "SELECT count(*), coalesce(sum(amount_fen) FILTER (WHERE status <> 3), 0)
        FROM premium WHERE payer = ?1 AND paid_on BETWEEN ?2 AND ?3",
    )?;
    statement.query_row([owner, from, to], |row| Ok((row.get(0)?, rows::money(row, 1)?)))
}
