//! A simulated 社会保障卡 as a small TOML file.

use std::path::Path;

use gongji_hal::card::Date as CardDate;
use gongji_hal::card::sim::{SimCard, SimCardError};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::medium_file;
use crate::records::RecordsError;
use crate::records::generate::{CardKind, ShowcaseCard, cards, showcase};

/// What such a file holds.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardFile {
    /// Record 07.
    pub number: String,
    /// Record 08.
    pub id_number: String,
    /// Records 09 and 4E.
    pub name: String,
    /// Record 05; the card is valid from this day.
    pub issued: Date,
    /// Record 06; the last day the card is valid.
    pub expires: Date,
    /// Record 03: 1.00, 2.00 or 3.00.
    #[serde(default = "default_version")]
    pub version: String,
    /// The card keeps EF06 to itself, as version 3.00 cards may: only its number is read.
    #[serde(default)]
    pub number_only: bool,
    /// The chip does not answer.
    #[serde(default)]
    pub mute: bool,
    /// Some other chip card, without the 社会保障 application.
    #[serde(default)]
    pub other_card: bool,
}

fn default_version() -> String {
    "2.00".into()
}

impl CardFile {
    /// The card that the file describes.
    ///
    /// # Errors
    /// One sentence, when a value does not fit on a card.
    pub fn card(&self) -> Result<SimCard, String> {
        let mut builder = SimCard::builder()
            .number(&self.number)
            .id_number(&self.id_number)
            .name(&self.name)
            .version(&self.version)
            .withholds_holder(self.number_only);
        for (date, set) in [(self.issued, true), (self.expires, false)] {
            let date = card_date(date).ok_or("a date is not between 1900 and 9999")?;
            builder = if set { builder.issued(date) } else { builder.expires(date) };
        }
        if self.mute {
            builder = builder.mute();
        }
        if self.other_card {
            builder = builder.without_application();
        }
        builder.build().map_err(|e: SimCardError| e.to_string())
    }

    /// A card as a generated person has it.
    pub fn of(card: &ShowcaseCard) -> Self {
        Self {
            number: card.number.reveal().into(),
            id_number: card.id_number.reveal().into(),
            name: card.name.reveal().into(),
            // Ten years of validity, as is usual.
            issued: card.expires.saturating_sub(10.years()),
            expires: card.expires,
            version: default_version(),
            number_only: false,
            mute: false,
            other_card: false,
        }
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }
}

/// A day as a card or a document holds it; `None` when none can.
pub(super) fn card_date(date: Date) -> Option<CardDate> {
    let year = u16::try_from(date.year()).ok()?;
    CardDate::new(year, u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?)
}

/// Reads a card from its file.
///
/// # Errors
/// One sentence with the file and what is wrong.
pub fn read(path: &Path) -> Result<SimCard, String> {
    let (file, _): (CardFile, String) = medium_file::read(path)?;
    file.card().map_err(|e| format!("{}: {e}", path.display()))
}

/// One card of each kind from a generated ledger: a label, what it shows, the card.
///
/// # Errors
/// The ledger cannot be read, or was not generated.
pub fn samples(
    db: &Path,
    today: Date,
) -> Result<Vec<(&'static str, &'static str, CardFile)>, RecordsError> {
    let first = showcase(db)?;
    let one = |kind: CardKind| -> Result<Option<CardFile>, RecordsError> {
        // The second of the valid ones: the first is the showcase person again.
        let found = cards(db, kind, today, 2)?;
        Ok(found.iter().rfind(|card| card.number != first.number).map(CardFile::of))
    };
    let mut number_only = CardFile::of(&first);
    number_only.version = "3.00".into();
    number_only.number_only = true;
    let mut mute = CardFile::of(&first);
    mute.mute = true;
    let mut other = CardFile::of(&first);
    other.other_card = true;
    let all = [
        ("showcase", "relatives, premiums, many records", Some(CardFile::of(&first))),
        ("normal", "another person", one(CardKind::Normal)?),
        ("expired", "past its last day", one(CardKind::Expired)?),
        ("lost", "reported lost", one(CardKind::Lost)?),
        ("rare-name", "a name with a rare character", one(CardKind::RareName)?),
        ("number-only", "version 3.00, gives only its number", Some(number_only)),
        ("mute", "its chip does not answer", Some(mute)),
        ("bank", "not a social-security card", Some(other)),
    ];
    let there = |(label, what, file): (_, _, Option<CardFile>)| file.map(|f| (label, what, f));
    Ok(all.into_iter().filter_map(there).collect())
}
