//! One's own visits to hospitals and pharmacies, for those with an account and those without.

use jiff::civil::date;

use super::hall::Hall;
use super::persons;
use crate::domain::insurance::InsuranceType;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::person::Insured;
use crate::records::port::LedgerError;
use crate::view::model::{ListView, PageView, RecordView};
use crate::visit::event::{Answer, CardNews, Query, SlipKind, Tap};

/// A resident at home, who has no account.
fn resident() -> Hall {
    let mut hall = Hall::new();
    hall.card(CardNews::Inserted);
    hall.card(CardNews::Read(Ok(persons::holder())));
    let insured = Insured { insurance: InsuranceType::Resident, ..persons::insured() };
    hall.answer_with(Ok(Answer::Identified(insured)));
    let mut overview = persons::overview(0);
    overview.first_record = None;
    hall.answer_with(Ok(Answer::Overview(overview)));
    hall
}

/// An employee at the account's details.
fn employee() -> Hall {
    let mut hall = Hall::at_home();
    hall.tap(Tap::Account);
    hall.answer();
    hall
}

fn list(hall: &Hall) -> ListView {
    let PageView::List(list) = hall.view().page else { panic!("{:?}", hall.view().page) };
    list
}

fn record(hall: &Hall) -> RecordView {
    let PageView::Record(record) = hall.view().page else { panic!("{:?}", hall.view().page) };
    record
}

#[test]
fn everybody_finds_what_was_reimbursed_and_comes_back() {
    for (begun, back) in [(resident as fn() -> Hall, "张*，您好"), (employee, "账户明细")] {
        let mut hall = begun();
        assert_eq!(hall.title(), back);
        hall.touch("看病报销记录");
        let Query::Care { person, period, page } = hall.question().1 else { panic!("not asked") };
        assert_eq!(person.reveal(), "P1");
        assert_eq!(period, Period::this_year(persons::TODAY));
        assert_eq!((page.index, page.size), (0, hall.limits.rows_per_page));
        hall.answer();
        let view = list(&hall);
        assert_eq!(view.title, "看病报销记录");
        assert_eq!(
            view.summary,
            [
                "2026年 共 5 笔",
                "医疗费总额 13,200.00 元，基金支付 10,457.00 元",
                "个人账户支付 193.00 元，其中共济 50.00 元",
                "个人现金支付 2,550.00 元",
            ]
        );
        hall.touch("浦东新区周浦医院");
        hall.tap(Tap::Back);
        hall.touch("下一页");
        hall.answer();
        assert_eq!(list(&hall).rows.len(), 1);
        hall.tap(Tap::Back);
        assert_eq!(hall.title(), back);
        assert_eq!(hall.kiosk.ignored().taps, 0);
    }
}

#[test]
fn a_visit_is_shown_in_official_terms() {
    let mut hall = resident();
    hall.tap(Tap::Care);
    hall.answer();
    let rows = list(&hall).rows;
    let row = |n: usize| (rows[n].title.as_str(), rows[n].amount.as_str(), rows[n].incoming);
    assert_eq!(row(0), ("国大药房(张杨路店)", "86.40", false));
    assert_eq!(row(1), ("退费 国大药房(张杨路店)", "退 86.40", true));
    assert_eq!(row(2), ("浦东新区周浦医院", "500.00", false));
    assert_eq!(rows[2].detail, "11月12日 · 看门诊 · 基金支付 297.00 元");
    hall.tap(Tap::Row(2));
    let view = record(&hall);
    let fields: Vec<(&str, &str, bool)> =
        view.fields.iter().map(|f| (f.label.as_str(), f.value.as_str(), f.part)).collect();
    assert_eq!(
        fields,
        [
            ("日期", "11月12日 · 看门诊", false),
            ("医疗费总额", "500.00 元", false),
            ("基金支付", "297.00 元", false),
            ("个人负担", "203.00 元", false),
            ("个人账户支付", "153.00 元", false),
            ("其中共济", "50.00 元", true),
            ("个人现金支付", "50.00 元", false),
        ]
    );
    assert_eq!(view.note, None);
    hall.tap(Tap::Back);
    hall.tap(Tap::Row(1));
    assert_eq!(record(&hall).amount, "退 86.40 元");
}

#[test]
fn parts_that_do_not_add_up_are_told() {
    let mut hall = resident();
    hall.tap(Tap::Care);
    let Answer::Care(mut care) = persons::answer(&hall.question().1) else { panic!("no care") };
    care.page.rows[0].cash = Money::from_fen(1);
    hall.answer_with(Ok(Answer::Care(care)));
    hall.tap(Tap::Row(0));
    assert_eq!(record(&hall).note.as_deref(), Some("这笔记录的几项金额对不上，请到窗口核对。"));
}

#[test]
fn the_years_record_is_printed() {
    for begun in [resident as fn() -> Hall, employee] {
        let mut hall = begun();
        hall.touch("看病报销记录");
        hall.answer();
        hall.touch("换月份");
        hall.touch("去年");
        hall.answer();
        hall.touch("打印这一份");
        let Query::Slip { kind, period, .. } = hall.question().1 else { panic!("no slip") };
        assert_eq!(kind, SlipKind::Care);
        assert_eq!(period, Period::year(2025).unwrap());
        hall.answer();
        hall.touch("开始打印");
        assert_eq!(hall.prints().len(), 1);
    }
    let mut hall = Hall::at_home();
    hall.tap(Tap::Slips);
    hall.touch("看病报销记录");
    let Query::Slip { kind, period, .. } = hall.question().1 else { panic!("no slip") };
    assert_eq!((kind, period), (SlipKind::Care, Period::this_year(persons::TODAY)));
}

#[test]
fn slips_that_are_not_offered_are_not_made() {
    let mut hall = Hall::at_home();
    hall.tap(Tap::Slips);
    hall.tap(Tap::Slip(SlipKind::Authorisation));
    hall.tap(Tap::Slip(SlipKind::Premium));
    assert_eq!(hall.kiosk.ignored().taps, 2);
}

#[test]
fn who_has_no_account_can_look_years_back() {
    let mut hall = resident();
    hall.tap(Tap::Care);
    hall.answer();
    hall.touch("换月份");
    for _ in 0..9 {
        hall.touch("前一年");
    }
    let PageView::Months(view) = hall.view().page else { panic!("no months") };
    assert_eq!((view.year.as_str(), view.earlier), ("2017年", false));
    hall.touch("3月");
    hall.touch("看这段时间");
    let Query::Care { period, .. } = hall.question().1 else { panic!("not asked") };
    assert_eq!(period, Period::new(date(2017, 3, 1), date(2017, 3, 31)).unwrap());
    hall.answer();
    hall.tap(Tap::Back);
    assert_eq!(hall.title(), "张*，您好");
}

#[test]
fn a_ledger_that_does_not_answer_is_asked_again() {
    let mut hall = employee();
    hall.touch("看病报销记录");
    let asked = hall.question().1;
    hall.answer_with(Err(LedgerError::Busy));
    hall.touch("再试一次");
    assert_eq!(hall.question().1, asked);
    hall.answer();
    let mut care = persons::answer(&asked);
    if let Answer::Care(care) = &mut care {
        care.page.rows.clear();
        care.page.total_rows = 0;
    }
    hall.touch("换月份");
    hall.touch("本月");
    hall.answer_with(Ok(care));
    assert!(list(&hall).empty.unwrap().contains("没有看病、买药的结算记录"));
}
