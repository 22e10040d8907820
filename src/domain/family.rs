//! The family account: who may use whose personal account (家庭共济).

use jiff::civil::Date;

use super::id_number::IdNumber;
use super::money::Money;
use super::person::{Gender, PersonName, PersonNo};

/// What a beneficiary is to the donor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
