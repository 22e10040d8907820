//! Why a premium cannot be paid, each with the way on.

use jiff::civil::{Date, date};

use super::{Scene, assisted, message, paid, record, settings, unpaid, yuan};
use crate::domain::insurance::{InsuranceStatus, InsuranceType};
use crate::domain::money::Money;
use crate::domain::person::PersonNo;
use crate::policy::schema::{Assistance, PersonGroup};
use crate::records::port::{LedgerError, MemberState};
use crate::view::model::PageView;
use crate::visit::event::{Answer, CardNews, Query, Tap};
use crate::visit::tests::hall::Hall;
use crate::visit::tests::persons;

const WINTER: Date = date(2025, 1, 15);

fn national() -> Scene {
    Scene::new("national", "130100", WINTER, 400)
}

/// The page says all of this, and nothing can be paid.
#[track_caller]
fn refused(scene: &Scene, words: &[&str]) {
    let hall = scene.at_due();
    let view = message(&hall);
    assert_eq!(view.reassurance.as_deref(), Some("没有付款，账户里的钱没有变"));
    let text = view.lines.concat();
    for word in words {
        assert!(text.contains(word), "{word} is not in {text}");
    }
    assert_eq!(hall.footer(), [Some("返回".into()), None]);
    // In the list it says so, too.
    let PageView::List(list) = scene.at_years().view().page else { panic!("no list") };
    assert_eq!(list.rows[0].detail, "现在不能缴，按一下看原因");
}

#[test]
fn the_balance_of_shaanxi_must_be_above_a_threshold() {
    let mut scene = Scene::new("shaanxi", "610100", WINTER, 400);
    scene.balance = yuan(1_000);
    refused(&scene, &["余额要超过 1,000.00 元", "请等账户里的钱够了再来"]);
    scene.balance = Money::from_fen(100_001);
    let mut hall = scene.at_due();
    hall.touch("缴这一笔");
    // A threshold before paying, and not a remainder.
    assert_eq!(paid(&hall), (41, 2025, yuan(400), Money::ZERO));
}

#[test]
fn what_must_stay_in_the_account_stays() {
    let mut scene = national();
    scene.own_rules =
        Some("retained_balance = { value = 100, source = \"s\", confidence = \"public\" }");
    scene.balance = yuan(499);
    refused(&scene, &["现在有 399.00 元；另外要留下 100.00 元"]);
    scene.balance = yuan(500);
    let mut hall = scene.at_due();
    hall.touch("缴这一笔");
    assert_eq!(paid(&hall), (41, 2025, yuan(400), yuan(100)));
}

#[test]
fn a_standard_that_nobody_has_confirmed_is_not_held_against_the_tax_office() {
    macro_rules! standard {
        ($confidence:literal) => {
            Some(concat!(
                "premium = { value = [{ insured_year = 2025, rows = [{ personal = 380 }] }], ",
                "source = \"s\", confidence = \"",
                $confidence,
                "\" }"
            ))
        };
    }
    let mut scene = national();
    scene.own_rules = standard!("open");
    let view = record(&scene.at_due());
    assert!(view.fields.iter().all(|field| field.label != "个人缴费标准"));
    assert!(view.note.unwrap().contains("税务部门的应缴金额"));
    scene.own_rules = standard!("public");
    assert!(message(&scene.at_due()).lines.concat().contains("380.00 元"));
}

#[test]
fn what_is_in_the_account_must_be_enough() {
    let mut scene = national();
    scene.balance = yuan(399);
    refused(&scene, &["可以用的钱不够，现在有 399.00 元"]);
    scene.balance = yuan(400);
    assert!(record(&scene.at_due()).fields.iter().any(|field| field.value == "0.00 元"));
}

#[test]
fn the_balance_is_the_one_of_now() {
    let scene = national();
    let mut hall = Hall::with(settings("national"));
    hall.today = WINTER;
    let mut before = scene.clone();
    before.balance = yuan(1);
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Read(Ok(persons::holder())));
    before.play(&mut hall);
    hall.tap(Tap::Premiums);
    for words in ["替家人缴费", "母亲 李*", "2025年度居民医保"] {
        scene.play(&mut hall);
        hall.touch(words);
    }
    assert!(record(&hall).fields.iter().any(|field| field.value == "5,000.00 元"));
}

#[test]
fn a_limit_holds_for_premiums_too() {
    let mut scene = national();
    (scene.annual_limit, scene.used) = (Some(yuan(1_000)), yuan(601));
    refused(&scene, &["今年的限额还剩 399.00 元", "请先把这位家人的限额改高一些"]);
    scene.used = yuan(600);
    scene.at_due().touch("缴这一笔");
    // The region's own limit holds where the patron has set none.
    let mut scene = Scene::new("shaanxi", "610100", WINTER, 400);
    scene.used = yuan(9_999);
    refused(&scene, &["今年还剩 1.00 元", "请家人自己缴"]);
}

