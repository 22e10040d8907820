//! The order in which accounts are drawn for a person.

use rusqlite::{OptionalExtension, Transaction};

use super::{Cx, Done, Stop, bond};
use crate::records::port::{OrderPlace, WriteRefusal};

/// The most donors of anybody, whatever a region says.
const PLACES_MAX: u8 = 9;
/// Added to places while they are exchanged, because no place is ever taken twice.
const ASIDE: u8 = 10;

/// The number of places that a region's number stands for.
pub(super) fn places(slots: u8) -> u8 {
    slots.clamp(1, PLACES_MAX)
}

/// Where one's own account stands, if that was set.
pub(in crate::records::embedded) fn own_slot(
    db: &Transaction<'_>,
    person: i64,
) -> rusqlite::Result<Option<u8>> {
    let mut read = db.prepare_cached("SELECT slot FROM own_place WHERE person = ?1")?;
    read.query_row([person], |row| row.get(0)).optional()
}

/// The first place that no account has; one's own, where it has a place, makes one more.
pub(in crate::records::embedded) fn free_slot(
    db: &Transaction<'_>,
    person: i64,
    slots: u8,
) -> rusqlite::Result<Option<u8>> {
    let own = own_slot(db, person)?;
    let mut read =
        db.prepare_cached("SELECT slot FROM authorisation WHERE beneficiary = ?1 AND state = 2")?;
    let mut taken: Vec<u8> =
        read.query_map([person], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    taken.extend(own);
    let most = places(slots) + u8::from(own.is_some());
    Ok((1..=most.min(PLACES_MAX)).find(|slot| !taken.contains(slot)))
}

pub(super) fn set(cx: &Cx<'_>, accounts: &[OrderPlace]) -> Result<Done, Stop> {
    if accounts.len() > usize::from(PLACES_MAX) {
        return Err(WriteRefusal::OrderIncomplete.into());
    }
    let bonds = bond::alive_as_beneficiary(cx.db, cx.person)?;
    let mut donors = Vec::new();
    let mut own = None;
    for (slot, place) in (1u8..).zip(accounts) {
        match place {
            OrderPlace::Own if own.is_none() => own = Some(slot),
            OrderPlace::Own => return Err(WriteRefusal::OrderIncomplete.into()),
            OrderPlace::Donor(number) => {
                let donor = cx.other(number, WriteRefusal::OrderIncomplete)?;
                let bond = bonds.iter().find(|bond| bond.donor == donor);
                donors.push((bond.ok_or(WriteRefusal::OrderIncomplete)?.id, slot));
            }
        }
    }
    let twice = donors.iter().any(|(id, _)| donors.iter().filter(|(o, _)| o == id).count() > 1);
    if twice || donors.len() != bonds.len() {
        return Err(WriteRefusal::OrderIncomplete.into());
    }
    cx.db.prepare_cached("DELETE FROM own_place WHERE person = ?1")?.execute([cx.person])?;
    let mut place = cx.db.prepare_cached("UPDATE authorisation SET slot = ?2 WHERE id = ?1")?;
    for aside in [ASIDE, 0] {
        for (id, slot) in &donors {
            place.execute((id, slot + aside))?;
        }
    }
    if let Some(slot) = own {
        cx.db
            .prepare_cached("INSERT INTO own_place (person, slot) VALUES (?1, ?2)")?
            .execute((cx.person, slot))?;
    }
    Ok(Done::default())
}
