//! Texts of the family account's pages, and of what its writes do.

use crate::domain::money::Money;

/// 家人管理
pub const TITLE: &str = "家人管理";
/// Its official term, where the region states none.
pub const OFFICIAL: &str = "家庭共济账户";
/// Fetching: seal, heading, lines.
pub const FETCHING: (char, &str, [&str; 1]) = ('亲', "正在查家人名单", ["请稍等"]);
/// Not opened yet.
pub const NOT_OPENED: &str = "您还没有开通家庭共济。开通以后才能添加家人，不收钱。";
/// No account to be shared.
pub const NO_ACCOUNT: &str = "职工医保才有个人账户可以给家人用。您可以看家人给您用的账户。";
/// Nothing can be written: no rules.
pub const NO_RULES: &str = "机器里没有您参保地的规定，现在只能查看，办理请到窗口。";
/// Nothing can be written: no room.
pub const NOTICE_QUERIES_ONLY: &str = "这台机器现在只能查询，办理请到别的机器或者窗口。";
/// 家庭账户里有
pub fn pool(amount: Money) -> String {
    format!("家庭账户里有 {amount} 元。")
}
/// Invitations wait.
pub fn invited(count: usize) -> String {
    format!("有 {count} 位家人邀请您用他们的账户，等您回复。")
}
/// No cards.
pub const EMPTY: &str = "您还没有添加可以用您账户的家人。";
/// What can be done: seal, label, detail.
pub const WAY_OPEN: (char, &str, &str) = ('开', "开通家庭共济", "开通以后才能添加家人");
/// See [`WAY_OPEN`].
pub const WAY_ADD: (char, &str, &str) = ('添', "添加家人", "让家人用您账户里的钱");
/// See [`WAY_OPEN`].
pub const WAY_INVITATIONS: (char, &str, &str) = ('邀', "看看谁邀请您", "接受或者不接受");
/// See [`WAY_OPEN`].
pub const WAY_TRANSFER: (char, &str, &str) = ('划', "划拨到家庭账户", "从个人账户转过去");
/// See [`WAY_OPEN`].
pub const WAY_DONORS: (char, &str, &str) = ('用', "谁的账户给您用", "也可以改扣款顺序");
/// See [`WAY_OPEN`].
pub const WAY_RECORDS: (char, &str, &str) = ('录', "授权记录", "以前和现在添加过谁");

/// A card: 2024年1月1日起
pub fn since(day: &str) -> String {
    format!("{day}起")
}
/// 2024年1月1日起，到2027年1月1日
pub fn since_until(since: &str, until: &str) -> String {
    format!("{since}起，到{until}")
}
/// 今年用了 1.00 元
pub fn used(amount: Money) -> String {
    format!("今年用了 {amount} 元")
}
/// 今年用了 1.00 元，最多 3.00 元
pub fn used_of(amount: Money, most: Money) -> String {
    format!("今年用了 {amount} 元，最多 {most} 元")
}
/// 您的账户排在第 1 位
pub fn place(slot: u8) -> String {
    format!("看病时您的账户排在第 {slot} 位")
}
/// 锁定了 1.00 元
pub fn quota(amount: Money) -> String {
    format!("给家人锁定了 {amount} 元")
}
/// An authorisation that has yet to be accepted.
pub const MARK_INVITED: &str = "等家人接受";
/// An authorisation that has yet to begin.
pub const MARK_NOT_YET: &str = "还没有开始";

/// Labels of one relative.
pub const LABEL_TERM: &str = "什么时候可以用";
/// See [`LABEL_TERM`].
pub const LABEL_USED: &str = "今年用了多少";
/// See [`LABEL_TERM`].
pub const LABEL_PLACE: &str = "排在第几位";
/// See [`LABEL_TERM`].
pub const LABEL_QUOTA: &str = "锁定的额度";
/// What can be done about a relative.
pub const ACT_USE: (char, &str, &str) = ('明', "用了多少", "每一笔看病买药");
/// See [`ACT_USE`].
pub const ACT_LIMIT: (char, &str, &str) = ('限', "设定限额", "一年最多用多少");
/// See [`ACT_USE`].
pub const ACT_QUOTA: (char, &str, &str) = ('额', "设定额度", "锁定一笔钱给家人用");
/// See [`ACT_USE`].
pub const ACT_RELEASE: (char, &str, &str) = ('解', "解除绑定", "家人不再用您的账户");
/// See [`ACT_USE`].
pub const ACT_TAKE_BACK: (char, &str, &str) = ('回', "收回邀请", "家人还没有接受");

/// The reminder: seal, heading.
pub const REMINDER: (char, &str) = ('解', "温馨提示");
/// To the review.
pub const REMINDER_GO_ON: &str = "看好了，接着办";
/// What stops.
pub fn reminder_stops(who: &str) -> String {
    format!("解除以后，{who}不能再用您的账户看病买药、缴费")
}
/// What stays.
pub const REMINDER_STAYS: &str = "以前用掉的钱不退，记录还可以查";
/// Premiums on their way.
pub const REMINDER_PREMIUM: &str = "已经付款的居民医保不会因为解除撤回，要撤请先撤销代缴";
/// A quota.
pub fn reminder_quota(amount: Money) -> String {
    format!("锁定的 {amount} 元里没用完的，会退回您的账户")
}
/// What is in the common account.
pub fn reminder_pool(amount: Money) -> String {
    format!("家庭账户里有 {amount} 元，没有别的成员以后退回您的个人账户")
}
/// Again later.
pub const REMINDER_AGAIN: &str = "以后还可以再添加";
/// What an invitation taken back means.
pub fn reminder_take_back(who: &str) -> String {
    format!("收回以后，{who}不能再接受这个邀请")
}

