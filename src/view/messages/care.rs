//! Texts of one's own visits and what was reimbursed.

use crate::domain::money::Money;

/// 看病报销记录
pub const TITLE: &str = "看病报销记录";
/// Its official term.
pub const OFFICIAL: &str = "医保结算明细";
/// The way in from the account's details.
pub const CHIP: &str = "看病报销记录";
/// The way in from home: seal, label, detail.
pub const CHOICE: (char, &str, &str) = ('医', "看病报销记录", "看病、买药报了多少");
/// No rows.
pub const EMPTY: &str = "这段时间没有看病、买药的结算记录。可以换几个月看看。";
/// Sums, one line each.
pub fn total(total: Money, fund: Money) -> String {
    format!("医疗费总额 {total} 元，基金支付 {fund} 元")
}
/// See [`total`].
pub fn account(account: Money, mutual_aid: Money) -> String {
    format!("个人账户支付 {account} 元，其中共济 {mutual_aid} 元")
}
/// See [`total`].
pub fn cash(cash: Money) -> String {
    format!("个人现金支付 {cash} 元")
}
/// What the insurance paid of a visit.
pub fn reimbursed(fund: Money) -> String {
    format!("基金支付 {fund} 元")
}
/// The slip: seal, label, and its official name.
pub const SLIP: (char, &str, &str) = ('医', "看病报销记录", "医保报销记录单");
