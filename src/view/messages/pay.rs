//! Texts of paying a relative's premium and of taking a payment back.

use crate::domain::money::Money;

/// The way in, on the list of premiums.
pub const PAY_FOR_RELATIVE: &str = "替家人缴费";
/// The way in from a premium that was paid for a relative.
pub const PAY_FOR_THIS_ONE: &str = "替这位家人缴费";
/// While the ledger is asked: seal, heading, line.
pub const ASKING: (char, &str, [&str; 2]) =
    ('查', "正在查家人的缴费记录", ["请稍等", "现在还没有付款"]);

/// Whose premium.
pub const WHOM_TITLE: &str = "替谁缴费";
/// Its official term.
pub const WHOM_OFFICIAL: &str = "居民医保代缴";
/// Above the relatives.
pub const WHOM_LEAD: &str = "用您账户里的钱，替参加居民医保的家人缴。";
/// Nobody is bound who is in 居民医保.
pub const WHOM_NOBODY: &str =
    "您添加的家人里，没有参加居民医保的，不用在这里缴。要替别的家人缴，请先添加这位家人。";
/// The relative who was chosen is not in 居民医保, or is no longer bound.
pub const WHOM_NOT_THIS: &str = "这位家人参加的不是居民医保，或者还不能用您的账户，不能在这里缴。";
/// A relative's line.
pub const IN_RESIDENT_INSURANCE: &str = "参加居民医保";
/// What the relative may still use.
pub fn limit_left(left: Money) -> String {
    format!("今年的限额还剩 {left} 元")
}
/// Shows names in full: seal.
pub const REVEAL_SEAL: char = '名';

/// Of which year.
pub const YEARS_TITLE: &str = "缴哪一年的";
/// Its official term.
pub const YEARS_OFFICIAL: &str = "居民医保应缴记录";
/// Above the years.
pub fn for_whom(who: &str) -> String {
    format!("替{who}缴费")
}
/// Nothing is asked.
pub const YEARS_EMPTY: &str = "税务部门现在没有要这位家人缴的居民医保。不清楚的，请到窗口问一问。";
/// How a premium stands, in a row.
pub const PAYABLE: &str = "可以缴";
/// See [`PAYABLE`].
pub const NOT_NOW: &str = "现在不能缴，按一下看原因";
/// See [`PAYABLE`].
pub const ASK_FIRST: &str = "要到窗口问清楚，按一下看原因";
/// See [`PAYABLE`].
pub const NOTHING_ASKED: &str = "不用自己缴";
/// See [`PAYABLE`].
pub const PENDING: &str = "已付款，等待到账，不用再缴";
/// See [`PAYABLE`].
pub const ARRIVED: &str = "已到账，不用再缴";

/// 缴费金额
pub const LABEL_AMOUNT: &str = "缴费金额";
/// 身份
pub const LABEL_GROUP: &str = "参保身份";
/// 个人缴费标准
pub const LABEL_STANDARD: &str = "个人缴费标准";
/// 财政补助
pub const LABEL_SUBSIDY: &str = "财政补助";
/// A category of assistance.
pub const LABEL_ASSISTANCE: &str = "缴费资助";
/// When it may be paid.
pub const LABEL_WINDOW: &str = "缴费时间";
/// 账户余额
pub const LABEL_BALANCE: &str = "账户余额";
/// What will be left.
pub const LABEL_LEFT: &str = "缴后余额";
/// Goes on to the review.
pub const GO_ON: &str = "缴这一笔";
/// Until a day, that day included.
pub fn until(day: &str) -> String {
    format!("到{day}")
}
/// 400.00 元（上海）
pub fn standard_of(amount: Money, region: &str) -> String {
    format!("{amount} 元，{region}")
}
/// Whose standard it is, and that nothing has happened.
pub fn note_agrees(region: &str, year: i16) -> String {
    format!(
        "标准是{region}{year}年的，以当地医保部门公布为准。现在还没有付款，下一页看清楚再确认。"
    )
}
/// The year has no standard here.
pub fn note_no_year(year: i16) -> String {
    format!("机器里没有这里{year}年度的缴费标准，这是税务部门的应缴金额。现在还没有付款。")
}
/// The age, or the day on which it counts, is not known.
pub const NOTE_NO_AGE: &str =
    "这里的标准和年龄有关，机器不能确定是哪一档，这是税务部门的应缴金额。现在还没有付款。";
