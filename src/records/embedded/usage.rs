//! What a relative has used of an account in a year: care and premiums, refunds taken off.

use jiff::civil::Date;
use rusqlite::Transaction;

use super::{codes, rows};
use crate::domain::money::Money;

/// What `relative` used of `owner`'s account since 1 January of `today`'s year.
pub(super) fn this_year(
    db: &Transaction<'_>,
    owner: i64,
    relative: i64,
    today: Date,
) -> rusqlite::Result<Money> {
    between(db, owner, relative, codes::day_code(today.first_of_year()), codes::day_code(today))
}

/// What `relative` used of `owner`'s account on the days `from` to `to`.
pub(super) fn between(
    db: &Transaction<'_>,
    owner: i64,
    relative: i64,
    from: i64,
    to: i64,
) -> rusqlite::Result<Money> {
    let mut sum = db.prepare_cached(
        "SELECT
            (SELECT coalesce(sum(m.amount_fen), 0)
                FROM movement AS m INDEXED BY movement_family_use
                WHERE m.owner = ?1 AND m.day BETWEEN ?3 AND ?4 AND m.kind IN (4, 7)
                AND m.relative = ?2)
            - (SELECT coalesce(sum(p.amount_fen), 0) FROM premium AS p
                WHERE p.payer = ?1 AND p.paid_on BETWEEN ?3 AND ?4
                AND p.insured = ?2 AND p.status <> 3)",
    )?;
    sum.query_row([owner, relative, from, to], |row| Ok(-rows::money(row, 0)?))
}
