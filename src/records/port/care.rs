//! A person's own visits to hospitals and pharmacies, and what was reimbursed (看病记录、报销明细).

use super::Page;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::settlement::Settlement;

/// Sums over settlements, refunds taken off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CareSums {
    /// 医疗费总额
    pub total: Money,
    /// 基金支付
    pub fund: Money,
    /// 个人账户支付
    pub account: Money,
    /// 其中共济
    pub mutual_aid: Money,
    /// 个人现金支付
    pub cash: Money,
}

/// A page of settlements and their sums over the whole period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarePage {
    /// The rows, newest first.
    pub page: Page<Settlement>,
    /// Sums over the period.
    pub sums: CareSums,
}

/// All settlements of a period, oldest first, for paper (年度医保报销记录).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareStatement {
    /// The span asked for.
    pub period: Period,
    /// The rows.
    pub rows: Vec<Settlement>,
    /// Sums over the rows.
    pub sums: CareSums,
}
