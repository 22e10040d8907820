//! Help: the questions, what is answered from the kiosk itself, and the words around what a region's
//! pack says.

/// Above the questions.
pub const TITLE: &str = "使用帮助";
/// Beneath the title.
pub const LEAD: &str = "您想问什么";
/// Turns to the other questions, and back.
pub const MORE: &str = "别的问题";
/// See [`MORE`].
pub const FIRST: &str = "前面的问题";
/// Turns the pages of an answer.
pub const NEXT: &str = "下一页";
/// On its last page.
pub const AGAIN: &str = "从头看";
/// Under every answer that touches a rule.
pub const LOCAL_RULES: &str = "各地规定不同，以当地医保部门公布为准。";
/// The region's rules, when the settings name the region.
pub fn local_rules_of(region: &str) -> String {
    format!("以{region}医保部门公布为准。")
}
/// Where else to ask.
pub fn hotline(number: &str) -> String {
    format!("也可以打电话 {number} 询问。")
}
/// 第 1 页，共 3 页。
pub fn page_of(page: usize, pages: usize) -> String {
    format!("第 {page} 页，共 {pages} 页。")
}
/// The rest of a paragraph on the next page.
pub fn continued(heading: &str) -> String {
    format!("{heading}（续）")
}

/// A question among the others.
pub struct Question {
    /// One character.
    pub seal: char,
    /// Its words.
    pub question: &'static str,
    /// Smaller, beneath.
    pub detail: &'static str,
}

pub(super) const fn question(seal: char, question: &'static str, detail: &'static str) -> Question {
    Question { seal, question, detail }
}

/// How to begin and to end, where a visit can begin in other ways than by card, too.
pub const BEGIN: Question = question('用', "怎么开始，怎么结束", "插卡、放身份证或者扫码");
/// Beneath [`BEGIN`] without a code scanner.
pub const BEGIN_BY_CARD_OR_DOCUMENT: &str = "插卡或者放身份证";
/// Beneath [`BEGIN`] without an ID card reader.
pub const BEGIN_BY_CARD_OR_CODE: &str = "插卡或者扫码";
/// The same, by card only.
pub const CARD: Question = question('卡', "怎么插卡，怎么取卡", "卡插不进、读不出怎么办");
/// What a family account is.
pub const WHAT: Question = question('共', "什么是家庭共济", "家人用您个人账户里的钱");
/// How it is used.
pub const USE: Question = question('用', "家人看病怎么用", "刷谁的卡，先扣谁的钱");
/// What may be paid from it.
pub const SCOPE: Question = question('付', "账户里的钱能付什么", "也说清楚什么不能付");
/// What premiums cost.
pub const PREMIUM: Question = question('缴', "居民医保缴多少", "每年的标准和缴费时间");
/// What the insurance pays.
pub const REIMBURSEMENT: Question = question('报', "看病能报多少", "报销比例");
/// How to add or release a relative.
pub const MEMBERS: Question = question('改', "怎么添加或者解除家人", "在哪里办，什么时候要解除");
/// What differs from place to place.
pub const DIFFERENCES: Question = question('地', "各地有什么不同", "这里的规定是什么");
/// What the kiosk does not do.
pub const ELSEWHERE: Question = question('窗', "这台机器办不了的事", "备案、取余额、激活、改密码");
/// What to do when figures do not agree.
pub const MISMATCH: Question = question('对', "余额或者记录对不上怎么办", "先打印单据，再去窗口");

/// Heading and text.
pub type Said = (&'static str, &'static str);

/// How to put a card in, where there are other ways, too.
pub const BEGIN_CARD: Said =
    ("插社保卡", "芯片朝上，芯片一头先进，轻轻插到底。办理的时候不要拔卡。");
/// Only with an ID card reader.
pub const BEGIN_DOCUMENT: Said =
    ("放身份证", "把身份证平放在感应区上，不要动。屏幕变了就可以拿起来。");
/// Only with a code scanner.
pub const BEGIN_CODE: Said = ("扫医保码", "在手机上打开医保码，对准扫码窗口。每个码只能用一次。");
/// How to end.
pub const END: Said =
    ("办完以后", "请按“办完了”，取走卡和证件。插卡办理的，随时拔卡，屏幕会马上清除您的信息。");
