//! The personal account (个人账户) and its movements.

use jiff::civil::Date;

use super::family::Relation;
use super::money::Money;
use super::person::{Gender, PersonName, PersonNo};

/// The money in a personal account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// 余额: both parts together.
    pub total: Money,
    /// 当年: what came in this calendar year and is left.
    pub this_year: Money,
    /// 历年: what is left of earlier years.
    pub earlier_years: Money,
}

/// Why the balance moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MovementKind {
    /// 单位/个人划入: the monthly credit.
    Contribution,
    /// 利息
    Interest,
    /// The owner's own medical cost.
    OwnCare,
    /// A relative's medical cost (共济支付).
    FamilyCare,
    /// A relative's (or one's own) 居民医保 premium (共济缴费).
    FamilyPremium,
    /// Money given back by a reversed settlement (退费); the amount is positive.
    Refund,
}

/// A relative as a row mentions them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelativeRef {
    /// The ledger's number of the relative.
    pub psn_no: PersonNo,
    /// The relative's name.
    pub name: PersonName,
    /// The relative's sex.
    pub gender: Gender,
    /// What the relative is to the account's owner.
    pub relation: Relation,
}

/// One movement of a personal account (a row of 账户明细).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// The ledger's own number of the row; later rows have larger ones.
    pub serial: i64,
    /// The day it took effect.
    pub date: Date,
    /// Why.
    pub kind: MovementKind,
    /// Change of the balance: positive in, negative out.
    pub amount: Money,
    /// The balance after it.
    pub balance_after: Money,
    /// Where: institution, pharmacy, employer, tax office; never empty.
    pub place: String,
    /// For whom, when it was for a relative.
    pub relative: Option<RelativeRef>,
    /// The settlement behind it, when there is one.
    pub settlement: Option<super::settlement::Settlement>,
}
