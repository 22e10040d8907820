//! The values of a pack. `docs/policy.md` explains every field for those who keep packs.

mod premium;
mod scalars;
mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::domain::family::Relation;

pub(super) use premium::Covers;
pub use premium::{AGE_MAX, AssistanceRule, NoRule, PremiumRow, PremiumTable, PremiumWindow};
pub use scalars::{AnnualLimit, Day, Yuan};
pub use words::{
    AgeDay, Area, Assistance, Children, Confidence, ConsentKind, Coverage, DeductionRule,
    EntryField, MoneyModel, NameMask, PersonGroup, QueryBy, SecondFactor, Topic,
};

/// Where a value is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its title, as people find it.
    pub title: String,
    /// The day it was published.
    pub published: Option<Day>,
    /// Its address.
    pub url: Option<String>,
}

/// The consent of the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Whether and how.
    pub kind: ConsentKind,
    /// Relatives younger than this, in years, join without saying so.
    pub joins_alone_under: Option<u8>,
}

/// A document that is read and accepted before a relative is bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// 承诺书, 告知书, 办理须知.
    pub title: String,
    /// Goes into the record of the consent; a changed text needs a new one.
    pub version: String,
    /// `sha256:` and 64 hexadecimal digits, over the text's UTF-8 bytes.
    pub digest: Spanned<String>,
    /// The text itself.
    pub text: Spanned<DocumentText>,
}

/// The text of a document, in the pack or in a file beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentText {
    /// In the pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inline: Option<String>,
    /// In the file of this name, beside the pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Where the wording is from: a name of `[sources]`.
    pub source: String,
    /// How well it is known to be the official wording.
    pub confidence: Confidence,
    /// What the patron reads; filled in when the pack is loaded.
    #[serde(skip_deserializing, default)]
    pub body: String,
}

/// In which order accounts are drawn at settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeductionOrder {
    /// The rule.
    pub rule: DeductionRule,
    /// How many donors have a place (第一/二/三顺位).
    pub slots: u8,
}

/// How records may be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuerySpan {
    /// The ways to choose a period.
    pub by: Vec<QueryBy>,
    /// The longest period, in months; not stated: the kiosk's own bound.
    pub longest_months: Option<u16>,
}

/// Where a person is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceWindow {
    /// As a patron finds it.
    pub address: String,
    /// When it is open.
    pub hours: Option<String>,
}

/// How personal data is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Masking {
    /// Names.
    pub name: NameMask,
    /// Characters of a document number that stay at the front and at the back.
    pub id_number: [u8; 2],
    /// Digits of a telephone number that stay at the front and at the back.
    pub phone: [u8; 2],
}

/// The most relatives of each kind.
pub type RelationCounts = BTreeMap<Relation, u16>;

/// A fact of the help pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactEntry {
    pub(super) topic: Topic,
    pub(super) title: String,
    /// The year it is of, when it is of one.
    pub(super) year: Option<i16>,
    /// The region it is of, when that is not the pack's.
    pub(super) region: Option<String>,
    pub(super) lines: Vec<String>,
    pub(super) source: Spanned<String>,
    pub(super) confidence: Confidence,
}
