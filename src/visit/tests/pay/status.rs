//! Nobody pays twice: what is on its way and what has arrived, and a payment taken back.

use jiff::civil::{Date, date};

use super::{Scene, draft, message, paid, review, unpaid, yuan};
use crate::domain::family::Beneficiary;
use crate::domain::insurance::InsuranceType;
use crate::policy::schema::PersonGroup;
use crate::records::port::{
    Action, Credential, DueState, LedgerError, Member, MemberState, PremiumDue,
};
use crate::view::model::{ListView, PageView};
use crate::visit::event::{Act, Answer, Event, JournalNews, Query, Tap};
use crate::visit::tests::hall::Hall;
use crate::visit::tests::persons;

const AUTUMN: Date = date(2026, 11, 22);

fn due(insured_year: i16, state: DueState) -> PremiumDue {
    PremiumDue { state, ..unpaid(insured_year, 400, PersonGroup::Neither) }
}

fn scene(dues: Vec<PremiumDue>) -> Scene {
    Scene { dues, ..Scene::new("national", "130100", AUTUMN, 400) }
}

fn rows(hall: &Hall) -> ListView {
    let PageView::List(list) = hall.view().page else { panic!("no list") };
    list
}

#[test]
fn each_year_says_how_far_it_is() {
    let own = DueState::Pending { own_payment: Some(7) };
    let others = DueState::Pending { own_payment: None };
    let scene = scene(vec![
        due(2028, DueState::Unpaid),
        due(2027, own),
        due(2026, others),
        due(2025, DueState::Arrived),
        PremiumDue { amount: yuan(0), ..due(2024, DueState::Unpaid) },
        due(2023, DueState::Unpaid),
    ]);
    let list = rows(&scene.at_years());
    let details: Vec<&str> = list.rows.iter().map(|row| row.detail.as_str()).collect();
    let pending = "已付款，等待到账，不用再缴";
    let arrived = "已到账，不用再缴";
    assert_eq!(details, ["可以缴", pending, pending, arrived, "不用自己缴"]);
    assert_eq!(list.summary, ["替母亲 李*缴费"]);
}

#[test]
fn a_year_that_is_paid_is_not_paid_again() {
    for state in [DueState::Arrived, DueState::Pending { own_payment: None }] {
        // A second record of a year that is paid, or on its way.
        let scene = scene(vec![due(2027, DueState::Unpaid), due(2027, state)]);
        let hall = scene.at_due();
        let text = message(&hall).lines.concat();
        assert!(text.contains("2027年度的居民医保已经缴过，不用再缴"), "{text}");
        assert_eq!(hall.footer()[1], None);
    }
    let mut hall = scene(vec![due(2027, DueState::Arrived)]).at_due();
    assert_eq!(message(&hall).title, "已到账");
    assert_eq!(message(&hall).reassurance.as_deref(), Some("不用再缴"));
    for tap in [Tap::Confirm, Tap::PayPremium] {
        hall.tap(tap);
    }
    assert_eq!(hall.kiosk.ignored().taps, 2);
}

#[test]
fn a_payment_on_its_way_is_taken_back_after_a_reminder() {
    let scene = scene(vec![due(2027, DueState::Pending { own_payment: Some(7) })]);
    let mut hall = scene.at_due();
    assert_eq!(message(&hall).reassurance.as_deref(), Some("不用再缴"));
    hall.touch("撤销这一笔");
    let view = message(&hall);
    assert_eq!(view.title, "温馨提示");
    assert!(view.lines.concat().contains("400.00 元会退回您的账户"), "{:?}", view.lines);
    hall.touch("接着撤销");
    assert_eq!(draft(&hall).action, Action::CancelPremium { payment: 7 });
    assert_eq!(draft(&hall).relative.as_ref().unwrap().psn_no.reveal(), "P2");
    let effects = review(&hall).effects;
    assert!(effects[0].contains("400.00 元退回"), "{effects:?}");
    hall.touch("返回");
    assert_eq!(message(&hall).title, "温馨提示");
    hall.touch("返回");
    hall.touch("返回");
    assert_eq!(hall.title(), "缴哪一年的");
}

