//! Lists, chips, periods.

use super::hall::Hall;
use super::pay::with_pack;
use super::persons;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::records::port::PageRequest;
use crate::view::model::{ListView, PageView};
use crate::visit::event::{Answer, CardNews, Query, SlipKind, Tap};
use jiff::civil::{Date, date};

fn list(hall: &Hall) -> ListView {
    let PageView::List(list) = hall.view().page else { panic!("no list") };
    list
}

fn asked_period(hall: &Hall) -> Period {
    match hall.question().1 {
        Query::Account { period, .. }
        | Query::FamilyUse { period, .. }
        | Query::Premiums { period, .. }
        | Query::Slip { period, .. } => period,
        other => panic!("{other:?}"),
    }
}

fn span(from: Date, to: Date) -> Period {
    Period::new(from, to).unwrap()
}

#[test]
fn single_taps_choose_months_ranges_and_years() {
    let today = date(2026, 11, 22);
    let table: [(&[Tap], Period); 9] = [
        (&[Tap::QuickPeriod(0)], span(date(2026, 11, 1), today)),
        (&[Tap::QuickPeriod(1)], span(date(2026, 9, 1), today)),
        (&[Tap::QuickPeriod(2)], span(date(2026, 1, 1), today)),
        (&[Tap::QuickPeriod(3)], span(date(2025, 1, 1), date(2025, 12, 31))),
        (&[Tap::Month(3), Tap::UsePeriod], span(date(2026, 3, 1), date(2026, 3, 31))),
        (
            &[Tap::Month(6), Tap::Month(2), Tap::UsePeriod],
            span(date(2026, 2, 1), date(2026, 6, 30)),
        ),
        (
            &[Tap::Month(2), Tap::Year(-1), Tap::Month(12), Tap::UsePeriod],
            span(date(2025, 12, 1), date(2026, 2, 28)),
        ),
        (
            &[Tap::Month(6), Tap::Month(8), Tap::Month(11), Tap::UsePeriod],
            span(date(2026, 11, 1), today),
        ),
        (
            &[Tap::Year(-1), Tap::Year(-1), Tap::QuickPeriod(4)],
            span(date(2024, 1, 1), date(2024, 12, 31)),
        ),
    ];
    for (taps, expected) in table {
        let mut hall = Hall::at_home();
        hall.tap(Tap::Family);
        hall.answer();
        hall.tap(Tap::ChoosePeriod);
        for tap in taps {
            hall.tap(*tap);
        }
        assert_eq!(asked_period(&hall), expected, "{taps:?}");
        assert_eq!(hall.kiosk.ignored().taps, 0, "{taps:?}");
        hall.answer();
        hall.tap(Tap::Slip(SlipKind::Family));
        assert_eq!(asked_period(&hall), expected, "the slip is of another time");
    }
}

#[test]
fn months_without_records_or_to_come_cannot_be_touched() {
    let mut hall = Hall::at_home();
    hall.tap(Tap::Account);
    hall.answer();
    hall.tap(Tap::ChoosePeriod);
    for tap in
        [Tap::Month(12), Tap::Month(0), Tap::Month(13), Tap::Month(255), Tap::Year(1), Tap::Year(2)]
    {
        hall.tap(tap);
    }
    assert_eq!(hall.kiosk.ignored().taps, 6);
    for _ in 0..5 {
        hall.tap(Tap::Year(-1));
    }
    let PageView::Months(months) = hall.view().page else { panic!() };
    assert_eq!(months.year, "2023年");
    assert!(!months.earlier);
    let enabled = months.months.iter().filter(|month| month.enabled).count();
    assert_eq!(enabled, 9, "the first record is of April");
}

#[test]
fn a_span_touched_backwards_is_marked_whole() {
    let mut hall = Hall::at_home();
    hall.tap(Tap::Slips);
    hall.tap(Tap::ChoosePeriod);
    hall.tap(Tap::Month(6));
    hall.tap(Tap::Month(2));
    let PageView::Months(months) = hall.view().page else { panic!() };
    let chosen: Vec<_> = months.months.iter().map(|month| month.chosen).collect();
    assert_eq!(chosen.iter().filter(|chosen| **chosen).count(), 5);
    assert!(chosen[1] && chosen[5]);
    assert!(months.hint.contains("2月至6月"));
    assert_eq!(hall.footer()[1].as_deref(), Some("就打这段时间"));
}

#[test]
fn more_rows_than_asked_for_are_not_shown() {
    let mut hall = Hall::at_home();
    hall.tap(Tap::Account);
    let (_, Query::Account { person, period, page }) = hall.question() else { panic!() };
    let page = PageRequest { size: 50, ..page };
    hall.answer_with(Ok(persons::answer(&Query::Account { person, period, page })));
    assert_eq!(list(&hall).rows.len(), hall.limits.rows_per_page as usize);
}

#[test]
fn a_relative_is_chosen_by_a_chip_and_all_again() {
    let mut hall = Hall::at_home();
    hall.tap(Tap::Family);
    hall.answer();
    let labels: Vec<_> = list(&hall).chips.into_iter().map(|chip| chip.label).collect();
    assert_eq!(labels, ["全部家人", "母亲 李*", "儿子 张*", "换月份", "显示全名"]);
    for (tap, expected) in [(Tap::Relative(Some(1)), Some("P3")), (Tap::Relative(None), None)] {
        hall.tap(tap);
        let Query::FamilyUse { relative, page, .. } = hall.question().1 else { panic!() };
        assert_eq!(relative.as_ref().map(|no| no.reveal()), expected);
        assert_eq!(page.index, 0);
        hall.answer();
        let chosen: Vec<_> = list(&hall).chips.into_iter().filter(|chip| chip.chosen).collect();
        assert_eq!(chosen.len(), 1);
        assert_eq!(chosen[0].tap, tap);
    }
    hall.tap(Tap::Relative(Some(2)));
    assert_eq!(hall.kiosk.ignored().taps, 1);
}

