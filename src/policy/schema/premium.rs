//! What 居民医保 costs: tables by year, group and age.

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::scalars::{Day, Yuan};
use super::words::{AgeDay, Assistance, Coverage, PersonGroup};

/// The oldest age a table is looked up for, in years; nobody is older.
pub const AGE_MAX: u8 = 150;

/// The premiums of one insured year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PremiumTable {
    /// The year insured.
    pub insured_year: i16,
    /// The day on which the age counts. Where it is not stated, an age is only judged when every
    /// day from payment to the end of the insured year gives the same row.
    pub age_on: Option<AgeDay>,
    /// Who pays what; together with `no_rule` each group and age exactly once.
    pub rows: Vec<Spanned<PremiumRow>>,
    /// Who is known to be in no row.
    #[serde(default)]
    pub no_rule: Vec<Spanned<NoRule>>,
}

/// What some people pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PremiumRow {
    /// For these groups; empty: for everybody.
    #[serde(default)]
    pub groups: Vec<PersonGroup>,
    /// From this age on, in years; not stated: from birth.
    pub from_age: Option<u8>,
    /// Up to this age, included; not stated: without an end.
    pub to_age: Option<u8>,
    /// 个人缴费: what the person pays a year.
    pub personal: Yuan,
    /// 财政补助: what the state adds a year.
    pub subsidy: Option<Yuan>,
    /// 筹资标准: both together; compared with their sum when the pack is loaded.
    pub total: Option<Yuan>,
}

/// People for whom no premium is stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoRule {
    /// These groups; empty: everybody.
    #[serde(default)]
    pub groups: Vec<PersonGroup>,
    /// From this age on, in years; not stated: from birth.
    pub from_age: Option<u8>,
    /// Up to this age, included; not stated: without an end.
    pub to_age: Option<u8>,
    /// What a patron is told.
    pub say: String,
}

/// When the premium of a year may be paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PremiumWindow {
    /// The year insured.
    pub insured_year: i16,
    /// First day, when it is known.
    pub from: Option<Day>,
    /// Last day, when it is known.
    pub to: Option<Day>,
}

/// Whose personal share is subsidised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssistanceRule {
    /// Which people.
    pub category: Assistance,
    /// All of it, or a part.
    pub covers: Coverage,
    /// How much less they pay a year; a part without it is known to exist, but not how large it is.
    pub reduction: Option<Yuan>,
}

/// The groups and ages of a row.
pub(in crate::policy) trait Covers {
    /// The groups; empty: everybody.
    fn groups(&self) -> &[PersonGroup];
    /// First and last age, both included.
    fn ages(&self) -> (u8, u8);

    /// Whether a person of this group and age is meant.
    fn covers(&self, group: PersonGroup, age: u8) -> bool {
        let (from, to) = self.ages();
        let of_group = self.groups().is_empty() || self.groups().contains(&group);
        of_group && (from..=to).contains(&age)
    }
}

macro_rules! covers {
    ($($name:ident),+) => {$(
        impl Covers for $name {
            fn groups(&self) -> &[PersonGroup] {
                &self.groups
            }

            fn ages(&self) -> (u8, u8) {
                (self.from_age.unwrap_or(0), self.to_age.unwrap_or(AGE_MAX))
            }
        }
    )+};
}
covers!(PremiumRow, NoRule);
