//! Cards of generated persons, for simulated readers.

use std::path::Path;

use jiff::civil::Date;
use rusqlite::{Connection, Row};

use super::names::RARE;
use super::store::psn_no;
use crate::domain::id_number::IdNumber;
use crate::domain::person::{CardNo, PersonName};
use crate::records::embedded::BUSY_TIMEOUT;
use crate::records::embedded::codes::{day, day_code};
use crate::records::embedded::write::open_existing;
use crate::records::error::RecordsError;

/// The PIN of every generated card, and the query password of every generated person.
pub const GENERATED_PIN: &str = "123456";

/// What a simulated 社会保障卡 of a generated person says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShowcaseCard {
    /// The card's number.
    pub number: CardNo,
    /// The owner's document number.
    pub id_number: IdNumber,
    /// The owner's name.
    pub name: PersonName,
    /// The last day the card is valid.
    pub expires: Date,
}

/// Which cards are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardKind {
    /// Valid, not lost, and the owner has a personal account.
    Normal,
    /// Past the last day.
    Expired,
    /// Reported lost (挂失), not expired.
    Lost,
    /// As `Normal`, with a character in the owner's name that GB 2312 lacks.
    RareName,
    /// Valid, not lost, of a relative who may use the showcase person's account.
    ShowcaseRelative,
    /// As `Normal`, and a relative's premium of the coming year is still to be paid; the balance
    /// suffices for it.
    Payer,
    /// Valid, not lost, and an invitation waits for the owner's answer.
    Invited,
    /// Valid, not lost, and two or more share with the owner.
    TwoDonors,
}

/// The card of the showcase person: the first person of a generated ledger.
///
/// He (王建国, 54, an employee) shares his account with his mother and his son, both residents;
/// both have used it this year and their premiums were paid from it; there are dozens of family
/// rows a year, and about 2,000 yuan are left.
///
/// # Errors
/// The ledger cannot be read, or was not generated.
pub fn showcase(db: &Path) -> Result<ShowcaseCard, RecordsError> {
    let condition = "p.psn_no = ?1 AND c.lost = 0";
    let found = select(db, condition, &[&psn_no(1).reveal()], 1)?;
    found.into_iter().next().ok_or_else(|| RecordsError::NoShowcase(db.to_path_buf()))
}

/// Up to `limit` cards of a kind, in the order of the ledger.
///
/// # Errors
/// The ledger cannot be read.
pub fn cards(
    db: &Path,
    kind: CardKind,
    today: Date,
    limit: u32,
) -> Result<Vec<ShowcaseCard>, RecordsError> {
    let today = day_code(today);
    let rare = format!("*[{}]*", RARE.concat());
    match kind {
        CardKind::Normal => select(
            db,
            &format!("c.lost = 0 AND c.expires >= ?1 AND {HAS_ACCOUNT}"),
            &[&today],
            limit,
        ),
        CardKind::Expired => select(db, "c.lost = 0 AND c.expires < ?1", &[&today], limit),
        CardKind::Lost => select(db, "c.lost = 1 AND c.expires >= ?1", &[&today], limit),
        CardKind::RareName => select(
            db,
            &format!("c.lost = 0 AND c.expires >= ?1 AND p.psn_name GLOB ?2 AND {HAS_ACCOUNT}"),
            &[&today, &rare],
            limit,
        ),
        CardKind::ShowcaseRelative => select(
            db,
            &format!("c.lost = 0 AND c.expires >= ?1 AND {MAY_USE_SHOWCASE}"),
            &[&today, &psn_no(1).reveal()],
            limit,
        ),
        CardKind::Payer => select(db, &format!("{VALID} AND {CAN_PAY}"), &[&today], limit),
        CardKind::Invited => select(db, &format!("{VALID} AND {INVITED}"), &[&today], limit),
        CardKind::TwoDonors => select(db, &format!("{VALID} AND {TWO_DONORS}"), &[&today], limit),
    }
}

const HAS_ACCOUNT: &str =
    "EXISTS (SELECT 1 FROM movement AS m WHERE m.owner = p.id AND m.serial = 1)";

const VALID: &str = "c.lost = 0 AND c.expires >= ?1";

const CAN_PAY: &str = "EXISTS (SELECT 1 FROM authorisation AS a
    JOIN premium_due AS d ON d.insured = a.beneficiary
    JOIN movement AS m ON m.owner = a.donor
    WHERE a.donor = p.id AND a.state = 2
        AND (a.annual_limit_fen IS NULL OR a.annual_limit_fen >= 2 * d.amount_fen)
        AND m.serial = (SELECT max(serial) FROM movement WHERE owner = p.id)
        AND m.balance_after_fen > 2 * d.amount_fen
        AND d.insured_year = ?1 / 10000 + 1
        AND NOT EXISTS (SELECT 1 FROM premium AS paid WHERE paid.insured = d.insured
            AND paid.insured_year = d.insured_year AND paid.status <> 3))";

const INVITED: &str = "EXISTS (SELECT 1 FROM authorisation WHERE beneficiary = p.id AND state = 1)";

const TWO_DONORS: &str =
    "(SELECT count(*) FROM authorisation WHERE beneficiary = p.id AND state = 2) > 1";

const MAY_USE_SHOWCASE: &str = "EXISTS (SELECT 1 FROM authorisation AS a
    JOIN person AS donor ON donor.id = a.donor
    WHERE a.beneficiary = p.id AND a.state = 2 AND donor.psn_no = ?2)";

fn select(
    db: &Path,
    condition: &str,
    parameters: &[&dyn rusqlite::ToSql],
    limit: u32,
) -> Result<Vec<ShowcaseCard>, RecordsError> {
    let connection = open_existing(db, BUSY_TIMEOUT)?;
    let read = |connection: &Connection| -> rusqlite::Result<Vec<ShowcaseCard>> {
        let mut statement = connection.prepare(&format!(
            "SELECT c.card_no, p.certno, p.psn_name, c.expires
            FROM person AS p JOIN card AS c ON c.person = p.id
            WHERE c.expires IS NOT NULL AND {condition} ORDER BY p.id LIMIT {limit}"
        ))?;
        statement.query_map(parameters, card)?.collect()
    };
    read(&connection).map_err(|error| RecordsError::of_sqlite(db, &error))
}

fn card(row: &Row<'_>) -> rusqlite::Result<ShowcaseCard> {
    let number = IdNumber::parse(row.get_ref(1)?.as_str()?);
    Ok(ShowcaseCard {
        number: CardNo::new(row.get::<_, String>(0)?),
        id_number: number.map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(1, rusqlite::types::Type::Text, error.into())
        })?,
        name: PersonName::new(row.get::<_, String>(2)?),
        expires: day(3, row.get(3)?)?,
    })
}
