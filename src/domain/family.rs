//! The family account: who may use whose personal account (家庭共济).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::id_number::IdNumber;
use super::money::Money;
use super::person::{Gender, PersonName, PersonNo};

/// What a beneficiary is to the donor; in files by its name in lower case (`maternal_grandparent`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// 配偶
    Spouse,
    /// 父母
    Parent,
    /// 子女
    Child,
    /// 兄弟姐妹
    Sibling,
    /// 祖父母
    Grandparent,
    /// 外祖父母
    MaternalGrandparent,
    /// 孙子女
    Grandchild,
    /// 外孙子女
    MaternalGrandchild,
    /// 配偶父母: in few regions.
    ParentInLaw,
}

/// A relative who may use the donor's account (被共济人).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beneficiary {
    /// The ledger's number of the relative.
    pub psn_no: PersonNo,
    /// The relative's name.
    pub name: PersonName,
    /// The relative's document number.
    pub id_number: IdNumber,
    /// The relative's sex, which makes a parent 父亲 or 母亲.
    pub gender: Gender,
    /// What the relative is to the donor.
    pub relation: Relation,
    /// First day of the authorisation.
    pub since: Date,
    /// The most that may be used in a year, if limited.
    pub annual_limit: Option<Money>,
}

impl Relation {
    /// Every relation, in the order patrons meet them.
    pub const ALL: [Self; 9] = [
        Self::Spouse,
        Self::Parent,
        Self::Child,
        Self::Sibling,
        Self::Grandparent,
        Self::MaternalGrandparent,
        Self::Grandchild,
        Self::MaternalGrandchild,
        Self::ParentInLaw,
    ];

    /// What the donor calls a relative of this sex: 母亲, 儿子, 妻子.
    pub fn label(self, gender: Gender) -> &'static str {
        let (male, female) = match self {
            Self::Spouse => ("丈夫", "妻子"),
            Self::Parent => ("父亲", "母亲"),
            Self::Child => ("儿子", "女儿"),
            Self::Sibling => ("兄弟", "姐妹"),
            Self::Grandparent => ("祖父", "祖母"),
            Self::MaternalGrandparent => ("外祖父", "外祖母"),
            Self::Grandchild => ("孙子", "孙女"),
            Self::MaternalGrandchild => ("外孙", "外孙女"),
            Self::ParentInLaw => ("配偶的父亲", "配偶的母亲"),
        };
        match gender {
            Gender::Male => male,
            Gender::Female => female,
        }
    }

    /// What such a relative calls a donor of this sex: for a `Parent` 儿子 or 女儿.
    pub fn label_back(self, donor: Gender) -> &'static str {
        let back = match self {
            Self::Spouse => Self::Spouse,
            Self::Parent => Self::Child,
            Self::Child => Self::Parent,
            Self::Sibling => Self::Sibling,
            Self::Grandparent => Self::Grandchild,
            Self::MaternalGrandparent => Self::MaternalGrandchild,
            Self::Grandchild => Self::Grandparent,
            Self::MaternalGrandchild => Self::MaternalGrandparent,
            Self::ParentInLaw => {
                return match donor {
                    Gender::Male => "女婿",
                    Gender::Female => "儿媳",
                };
            }
        };
        back.label(donor)
    }

    /// The term of the rules: 配偶, 父母, 子女.
    pub fn official_label(self) -> &'static str {
        match self {
            Self::Spouse => "配偶",
            Self::Parent => "父母",
            Self::Child => "子女",
            Self::Sibling => "兄弟姐妹",
            Self::Grandparent => "祖父母",
            Self::MaternalGrandparent => "外祖父母",
            Self::Grandchild => "孙子女",
            Self::MaternalGrandchild => "外孙子女",
            Self::ParentInLaw => "配偶父母",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relatives_are_called_by_their_sex() {
        for (relation, male, female) in [
            (Relation::Spouse, "丈夫", "妻子"),
            (Relation::Parent, "父亲", "母亲"),
            (Relation::Child, "儿子", "女儿"),
            (Relation::MaternalGrandchild, "外孙", "外孙女"),
        ] {
            assert_eq!(relation.label(Gender::Male), male);
            assert_eq!(relation.label(Gender::Female), female);
        }
    }

    #[test]
    fn donors_are_called_from_the_other_side() {
        for (relation, male, female) in [
            (Relation::Spouse, "丈夫", "妻子"),
            (Relation::Parent, "儿子", "女儿"),
            (Relation::Child, "父亲", "母亲"),
            (Relation::Sibling, "兄弟", "姐妹"),
            (Relation::Grandparent, "孙子", "孙女"),
            (Relation::MaternalGrandparent, "外孙", "外孙女"),
            (Relation::Grandchild, "祖父", "祖母"),
            (Relation::MaternalGrandchild, "外祖父", "外祖母"),
            (Relation::ParentInLaw, "女婿", "儿媳"),
        ] {
            assert_eq!(relation.label_back(Gender::Male), male);
            assert_eq!(relation.label_back(Gender::Female), female);
        }
    }

    #[test]
    fn every_label_is_its_own() {
        let all = Relation::ALL;
        let mut labels: Vec<_> = all.iter().map(|r| r.label(Gender::Male)).collect();
        labels.extend(all.iter().map(|r| r.label(Gender::Female)));
        labels.extend(all.iter().map(|r| r.official_label()));
        let count = labels.len();
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), count);
    }
}