/// [`CARD`]
pub const CARD_ANSWER: [Said; 2] = [
    ("插卡", "芯片朝上，芯片一头先进，轻轻插到底。"),
    ("取卡", "办完按“办完了，取卡”，再把卡拔出来。随时拔卡也可以，屏幕会马上清除您的信息。"),
];
/// [`WHAT`]
pub const WHAT_ANSWER: [Said; 2] = [
    ("是什么", "您参加职工医保，个人账户里的钱可以给近亲属看病、买药、缴居民医保。"),
    (
        "不是什么",
        "共用的只是钱，不是卡。每个人看病都刷自己的卡，账户里的钱不能取现金，也不能转账。",
    ),
];
/// [`USE`], where no pack says it.
pub const USE_ANSWER: [Said; 2] = [
    ("看病买药", "家人用自己的社保卡或者医保码。钱会按登记的顺序扣，前一个账户用完，再用下一个。"),
    ("替家人买药", "请带上家人的卡和两个人的身份证件。"),
];
/// [`MEMBERS`], where it can be done here.
pub const MEMBERS_HERE: Said = (
    "在这里办",
    "在首页选家人管理，可以添加、解除家人，也可以设限额。请家人带上自己的卡或者证件。",
);
/// [`MEMBERS`], where it cannot.
pub const MEMBERS_AT_WINDOW: Said =
    ("在哪里办", "请带上双方的证件到窗口，或者呼叫工作人员帮您办。");
/// [`MEMBERS`]
pub const MEMBERS_RELEASE: Said =
    ("什么时候要解除", "家里的情况变了，请及时解除，不要把卡借给别人。");
/// [`MISMATCH`]
pub const MISMATCH_ANSWER: [Said; 2] = [
    ("先看一看", "在“账户明细”里找到那一笔，按一下可以看清楚每一项。退费的会写“退”。"),
    ("再去核对", "把单据打印出来，带到窗口核对。单据只用来核对，不能用来报销。"),
];

/// Heading of a year's premiums.
pub fn premium_year(year: i16) -> String {
    format!("{year}年度的标准")
}
/// One row of it: what a person pays, and what the state adds.
pub fn premium_row(who: &str, personal: &str, subsidy: Option<&str>) -> String {
    match subsidy {
        Some(subsidy) => format!("{who}：自己缴 {personal} 元，财政补 {subsidy} 元。"),
        None => format!("{who}：自己缴 {personal} 元。"),
    }
}
/// Everybody.
pub const EVERYBODY: &str = "每个人";
/// From an age on, up to one, between two.
pub fn ages(from: Option<u8>, to: Option<u8>) -> Option<String> {
    match (from, to) {
        (Some(from), Some(to)) => Some(format!("{from}岁到{to}岁")),
        (Some(from), None) => Some(format!("{from}岁以上（含）")),
        (None, Some(to)) => Some(format!("{to}岁以下（含）")),
        (None, None) => None,
    }
}
/// Heading of the assistance.
pub const ASSISTANCE: &str = "谁可以得到资助";
/// Heading of the days.
pub const WINDOWS: &str = "什么时候缴";
/// The days of a year.
pub fn window(year: i16, from: Option<&str>, to: Option<&str>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{year}年度的：{from}到{to}。"),
        (Some(from), None) => format!("{year}年度的：{from}开始。"),
        (None, Some(to)) => format!("{year}年度的：到{to}为止。"),
        (None, None) => format!("{year}年度的：现在可以缴。"),
    }
}

/// Heading of what holds in a region.
pub fn here(region: &str) -> String {
    format!("{region}的规定")
}
/// Who may be bound.
pub fn relatives(list: &str) -> String {
    format!("可以添加：{list}。")
}
/// How near the other must be insured.
pub fn area(area: &str) -> String {
    format!("家人的参保地：{area}。")
}
/// The most a year.
pub const NO_LIMIT: &str = "每年的限额：没有规定上限。";
/// See [`NO_LIMIT`].
pub fn limit(most: &str) -> String {
    format!("每年的限额：每位家人最多 {most} 元。")
}
/// See [`NO_LIMIT`].
pub fn limit_between(least: &str, most: &str) -> String {
    format!("每年的限额：上限在 {least} 元到 {most} 元之间。")
}
/// What the balance must be above.
pub fn threshold(above: &str) -> String {
    format!("替家人缴费以前，余额要超过 {above} 元。")
}
/// What must stay.
pub fn retained(amount: &str) -> String {
    format!("账户里要留下 {amount} 元。")
}

/// Heading of where a person is found.
pub const WHERE: &str = "到哪里办";
/// No window is stated.
pub const AT_WINDOW: &str = "请带上身份证件，到医保服务窗口，或者呼叫工作人员。";
/// The window's address.
pub fn window_at(address: &str) -> String {
    format!("服务窗口：{address}。")
}
/// The window's hours.
pub fn window_hours(hours: &str) -> String {
    format!("办公时间：{hours}。")
}