/// How much assistance there is is not known.
pub const NOTE_NO_ASSISTANCE: &str =
    "机器里没有这里资助多少的规定，这是税务部门的应缴金额。现在还没有付款。";

/// Cannot be paid now: seal, title.
pub const REFUSED: (char, &str) = ('缴', "这一笔现在不能缴");
/// The kiosk does not decide: seal, title.
pub const ASK_AT_WINDOW: (char, &str) = ('问', "这一笔要到窗口问清楚");
/// Nothing has happened.
pub const NOTHING_TAKEN: &str = "没有付款，账户里的钱没有变";
/// The two amounts.
pub fn asked_amount(amount: Money) -> String {
    format!("税务部门的应缴金额是 {amount} 元。")
}
/// See [`asked_amount`].
pub fn standard_amount(amount: Money) -> String {
    format!("机器里的缴费标准是 {amount} 元，两个对不上。")
}
/// Nothing is to be paid: seal, title, line.
pub const NOTHING_DUE: (char, &str, [&str; 1]) =
    ('免', "这一年不用自己缴", ["应缴金额是 0 元，您不用再做什么。"]);
/// Paid and on its way: seal, title.
pub const PENDING_PAGE: (char, &str) = ('缴', "已付款，等待到账");
/// See [`PENDING_PAGE`].
pub const PENDING_LINE: &str = "钱已经付了，正在等税务部门到账。请不要再缴一次。";
/// See [`PENDING_PAGE`].
pub const PENDING_CAN_CANCEL: &str = "付错了的话，到账以前可以撤销。";
/// See [`PENDING_PAGE`].
pub const PENDING_NOT_OWN: &str = "这笔钱不是从您的账户付的，在这里不能撤销。";
/// Arrived: seal, title, lines.
pub const ARRIVED_PAGE: (char, &str, [&str; 1]) =
    ('成', "已到账", ["这一年的居民医保已经缴好了。"]);
/// Paid already.
pub const NO_NEED: &str = "不用再缴";
/// Takes a payment back.
pub const CANCEL: &str = "撤销这一笔";

/// Before a payment is taken back: seal, title.
pub const REMIND: (char, &str) = ('撤', "温馨提示");
/// See [`REMIND`].
pub const REMIND_NOTHING_YET: &str = "现在还没有撤销";
/// See [`REMIND`].
pub fn remind_money(amount: Money) -> String {
    format!("撤销以后，{amount} 元会退回您的账户。")
}
/// See [`REMIND`].
pub fn remind_unpaid(who: &str, year: i16) -> String {
    format!("{who}{year}年度的居民医保就等于没有缴，要重新缴才算数。")
}
/// See [`REMIND`].
pub const REMIND_WINDOW: &str = "过了缴费时间，可能就缴不上了。";
/// Goes on to the review of the cancellation.
pub const REMIND_GO_ON: &str = "接着撤销";
/// A payment that can no longer be taken back: seal, title, lines.
pub const TOO_LATE: (char, &str, [&str; 2]) = (
    '成',
    "这一笔不能撤销了",
    ["钱已经到账，或者已经退回您的账户。", "要退费，请带上双方的身份证件到窗口办理。"],
);

/// What a payment does.
pub fn effect_pay(amount: Money, who: &str, year: i16) -> String {
    format!("从您的账户付 {amount} 元，替{who}缴{year}年度的居民医保。")
}
/// See [`effect_pay`].
pub fn effect_left(left: Money) -> String {
    format!("付了以后，账户还剩 {left} 元。")
}
/// See [`effect_pay`].
pub const EFFECT_ARRIVES: &str = "钱要过一段时间才到账，到账以前可以在这里撤销。";
/// What a cancellation does.
pub fn effect_cancel(amount: Money) -> String {
    format!("这笔代缴会撤销，{amount} 元退回您的账户。")
}
/// See [`effect_cancel`].
pub fn effect_unpaid(who: &str, year: i16) -> String {
    format!("{who}{year}年度的居民医保变成没有缴。")
}
