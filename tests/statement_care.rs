//! The record of a person's own visits, read back from the paper of the simulated printer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/paper.rs"]
mod paper;
#[path = "support/receipts.rs"]
mod receipts;
#[path = "support/rows.rs"]
mod rows;
#[path = "support/slips.rs"]
mod slips;

use gongji_kiosk::domain::insurance::CareType;
use gongji_kiosk::domain::money::Money;
use gongji_kiosk::domain::period::Period;
use gongji_kiosk::domain::settlement::Settlement;
use gongji_kiosk::records::port::CareStatement;
use gongji_kiosk::statement::{
    LARGE_PAGE_DOTS_MAX, PAGE_DOTS_MAX, Paper, PrintSize, REMARK, Slip, SlipError, SlipKind, Stamp,
};
use jiff::civil::date;
use paper::{amounts, ends_at, labelled, read, text_of};
use proptest::prelude::*;
use receipts::{LAYOUTS, care, care_statement, care_year, on};
use rows::{any_text, period, visits};
use slips::{OWNER_NAME, fen, owner, settlement, stamp};

fn normal(statement: &CareStatement) -> Slip {
    care(statement, Paper::Mm80, PrintSize::Normal)
}

fn year_2026() -> Period {
    Period::year(2026).unwrap()
}

#[test]
fn the_record_reads_as_agreed() {
    for (name, paper, size) in LAYOUTS {
        let text = text_of(&care(&care_year(), paper, size), &stamp());
        insta::assert_snapshot!(format!("care_{name}"), text);
    }
}

