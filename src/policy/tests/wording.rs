//! What patrons read is plain Chinese: no codes, no letters, full-width signs, whole sentences.

use jiff::civil::date;

use crate::domain::family::Relation;
use crate::domain::insurance::{InsuranceStatus, InsuranceType};
use crate::domain::money::Money;
use crate::policy::rules::{
    ConsentNeed, LimitAnswer, NoPremium, OrderFault, PremiumWindowAnswer, Refusal, TermFault, WayOn,
};
use crate::policy::schema::{Area, Assistance, MoneyModel};
use crate::policy::{built_in, words};

use super::people::{policy, policy_with, stated};

fn refusals() -> Vec<Refusal> {
    let day = date(2025, 3, 1);
    let money = Money::from_fen(12_345);
    let mut all = vec![
        Refusal::NotLaunched { from: day },
        Refusal::DonorMinor,
        Refusal::DonorAgeUnknown,
        Refusal::Oneself,
        Refusal::AlreadyBound,
        Refusal::ChildOfAge { under: 18 },
        Refusal::ChildAgeUnknown,
        Refusal::TooMany { most: 5 },
        Refusal::NoSlotLeft { slots: 3 },
        Refusal::NotStated("area"),
        Refusal::NotBound,
        Refusal::AlreadyPaid { insured_year: 2025 },
        Refusal::WindowNotOpen { from: day },
        Refusal::WindowClosed { to: day },
        Refusal::BalanceThreshold { above: money },
        Refusal::LimitTooSmall { left: money },
        Refusal::RegionsLimitTooSmall { most: money, left: money },
        Refusal::BalanceTooSmall { spendable: money, retained: Money::ZERO },
        Refusal::BalanceTooSmall { spendable: money, retained: money },
    ];
    for insurance in InsuranceType::ALL {
        all.push(Refusal::DonorInsurance(*insurance));
        all.push(Refusal::BeneficiaryInsurance(*insurance));
        all.push(Refusal::NotResident(*insurance));
    }
    for status in InsuranceStatus::ALL {
        all.push(Refusal::DonorStatus(*status));
        all.push(Refusal::BeneficiaryStatus(*status));
    }
    for relation in Relation::ALL {
        all.push(Refusal::Relation { asked: relation, allowed: Relation::ALL.to_vec() });
        all.push(Refusal::TooManyOf { relation, most: 1 });
    }
    for area in Area::ALL {
        all.push(Refusal::TooFar(*area));
        all.push(Refusal::PlaceUnknown(*area));
    }
    all
}

fn texts() -> Vec<String> {
    let policy = policy("national", date(2025, 3, 1));
    let (day, money) = (date(2025, 3, 1), Money::from_fen(12_345));
    let mut texts = Vec::new();
    for refusal in refusals() {
        texts.push(words::reason(&refusal));
        texts.push(words::way_on(&policy, &refusal));
    }
    let none = [
        NoPremium::Year { insured_year: 2026 },
        NoPremium::AgeUnknown,
        NoPremium::AgeDayNotStated,
        NoPremium::NoRule { say: "规定里没有写。".into() },
    ];
    let none =
        none.into_iter().chain(Assistance::ALL.iter().map(|a| NoPremium::AssistanceNotStated(*a)));
    texts.extend(none.map(|why| words::no_premium(&policy, &why)));
    let needs = [
        ConsentNeed::NotNeeded,
        ConsentNeed::JoinsAlone { under: 16 },
        ConsentNeed::Agree,
        ConsentNeed::AcceptInvitation,
    ];
    texts.extend(needs.map(words::consent));
    texts.extend(MoneyModel::ALL.iter().map(|model| words::money(*model).to_owned()));
    let limits = [
        LimitAnswer::MayBeTooHigh { least: money, most: money },
        LimitAnswer::TooHigh { most: money },
        LimitAnswer::NotPositive,
        LimitAnswer::NotStated,
    ];
    texts.extend(limits.map(|answer| words::limit(answer).unwrap()));
    let windows = [
        PremiumWindowAnswer::Open { until: Some(day) },
        PremiumWindowAnswer::Open { until: None },
        PremiumWindowAnswer::NotOpen { from: day },
        PremiumWindowAnswer::Closed { to: day },
        PremiumWindowAnswer::NotStated,
    ];
    texts.extend(windows.map(words::premium_window));
    let terms = [
        TermFault::EndBeforeStart,
        TermFault::StartInThePast,
        TermFault::StartNeeded,
        TermFault::EndNeeded,
        TermFault::NoEndHere,
    ];
    texts.extend(terms.map(|fault| words::term(fault).to_owned()));
    let orders = [
        OrderFault::NotStated,
        OrderFault::Twice(1),
        OrderFault::NoSuchSlot(4),
        OrderFault::WithoutSlot,
        OrderFault::TwoOwn,
    ];
    texts.extend(orders.map(words::order));
    for fact in &policy.facts {
        texts.extend(fact.lines.iter().cloned());
    }
    for document in built_in::FILES.iter().filter(|file| file.name.ends_with(".txt")) {
        texts.extend(document.text.lines().map(str::to_owned));
    }
    texts
}

