//! A simulated 社会保障卡 as a small TOML file.

use std::path::Path;

use gongji_hal::card::limits::ATR_BYTES_MAX;
use gongji_hal::card::sim::{SimCard, SimCardError};
use gongji_hal::card::{Date as CardDate, Protocol};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::medium_file;
use crate::records::RecordsError;
use crate::records::generate::{CardKind, GENERATED_PIN, ShowcaseCard, cards, showcase};

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
    /// `T=0` or `T=1`.
    #[serde(default, skip_serializing_if = "is_usual", with = "protocol_text")]
    pub protocol: Protocol,
    /// The answer to reset as hexadecimal bytes, in place of a usual one for the protocol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub atr: Option<String>,
    /// The holder's PIN, 4 to 12 digits; without one the card checks none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<String>,
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

fn is_usual(protocol: &Protocol) -> bool {
    *protocol == Protocol::default()
}

/// A protocol as the standard writes it.
mod protocol_text {
    use gongji_hal::card::Protocol;
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::Serializer;

    pub(super) fn serialize<S: Serializer>(value: &Protocol, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&format_args!("T={}", value.number()))
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Protocol, D::Error> {
        let text = String::deserialize(from)?;
        match text.as_str() {
            "T=0" => Ok(Protocol::T0),
            "T=1" => Ok(Protocol::T1),
            _ => Err(D::Error::custom("protocol is \"T=0\" or \"T=1\"")),
        }
    }
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
            .withholds_holder(self.number_only)
            .protocol(self.protocol);
        if let Some(text) = &self.atr {
            builder =
                builder.atr(&hexadecimal(text).ok_or("atr is not 2 to 33 hexadecimal bytes")?);
        }
        if let Some(pin) = &self.pin {
            builder = builder.pin(pin);
        }
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
            protocol: Protocol::default(),
            atr: None,
            pin: Some(GENERATED_PIN.into()),
            mute: false,
            other_card: false,
        }
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }
}

/// The bytes of an answer to reset, blanks between them or not.
fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .filter(|c| !c.is_ascii_whitespace())
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    let (pairs, rest) = digits.as_deref()?.as_chunks::<2>();
    let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
    (rest.is_empty() && (2..=ATR_BYTES_MAX).contains(&bytes.len())).then_some(bytes)
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
    // The same whose ID card is among the documents.
    let relative = cards(db, CardKind::ShowcaseRelative, today, 1)?;
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
        ("relative", "of a relative who may use the account", relative.first().map(CardFile::of)),
        ("expired", "past its last day", one(CardKind::Expired)?),
        ("lost", "reported lost", one(CardKind::Lost)?),
        ("rare-name", "a name with a rare character", one(CardKind::RareName)?),
        ("payer", "a relative's premium is still to be paid", one(CardKind::Payer)?),
        ("invited", "an invitation waits for an answer", one(CardKind::Invited)?),
        ("two-donors", "two relatives share with this person", one(CardKind::TwoDonors)?),
        ("number-only", "version 3.00, gives only its number", Some(number_only)),
        ("mute", "its chip does not answer", Some(mute)),
        ("bank", "not a social-security card", Some(other)),
    ];
    let there = |(label, what, file): (_, _, Option<CardFile>)| file.map(|f| (label, what, f));
    Ok(all.into_iter().filter_map(there).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use gongji_hal::card::Protocol;

    use super::CardFile;

    const USUAL: &str = "number = \"X00000001\"\nid_number = \"999999194001010013\"\n\
         name = \"张三丰\"\nissued = \"2018-03-01\"\nexpires = \"2099-12-31\"\n";

    fn card(lines: &str) -> Result<Option<u8>, String> {
        let file: CardFile =
            toml::from_str(&format!("{USUAL}{lines}")).map_err(|e| e.message().to_owned())?;
        file.card().map(|card| card.pin_tries_left())
    }

    #[test]
    fn protocol_pin_and_answer_to_reset_can_be_given() {
        let table: &[(&str, Result<Option<u8>, &str>)] = &[
            ("", Ok(None)),
            ("protocol = \"T=1\"\npin = \"1234\"", Ok(Some(3))),
            ("atr = \"3B 80 01 81\"", Ok(None)),
            ("protocol = \"T=2\"", Err("protocol is \"T=0\" or \"T=1\"")),
            ("pin = \"12\"", Err("a PIN has 4 to 12 digits")),
            ("pin = \"12345x\"", Err("a PIN is of digits only")),
            ("atr = \"3B 8\"", Err("atr is not 2 to 33 hexadecimal bytes")),
            ("atr = \"3B\"", Err("atr is not 2 to 33 hexadecimal bytes")),
            ("atr = \"是\"", Err("atr is not 2 to 33 hexadecimal bytes")),
        ];
        for (lines, expected) in table {
            assert_eq!(card(lines), expected.map_err(str::to_owned), "{lines}");
        }
    }

    #[test]
    fn what_is_usual_is_not_written() {
        let mut file: CardFile = toml::from_str(USUAL).unwrap();
        assert!(!file.text().contains("protocol") && !file.text().contains("pin"));
        file.protocol = Protocol::T1;
        assert!(file.text().contains("protocol = \"T=1\""));
    }
}
