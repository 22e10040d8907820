//! 居民医保 premiums paid from a personal account (共济缴费; records as transaction 90100).

use jiff::civil::Date;

use super::account::RelativeRef;
use super::money::Money;

/// Where a premium payment has got to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PremiumStatus {
    /// Paid out of the account, not yet booked by the tax office.
    Pending,
    /// 已到账
    Arrived,
    /// Given back.
    Refunded,
}

/// One premium paid from the account for one person and one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PremiumPayment {
    /// The ledger's own number of the row.
    pub serial: i64,
    /// The year insured.
    pub insured_year: i16,
    /// The day it was paid.
    pub paid_on: Date,
    /// The personal share, in yuan.
    pub amount: Money,
    /// For whom; `None` when the owner paid their own.
    pub relative: Option<RelativeRef>,
    /// How far it has got.
    pub status: PremiumStatus,
}

impl PremiumStatus {
    /// What a patron reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pending => "已付款，等待到账",
            Self::Arrived => "已到账",
            Self::Refunded => "已退回账户",
        }
    }

    /// The term on official paper (缴费状态).
    pub fn official_label(self) -> &'static str {
        match self {
            Self::Pending => "待到账",
            Self::Arrived => "已到账",
            Self::Refunded => "已退费",
        }
    }
}
