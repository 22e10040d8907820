//! Rows of `authorisation` as writes and settlements look at them.

use jiff::civil::Date;
use rusqlite::{Row, ToSql, Transaction};

use crate::domain::family::Relation;
use crate::domain::money::Money;
use crate::policy::schema::MoneyModel;
use crate::records::embedded::booking::{self, Entry};
use crate::records::embedded::codes::{self, RowKind};

/// How far an authorisation is: `authorisation.state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::records::embedded) enum State {
    Invited = 1,
    Bound = 2,
    Declined = 3,
    Released = 4,
    Ended = 5,
}

/// An authorisation that is invited or bound.
pub(in crate::records::embedded) struct Bond {
    pub id: i64,
    pub donor: i64,
    pub beneficiary: i64,
    pub relation: Relation,
    pub since: Date,
    pub until: Option<Date>,
    pub annual_limit: Option<Money>,
    pub slot: Option<u8>,
    pub slots: u8,
    pub state: State,
    pub money: MoneyModel,
}

const SELECT: &str = "SELECT id, donor, beneficiary, relation, since, until, annual_limit_fen,
    slot, slots, state, money FROM authorisation WHERE state IN (1, 2) AND ";

fn bond(row: &Row<'_>) -> rusqlite::Result<Bond> {
    let until: Option<i64> = row.get(5)?;
    Ok(Bond {
        id: row.get(0)?,
        donor: row.get(1)?,
        beneficiary: row.get(2)?,
        relation: codes::relation(3, row.get(3)?)?,
        since: codes::day(4, row.get(4)?)?,
        until: until.map(|code| codes::day(5, code)).transpose()?,
        annual_limit: row.get::<_, Option<i64>>(6)?.map(Money::from_fen),
        slot: row.get(7)?,
        slots: row.get(8)?,
        state: if row.get::<_, i64>(9)? == 1 { State::Invited } else { State::Bound },
        money: codes::money_model(10, row.get(10)?)?,
    })
}

fn select(
    db: &Transaction<'_>,
    condition: &str,
    parameters: &[&dyn ToSql],
) -> rusqlite::Result<Vec<Bond>> {
    let mut statement = db.prepare_cached(&format!("{SELECT}{condition}"))?;
    statement.query_map(parameters, bond)?.collect()
}

/// The authorisation or the invitation between two persons.
pub(super) fn of_pair(
    db: &Transaction<'_>,
    donor: i64,
    beneficiary: i64,
) -> rusqlite::Result<Option<Bond>> {
    let found = select(db, "donor = ?1 AND beneficiary = ?2", &[&donor, &beneficiary])?;
    Ok(found.into_iter().next())
}

/// An invitation of this number that waits for this person.
pub(super) fn invitation(
    db: &Transaction<'_>,
    id: i64,
    beneficiary: i64,
) -> rusqlite::Result<Option<Bond>> {
    let condition = "id = ?1 AND beneficiary = ?2 AND state = 1";
    Ok(select(db, condition, &[&id, &beneficiary])?.into_iter().next())
}

/// Whose accounts somebody may use, or will from a later day on, in the order of their places.
pub(in crate::records::embedded) fn alive_as_beneficiary(
    db: &Transaction<'_>,
    beneficiary: i64,
) -> rusqlite::Result<Vec<Bond>> {
    select(db, "beneficiary = ?1 AND state = 2 ORDER BY slot", &[&beneficiary])
}

/// Those whose last day is before `day`.
pub(super) fn past_their_last_day(db: &Transaction<'_>, day: Date) -> rusqlite::Result<Vec<Bond>> {
    select(db, "until < ?1 ORDER BY id", &[&codes::day_code(day)])
}

/// Brings an authorisation or an invitation to its end and returns what was set aside for it: the
/// quota, and the common account when nobody is left in it. The personal account's balance, where
/// money came back.
pub(super) fn close(
    db: &Transaction<'_>,
    bond: &Bond,
    state: State,
    day: Date,
) -> rusqlite::Result<Option<Money>> {
    db.prepare_cached(
        "UPDATE authorisation SET state = ?2, slot = NULL, closed_on = ?3 WHERE id = ?1",
    )?
    .execute((bond.id, state as i64, codes::day_code(day)))?;
    let (reserve, kind, place, relative) = match bond.money {
        MoneyModel::Authorize => return Ok(None),
        MoneyModel::Quota => {
            let reserve = booking::quota_account(db, bond.donor, bond.id)?;
            let relative = Some((bond.beneficiary, bond.relation));
            (reserve, RowKind::FromQuota, booking::QUOTA, relative)
        }
        MoneyModel::Pool if others_share_the_common_account(db, bond.donor)? => return Ok(None),
        MoneyModel::Pool => {
            let reserve = booking::common_account(db, bond.donor)?;
            (reserve, RowKind::FromCommon, booking::COMMON, None)
        }
    };
    let amount = booking::set_aside(db, reserve)?;
    if amount.is_zero() {
        return Ok(None);
    }
    let entry = Entry {
        owner: bond.donor,
        day,
        kind,
        amount,
        place,
        relative,
        settlement: None,
        reserve: Some(reserve),
    };
    Ok(booking::book(db, &entry)?.map(|booked| booked.balance))
}

fn others_share_the_common_account(db: &Transaction<'_>, donor: i64) -> rusqlite::Result<bool> {
    let mut read = db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM authorisation
            WHERE donor = ?1 AND state IN (1, 2) AND money = 2)",
    )?;
    read.query_row([donor], |row| row.get(0))
}
