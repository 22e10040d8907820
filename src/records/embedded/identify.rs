//! Who owns a card or a document number.

use rusqlite::{OptionalExtension, Row, Transaction};

use super::Failure;
use super::codes;
use crate::domain::id_number::IdNumber;
use crate::domain::insurance::{InsuranceStatus, InsuranceType};
use crate::domain::person::{CardNo, Insured, PersonName, PersonNo};
use crate::records::port::{Credential, LedgerError};
use rusqlite::types::Type;

/// The person of a credential.
///
/// The card's number decides; the document number on the chip must agree with it. A card that the
/// ledger does not know is accepted by its document number only while the ledger knows no card of
/// that person at all (imported persons): else it may be an old one, reported lost and replaced.
pub(super) fn identify(db: &Transaction<'_>, credential: &Credential) -> Result<Insured, Failure> {
    let (number, id_number) = match credential {
        Credential::Card { number, id_number } => (number, id_number),
        Credential::IdNumber(number) => {
            let person = by_document(db, number)?.ok_or(LedgerError::UnknownPerson)?;
            return insured(db, person);
        }
        // Its use must be written down: see `insurance_code`.
        Credential::Code(_) => return Err(LedgerError::CodeInvalid.into()),
    };
    let by_document =
        id_number.as_ref().map(|number| by_document(db, number)).transpose()?.flatten();
    let person = match (card(db, number)?, id_number, by_document) {
        (Some((_, true)), _, _) => return Err(LedgerError::CardReportedLost.into()),
        (Some((owner, false)), None, _) => owner,
        (Some((owner, false)), Some(_), Some(holder)) if owner == holder => owner,
        (Some((_, false)), Some(_), _) => return Err(LedgerError::CredentialMismatch.into()),
        (None, _, Some(holder)) if !has_cards(db, holder)? => holder,
        (None, _, Some(_)) => return Err(LedgerError::CredentialMismatch.into()),
        (None, _, None) => return Err(LedgerError::UnknownPerson.into()),
    };
    insured(db, person)
}

/// The ledger's row of a person.
pub(super) fn row_of(db: &Transaction<'_>, person: &PersonNo) -> Result<i64, Failure> {
    let mut statement = db.prepare_cached("SELECT id FROM person WHERE psn_no = ?1")?;
    let id = statement.query_row([person.reveal()], |row| row.get(0)).optional()?;
    id.ok_or(Failure::Ledger(LedgerError::UnknownPerson))
}

fn card(db: &Transaction<'_>, number: &CardNo) -> rusqlite::Result<Option<(i64, bool)>> {
    let mut statement = db.prepare_cached("SELECT person, lost FROM card WHERE card_no = ?1")?;
    let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    statement.query_row([number.reveal()], row).optional()
}

fn by_document(db: &Transaction<'_>, number: &IdNumber) -> rusqlite::Result<Option<i64>> {
    let mut statement = db.prepare_cached("SELECT id FROM person WHERE certno = ?1")?;
    statement.query_row([number.upgraded().reveal()], |row| row.get(0)).optional()
}

fn has_cards(db: &Transaction<'_>, person: i64) -> rusqlite::Result<bool> {
    let mut statement =
        db.prepare_cached("SELECT EXISTS (SELECT 1 FROM card WHERE person = ?1)")?;
    statement.query_row([person], |row| row.get(0))
}

/// The person with the insurance that counts at the kiosk: one in normal state before others, the
/// employees' before the residents'.
pub(super) fn insured(db: &Transaction<'_>, person: i64) -> Result<Insured, Failure> {
    let sql = "
        SELECT p.psn_no, p.psn_name, p.certno, p.psn_cert_type, p.gend,
            i.insutype, i.psn_insu_stas, i.insuplc_admdvs
        FROM person AS p JOIN insurance AS i ON i.person = p.id
        WHERE p.id = ?1 AND i.insutype IN ('310', '340', '390', '410')
        ORDER BY i.psn_insu_stas <> '1', i.insutype LIMIT 1";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_row([person], |row| {
        let text = |column: usize| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
        let bad = |column: usize| codes::conversion(column, Type::Text);
        let number = text(2)?;
        let id_number = IdNumber::parse(number).or_else(|_| IdNumber::parse_other_document(number));
        Ok(Insured {
            psn_no: PersonNo::new(text(0)?),
            name: PersonName::new(text(1)?),
            id_number: id_number.map_err(|_| bad(2))?,
            gender: codes::gender(4, row.get(4)?)?,
            insurance: InsuranceType::from_code(text(5)?).ok_or_else(|| bad(5))?,
            status: InsuranceStatus::from_code(text(6)?).ok_or_else(|| bad(6))?,
            region: String::from(text(7)?),
        })
    });
    found.optional()?.ok_or(Failure::Ledger(LedgerError::UnknownPerson))
}
