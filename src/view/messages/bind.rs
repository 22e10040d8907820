//! Texts of adding a relative.

use jiff::civil::Date;

use crate::domain::dates::long_date;
use crate::domain::id_number::IdNumberError;
use crate::domain::money::Money;

use super::effects::VALUE_NO_LIMIT;
use super::yuan;

/// It cannot be: seal and the three titles.
pub const CANNOT_SEAL: char = '止';
/// See [`CANNOT_SEAL`].
pub const CANNOT_SHARE: &str = "现在不能添加家人";
/// See [`CANNOT_SEAL`].
pub const CANNOT_ADD: &str = "现在不能添加这位家人";
/// See [`CANNOT_SEAL`].
pub const CANNOT_ACCEPT: &str = "这个邀请不能再接受了";
/// Nothing has been written.
pub const NOTHING_CHANGED: &str = "您的账户和钱都没有变。";
/// On to the next reasons.
pub const MORE_REASONS: &str = "还有别的原因";
/// On with another relative.
pub const ANOTHER_RELATIVE: &str = "换一位家人";
/// After a relative was added: begin once more.
pub const ONE_MORE: &str = "再加一位家人";
/// No pack holds for the patron.
pub const NO_RULES: &str = "这台机器没有您参保地的规定，不能替您决定。";
/// See [`NO_RULES`].
pub const NO_RULES_WAY_ON: &str = "请带上您的身份证件，到窗口办理。也可以问工作人员。";
/// The number of the card was typed wrong too often.
pub const WRONG_CARD_NUMBER: &str = "输入的卡号和医保系统里的不一样。";
/// An employer cannot be typed on this pad.
pub const EMPLOYER_NOT_ON_RECORD: &str = "医保系统里没有这位家人的单位，这台机器不能输入汉字。";
/// An invitation has an end.
pub const INVITATION_RAN_OUT: &str = "这个邀请已经过了期限。";
/// See [`INVITATION_RAN_OUT`].
pub const INVITATION_RAN_OUT_WAY_ON: &str = "请家人再发一次邀请。";

/// Under a document, before its last page.
pub const READ_ON: &str = "请一页一页看，看到最后一页再决定。";
/// Under a document, on its last page.
pub const READ_TO_THE_END: &str = "看完了。同意就按“同意”，不同意就返回。";
/// The one action under a document.
pub const AGREE: &str = "同意";
/// The way out of a document.
pub const DISAGREE: &str = "不同意，返回";
/// 第 1 页，共 3 页
pub fn page_of(page: usize, pages: usize) -> String {
    format!("第 {page} 页，共 {pages} 页")
}

/// After typing: 是李*吗？
pub fn is_it(name: &str) -> String {
    format!("是{name}吗？")
}
/// See [`is_it`].
pub const IS_IT_LINES: [&str; 2] = ["这是您刚才输入的号码查到的人", "为了保护家人，只显示姓"];
/// See [`is_it`].
pub const IT_IS: &str = "是，接着办";
/// See [`is_it`]: seal, label, detail.
pub const IT_IS_NOT: (char, &str, &str) = ('否', "不是这个人", "重新放证件或者输入号码");

/// 李*是您的什么人？
pub fn whose_relative(name: &str) -> String {
    format!("{name}是您的什么人？")
}
/// Beneath the question for the relation.
pub const RELATION_LEAD: &str = "这里列出的，是当地规定可以添加的亲属。";
/// The choice that turns to the other relations.
pub const OTHER_RELATIONS: (char, &str, &str) = ('他', "其他亲属", "看下一页");

/// The region asks for an employer.
pub const EMPLOYER_TITLE: &str = "这位家人有工作单位吗？";
/// See [`EMPLOYER_TITLE`].
pub const EMPLOYER_LEAD: &str = "当地要登记工作单位或者社区，医保系统里还没有。";
/// See [`EMPLOYER_TITLE`].
pub const NO_EMPLOYER: (char, &str, &str) = ('无', "没有工作单位", "所在社区以后由窗口补登");
/// See [`EMPLOYER_TITLE`].
pub const HAS_EMPLOYER: (char, &str, &str) =
    ('有', "有工作单位", "这台机器不能输入汉字，要到窗口办");
/// What is written for a relative without an employer.
pub const NO_EMPLOYER_ENTRY: &str = "无工作单位，社区由窗口补登";

