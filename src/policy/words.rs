//! What a patron reads of a decision: the reason, and the way on. Plain words, second person, nothing
//! personal, no codes. Lists of values come from the packs.

use jiff::civil::Date;

use crate::domain::dates::long_date;
use crate::domain::family::Relation;
use crate::domain::insurance::{InsuranceStatus, InsuranceType};

use super::pack::Fact;
use super::packs::Policy;
use super::rules::{
    ConsentNeed, LimitAnswer, NoPremium, OrderFault, PremiumWindowAnswer, Refusal, TermFault, WayOn,
};
use super::schema::{Area, MoneyModel};

/// Under every fact and rule that differs by region.
pub const LOCAL_RULES: &str = "以当地医保部门公布为准";

/// Why, in one sentence.
pub fn reason(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotLaunched { from } => {
            format!("这里从{}起才能办家庭共济。", long_date(*from))
        }
        Refusal::DonorInsurance(InsuranceType::Resident) => {
            "您参加的是居民医保，没有个人账户，不能给家人共用。".into()
        }
        Refusal::DonorInsurance(_) => "只有参加职工医保的人，才能把个人账户给家人共用。".into(),
        Refusal::DonorStatus(status) => format!("您的医保现在{}，不能办理。", state(*status)),
        Refusal::DonorMinor => "没满18岁的人不能把账户给家人共用。".into(),
        Refusal::DonorAgeUnknown => "从您的证件上看不出出生日期，机器不能确定您满了18岁。".into(),
        Refusal::BeneficiaryInsurance(_) => {
            "这位家人没有参加职工医保或者居民医保，不能使用您的账户。".into()
        }
        Refusal::BeneficiaryStatus(status) => {
            format!("这位家人的医保现在{}，不能办理。", state(*status))
        }
        Refusal::Oneself => "这是您自己，不用添加。您看病时本来就用自己的账户。".into(),
        Refusal::AlreadyBound => "这位家人已经添加过了，不用再办。".into(),
        Refusal::Relation { asked, allowed } => format!(
            "这里不能添加{}，可以添加的是：{}。",
            asked.official_label(),
            relations(allowed)
        ),
        Refusal::ChildOfAge { under } => format!("这里只能添加没满{under}岁的子女。"),
        Refusal::ChildAgeUnknown => "从证件上看不出孩子的出生日期，机器不能确定年龄。".into(),
        Refusal::TooMany { most } => format!("最多可以添加{most}位家人，您已经加满了。"),
        Refusal::TooManyOf { relation, most } => {
            format!("{}最多可以添加{most}位，您已经加满了。", relation.official_label())
        }
        Refusal::NoSlotLeft { slots } => {
            format!("已经有{slots}个人把账户给这位家人用，没有空的顺位了。")
        }
        Refusal::TooFar(area) => format!("这位家人的参保地太远，两个人要在{}参保。", within(*area)),
        Refusal::PlaceUnknown(area) => {
            format!("两个人要在{}参保，机器看不出这位家人的参保地。", within(*area))
        }
        Refusal::NotStated(_) => "机器里没有这里的规定，不能替您决定。".into(),
        Refusal::NotBound => "这位家人还没有添加到您的账户。".into(),
        Refusal::NotResident(_) => "这位家人参加的不是居民医保，不用缴这笔钱。".into(),
        Refusal::AlreadyPaid { insured_year } => {
            format!("这位家人{insured_year}年度的居民医保已经缴过，不用再缴。")
        }
        Refusal::WindowNotOpen { from } => {
            format!("缴费还没有开始，{}起可以缴。", long_date(*from))
        }
        Refusal::WindowClosed { to } => format!("缴费到{}已经结束。", long_date(*to)),
        Refusal::BalanceThreshold { above } => {
            format!("账户余额要超过 {above} 元，才能替家人缴费。")
        }
        Refusal::LimitTooSmall { left } => {
            format!("这位家人今年的限额还剩 {left} 元，不够缴这笔钱。")
        }
        Refusal::RegionsLimitTooSmall { most, left } => {
            format!(
                "按这里的规定，一位家人一年最多用 {most} 元，今年还剩 {left} 元，不够缴这笔钱。"
            )
        }
        Refusal::BalanceTooSmall { spendable, retained } if retained.is_zero() => {
            format!("账户里可以用的钱不够，现在有 {spendable} 元。")
        }
        Refusal::BalanceTooSmall { spendable, retained } => {
            format!("账户里可以用的钱不够，现在有 {spendable} 元；另外要留下 {retained} 元。")
        }
    }
}