#[test]
fn every_sentence_is_plain_and_whole() {
    let texts = texts();
    assert!(texts.len() > 120, "only {}", texts.len());
    for text in texts {
        let strange = text
            .chars()
            .find(|c| c.is_ascii() && !c.is_ascii_digit() && ![' ', '%', '.', ','].contains(c));
        assert_eq!(strange, None, "{text}");
        assert!(text.ends_with('。'), "{text}");
        assert!(!text.contains("。。") && !text.contains(['！', '…', '!']), "{text}");
        assert!(!["系统错误", "异常", "失败"].iter().any(|word| text.contains(word)), "{text}");
    }
}

#[test]
fn no_two_refusals_sound_alike() {
    let mut reasons: Vec<String> = refusals()
        .into_iter()
        // Of these, a patron need not tell the kinds apart.
        .filter(|r| !matches!(r, Refusal::DonorInsurance(_) | Refusal::BeneficiaryInsurance(_)))
        .filter(|r| !matches!(r, Refusal::NotResident(_)))
        .map(|refusal| words::reason(&refusal))
        .collect();
    let count = reasons.len();
    reasons.sort();
    reasons.dedup();
    assert_eq!(reasons.len(), count);
}

#[test]
fn refusals_are_said_with_the_way_on() {
    let window = "{ address = \"和平路医保服务大厅\", hours = \"周一至周五\" }";
    let policy = policy_with(&stated("window", window), date(2025, 11, 20));
    let near = [Relation::Spouse, Relation::Parent, Relation::Child];
    for (refusal, reason, way) in [
        (
            Refusal::DonorMinor,
            "没满18岁的人不能把账户给家人共用。",
            "请带上您的身份证件，到和平路医保服务大厅（周一至周五）的窗口办理。也可以打电话 12393 询问。",
        ),
        (
            Refusal::Relation { asked: Relation::Sibling, allowed: near.to_vec() },
            "这里不能添加兄弟姐妹，可以添加的是：配偶、父母、子女。",
            "请带上双方的身份证件、能说明亲属关系的证件，到和平路医保服务大厅（周一至周五）的窗口办理。\
             也可以打电话 12393 询问。",
        ),
        (Refusal::AlreadyBound, "这位家人已经添加过了，不用再办。", "您不用再做什么。"),
        (
            Refusal::NotLaunched { from: date(2022, 12, 1) },
            "这里从2022年12月1日起才能办家庭共济。",
            "请到时候再来。也可以打电话 12393 询问。",
        ),
        (
            Refusal::BalanceThreshold { above: Money::from_fen(100_000) },
            "账户余额要超过 1,000.00 元，才能替家人缴费。",
            "请等账户里的钱够了再来。也可以打电话 12393 询问。",
        ),
        (
            Refusal::TooMany { most: 2 },
            "最多可以添加2位家人，您已经加满了。",
            "请先解除一位家人，再添加新的。",
        ),
    ] {
        assert_eq!(words::reason(&refusal), reason);
        assert_eq!(words::way_on(&policy, &refusal), way);
    }
    assert_eq!(Refusal::Oneself.way_on(), WayOn::Here);
}