#[test]
fn a_payment_from_another_account_is_not_taken_back_here() {
    let hall = scene(vec![due(2027, DueState::Pending { own_payment: None })]).at_due();
    assert!(message(&hall).lines.concat().contains("不是从您的账户付的"));
    assert_eq!(hall.footer()[1], None);
}

#[test]
fn a_payment_is_taken_back_from_its_record_in_the_list() {
    let own = DueState::Pending { own_payment: Some(7) };
    // The relative is no longer bound: what was paid for them can still be taken back.
    for (dues, title) in [
        (vec![due(2028, own.clone()), due(2027, own)], "温馨提示"),
        (vec![due(2027, DueState::Arrived)], "这一笔不能撤销了"),
        (vec![due(2027, DueState::Pending { own_payment: None })], "这一笔不能撤销了"),
        (vec![], "这一笔不能撤销了"),
    ] {
        let scene = scene(dues);
        let mut hall = scene.at_whom();
        hall.tap(Tap::Back);
        hall.touch("2027年度居民医保");
        hall.touch("撤销这一笔");
        scene.play(&mut hall);
        assert_eq!(message(&hall).title, title);
        if title == "温馨提示" {
            hall.touch("接着撤销");
            assert_eq!(draft(&hall).action, Action::CancelPremium { payment: 7 });
            hall.touch("返回");
        } else {
            assert_eq!(hall.footer()[1], None);
        }
        hall.touch("返回");
        assert_eq!(hall.title(), "2027年度居民医保");
    }
    // One's own that has arrived offers nothing.
    let mut hall = scene(Vec::new()).at_whom();
    hall.tap(Tap::Back);
    hall.touch("2026年度居民医保");
    assert_eq!(hall.footer()[1], None);
}

#[test]
fn another_year_is_paid_from_the_record_of_one_that_is_over() {
    let scene = scene(vec![due(2027, DueState::Unpaid)]);
    let record = || {
        let mut hall = scene.at_whom();
        hall.tap(Tap::Back);
        hall.touch("2025年度居民医保");
        hall.touch("替这位家人缴费");
        hall
    };
    let mut hall = record();
    scene.play(&mut hall);
    assert_eq!(hall.title(), "缴哪一年的");
    hall.touch("2027年度居民医保");
    hall.touch("缴这一笔");
    assert_eq!(paid(&hall).1, 2027);
    for title in ["2027年度居民医保", "缴哪一年的", "2025年度居民医保", "家人缴费"]
    {
        hall.touch("返回");
        assert_eq!(hall.title(), title);
    }
    // The relative is not a resident any more.
    let mut hall = record();
    let gone = Scene { insurance: InsuranceType::Employee, ..scene.clone() };
    gone.play(&mut hall);
    let PageView::Members(view) = hall.view().page else { panic!("no relatives") };
    assert!(view.empty.unwrap().starts_with("这位家人参加的不是居民医保"));
    hall.touch("返回");
    assert_eq!(hall.title(), "2025年度居民医保");
}

#[test]
fn a_premium_is_paid_from_the_relatives_own_page() {
    let scene = scene(vec![due(2027, DueState::Unpaid)]);
    let relative = |scene: &Scene| {
        let mut hall = scene.at_whom();
        hall.tap(Tap::Back);
        hall.tap(Tap::Back);
        hall.touch("家人管理");
        scene.play(&mut hall);
        hall.touch("母亲 李*");
        hall
    };
    let mut hall = relative(&scene);
    hall.touch("替这位家人缴费");
    scene.play(&mut hall);
    hall.touch("2027年度居民医保");
    hall.touch("缴这一笔");
    assert_eq!(paid(&hall).1, 2027);
    for title in ["2027年度居民医保", "缴哪一年的", "母亲 李*"] {
        hall.touch("返回");
        assert_eq!(hall.title(), title);
    }
    // Whose authorisation has yet to begin cannot be paid for.
    let hall = relative(&Scene { state: MemberState::NotYet, ..scene });
    assert_eq!(hall.footer()[1], None);
}