#[test]
fn the_relative_must_be_insured_and_in_normal_state() {
    let mut scene = national();
    scene.status = InsuranceStatus::Suspended;
    refused(&scene, &["这位家人的医保现在暂停了", "家人的身份证件", "12393"]);
}

#[test]
fn two_reasons_are_told_at_most_each_with_its_way() {
    let mut scene = Scene::new("shaanxi", "610100", WINTER, 400);
    (scene.balance, scene.used) = (yuan(10), yuan(9_999));
    scene.status = InsuranceStatus::Ended;
    refused(&scene, &["已经终止", "余额要超过"]);
    assert_eq!(message(&scene.at_due()).lines.len(), 4);
}

#[test]
fn only_residents_who_are_bound_now_are_offered() {
    for (insurance, state) in [
        (InsuranceType::Employee, MemberState::Active),
        (InsuranceType::RetiredCadre, MemberState::Active),
        (InsuranceType::Resident, MemberState::NotYet),
        (InsuranceType::Resident, MemberState::Invited),
    ] {
        let mut scene = national();
        (scene.insurance, scene.state) = (insurance, state);
        let hall = scene.at_whom();
        let PageView::Members(view) = hall.view().page else { panic!("no relatives") };
        assert!(view.cards.is_empty(), "{insurance:?} {state:?}");
        assert!(view.empty.unwrap().contains("没有参加居民医保的"));
    }
}

#[test]
fn a_relative_whom_the_ledger_does_not_know_is_left_out() {
    let scene = national();
    let mut hall = scene.at_whom();
    hall.tap(Tap::Back);
    hall.touch("替家人缴费");
    for _ in 0..2 {
        let answer = scene.answer(&hall.question().1);
        hall.answer_with(Ok(answer));
    }
    assert!(matches!(hall.question().1, Query::Candidate { .. }));
    hall.answer_with(Err(LedgerError::UnknownPerson));
    let PageView::Members(view) = hall.view().page else { panic!("no relatives") };
    assert!(view.cards.is_empty());
    // Nor is another person who stands under the number.
    hall.tap(Tap::Back);
    hall.touch("替家人缴费");
    for _ in 0..3 {
        let mut answer = scene.answer(&hall.question().1);
        if let Answer::Candidate(candidate) = &mut answer {
            candidate.insured.psn_no = PersonNo::new("P99");
        }
        hall.answer_with(Ok(answer));
    }
    let PageView::Members(view) = hall.view().page else { panic!("no relatives") };
    assert!(view.cards.is_empty());
}

#[test]
fn assistance_is_taken_off_or_not_guessed() {
    let mut scene = national();
    scene.dues = vec![assisted(2025, 0, Assistance::Destitute)];
    let view = message(&scene.at_due());
    assert_eq!(view.title, "这一年不用自己缴");
    scene.dues = vec![assisted(2025, 400, Assistance::Destitute)];
    let text = message(&scene.at_due()).lines.concat();
    assert!(text.contains("400.00 元") && text.contains("0.00 元"), "{text}");
    // A part whose size nobody states: the amount of the tax office stands.
    scene.dues = vec![assisted(2025, 200, Assistance::LowIncome)];
    let mut hall = scene.at_due();
    let view = record(&hall);
    assert!(view.note.unwrap().contains("没有这里资助多少的规定"));
    assert!(view.fields.iter().any(|field| field.value == "低保对象"));
    hall.touch("缴这一笔");
    assert_eq!(paid(&hall).2, yuan(200));
}

#[test]
fn when_the_day_has_changed_the_page_says_so() {
    let mut scene = Scene::new("shandong", "370100", date(2024, 12, 31), 400);
    scene.dues = vec![unpaid(2025, 400, PersonGroup::Neither)];
    let mut hall = scene.at_due();
    assert!(record(&hall).fields.iter().any(|field| field.value == "到2024年12月31日"));
    hall.today = date(2025, 1, 1);
    hall.touch("缴这一笔");
    assert!(message(&hall).lines.concat().contains("2024年12月31日已经结束"));
}

#[test]
fn without_rules_nothing_can_be_paid() {
    let mut hall = Hall::at_home();
    hall.tap(Tap::Premiums);
    hall.answer();
    assert_eq!(hall.footer()[1], None);
    hall.tap(Tap::PayPremium);
    assert_eq!(hall.kiosk.ignored().taps, 1);
}