/// The first day.
pub const START_TITLE: &str = "从哪一天开始？";
/// The last day.
pub const END_TITLE: &str = "到哪一天为止？";
/// Under both.
pub const DAYS_LEAD: &str = "到期以前，您也可以随时解除。";
/// The first days: today, the next month's first, the next year's first.
pub const START_LABELS: [&str; 3] = ["今天", "下个月 1 日", "明年 1 月 1 日"];
/// 一年
pub fn years(years: i8) -> String {
    match years {
        1 => "一年".into(),
        2 => "两年".into(),
        3 => "三年".into(),
        5 => "五年".into(),
        other => format!("{other} 年"),
    }
}
/// Beneath a number of years.
pub fn until(last: Date) -> String {
    format!("到{}为止", long_date(last))
}

/// The limit.
pub const LIMIT_TITLE: &str = "一年最多让家人用多少？";
/// See [`LIMIT_TITLE`].
pub const LIMIT_LEAD: &str = "以后可以随时改。";
/// Beneath a limit that is surely taken.
pub const LIMIT_DETAIL: &str = "用到这个数，当年就不能再用";
/// No limit of one's own.
pub const NO_LIMIT: (char, &str, &str) = ('不', "不另外设", "按当地的规定，有多少可以用多少");
/// Any other amount.
pub const OTHER_AMOUNT: (char, &str, &str) = ('数', "别的数", "自己输入");

/// Into the common account.
pub const TRANSFER_TITLE: &str = "现在划拨多少到家庭账户？";
/// See [`TRANSFER_TITLE`].
pub const TRANSFER_LEAD: &str = "划拨不划拨由您决定，以后也可以划拨。";
/// See [`TRANSFER_TITLE`].
pub const NO_TRANSFER: (char, &str, &str) = ('不', "先不划拨", "账户里的钱不动");
/// Locked for a relative in another province.
pub const QUOTA_TITLE: &str = "给这位家人锁定多少额度？";
/// See [`QUOTA_TITLE`].
pub const QUOTA_LEAD: &str = "家人在外省参保，要先锁定一笔钱。解除的时候，没用完的退回您的账户。";
/// Beneath an amount.
pub const FROM_YOUR_ACCOUNT: &str = "从您的账户里出";
/// An amount of the patron's own.
pub const OTHER_AMOUNT_TITLE: &str = "要多少钱？";
/// There is no such amount.
pub const AMOUNT_NOTHING: &str = "要比 0 元多。";
/// More than may be spent.
pub fn amount_too_much(spendable: Money) -> String {
    format!("账户里可以用的钱是 {spendable} 元，请输入少一些。")
}
/// More than the region lets a relative use.
pub fn amount_above_limit(most: Money) -> String {
    format!("这里一年最多 {most} 元，请输入少一些。")
}

/// To the relative who is here.
pub const AGREE_TITLE: &str = "请家人本人看";
/// See [`AGREE_TITLE`].
pub const AGREE_LEAD: &str = "有家人想把医保个人账户里的钱给您用。愿意，就请您自己按“我愿意”。";
/// See [`AGREE_TITLE`].
pub const AGREE_TEXTS: [(&str, &str); 2] = [
    ("您看病买药", "还用您自己的卡，先按当地规定的顺序扣钱。"),
    ("不愿意也没关系", "不影响您自己的医保，请按返回。"),
];
/// See [`AGREE_TITLE`].
pub const I_AGREE: &str = "我愿意";
/// The relative is not at hand after all.
pub const AGREE_LATER: (char, &str, &str) = ('后', "家人现在不方便", "先发邀请，家人以后再同意");
/// The relative must agree elsewhere.
pub const INVITE_TITLE: &str = "要等家人同意才生效";
/// See [`INVITE_TITLE`].
pub const INVITE_LINES: [&str; 3] = [
    "您先发出邀请，家人接受以后才算添加成功",
    "家人可以在自助机、手机或者窗口接受",
    "家人接受以前，不会动您账户里的钱",
];
/// The same, where an amount is moved at once.
pub const INVITE_LINES_AMOUNT: [&str; 3] = [
    "您先发出邀请，家人接受以后才算添加成功",
    "家人可以在自助机、手机或者窗口接受",
    "您选的那笔钱在您确认以后就会划出",
];
/// See [`INVITE_TITLE`].
pub const INVITE: &str = "发出邀请";

/// The signature.
pub const SIGN_TITLE: &str = "请用手指写上您的名字";
/// See [`SIGN_TITLE`].
pub const SIGN_LEAD: [&str; 2] =
    ["写在方框里，写得不好看没关系", "签名的图不保存，只留一个对照用的数字"];
/// The field has no more room.
pub const SIGN_FULL: &str = "已经写满了，可以按“签好了”，或者擦掉重写";
/// See [`SIGN_TITLE`].
pub const SIGNED: &str = "签好了";
/// See [`SIGN_TITLE`].
pub const CANNOT_WRITE: (char, &str, &str) = ('免', "我写不了字", "不签名也可以接着办");

