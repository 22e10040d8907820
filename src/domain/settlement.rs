//! A settled visit to a hospital or pharmacy (transaction 5203).

use jiff::civil::DateTime;

use super::insurance::CareType;
use super::money::Money;

/// What a visit cost and who paid, in the terms of transaction 5203 (`setlinfo`).
///
/// On generated data `total = fund + own`, `own = account + cash`, and `mutual_aid` is a part of
/// `account`; on imported data a row that breaks this is kept and marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// `setl_id`
    pub setl_id: String,
    /// `fixmedins_name`
    pub institution: String,
    /// `med_type`
    pub care: CareType,
    /// `setl_time`
    pub settled_at: DateTime,
    /// `medfee_sumamt` 医疗费总额
    pub total: Money,
    /// `fund_pay_sumamt` 基金支付
    pub fund: Money,
    /// `psn_pay` (2207: `psn_part_amt`) 个人负担
    pub own: Money,
    /// `acct_pay` 个人账户支付
    pub account: Money,
    /// `acct_mulaid_pay` 其中共济
    pub mutual_aid: Money,
    /// `cash_payamt` (2207: `psn_cash_pay`) 个人现金支付
    pub cash: Money,
    /// `refd_setl_flag`: this row reverses an earlier one; its amounts are negative.
    pub refund: bool,
}