#[test]
fn pages_end_at_both_ends() {
    let mut hall = Hall::at_home();
    hall.tap(Tap::Account);
    hall.answer();
    hall.tap(Tap::PreviousPage);
    assert_eq!(hall.kiosk.ignored().taps, 1);
    hall.tap(Tap::NextPage);
    assert!(list(&hall).loading);
    hall.tap(Tap::NextPage);
    assert_eq!(hall.kiosk.ignored().taps, 2, "the next page is on its way already");
    hall.answer();
    assert_eq!(list(&hall).pager.unwrap().text, "第 2 页，共 2 页");
    hall.tap(Tap::NextPage);
    assert_eq!(hall.kiosk.ignored().taps, 3);
    hall.tap(Tap::Row(2));
    assert_eq!(hall.kiosk.ignored().taps, 4, "the last page has two rows");
}

#[test]
fn names_are_masked_until_touched_and_only_for_a_while() {
    let mut hall = Hall::at_home();
    hall.tap(Tap::Family);
    hall.answer();
    hall.assert_masked();
    hall.tap(Tap::Reveal);
    assert!(format!("{:?}", hall.view()).contains("李百灵"));
    hall.wait(hall.limits.reveal_ms - 1);
    assert!(format!("{:?}", hall.view()).contains("李百灵"));
    hall.wait(1);
    hall.assert_masked();
    hall.tap(Tap::Reveal);
    hall.tap(Tap::Reveal);
    hall.assert_masked();
}

#[test]
fn a_record_that_does_not_add_up_says_so() {
    let mut hall = Hall::at_home();
    hall.tap(Tap::Account);
    let Answer::Account(mut rows) = persons::answer(&hall.question().1) else { panic!() };
    let settlement = rows.page.rows[1].settlement.as_mut().unwrap();
    settlement.cash = Money::from_fen(1);
    hall.answer_with(Ok(Answer::Account(rows)));
    for (row, told) in [(0, false), (1, true), (3, false)] {
        hall.tap(Tap::Row(row));
        let PageView::Record(record) = hall.view().page else { panic!() };
        assert_eq!(record.note.is_some(), told, "row {row}");
        hall.tap(Tap::Back);
    }
}

#[test]
fn home_sums_the_relatives_it_has_no_room_for() {
    for (relatives, expected) in [
        (1, vec!["母亲 李*"]),
        (3, vec!["母亲 李*", "儿子 张*", "丈夫 王*"]),
        (4, vec!["母亲 李*", "儿子 张*", "其他 2 位家人"]),
    ] {
        let mut hall = Hall::new();
        hall.card(CardNews::Inserted);
        hall.card(CardNews::Read(Ok(persons::holder())));
        hall.answer();
        hall.answer_with(Ok(Answer::Overview(persons::overview(relatives))));
        let PageView::Home(home) = hall.view().page else { panic!() };
        let who: Vec<_> = home.used_by.iter().map(|line| line.who.as_str()).collect();
        assert_eq!(who, expected);
    }
}

#[test]
fn a_list_left_while_waiting_asks_again_when_come_back_to() {
    let mut hall = Hall::at_home();
    hall.tap(Tap::Account);
    hall.answer();
    hall.tap(Tap::NextPage);
    let first = hall.question().0;
    hall.tap(Tap::Row(0));
    hall.tap(Tap::Back);
    assert_ne!(hall.question().0, first);
    hall.answer();
    assert!(!list(&hall).loading);
}

impl Hall {
    fn assert_masked(&self) {
        let text = format!("{:?}", self.view());
        for canary in super::persons::CANARIES {
            assert!(!text.contains(canary), "{canary} is shown in full");
        }
    }
}

/// Where the region bounds the span, no list asks for more and no more can be chosen.
#[test]
fn a_span_is_no_longer_than_the_region_allows() {
    let settings = with_pack(
        "admdvs = \"310101\"\nquery = { value = { by = [\"month\"], longest_months = 6 }, source = \"s\", \
         confidence = \"public\" }",
    );
    let mut hall = Hall::at_home_with(settings);
    hall.tap(Tap::Premiums);
    let Query::Premiums { period, .. } = hall.question().1 else { panic!() };
    assert_eq!((period.month_count(), period.to()), (6, persons::TODAY));
    hall.answer();
    hall.tap(Tap::ChoosePeriod);
    let PageView::Months(months) = hall.view().page else { panic!() };
    let quick: Vec<_> = months.quick.iter().map(|chip| chip.label.as_str()).collect();
    assert_eq!(quick, ["本月", "近三个月"], "a year is too long");
    for (touched, taken) in [([1, 6], true), ([1, 7], false)] {
        hall.tap(Tap::Month(touched[0]));
        hall.tap(Tap::Month(touched[1]));
        let PageView::Months(months) = hall.view().page else { panic!() };
        assert_eq!(months.hint.contains("一次最多看 6 个月"), !taken, "{touched:?}");
        assert_eq!(hall.footer()[1].is_some(), taken, "{touched:?}");
    }
}