/// What the patron can do now, in one or two sentences; with the region's window and hotline.
pub fn way_on(policy: &Policy, refusal: &Refusal) -> String {
    match refusal.way_on() {
        WayOn::Nothing => "您不用再做什么。".into(),
        WayOn::Later => {
            let when = match refusal {
                Refusal::BalanceThreshold { .. } | Refusal::BalanceTooSmall { .. } => {
                    "请等账户里的钱够了再来。"
                }
                Refusal::RegionsLimitTooSmall { .. } => "请家人自己缴，明年可以再用您的账户。",
                _ => "请到时候再来。",
            };
            format!("{when}{}", ask(policy))
        }
        WayOn::Here => match refusal {
            Refusal::Oneself => "要添加家人，请用家人的卡或者证件。".into(),
            Refusal::NotBound => "请先在这里添加这位家人，再替他缴费。".into(),
            Refusal::LimitTooSmall { .. } => "请先把这位家人的限额改高一些，再缴。".into(),
            _ => "请先解除一位家人，再添加新的。".into(),
        },
        WayOn::Window { bring } => {
            format!("请带上{}，{}办理。{}", bring.join("、"), window(policy), ask(policy))
        }
    }
}

/// Why there is no premium, and the way on.
pub fn no_premium(policy: &Policy, why: &NoPremium) -> String {
    let reason = match why {
        NoPremium::Year { insured_year } => {
            format!("机器里没有{insured_year}年度的缴费标准。")
        }
        NoPremium::AgeUnknown => "缴费标准和年龄有关，机器看不出这位家人的年龄。".into(),
        NoPremium::AgeDayNotStated => {
            "这位家人今年会换到另一档缴费标准，规定里没有写按哪一天算。".into()
        }
        NoPremium::NoRule { say } => say.clone(),
        NoPremium::AssistanceNotStated(category) => {
            format!("{}可以得到资助，机器里没有资助多少。", category.label())
        }
    };
    format!("{reason}{}", to_window(policy))
}

/// What the relative has to do.
pub fn consent(need: ConsentNeed) -> String {
    match need {
        ConsentNeed::NotNeeded => "不需要家人来办。".into(),
        ConsentNeed::JoinsAlone { under } => format!("没满{under}岁的孩子，不需要本人同意。"),
        ConsentNeed::Agree => "需要这位家人同意。".into(),
        ConsentNeed::AcceptInvitation => "您发出邀请以后，要等这位家人接受。".into(),
    }
}

/// Where the shared money is.
pub fn money(model: MoneyModel) -> &'static str {
    match model {
        MoneyModel::Authorize => "钱还在您的账户里，家人用的时候才扣。",
        MoneyModel::Pool => "您划拨的钱会转到家庭账户，由成员使用。",
        MoneyModel::Quota => "您定的额度会从账户里锁定，解除的时候退回没用完的部分。",
    }
}

/// What a limit may be; `None` when it may be as it is.
pub fn limit(answer: LimitAnswer) -> Option<String> {
    match answer {
        LimitAnswer::Allowed => None,
        LimitAnswer::MayBeTooHigh { least, most } => {
            Some(format!("这里的年度限额在 {least} 元到 {most} 元之间，太高可能办不成。"))
        }
        LimitAnswer::TooHigh { most } => Some(format!("一年最多可以设 {most} 元。")),
        LimitAnswer::NotPositive => Some("限额要比 0 元多。不想让家人用，请办理解除。".into()),
        LimitAnswer::NotStated => Some("机器里没有这里的限额规定，请问工作人员。".into()),
    }
}

