//! Taking a settlement back.

use jiff::civil::DateTime;
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, Transaction};

use super::{SettleError, Settled, Share, booked, next_setl_id, payer};
use crate::domain::family::Relation;
use crate::domain::insurance::CareType;
use crate::domain::money::Money;
use crate::policy::schema::MoneyModel;
use crate::records::embedded::booking::{self, Entry};
use crate::records::embedded::codes::{self, RowKind};
use crate::records::embedded::write::{Amounts, SettlementRow, Writer};
use crate::records::embedded::{Failure, operate, rows};

/// A settlement as it was stored.
struct Original {
    id: i64,
    patient: i64,
    day: i64,
    row: SettlementRow,
}

/// A movement that paid it.
struct Payment {
    owner: i64,
    kind: i64,
    amount: Money,
    relative: Option<(i64, Relation)>,
    reserve: Option<i64>,
}

pub(super) fn reverse(
    db: &Transaction<'_>,
    setl_id: &str,
    at: DateTime,
) -> Result<Settled, SettleError> {
    let original = find(db, setl_id)?.ok_or(SettleError::NoSettlement)?;
    if original.row.refund || is_reversed(db, &original)? {
        return Err(SettleError::Reversed);
    }
    operate::catch_up(db, at.date())?;
    let payments = payments(db, &original)?;
    let cash = original.row.amounts.cash_payamt;
    let place = original.row.place.clone();
    let own = original.row.amounts.acct_pay - original.row.amounts.acct_mulaid_pay;
    let mut row = original.row;
    row.setl_id = next_setl_id(db, at.date())?;
    row.amounts = row.amounts.reversed();
    (row.refund, row.settled_at) = (true, at);
    row.balance = Some(booking::balance(db, original.patient)? + own);
    let settlement = Writer::new(db).settlement(original.patient, &row)?;
    let entry = |payment: &Payment| Entry {
        owner: payment.owner,
        day: at.date(),
        kind: RowKind::OwnRefund,
        amount: -payment.amount,
        place: (&place.0, &place.1),
        relative: payment.relative,
        settlement: Some(settlement),
        reserve: None,
    };
    let mut shares = Vec::new();
    for payment in payments.iter().filter(|payment| payment.reserve.is_none()) {
        let kind =
            if payment.relative.is_some() { RowKind::FamilyRefund } else { RowKind::OwnRefund };
        booked(db, &Entry { kind, ..entry(payment) })?;
        let aside = payments.iter().find(|p| p.owner == payment.owner && p.reserve.is_some());
        let money = match aside.map(|p| p.kind) {
            None => MoneyModel::Authorize,
            Some(kind) if kind == RowKind::FromCommon.code() => MoneyModel::Pool,
            Some(_) => MoneyModel::Quota,
        };
        let donor = payment.relative.map(|_| payer(db, payment.owner, money)).transpose()?;
        shares.push(Share { donor, amount: -payment.amount });
    }
    for payment in &payments {
        let Some(reserve) = payment.reserve else { continue };
        if !still_set_aside(db, reserve)? {
            continue;
        }
        let (kind, place) = if payment.kind == RowKind::FromCommon.code() {
            (RowKind::ToCommon, booking::COMMON)
        } else {
            (RowKind::ToQuota, booking::QUOTA)
        };
        booked(db, &Entry { kind, place, reserve: Some(reserve), ..entry(payment) })?;
    }
    Ok(Settled { setl_id: row.setl_id, shares, cash })
}

fn find(db: &Transaction<'_>, setl_id: &str) -> rusqlite::Result<Option<Original>> {
    let names = Amounts::NAMES.iter().map(|name| format!("s.{name}")).collect::<Vec<_>>();
    let sql = format!(
        "SELECT s.id, s.patient, s.mdtrt_id, s.insutype, s.psn_type, p.code, p.name, s.med_type,
            s.begndate, s.enddate, s.setl_time, s.pool_prop_selfpay_1e4, s.refd_setl_flag, {}
        FROM settlement AS s JOIN place AS p ON p.id = s.place WHERE s.setl_id = ?1",
        names.join(", ")
    );
    let mut read = db.prepare_cached(&sql)?;
    read.query_row([setl_id], original).optional()
}

fn original(row: &Row<'_>) -> rusqlite::Result<Original> {
    let day = |column: usize| -> rusqlite::Result<_> {
        row.get::<_, Option<i64>>(column)?.map(|code| codes::day(column, code)).transpose()
    };
    let med_type: String = row.get(7)?;
    CareType::of_med_type(&med_type).ok_or_else(|| codes::conversion(7, Type::Text))?;
    let settled_at = codes::time(10, row.get_ref(10)?.as_str()?)?;
    let stored = SettlementRow {
        setl_id: String::new(),
        mdtrt_id: row.get(2)?,
        insutype: row.get(3)?,
        psn_type: row.get(4)?,
        place: (row.get(5)?, row.get(6)?),
        med_type,
        begin: day(8)?,
        end: day(9)?,
        settled_at,
        amounts: Amounts::collect(|name| row.get(name).map(Money::from_fen))?,
        fund_ratio_1e4: row.get(11)?,
        balance: None,
        refund: row.get(12)?,
    };
    let day = codes::day_code(settled_at.date());
    Ok(Original { id: row.get(0)?, patient: row.get(1)?, day, row: stored })
}

fn is_reversed(db: &Transaction<'_>, original: &Original) -> rusqlite::Result<bool> {
    let mut read = db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM settlement INDEXED BY settlement_of_patient
            WHERE patient = ?1 AND mdtrt_id = ?2 AND refd_setl_flag = 1)",
    )?;
    read.query_row((original.patient, &original.row.mdtrt_id), |row| row.get(0))
}

/// What paid it: of the patient, and of whoever ever shared with the patient.
fn payments(db: &Transaction<'_>, original: &Original) -> Result<Vec<Payment>, Failure> {
    let mut read = db.prepare_cached(
        "SELECT m.owner, m.kind, m.amount_fen, m.relative, m.relation, m.reserve
        FROM movement AS m INDEXED BY movement_by_day
        WHERE m.owner IN (SELECT ?1 UNION SELECT donor FROM authorisation WHERE beneficiary = ?1)
            AND m.day >= ?3 AND m.settlement = ?2
        ORDER BY m.owner, m.serial",
    )?;
    let found = read.query_map([original.patient, original.id, original.day], |row| {
        let relative: Option<i64> = row.get(3)?;
        let relation: Option<i64> = row.get(4)?;
        let relation = relation.map(|code| codes::relation(4, code)).transpose()?;
        Ok(Payment {
            owner: row.get(0)?,
            kind: row.get(1)?,
            amount: rows::money(row, 2)?,
            relative: relative.zip(relation),
            reserve: row.get(5)?,
        })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// Whether a common account still has members, and an authorisation with a quota still holds.
fn still_set_aside(db: &Transaction<'_>, reserve: i64) -> rusqlite::Result<bool> {
    let mut read = db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM reserve AS r JOIN authorisation AS a
                ON a.id = r.authorisation OR (r.authorisation IS NULL
                    AND a.donor = r.owner AND a.money = 2)
            WHERE r.id = ?1 AND a.state IN (1, 2))",
    )?;
    read.query_row([reserve], |row| row.get(0))
}
