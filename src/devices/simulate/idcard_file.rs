//! A simulated identity document as a small TOML file.

use std::path::Path;

use gongji_hal::idcard::sim::{SimIdDocument, SimIdDocumentError};
use gongji_hal::idcard::{DocumentKind, Sex};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use super::card_file::card_date;
use super::medium_file;
use crate::domain::id_number::IdNumber;
use crate::domain::person::{Gender, PersonName};
use crate::records::RecordsError;
use crate::records::generate::{CardKind, ShowcaseCard, cards, showcase};

/// How a document without a last day says so.
const LONG_TERM: &str = "长期";
/// How long ago the sample documents were issued, in years.
const ISSUED_YEARS_AGO: i16 = 2;

/// What such a file holds.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdCardFile {
    /// Which document it is.
    pub kind: Kind,
    /// The name in Chinese characters; foreigners may have none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The name in Latin letters, of foreigners.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub latin_name: String,
    /// The number, right or not.
    pub number: String,
    /// Sex.
    pub sex: SexWord,
    /// Day of birth.
    pub birth: Date,
    /// The first day of validity.
    pub from: Date,
    /// The last day of validity, or 长期.
    pub until: Until,
}

/// The kinds of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// 居民身份证.
    Resident,
    /// 港澳台居民居住证.
    HkMacaoTaiwan,
    /// 外国人永久居留身份证, the edition of 2017.
    #[serde(rename = "foreigner-2017")]
    Foreigner2017,
    /// 外国人永久居留身份证, the edition of 2023.
    #[serde(rename = "foreigner-2023")]
    Foreigner2023,
}

/// Sex, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SexWord {
    /// 男.
    Male,
    /// 女.
    Female,
    /// Unknown or not stated.
    Unstated,
}

/// The end of a document's validity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Until {
    /// Its last day.
    Day(Date),
    /// 长期.
    LongTerm,
}

impl TryFrom<String> for Until {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == LONG_TERM {
            return Ok(Self::LongTerm);
        }
        let wrong = |_| format!("until takes a day such as 2040-12-31, or {LONG_TERM}");
        text.parse().map(Self::Day).map_err(wrong)
    }
}

impl From<Until> for String {
    fn from(until: Until) -> Self {
        match until {
            Until::Day(day) => day.to_string(),
            Until::LongTerm => LONG_TERM.into(),
        }
    }
}

impl Kind {
    /// The same in the reader's terms.
    pub const fn document_kind(self) -> DocumentKind {
        match self {
            Self::Resident => DocumentKind::Resident,
            Self::HkMacaoTaiwan => DocumentKind::HongKongMacaoTaiwan,
            Self::Foreigner2017 => DocumentKind::Foreigner2017,
            Self::Foreigner2023 => DocumentKind::Foreigner2023,
        }
    }
}

impl IdCardFile {
    /// The document that the file describes.
    ///
    /// # Errors
    /// The key whose value does not fit on a document, and why.
    pub fn document(&self) -> Result<SimIdDocument, (&'static str, String)> {
        let builder = match self.kind {
            Kind::Resident => SimIdDocument::resident(),
            Kind::HkMacaoTaiwan => SimIdDocument::hong_kong_macao_taiwan(),
            Kind::Foreigner2017 => SimIdDocument::foreigner_2017(),
            Kind::Foreigner2023 => SimIdDocument::foreigner_2023(),
        };
        let day = |key, day| card_date(day).ok_or((key, "is not between 1900 and 9999".into()));
        let sex = match self.sex {
            SexWord::Male => Sex::Male,
            SexWord::Female => Sex::Female,
            SexWord::Unstated => Sex::Unstated,
        };
        let until = match self.until {
            Until::Day(last) => Some(day("until", last)?),
            Until::LongTerm => None,
        };
        let builder = builder
            .name(&self.name)
            .latin_name(&self.latin_name)
            .number(&self.number)
            .sex(sex)
            .birth(day("birth", self.birth)?)
            .valid_from(day("from", self.from)?)
            .valid_until(until);
        builder.build().map_err(|e: SimIdDocumentError| {
            let key = match e.field() {
                "Latin name" => "latin_name",
                "number" => "number",
                _ => "name",
            };
            (key, "is too long for its field".to_owned())
        })
    }