/// When a premium may be paid.
pub fn premium_window(answer: PremiumWindowAnswer) -> String {
    match answer {
        PremiumWindowAnswer::Open { until: Some(day) } => {
            format!("{}以前可以缴。", until(day))
        }
        PremiumWindowAnswer::Open { until: None } => "现在可以缴。".into(),
        PremiumWindowAnswer::NotOpen { from } => reason(&Refusal::WindowNotOpen { from }),
        PremiumWindowAnswer::Closed { to } => reason(&Refusal::WindowClosed { to }),
        PremiumWindowAnswer::NotStated => "缴费时间以医保系统为准。".into(),
    }
}

/// What is wrong with the days of an authorisation.
pub fn term(fault: TermFault) -> &'static str {
    match fault {
        TermFault::EndBeforeStart => "结束日期比开始日期早，请重新选。",
        TermFault::StartInThePast => "开始日期要从今天起。",
        TermFault::StartNeeded => "请选开始日期。",
        TermFault::EndNeeded => "请选结束日期。",
        TermFault::NoEndHere => "这里的授权不设结束日期，不用的时候办理解除。",
    }
}

/// What is wrong with the order of accounts.
pub fn order(fault: OrderFault) -> String {
    match fault {
        OrderFault::NotStated => "机器里没有这里的扣款顺序，请问工作人员。".into(),
        OrderFault::Twice(slot) => format!("第{slot}顺位已经有人了，请选另一个。"),
        OrderFault::NoSuchSlot(slot) => format!("没有第{slot}顺位，请选另一个。"),
        OrderFault::WithoutSlot => "有一个账户还没有顺位，请先选。".into(),
        OrderFault::TwoOwn => "账户登记有误，请问工作人员。".into(),
    }
}

/// Under a fact: `北京 · 2025年 · 以当地医保部门公布为准`.
pub fn caption(fact: &Fact) -> String {
    match fact.year {
        Some(year) => format!("{} · {year}年 · {LOCAL_RULES}", fact.region),
        None => format!("{} · {LOCAL_RULES}", fact.region),
    }
}

/// Where to ask, when the kiosk does not decide.
pub fn to_window(policy: &Policy) -> String {
    format!("请{}问清楚再缴。{}", window(policy), ask(policy))
}

fn until(day: Date) -> String {
    format!("{}（含当天）", long_date(day))
}

fn state(status: InsuranceStatus) -> &'static str {
    match status {
        InsuranceStatus::NotInsured => "没有参保",
        InsuranceStatus::Normal => "正常",
        InsuranceStatus::Suspended => "暂停了",
        InsuranceStatus::Ended => "已经终止",
    }
}

fn within(area: Area) -> &'static str {
    match area {
        Area::City => "同一个城市",
        Area::Province => "同一个省",
        Area::Nation => "国内",
    }
}

fn relations(allowed: &[Relation]) -> String {
    let labels: Vec<&str> = allowed.iter().map(|relation| relation.official_label()).collect();
    labels.join("、")
}

fn window(policy: &Policy) -> String {
    match policy.rules.window.as_ref().map(|stated| &stated.value) {
        Some(window) => match &window.hours {
            Some(hours) => format!("到{}（{hours}）的窗口", window.address),
            None => format!("到{}的窗口", window.address),
        },
        None => "到窗口".into(),
    }
}

fn ask(policy: &Policy) -> String {
    match policy.rules.hotline.as_ref() {
        Some(hotline) => format!("也可以打电话 {} 询问。", hotline.value),
        None => "也可以问工作人员。".into(),
    }
}
