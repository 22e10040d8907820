//! Writes a generated household into the ledger.

use jiff::ToSpan;
use rand::Rng;

use super::Summary;
use super::family::Family;
use super::history::{History, Posting};
use super::people::{Cover, Household, Member};
use crate::domain::person::{CardNo, PersonNo};
use crate::records::embedded::write::{InsuranceRow, MovementRow, PersonRow, Writer};

/// Coprime to 10^8, so that different persons get different card numbers.
const CARD_STEP: u64 = 48_271;
const CARD_NUMBERS: u64 = 100_000_000;
/// How long a card is valid.
const CARD_YEARS: i32 = 10;

/// The ledger's number of the n-th generated person, from 1.
pub(super) fn psn_no(number: u64) -> PersonNo {
    PersonNo::new(format!("3100{number:016}"))
}

/// Writes a household whose first person is the `first`-th (from 1) and counts what it wrote.
pub(super) fn household(
    writer: &mut Writer<'_>,
    rng: &mut impl Rng,
    household: &Household,
    history: &History,
    family: &Family<'_>,
    summary: &mut Summary,
) -> rusqlite::Result<()> {
    let mut ids = Vec::with_capacity(household.members.len());
    for member in &household.members {
        summary.persons += 1;
        ids.push(person(writer, rng, member, family, summary)?);
    }
    let id = |index: usize| ids.get(index).copied().unwrap_or_default();
    family.share(writer.db, &ids, household, summary.households)?;
    let settlements = settlements(writer, &ids, history, summary)?;
    for (index, account) in history.accounts.iter().enumerate() {
        for (serial, posting) in (1..).zip(&account.postings) {
            let row = movement(writer, &ids, &settlements, serial, posting)?;
            writer.movement(id(index), &row)?;
            summary.movements += 1;
        }
    }
    for paid in &history.premiums {
        let insured = (id(paid.insured), Some(paid.relation));
        let (year, day) = (paid.year, paid.paid_on);
        writer.premium(id(paid.payer), insured, year, day, paid.amount, paid.status)?;
        summary.premiums += 1;
    }
    family.ask_premiums(writer.db, &ids, household, history)?;
    summary.households += 1;
    Ok(())
}

fn person(
    writer: &Writer<'_>,
    rng: &mut impl Rng,
    member: &Member,
    family: &Family<'_>,
    summary: &mut Summary,
) -> rusqlite::Result<i64> {
    let today = family.today;
    let number = u64::from(summary.persons);
    let id = writer.person(&PersonRow {
        psn_no: psn_no(number),
        name: member.name.clone(),
        cert_type: String::from("01"),
        id_number: member.id_number.clone(),
        gender: member.gender,
        naty: String::from(member.naty),
        birth: Some(member.birth),
    })?;
    let employer = match member.cover {
        Cover::Working { employer, .. } => employer.1,
        _ => "",
    };
    writer.insurance(
        id,
        &InsuranceRow {
            insutype: String::from(member.insutype()),
            psn_type: String::from(member.psn_type(today)),
            status: String::from("1"),
            since: None,
            region: String::from(family.region),
            employer: String::from(employer),
        },
    )?;
    // The showcase person's card is always good.
    let first = number == 1;
    let lost = rng.random_ratio(15, 1000) && !first;
    let left = rng.random_range(60..CARD_YEARS * 365);
    let left = if rng.random_ratio(15, 1000) && !first { -left / 10 } else { left };
    let expires = today.checked_add(left.days()).unwrap_or(today);
    let letter = ["A", "B", "C", "D", "E", "F", "G", "H"].get(rng.random_range(0..8usize));
    let digits = number * CARD_STEP % CARD_NUMBERS;
    let card = CardNo::new(format!("{}{digits:08}", letter.copied().unwrap_or("A")));
    writer.card(id, &card, expires, lost)?;
    summary.cards += 1;
    family.password.store(writer.db, id)?;
    Ok(id)
}

fn settlements(
    writer: &mut Writer<'_>,
    ids: &[i64],
    history: &History,
    summary: &mut Summary,
) -> rusqlite::Result<Vec<i64>> {
    let mut stored = Vec::with_capacity(history.settlements.len());
    let base = summary.settlements;
    for (index, settled) in (0u64..).zip(&history.settlements) {
        let visit = settled.reverses.map_or(index, |original| original as u64);
        let mut row = settled.row.clone();
        row.setl_id = format!("3100S{:013}", base + index + 1);
        row.mdtrt_id = format!("3100V{:013}", base + visit + 1);
        let patient = ids.get(settled.patient).copied().unwrap_or_default();
        stored.push(writer.settlement(patient, &row)?);
        summary.settlements += 1;
    }
    Ok(stored)
}

fn movement(
    writer: &mut Writer<'_>,
    ids: &[i64],
    settlements: &[i64],
    serial: i64,
    posting: &Posting,
) -> rusqlite::Result<MovementRow> {
    let relative =
        posting.relative.and_then(|(index, relation)| Some((*ids.get(index)?, relation)));
    Ok(MovementRow {
        serial,
        day: posting.day,
        kind: posting.kind,
        amount: posting.amount,
        after: posting.after,
        place: writer.place(posting.place.0, posting.place.1)?,
        relative,
        settlement: posting.settlement.and_then(|index| settlements.get(index).copied()),
        reserve: None,
    })
}