/// Whose accounts: heading, official term.
pub const DONORS: (&str, &str) = ("谁的账户给您用", "扣款顺序");
/// Above the rows.
pub const DONORS_LEAD: &str = "您看病买药的时候，从上往下扣";
/// One's own.
pub const OWN_ACCOUNT: &str = "自己的账户";
/// One's own, for somebody without one.
pub const NO_OWN_ACCOUNT: &str = "没有个人账户";
/// One's own, which always comes first.
pub const OWN_FIRST: &str = "总是先用";
/// 第 1 位
pub fn nth(place: usize) -> String {
    format!("第 {place} 位")
}
/// 女儿李*的账户
pub fn account_of(label: &str, name: &str) -> String {
    format!("{label}{name}的账户")
}
/// To the order.
pub const CHANGE_ORDER: &str = "改扣款顺序";
/// 第一顺位
pub fn slot(place: usize) -> String {
    let words = ["第一顺位", "第二顺位", "第三顺位", "第四顺位", "第五顺位"];
    let word = words.get(place.saturating_sub(1));
    word.map_or_else(|| format!("第 {place} 顺位"), |word| (*word).to_owned())
}
/// Which account first, which next.
pub fn order_title(place: usize) -> String {
    let words = ["第一个", "第二个", "第三个", "第四个", "第五个"];
    let word = words.get(place.saturating_sub(1)).unwrap_or(&"下一个");
    format!("{word}用谁的账户")
}
/// Those chosen so far.
pub fn order_so_far(names: &str) -> String {
    format!("已经排好：{names}")
}
/// Before the first one.
pub const ORDER_LEAD: &str = "前一个账户的钱用完了，才用下一个。";

/// The records: heading, official term.
pub const RECORDS: (&str, &str) = ("授权记录", "账户共济授权记录");
/// 共 3 条
pub fn records_count(rows: u32) -> String {
    format!("共 {rows} 条")
}
/// None.
pub const RECORDS_EMPTY: &str = "还没有添加过家人。";
/// What became of one.
pub const STATE_ACTIVE: &str = "正在使用";
/// See [`STATE_ACTIVE`].
pub const STATE_DECLINED: &str = "没有接受";
/// See [`STATE_ACTIVE`].
pub const STATE_ENDED: &str = "已经到期";
/// See [`STATE_ACTIVE`].
pub fn state_released(day: &str) -> String {
    format!("{day}解除")
}

/// An invitation: heading.
pub fn invitation_title(name: &str) -> String {
    format!("{name}邀请您共用账户")
}
/// What the patron is to whoever invites.
pub fn invitation_as(label: &str, day: &str) -> String {
    format!("{day}发出，您是对方的{label}。")
}
/// Its last day.
pub fn invitation_until(day: &str) -> String {
    format!("{day}以前可以接受。")
}
/// Labels and answers.
pub const LABEL_MOST: &str = "一年最多用多少";
/// See [`LABEL_MOST`].
pub const NO_LIMIT: &str = "没有另外设限";
/// The primary answer.
pub const ACCEPT: &str = "接受邀请";
/// The other answer.
pub const DECLINE: (char, &str, &str) = ('否', "不接受", "不共用账户");
/// Another invitation.
pub const NEXT_INVITATION: (char, &str, &str) = ('下', "看下一个邀请", "还有别的家人邀请您");
/// None is there.
pub const NO_INVITATION: &str = "没有等您回复的邀请";

/// The limit: heading.
pub fn limit_title(who: &str) -> String {
    format!("{who}一年最多用多少")
}
/// The limit now.
pub fn limit_now(limit: &str) -> String {
    format!("现在是：{limit}。")
}
/// A round amount: 1,000 元
pub fn limit_choice(yuan: u16) -> String {
    let amount = Money::from_fen(i64::from(yuan) * 100).to_string();
    format!("{} 元", amount.trim_end_matches("00").trim_end_matches('.'))
}
/// Beneath a round amount.
pub const LIMIT_A_YEAR: &str = "一年最多用这么多";
/// No limit.
pub const LIMIT_NONE: (char, &str, &str) = ('不', "不限", "不另外设限");
/// Another amount.
pub const LIMIT_OTHER: (char, &str, &str) = ('别', "别的数", "自己输一个数");

/// Pads of amounts: heading.
pub const QUOTA_TITLE: &str = "给家人锁定多少";
/// See [`QUOTA_TITLE`].
pub const TRANSFER_TITLE: &str = "划拨多少到家庭账户";
/// Beneath.
pub const WHOLE_YUAN: &str = "请输入整数，单位是元";
/// Beneath: what there is.
pub fn balance(amount: Money) -> String {
    format!("个人账户里有 {amount} 元")
}
/// Beneath: what is locked.
pub fn locked(amount: Money) -> String {
    format!("现在锁定的是 {amount} 元，输 0 就全部退回")
}
/// The pad's one action.
pub const NEXT: &str = "下一步";
/// The pad's unit.
pub const YUAN: &str = "元";
/// Nothing would be moved.
pub const ZERO: &str = "要划拨的钱要比 0 元多。";
/// It is so already.
pub const SAME: &str = "和现在一样，不用再改。";
