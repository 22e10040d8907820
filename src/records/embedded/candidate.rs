//! Somebody whom a donor wants to bind, as the ledger knows them.

use jiff::civil::Date;
use rusqlite::{OptionalExtension, Transaction};

use super::{Failure, codes, identify};
use crate::domain::person::{CardNo, Insured};
use crate::records::port::Candidate;

/// What is known of `insured`; `today` says which cards and authorisations have run out.
pub(super) fn read(
    db: &Transaction<'_>,
    donor: i64,
    insured: Insured,
    today: Date,
) -> Result<Candidate, Failure> {
    let person = identify::row_of(db, &insured.psn_no)?;
    let day = codes::day_code(today);
    let birth = db
        .prepare_cached("SELECT brdy FROM person WHERE id = ?1")?
        .query_row([person], |row| row.get::<_, Option<i64>>(0))?;
    let employer = db
        .prepare_cached(
            "SELECT emp_name FROM insurance WHERE person = ?1 AND insutype = ?2 AND emp_name <> ''",
        )?
        .query_row((person, insured.insurance.code()), |row| row.get(0))
        .optional()?;
    let card: Option<String> = db
        .prepare_cached(
            "SELECT card_no FROM card WHERE person = ?1 AND lost = 0
                AND (expires IS NULL OR expires >= ?2)
            ORDER BY expires DESC, card_no LIMIT 1",
        )?
        .query_row([person, day], |row| row.get(0))
        .optional()?;
    let other_donors = db
        .prepare_cached(
            "SELECT count(*) FROM authorisation WHERE beneficiary = ?1 AND donor <> ?2
                AND state = 2 AND (until IS NULL OR until >= ?3)",
        )?
        .query_row([person, donor, day], |row| row.get(0))?;
    Ok(Candidate {
        insured,
        birth: birth.map(|code| codes::day(0, code)).transpose()?,
        employer,
        card: card.map(CardNo::new),
        other_donors,
    })
}