    /// The 居民身份证 of a person; `None` when the number says no day of birth.
    pub fn of(number: &IdNumber, name: &PersonName, today: Date) -> Option<Self> {
        let birth = number.birth()?;
        let from = today.saturating_sub(ISSUED_YEARS_AGO.years()).max(birth);
        Some(Self {
            kind: Kind::Resident,
            name: name.reveal().into(),
            latin_name: String::new(),
            number: number.reveal().into(),
            sex: match number.gender()? {
                Gender::Male => SexWord::Male,
                Gender::Female => SexWord::Female,
            },
            birth,
            from,
            until: usual_end(birth, from),
        })
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }
}

/// The validity that the law gives (居民身份证法, article 5): by the age at which it is issued 5, 10 or
/// 20 years, or without end.
fn usual_end(birth: Date, from: Date) -> Until {
    let turns = |age: i16| birth.saturating_add(age.years());
    let years: i16 = match from {
        day if day < turns(16) => 5,
        day if day < turns(26) => 10,
        day if day < turns(46) => 20,
        _ => return Until::LongTerm,
    };
    Until::Day(from.saturating_add(years.years()))
}

/// Reads a document from its file.
///
/// # Errors
/// One sentence with the file, the line and what is wrong.
pub fn read(path: &Path) -> Result<SimIdDocument, String> {
    let (file, text): (IdCardFile, String) = medium_file::read(path)?;
    file.document().map_err(|(key, why)| {
        let is_there = |line: &str| {
            line.trim_start()
                .strip_prefix(key)
                .is_some_and(|rest| rest.trim_start().starts_with('='))
        };
        let line = text.lines().position(is_there).map_or(1, |at| at + 1);
        format!("{}: line {line}: {key} {why}", path.display())
    })
}

/// A label, what the document shows, the document.
pub type Sample = (&'static str, &'static str, IdCardFile);

/// Documents of persons of a generated ledger, and of some that it does not know.
///
/// # Errors
/// The ledger cannot be read, or was not generated.
pub fn samples(db: &Path, today: Date) -> Result<Vec<Sample>, RecordsError> {
    let first = showcase(db)?;
    let of = |card: &ShowcaseCard| IdCardFile::of(&card.id_number, &card.name, today);
    // The second of the valid ones: the first is the showcase person again.
    let others = cards(db, CardKind::Normal, today, 2)?;
    let other = others.iter().rfind(|card| card.number != first.number);
    let relatives = cards(db, CardKind::ShowcaseRelative, today, 1)?;
    let expired = of(&first).map(|file| {
        let until = Until::Day(today.saturating_sub(1.day()));
        IdCardFile { from: today.saturating_sub(20.years()), until, ..file }
    });
    let all = [
        ("showcase", "the showcase person's own", of(&first)),
        ("normal", "another person's", other.and_then(of)),
        ("relative", "of a relative who may use the account", relatives.first().and_then(of)),
        ("expired", "the showcase person's, past its last day", expired),
    ];
    let known = all.into_iter().filter_map(|(label, what, file)| Some((label, what, file?)));
    Ok(known.chain(strangers(today)).collect())
}

/// Documents of nobody: the county of their numbers does not exist, nor does the country.
fn strangers(today: Date) -> [Sample; 3] {
    let from = today.saturating_sub(ISSUED_YEARS_AGO.years());
    let file = |kind, name: &str, latin_name: &str, number: &str| IdCardFile {
        kind,
        name: name.into(),
        latin_name: latin_name.into(),
        number: number.into(),
        sex: SexWord::Female,
        birth: date(1960, 3, 8),
        from,
        until: Until::Day(from.saturating_add(10.years())),
    };
    let latin = "DOE, JANE MARY";
    let hk_macao_taiwan = file(Kind::HkMacaoTaiwan, "陈大文", "", "810000196003080025");
    let foreigner_2017 = file(Kind::Foreigner2017, "", latin, "ZZZ110060030802");
    let foreigner_2023 = file(Kind::Foreigner2023, "简多伊", latin, "911999196003080020");
    [
        ("hk-macao-taiwan", "港澳台居民居住证, not in the ledger", hk_macao_taiwan),
        ("foreigner-2017", "a foreigner's of 2017, not in the ledger", foreigner_2017),
        ("foreigner-2023", "a foreigner's of 2023, not in the ledger", foreigner_2023),
    ]
}

#[cfg(test)]
#[path = "idcard_file_tests.rs"]
mod tests;
