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
    /// 余额结转: brings the account to a balance stated from outside (an opening balance, or what
    /// the platform said last), when the rows that led there are not in the ledger.
    Adjustment,
    /// 划拨: into the family's common account, or (positive) back from it.
    Transfer,
    /// An amount locked for a relative, or (positive) what comes back from it.
    Quota,
}

impl MovementKind {
    /// What a patron reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Contribution => "每月划入",
            Self::Interest => "利息",
            Self::OwnCare => "本人看病买药",
            Self::FamilyCare => "家人看病买药",
            Self::FamilyPremium => "交居民医保",
            Self::Refund => "退回",
            Self::Adjustment => "余额结转",
            Self::Transfer => "家庭账户划拨",
            Self::Quota => "给家人的额度",
        }
    }

    /// The term on official paper.
    pub fn official_label(self) -> &'static str {
        match self {
            Self::Contribution => "个人账户划入",
            Self::Interest => "个人账户利息",
            Self::OwnCare => "本人医疗支付",
            Self::FamilyCare => "共济支付",
            Self::FamilyPremium => "共济缴费",
            Self::Refund => "退费",
            Self::Adjustment => "余额结转",
            Self::Transfer => "共济账户划拨",
            Self::Quota => "共济额度",
        }
    }
}

impl Balance {
    /// The same money seen in a later year: what was 当年 has become 历年.
    pub fn carried_over(self) -> Self {
        Self { total: self.total, this_year: Money::ZERO, earlier_years: self.total }
    }

    /// The balance after a movement of the same year; `None` when it would fall below zero.
    ///
    /// Money that comes in, refunds included, is 当年. Spending draws 当年 first, then 历年
    /// \[open: regions differ\]. An opening or adjusting row counts as 历年, because nobody says
    /// of which year it is.
    pub fn after(self, kind: MovementKind, amount: Money) -> Option<Self> {
        let total = self.total.checked_add(amount)?;
        if total.is_negative() {
            return None;
        }
        let this_year = if !amount.is_negative() {
            if kind == MovementKind::Adjustment { self.this_year } else { self.this_year + amount }
        } else {
            (self.this_year + amount).max(Money::ZERO)
        };
        Some(Self { total, this_year, earlier_years: total - this_year })
    }
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
    /// The number of the row in its account; later rows have larger ones.
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn balance(this_year: i64, earlier: i64) -> Balance {
        Balance {
            total: Money::from_fen(this_year + earlier),
            this_year: Money::from_fen(this_year),
            earlier_years: Money::from_fen(earlier),
        }
    }

    #[test]
    fn spending_draws_this_year_first() {
        use MovementKind::{Adjustment, Contribution, OwnCare, Refund};
        for (before, kind, amount, after) in [
            (balance(100, 50), OwnCare, -30, Some(balance(70, 50))),
            (balance(100, 50), OwnCare, -120, Some(balance(0, 30))),
            (balance(100, 50), OwnCare, -150, Some(balance(0, 0))),
            (balance(100, 50), OwnCare, -151, None),
            (balance(100, 50), Contribution, 20, Some(balance(120, 50))),
            (balance(0, 50), Refund, 20, Some(balance(20, 50))),
            (balance(10, 50), Adjustment, 20, Some(balance(10, 70))),
        ] {
            assert_eq!(before.after(kind, Money::from_fen(amount)), after);
        }
        assert_eq!(balance(100, 50).carried_over(), balance(0, 150));
    }

    proptest! {
        #[test]
        fn parts_always_sum_to_the_whole(amounts in prop::collection::vec(-500i64..500, 0..40)) {
            let mut now = Balance::default();
            for (index, fen) in amounts.into_iter().enumerate() {
                if index % 7 == 6 {
                    now = now.carried_over();
                }
                let kind = if fen < 0 { MovementKind::OwnCare } else { MovementKind::Contribution };
                now = now.after(kind, Money::from_fen(fen)).unwrap_or(now);
                prop_assert_eq!(now.this_year + now.earlier_years, now.total);
                prop_assert!(!now.this_year.is_negative() && !now.earlier_years.is_negative());
            }
        }
    }
}
