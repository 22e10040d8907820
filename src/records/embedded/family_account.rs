//! Both sides of a person's family account, as of a day.

use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, Transaction};

use super::operate::order;
use super::{Failure, codes, family, rows, usage};
use crate::domain::account::RelativeRef;
use crate::domain::money::Money;
use crate::domain::person::{PersonName, PersonNo};
use crate::records::port::{Donor, FamilyAccount, Invitation, Member, MemberState};

/// Whatever is invited or bound and has not come to its last day (`?2`: today).
const ALIVE: &str = "a.state IN (1, 2) AND (a.until IS NULL OR a.until >= ?2)";

/// The family account of a person.
pub(super) fn read(
    db: &Transaction<'_>,
    person: i64,
    today: Date,
) -> Result<FamilyAccount, Failure> {
    let opened = db
        .prepare_cached("SELECT opened_on FROM family_account WHERE person = ?1")?
        .query_row([person], |row| codes::day(0, row.get(0)?))
        .optional()?;
    let pool = db
        .prepare_cached(
            "SELECT balance_fen FROM reserve WHERE owner = ?1 AND authorisation IS NULL",
        )?
        .query_row([person], |row| rows::money(row, 0))
        .optional()?;
    Ok(FamilyAccount {
        opened_on: opened,
        members: members(db, person, today)?,
        donors: donors(db, person, today)?,
        own_slot: order::own_slot(db, person)?,
        invitations: invitations(db, person, today)?,
        pool,
    })
}

fn members(db: &Transaction<'_>, donor: i64, today: Date) -> Result<Vec<Member>, Failure> {
    let mut select = db.prepare_cached(&format!(
        "SELECT b.id, b.psn_no, b.psn_name, b.certno, b.gend,
            a.relation, a.since, a.annual_limit_fen,
            a.until, a.state, a.slot, r.balance_fen, a.money, a.slots
        FROM authorisation AS a JOIN person AS b ON b.id = a.beneficiary
            LEFT JOIN reserve AS r ON r.authorisation = a.id
        WHERE a.donor = ?1 AND {ALIVE} ORDER BY a.asked_on, a.id"
    ))?;
    let day = codes::day_code(today);
    let found: Vec<(i64, Member, u8)> = select
        .query_map([donor, day], |row| {
            let quota = row.get::<_, Option<i64>>(11)?.unwrap_or(0);
            let who = family::beneficiary(row)?;
            let state = match row.get::<_, i64>(9)? {
                1 => MemberState::Invited,
                _ if who.since > today => MemberState::NotYet,
                _ => MemberState::Active,
            };
            let member = Member {
                until: optional_day(row, 8)?,
                state,
                slot: row.get::<_, Option<u8>>(10)?.unwrap_or(0),
                used_this_year: Money::ZERO,
                quota: (row.get::<_, i64>(12)? == 3).then(|| Money::from_fen(quota)),
                who,
            };
            Ok((row.get(0)?, member, row.get(13)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let complete = |(id, mut member, slots): (i64, Member, u8)| {
        member.used_this_year = usage::this_year(db, donor, id, today)?;
        if member.slot == 0 {
            // The place that somebody invited would have now; the last one when all are taken.
            member.slot = order::free_slot(db, id, slots)?.unwrap_or(slots);
        }
        Ok(member)
    };
    found.into_iter().map(complete).collect()
}

fn donors(db: &Transaction<'_>, person: i64, today: Date) -> Result<Vec<Donor>, Failure> {
    let mut select = db.prepare_cached(&format!(
        "SELECT d.id, d.psn_no, d.psn_name, d.gend, a.relation,
            a.since, a.until, a.annual_limit_fen, a.slot
        FROM authorisation AS a JOIN person AS d ON d.id = a.donor
        WHERE a.beneficiary = ?1 AND a.state = 2 AND {ALIVE} ORDER BY a.slot"
    ))?;
    let found: Vec<(i64, Donor)> = select
        .query_map([person, codes::day_code(today)], |row| {
            let donor = Donor {
                who: other_side(row)?,
                since: codes::day(5, row.get(5)?)?,
                until: optional_day(row, 6)?,
                annual_limit: row.get::<_, Option<i64>>(7)?.map(Money::from_fen),
                slot: row.get(8)?,
                used_this_year: Money::ZERO,
            };
            Ok((row.get(0)?, donor))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let complete = |(id, mut donor): (i64, Donor)| {
        donor.used_this_year = usage::this_year(db, id, person, today)?;
        Ok(donor)
    };
    found.into_iter().map(complete).collect()
}

fn invitations(db: &Transaction<'_>, person: i64, today: Date) -> Result<Vec<Invitation>, Failure> {
    let mut select = db.prepare_cached(&format!(
        "SELECT a.id, d.psn_no, d.psn_name, d.gend, a.relation,
            a.asked_on, a.until, a.annual_limit_fen
        FROM authorisation AS a JOIN person AS d ON d.id = a.donor
        WHERE a.beneficiary = ?1 AND a.state = 1 AND {ALIVE} ORDER BY a.asked_on, a.id"
    ))?;
    let found = select.query_map([person, codes::day_code(today)], |row| {
        Ok(Invitation {
            serial: row.get(0)?,
            from: other_side(row)?,
            invited_on: codes::day(5, row.get(5)?)?,
            expires: optional_day(row, 6)?,
            annual_limit: row.get::<_, Option<i64>>(7)?.map(Money::from_fen),
        })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// The donor in columns 1 to 4; the relation is what the other person is to them.
fn other_side(row: &Row<'_>) -> rusqlite::Result<RelativeRef> {
    Ok(RelativeRef {
        psn_no: PersonNo::new(row.get::<_, String>(1)?),
        name: PersonName::new(row.get::<_, String>(2)?),
        gender: codes::gender(3, row.get(3)?)?,
        relation: codes::relation(4, row.get(4)?)?,
    })
}

fn optional_day(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Date>> {
    row.get::<_, Option<i64>>(column)?.map(|code| codes::day(column, code)).transpose()
}