/// The pads.
pub const PAD_ID_NUMBER: &str = "请输入家人的身份证号码";
/// See [`PAD_ID_NUMBER`].
pub const PAD_ID_NUMBER_LEAD: &str = "一共 18 位，最后一位可能是 X";
/// See [`PAD_ID_NUMBER`].
pub const PAD_CARD_NUMBER: &str = "请输入家人的社保卡号";
/// See [`PAD_CARD_NUMBER`].
pub const PAD_CARD_NUMBER_LEAD: &str = "印在卡的正面，一共 9 位，有数字也可能有字母";
/// See [`PAD_ID_NUMBER`].
pub const PAD_PHONE: &str = "请输入家人的手机号码";
/// See [`PAD_PHONE`].
pub const PAD_PHONE_LEAD: &str = "一共 11 位";
/// See [`PAD_ID_NUMBER`].
pub const PAD_AMOUNT_LEAD: &str = "只输入整数";
/// 元
pub const YUAN: &str = "元";
/// The one action under a pad.
pub const ENTERED: &str = "输好了";
/// It is the patron's own number.
pub const PAD_OWN: &str = "这是您自己的号码，请输入家人的。";
/// It is no mobile number.
pub const PAD_PHONE_WRONG: &str = "手机号码以 1 开头，请再看一看。";
/// It is not the relative's card.
pub fn pad_card_wrong(tries_left: u8) -> String {
    format!("卡号和医保系统里的不一样，请看着卡再输一次，还可以输 {tries_left} 次。")
}
/// What is wrong with a document number.
pub const fn id_number_wrong(error: IdNumberError) -> &'static str {
    match error {
        IdNumberError::Empty | IdNumberError::Length(_) => "号码要有 18 位，请再看一看。",
        IdNumberError::Characters => "X 只能在最后一位，请再看一看。",
        IdNumberError::Region => "最前面两位不对，请再看一看。",
        IdNumberError::BirthDate => "第 7 位到第 14 位是生日，没有这一天，请再看一看。",
        IdNumberError::CheckDigit => "有一位按错了，请对着身份证再看一遍。",
    }
}

/// Labels of the review.
pub const FIELD_RELATION: &str = "与本人关系";
/// See [`FIELD_RELATION`].
pub const FIELD_TERM: &str = "授权期限";
/// See [`FIELD_RELATION`].
pub const FIELD_MONEY: &str = "共济方式";
/// See [`FIELD_RELATION`].
pub const FIELD_AGREEMENT: &str = "家人同意";
/// See [`FIELD_RELATION`].
pub const FIELD_SLOT: &str = "扣款顺位";
/// See [`FIELD_RELATION`].
pub const FIELD_PLACE: &str = "参保地";
/// 2026年11月22日起，长期有效
pub fn term(since: Date, until: Option<Date>) -> String {
    match until {
        Some(until) => format!("{}至{}", long_date(since), long_date(until)),
        None => format!("{}起，长期有效", long_date(since)),
    }
}
/// 3,000.00 元
pub fn limit(limit: Option<Money>) -> String {
    limit.map_or_else(|| VALUE_NO_LIMIT.into(), yuan)
}
/// See [`limit`].
pub fn transfer(amount: Option<Money>) -> String {
    amount.map_or_else(|| "暂不划拨".into(), yuan)
}
/// 第 2 顺位
pub fn slot(slot: u8) -> String {
    format!("第 {slot} 顺位，以医保系统为准")
}
/// A child joins by itself.
pub fn joins_alone(under: u8) -> String {
    format!("没满 {under} 岁，不需要本人同意")
}
/// The relative agreed at the kiosk.
pub const AGREED_HERE: &str = "本人已在这里同意";
/// The relative has yet to agree.
pub const AGREED_LATER: &str = "等家人接受邀请";
/// The region asks for none.
pub const AGREED_NOT_NEEDED: &str = "当地不需要";

/// What the binding will do: the first sentence.
pub fn effect_shared(who: &str, since: Date, until: Option<Date>) -> String {
    match until {
        Some(until) => {
            format!("从{}到{}，{who}可以用您账户里的钱。", long_date(since), long_date(until))
        }
        None => format!("从{}起，{who}可以用您账户里的钱，直到您解除。", long_date(since)),
    }
}
/// See [`effect_shared`].
pub fn effect_invited(who: &str) -> String {
    format!("{who}会收到您的邀请，接受以后才能用您账户里的钱。")
}
/// What the relative can and cannot do.
pub fn effect_use(who: &str) -> String {
    format!("{who}看病买药用自己的卡，不能取现金，也不能转账。")
}
