//! What patrons read is plain Chinese: no codes, no letters, full-width signs, whole sentences.

use jiff::civil::date;

use crate::domain::family::Relation;
use crate::domain::insurance::{InsuranceStatus, InsuranceType};
use crate::domain::money::Money;
use crate::policy::rules::{
    ConsentNeed, LimitAnswer, NoPremium, OrderFault, PremiumWindowAnswer, Refusal, TermFault,
};
use crate::policy::schema::{Area, Assistance, MoneyModel};
use crate::policy::{built_in, words};

use super::people::policy;

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
