//! Whom an account is and was shared with (授权记录).

use jiff::civil::Date;
use rusqlite::{Row, Transaction};

use super::{Failure, codes, page_bounds, rows, usage};
use crate::domain::money::Money;
use crate::records::port::{AuthorisationRecord, AuthorisationState, Page, PageRequest};

/// Later than any day that can be stored.
const NEVER: i64 = 99_991_231;

/// One page, newest first.
pub(super) fn page(
    db: &Transaction<'_>,
    donor: i64,
    today: Date,
    request: PageRequest,
) -> Result<Page<AuthorisationRecord>, Failure> {
    let total_rows = db
        .prepare_cached("SELECT count(*) FROM authorisation WHERE donor = ?1")?
        .query_row([donor], |row| row.get(0))?;
    let (skip, size) = page_bounds(request);
    let (skip, size) = (i64::try_from(skip).unwrap_or(i64::MAX), i64::try_from(size).unwrap_or(0));
    // What was used from the day of this authorisation until the day of the pair's next one.
    let mut select = db.prepare_cached(
        "SELECT a.relation, b.psn_no, b.psn_name, b.gend, a.since, a.until, a.state, a.closed_on,
            a.acceptance_no, b.id,
            (SELECT min(later.since) FROM authorisation AS later
                WHERE later.donor = a.donor AND later.beneficiary = a.beneficiary
                AND later.id > a.id AND later.since >= a.since)
        FROM authorisation AS a JOIN person AS b ON b.id = a.beneficiary
        WHERE a.donor = ?1 ORDER BY a.since DESC, a.id DESC LIMIT ?2 OFFSET ?3",
    )?;
    let found: Vec<(AuthorisationRecord, i64, i64)> = select
        .query_map([donor, size, skip], |row| {
            let next: Option<i64> = row.get(10)?;
            Ok((record(row, today)?, row.get(9)?, next.map_or(NEVER, |day| day - 1)))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let complete = |(mut record, relative, to): (AuthorisationRecord, i64, i64)| {
        let from = codes::day_code(record.since);
        record.used = usage::between(db, donor, relative, from, to)?;
        Ok(record)
    };
    let rows = found.into_iter().map(complete).collect::<Result<_, Failure>>()?;
    Ok(Page { rows, index: request.index, total_rows })
}

fn record(row: &Row<'_>, today: Date) -> rusqlite::Result<AuthorisationRecord> {
    let optional = |column: usize| -> rusqlite::Result<Option<Date>> {
        row.get::<_, Option<i64>>(column)?.map(|code| codes::day(column, code)).transpose()
    };
    let since = codes::day(4, row.get(4)?)?;
    let until = optional(5)?;
    let closed = optional(7)?.unwrap_or(today);
    let past = until.is_some_and(|last| last < today);
    let state = match row.get::<_, i64>(6)? {
        1 if past => AuthorisationState::Declined,
        1 => AuthorisationState::Invited,
        2 if past => AuthorisationState::Ended,
        2 if since > today => AuthorisationState::NotYet,
        2 => AuthorisationState::Active,
        3 => AuthorisationState::Declined,
        4 => AuthorisationState::Released(closed),
        _ => AuthorisationState::Ended,
    };
    Ok(AuthorisationRecord {
        who: rows::relative(row, 0)?.ok_or_else(|| codes::out_of_range(0, 0))?,
        since,
        until,
        state,
        acceptance_no: row.get(8)?,
        used: Money::ZERO,
    })
}