#[test]
fn a_full_journal_pays_nothing_and_says_so() {
    let mut hall = scene(vec![due(2027, DueState::Unpaid)]).at_whom();
    hall.step(Event::Journal(JournalNews::Full));
    let notice = hall.view().notice;
    assert!(notice.is_some());
    hall.tap(Tap::Back);
    assert_eq!((hall.footer()[1].clone(), hall.view().notice), (None, notice));
    hall.tap(Tap::PayPremium);
    hall.touch("2027年度居民医保");
    hall.tap(Tap::Act(Act::CancelPremium));
    assert_eq!(hall.kiosk.ignored().taps, 2);
    hall.step(Event::Journal(JournalNews::Room));
    hall.touch("撤销这一笔");
}

#[test]
fn nothing_asked_says_so() {
    let list = rows(&scene(Vec::new()).at_years());
    assert!(list.rows.is_empty());
    assert!(list.empty.unwrap().contains("没有要这位家人缴的"));
}

#[test]
fn a_ledger_that_does_not_answer_is_asked_again_from_the_same_place() {
    let scene = scene(vec![due(2027, DueState::Unpaid)]);
    // Before each of the four questions.
    for answered in 0..4 {
        let mut hall = scene.at_whom();
        hall.tap(Tap::Back);
        hall.touch("替家人缴费");
        for n in 0..answered {
            let answer = scene.answer(&hall.question().1);
            hall.answer_with(Ok(answer));
            if n == 2 {
                hall.touch("母亲 李*");
            }
        }
        let asked = hall.question().1;
        for error in [LedgerError::Busy, LedgerError::Unavailable("x".into())] {
            hall.answer_with(Err(error));
            assert!(matches!(hall.view().page, PageView::Message(_)), "after {answered}");
            hall.touch("再试一次");
            assert_eq!(hall.question().1, asked);
        }
        // An answer to something else is none.
        hall.answer_with(Ok(Answer::Identified(persons::insured())));
        hall.touch("再试一次");
        hall.wait(hall.limits.ledger_slow_ms);
        hall.touch("再试一次");
        assert_eq!(hall.question().1, asked);
        hall.wait(hall.limits.ledger_give_up_ms);
        assert!(matches!(hall.view().page, PageView::Message(_)), "after {answered}");
        hall.touch("返回");
        let back = if answered == 3 { "替谁缴费" } else { "家人缴费" };
        assert_eq!(hall.title(), back);
    }
}

#[test]
fn the_relatives_are_paged_and_named_in_full_on_demand() {
    let scene = scene(vec![due(2027, DueState::Unpaid)]);
    let mut hall = scene.at_whom();
    hall.tap(Tap::Back);
    hall.touch("替家人缴费");
    // Four members, all residents under numbers of their own.
    let members = persons::overview(4).used_by;
    while matches!(hall.view().page, PageView::Waiting(_)) {
        let query = hall.question().1;
        let mut answer = scene.answer(&query);
        match (&query, &mut answer) {
            (_, Answer::FamilyAccount(family)) => {
                let one = family.members[0].clone();
                let member =
                    |(who, _): &(Beneficiary, _)| Member { who: who.clone(), ..one.clone() };
                family.members = members.iter().map(member).collect();
            }
            (Query::Candidate { credential, .. }, Answer::Candidate(candidate)) => {
                let is = |(who, _): &&(Beneficiary, _)| {
                    *credential == Credential::IdNumber(who.id_number.clone())
                };
                let (who, _) = members.iter().find(is).unwrap();
                candidate.insured.psn_no = who.psn_no.clone();
            }
            _ => {}
        }
        hall.answer_with(Ok(answer));
    }
    let PageView::Members(view) = hall.view().page else { panic!("no relatives") };
    let who: Vec<&str> = view.cards.iter().map(|card| card.who.as_str()).collect();
    assert_eq!(who, ["母亲 李*", "儿子 张*", "丈夫 王*"]);
    hall.touch("下一页");
    hall.touch("显示全名");
    hall.touch("姐妹 张鹤");
    let Query::PremiumDues { relative, .. } = hall.question().1 else { panic!("nothing asked") };
    assert_eq!(relative.reveal(), "P5");
}