#[test]
fn the_record_has_the_frame_of_every_slip() {
    let slip = normal(&care_year());
    assert_eq!((slip.kind(), slip.title(), slip.rows()), (SlipKind::Care, "医保报销记录单", 6));
    let papers = read(&slip, &Stamp { copy: 1, ..stamp() });
    for paper in &papers {
        let text = paper.text();
        for wanted in
            ["补打第1次", "张*", "310***********0076", "2026年1月1日至2026年11月20日", "共2页"]
        {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
    }
    assert!(papers.last().unwrap().text().contains(REMARK));
    let labels: Vec<&str> = slip.summary().iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(labels, ["起止日期", "明细", "医疗费总额", "基金支付", "个人负担"]);
}

#[test]
fn sums_that_are_not_those_of_the_rows_make_no_paper() {
    type Change = fn(&mut CareStatement);
    let beyond = |s: &mut CareStatement| s.rows[0].total = fen(i64::MAX) + fen(1);
    let changes: [(Change, SlipError); 10] = [
        (|s| s.sums.total += fen(1), SlipError::Totals),
        (|s| s.sums.fund += fen(1), SlipError::Totals),
        (|s| s.sums.account += fen(1), SlipError::Totals),
        (|s| s.sums.mutual_aid += fen(1), SlipError::Totals),
        (|s| s.sums.cash += fen(1), SlipError::Totals),
        (|s| s.rows[2].cash += fen(1), SlipError::Totals),
        (|s| drop(s.rows.pop()), SlipError::Totals),
        (
            |s| s.rows[1].settled_at = date(2025, 12, 31).at(23, 59, 59, 0),
            SlipError::OutsidePeriod(2),
        ),
        (|s| s.rows[5].settled_at = date(2026, 11, 21).at(0, 0, 0, 0), SlipError::OutsidePeriod(6)),
        (beyond, SlipError::AmountTooLarge),
    ];
    for (change, error) in changes {
        let mut statement = care_year();
        change(&mut statement);
        let refused = on(Paper::Mm80, PrintSize::Normal, |context| {
            Slip::care(&statement, context).map(|_| ()).unwrap_err()
        });
        assert_eq!(refused, error);
    }
    assert!(SlipError::Totals.to_string().contains("do not add up to its sums"));
}

#[test]
fn what_was_given_back_is_called_so_and_taken_off() {
    let papers = read(&normal(&care_year()), &stamp());
    let text: String = papers.iter().map(|paper| paper.text()).collect();
    let row = text.lines().find(|line| line.starts_with("7月1日")).unwrap();
    assert!(row.contains("退费") && amounts(row) == [-6_400], "{row}");
    assert_eq!(text.matches("看门诊，上海市第六人民医院").count(), 1, "of what it was: {text}");
    assert_eq!(text.matches("退费").count(), 1);
    assert_eq!(labelled(&papers, "医疗费总额"), [1_925_690, 1_925_690]);
}

#[test]
fn a_visit_that_does_not_add_up_is_kept_and_marked() {
    let mark = "对不上";
    let year = care_year();
    assert!(!text_of(&normal(&year), &stamp()).contains(mark));
    let changes: [fn(&mut CareStatement); 3] = [
        |s| s.rows[3].total += fen(1),
        |s| s.rows[3].cash += fen(1),
        |s| s.rows[3].mutual_aid = s.rows[3].account + fen(1),
    ];
    for change in changes {
        let mut statement = care_year();
        change(&mut statement);
        let statement = care_statement(statement.period, statement.rows);
        for (_, paper, size) in LAYOUTS {
            let text = text_of(&care(&statement, paper, size), &stamp());
            assert_eq!(text.replace('\n', "").matches(mark).count(), 1, "{text}");
        }
    }
}

#[test]
fn amounts_end_in_their_columns() {
    for (paper, account_ends) in [(Paper::Mm80, vec![24, 48]), (Paper::Mm58, vec![32])] {
        let papers = read(&care(&care_year(), paper, PrintSize::Normal), &stamp());
        let text: String = papers.iter().map(|paper| paper.text()).collect();
        let account = text.lines().filter(|line| line.starts_with("  个人账户支付"));
        let account: Vec<Vec<usize>> = account.map(ends_at).collect();
        assert_eq!(account, vec![account_ends; 6]);
        let totals: Vec<Vec<usize>> =
            paper::dated_lines(&papers).iter().map(|line| ends_at(line)).collect();
        assert_eq!(totals, vec![vec![usize::from(paper.columns())]; 6]);
    }
}

#[test]
fn an_empty_year_says_so() {
    let none = care_statement(year_2026(), Vec::new());
    for (_, paper, size) in LAYOUTS {
        let slip = care(&none, paper, size);
        let text: String = text_of(&slip, &stamp()).lines().collect();
        assert!(text.contains("这段时间没有记录") && text.contains(REMARK), "{text}");
        assert!(!text.contains("0.00"), "{text}");
        assert_eq!((slip.pages(), slip.rows()), (1, 0));
        assert_eq!(slip.summary()[1].1, "这段时间没有记录");
    }
}

#[test]
fn visits_of_several_years_say_in_which() {
    let period = Period::new(date(2025, 12, 1), date(2026, 1, 31)).unwrap();
    let visit = |on| settlement("医院", CareType::Outpatient, on, [400, 300, 50, 0]);
    let rows = [date(2025, 12, 30), date(2026, 1, 2), date(2026, 1, 3)].map(visit);
    let text = text_of(&normal(&care_statement(period, rows.to_vec())), &stamp());
    let years: Vec<&str> =
        text.lines().filter(|line| line.len() == 7 && line.ends_with('年')).collect();
    assert_eq!(years, ["2025年", "2026年"]);
}

#[test]
fn no_plain_name_or_number_is_on_the_record() {
    let slip = normal(&care_year());
    let text = text_of(&slip, &stamp()) + &format!("{slip:?} {:?}", slip.summary());
    let id = owner().id_number;
    for canary in [OWNER_NAME, &OWNER_NAME[3..], id.reveal(), "19450612", "P0001"] {
        assert!(!text.contains(canary), "{canary}: {text}");
    }
    assert!(!format!("{slip:?}").contains("15,866.24"));
}

/// One amount of a visit.
type Part = fn(&Settlement) -> Money;

/// The sum of a part over all visits, in fen.
fn total(statement: &CareStatement, part: Part) -> i64 {
    statement.rows.iter().map(|row| part(row).to_fen().unwrap()).sum()
}

/// The amounts that follow each line of large print which begins with `label`, on it or on the next.
fn in_large(text: &str, label: &str) -> i64 {
    let lines: Vec<&str> = text.lines().collect();
    let at = (0..lines.len()).rev().find(|&at| lines[at].trim_start().starts_with(label)).unwrap();
    let here = amounts(lines[at]).last().copied();
    here.or_else(|| amounts(lines.get(at + 1)?).last().copied()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// `read` itself holds every line to the width of the paper.
    #[test]
    fn a_record_adds_up(
        rows in visits(40, 1_000_000, any_text()),
        layout in 0..LAYOUTS.len(),
    ) {
        let (_, paper, size) = LAYOUTS[layout];
        let statement = care_statement(period(), rows);
        let slip = care(&statement, paper, size);
        prop_assert_eq!(slip.rows(), statement.rows.len());
        let pages = read(&slip, &stamp());
        let text: String = pages.iter().map(|page| page.text()).collect();
        let end = text.rfind("合计（元）").map_or("", |at| &text[at..]);
        let parts: [(&str, Part); 6] = [
            ("医疗费总额", |row| row.total),
            ("基金支付", |row| row.fund),
            ("个人负担", |row| row.own),
            ("个人账户支付", |row| row.account),
            ("其中共济", |row| row.mutual_aid),
            ("个人现金支付", |row| row.cash),
        ];
        for (label, part) in parts {
            if !statement.rows.is_empty() {
                prop_assert_eq!(in_large(end, label), total(&statement, part), "{}", end);
            }
        }
        if size == PrintSize::Normal {
            let printed: Vec<i64> =
                paper::dated_lines(&pages).iter().map(|line| amounts(line)[0]).collect();
            let rows = statement.rows.iter();
            let wanted: Vec<i64> = rows.map(|row| row.total.to_fen().unwrap()).collect();
            prop_assert_eq!(printed, wanted);
        }
    }

    #[test]
    fn what_one_page_carries_over_the_next_takes_up(
        rows in visits(60, 1_000_000, any_text()),
        narrow in any::<bool>(),
    ) {
        let paper = if narrow { Paper::Mm58 } else { Paper::Mm80 };
        let statement = care_statement(period(), rows);
        let pages = read(&care(&statement, paper, PrintSize::Normal), &stamp());
        let mut so_far = 0;
        for (index, page) in pages.iter().enumerate() {
            let page = core::slice::from_ref(page);
            let mut expected = Vec::new();
            if index > 0 {
                expected.push(so_far);
            }
            so_far += paper::dated_lines(page).iter().map(|line| amounts(line)[0]).sum::<i64>();
            if index + 1 < pages.len() {
                expected.push(so_far);
            }
            prop_assert_eq!(labelled(page, "医疗费累计"), expected);
        }
    }

    /// No amount and no text makes a line too wide, a page too long or the program fail.
    #[test]
    fn any_amount_and_text_fits(
        rows in visits(12, 100_000_000_000_000_000, any_text()),
        layout in 0..LAYOUTS.len(),
    ) {
        let (_, paper, size) = LAYOUTS[layout];
        let slip = care(&care_statement(period(), rows), paper, size);
        let most = if size == PrintSize::Large { LARGE_PAGE_DOTS_MAX } else { PAGE_DOTS_MAX };
        for page in read(&slip, &stamp()) {
            prop_assert!(page.bitmap().height() <= most, "{} dots", page.bitmap().height());
        }
    }
}
