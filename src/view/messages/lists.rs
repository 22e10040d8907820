//! Texts of the lists, of one record, and of the choice of months.

use crate::domain::money::Money;

/// 账户明细
pub const ACCOUNT_TITLE: &str = "账户明细";
/// Its official term.
pub const ACCOUNT_OFFICIAL: &str = "个人账户收支明细";
/// 家人用了多少
pub const FAMILY_TITLE: &str = "家人用了多少";
/// Its official term.
pub const FAMILY_OFFICIAL: &str = "共济支付情况";
/// 家人缴费
pub const PREMIUMS_TITLE: &str = "家人缴费";
/// Its official term.
pub const PREMIUMS_OFFICIAL: &str = "共济缴费情况";
/// While the first rows are on their way: seal, heading.
pub const FETCHING: (char, &str, [&str; 1]) = ('查', "正在查记录", ["请稍等"]);

/// 收入 1,200.00 元，支出 835.75 元
pub fn account_summary(income: Money, spending: Money) -> String {
    format!("收入 {income} 元，支出 {spending} 元")
}
/// 共 1,386.40 元，18 笔
pub fn total(total: Money, rows: u32) -> String {
    format!("共 {total} 元，{rows} 笔")
}
/// 2025年 共 18 笔
pub fn count_summary(period: &str, rows: u32) -> String {
    format!("{period} 共 {rows} 笔")
}
/// 全部家人
pub const ALL_RELATIVES: &str = "全部家人";
/// Opens the choice of months.
pub const PERIOD_CHIP: &str = "换月份";
/// Shows names in full.
pub const REVEAL: &str = "显示全名";
/// Hides them again.
pub const CONCEAL: &str = "遮住全名";
/// No rows.
pub const ACCOUNT_EMPTY: &str = "这段时间没有收入和支出。可以换几个月看看。";
/// No rows.
pub const FAMILY_EMPTY: &str = "这段时间家人没有用过您的账户。可以换几个月看看。";
/// No rows, and nobody who could have made one.
pub const FAMILY_NOBODY: &str =
    "您还没有添加可以用您账户的家人。想添加家人，请在首页按“家人管理”。";
/// No rows.
pub const PREMIUMS_EMPTY: &str = "这段时间没有用您的账户缴过居民医保。可以换几个月看看。";
/// 第 1 页，共 5 页
pub fn pager(page: u32, pages: u32) -> String {
    format!("第 {page} 页，共 {pages} 页")
}
/// Money given back.
pub fn refunded(amount: &str) -> String {
    format!("退 {amount}")
}
/// Money that came in.
pub fn came_in(amount: &str) -> String {
    format!("收 {amount}")
}
/// A movement that gives money back.
pub fn refund_title(place: &str) -> String {
    format!("退费 {place}")
}
/// Prints what is shown.
pub const PRINT_THIS: &str = "打印这一份";

/// 2026年度居民医保
pub fn premium_title(year: i16) -> String {
    format!("{year}年度居民医保")
}
/// A pending premium must not be paid again.
pub const PREMIUM_PENDING_NOTE: &str =
    "这笔钱已经从账户扣了，请不要再缴一次。到账以后，这里会写“已到账”。";
/// The owner's own premium.
pub const FOR_SELF: &str = "本人";

/// Labels of one record.
pub const LABEL_DATE: &str = "日期";
/// See [`LABEL_DATE`].
pub const LABEL_WHAT: &str = "事项";
/// See [`LABEL_DATE`].
pub const LABEL_WHO: &str = "谁用的";
/// See [`LABEL_DATE`].
pub const LABEL_FOR_WHOM: &str = "替谁缴的";
/// See [`LABEL_DATE`].
pub const LABEL_BALANCE_AFTER: &str = "之后的余额";
/// See [`LABEL_DATE`].
pub const LABEL_TOTAL: &str = "医疗费总额";
/// See [`LABEL_DATE`].
pub const LABEL_FUND: &str = "基金支付";
/// See [`LABEL_DATE`].
pub const LABEL_OWN: &str = "个人负担";
/// See [`LABEL_DATE`].
pub const LABEL_ACCOUNT: &str = "个人账户支付";
/// See [`LABEL_DATE`].
pub const LABEL_MUTUAL_AID: &str = "其中共济";
/// See [`LABEL_DATE`].
pub const LABEL_CASH: &str = "个人现金支付";
/// See [`LABEL_DATE`].
pub const LABEL_YEAR: &str = "参保年度";
/// See [`LABEL_DATE`].
pub const LABEL_PAID_ON: &str = "缴费日期";
/// See [`LABEL_DATE`].
pub const LABEL_STATUS: &str = "到了哪一步";
/// 2026年
pub fn year(year: i16) -> String {
    format!("{year}年")
}
/// A settlement whose parts do not add up.
pub const RECORD_DOES_NOT_ADD_UP: &str = "这笔记录的几项金额对不上，请到窗口核对。";

/// The choice of months.
pub const MONTHS_TITLE: &str = "看哪几个月";
/// What is chosen, and that a second touch makes a span.
pub fn months_hint_open(chosen: &str) -> String {
    format!("已选{chosen}。再按一个月份，就选这一段时间。")
}
/// What is chosen.
pub fn months_hint(chosen: &str) -> String {
    format!("已选{chosen}。按月份可以重选。")
}
/// What is chosen is more than the region allows at once.
pub fn months_too_long(chosen: &str, longest: u16) -> String {
    format!("已选{chosen}。这里一次最多看 {longest} 个月，请重选。")
}
/// Ready-made periods.
pub const QUICK: [&str; 4] = ["本月", "近三个月", "今年", "去年"];
/// The whole of the year shown.
pub fn quick_year(year: i16) -> String {
    format!("{year}年全年")
}
/// 11月
pub fn month(month: i8) -> String {
    format!("{month}月")
}
/// Takes the chosen months.
pub const USE_PERIOD: &str = "看这段时间";
/// Takes the chosen months for a slip.
pub const USE_PERIOD_FOR_SLIP: &str = "就打这段时间";

/// 2025年11月
pub fn in_year(year: i16, rest: &str) -> String {
    format!("{year}年{rest}")
}
/// 9月至11月
pub fn span(from: &str, to: &str) -> String {
    format!("{from}至{to}")
}
