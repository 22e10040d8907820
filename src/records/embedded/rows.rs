//! Rows of the ledger's tables as values of the domain.

use rusqlite::types::Type;
use rusqlite::{Row, ToSql, Transaction};

use super::codes;
use crate::domain::account::{Movement, RelativeRef};
use crate::domain::insurance::CareType;
use crate::domain::money::Money;
use crate::domain::person::{PersonName, PersonNo};
use crate::domain::premium::PremiumPayment;
use crate::domain::settlement::Settlement;

/// The columns [`movement`] reads, and where they come from; a `WHERE` on `m` follows.
const MOVEMENT: &str = "
    SELECT m.serial, m.day, m.kind, m.amount_fen, m.balance_after_fen, at.name,
        m.relation, r.psn_no, r.psn_name, r.gend,
        s.setl_id, hospital.name, s.med_type, s.setl_time, s.medfee_sumamt, s.fund_pay_sumamt,
        s.psn_pay, s.acct_pay, s.acct_mulaid_pay, s.cash_payamt, s.refd_setl_flag
    FROM movement AS m
        JOIN place AS at ON at.id = m.place
        LEFT JOIN person AS r ON r.id = m.relative
        LEFT JOIN settlement AS s ON s.id = m.settlement
        LEFT JOIN place AS hospital ON hospital.id = s.place ";

/// The columns [`settlement`] reads, from the first on; a `WHERE` on `s` follows.
const SETTLEMENT: &str = "
    SELECT s.setl_id, hospital.name, s.med_type, s.setl_time, s.medfee_sumamt, s.fund_pay_sumamt,
        s.psn_pay, s.acct_pay, s.acct_mulaid_pay, s.cash_payamt, s.refd_setl_flag
    FROM settlement AS s JOIN place AS hospital ON hospital.id = s.place ";

/// The columns [`premium`] reads; a `WHERE` on `p` follows.
const PREMIUM: &str = "
    SELECT p.id, p.insured_year, p.paid_on, p.amount_fen, p.status,
        p.relation, r.psn_no, r.psn_name, r.gend
    FROM premium AS p JOIN person AS r ON r.id = p.insured ";

/// The movements of `m` that the condition (and order) leaves.
pub(super) fn movements(
    db: &Transaction<'_>,
    condition: &str,
    parameters: &[&dyn ToSql],
) -> rusqlite::Result<Vec<Movement>> {
    let mut statement = db.prepare_cached(&format!("{MOVEMENT}{condition}"))?;
    statement.query_map(parameters, movement)?.collect()
}

/// The settlements of `s` that the condition (and order) leaves.
pub(super) fn settlements(
    db: &Transaction<'_>,
    condition: &str,
    parameters: &[&dyn ToSql],
) -> rusqlite::Result<Vec<Settlement>> {
    let mut statement = db.prepare_cached(&format!("{SETTLEMENT}{condition}"))?;
    statement.query_map(parameters, |row| settlement(row, 0))?.collect()
}

/// The premiums of `p` that the condition (and order) leaves.
pub(super) fn premiums(
    db: &Transaction<'_>,
    condition: &str,
    parameters: &[&dyn ToSql],
) -> rusqlite::Result<Vec<PremiumPayment>> {
    let mut statement = db.prepare_cached(&format!("{PREMIUM}{condition}"))?;
    statement.query_map(parameters, premium)?.collect()
}

/// An amount column in fen.
pub(super) fn money(row: &Row<'_>, column: usize) -> rusqlite::Result<Money> {
    row.get(column).map(Money::from_fen)
}

/// Relation, number, name and sex in four columns from `first` on; `None` without a relation.
pub(super) fn relative(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<RelativeRef>> {
    let Some(code) = row.get::<_, Option<i64>>(first)? else { return Ok(None) };
    Ok(Some(RelativeRef {
        psn_no: PersonNo::new(row.get::<_, String>(first + 1)?),
        name: PersonName::new(row.get::<_, String>(first + 2)?),
        gender: codes::gender(first + 3, row.get(first + 3)?)?,
        relation: codes::relation(first, code)?,
    }))
}

fn movement(row: &Row<'_>) -> rusqlite::Result<Movement> {
    Ok(Movement {
        serial: row.get(0)?,
        date: codes::day(1, row.get(1)?)?,
        kind: codes::movement_kind(2, row.get(2)?)?,
        amount: money(row, 3)?,
        balance_after: money(row, 4)?,
        place: row.get(5)?,
        relative: relative(row, 6)?,
        settlement: row.get::<_, Option<String>>(10)?.map(|_| settlement(row, 10)).transpose()?,
    })
}

/// A settlement in eleven columns from `first` on.
fn settlement(row: &Row<'_>, first: usize) -> rusqlite::Result<Settlement> {
    let (care, time) = (first + 2, first + 3);
    let med_type: String = row.get(care)?;
    Ok(Settlement {
        setl_id: row.get(first)?,
        institution: row.get(first + 1)?,
        care: CareType::of_med_type(&med_type)
            .ok_or_else(|| codes::conversion(care, Type::Text))?,
        settled_at: codes::time(time, row.get_ref(time)?.as_str()?)?,
        total: money(row, first + 4)?,
        fund: money(row, first + 5)?,
        own: money(row, first + 6)?,
        account: money(row, first + 7)?,
        mutual_aid: money(row, first + 8)?,
        cash: money(row, first + 9)?,
        refund: row.get(first + 10)?,
    })
}

fn premium(row: &Row<'_>) -> rusqlite::Result<PremiumPayment> {
    Ok(PremiumPayment {
        serial: row.get(0)?,
        insured_year: row.get(1)?,
        paid_on: codes::day(2, row.get(2)?)?,
        amount: money(row, 3)?,
        status: codes::premium_status(4, row.get(4)?)?,
        relative: relative(row, 5)?,
    })
}
