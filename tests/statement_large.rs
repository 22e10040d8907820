//! Slips in large print, for weak eyes: read back from the paper of the simulated printer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/paper.rs"]
mod paper;
#[path = "support/rows.rs"]
mod rows;
#[path = "support/slips.rs"]
mod slips;

use gongji_hal::printer::profile::text_columns;
use gongji_hal::printer::sim::{PrintedLine, PrintedPaper};
use gongji_kiosk::domain::account::{Movement, MovementKind};
use gongji_kiosk::domain::period::Period;
use gongji_kiosk::records::port::{AccountStatement, FamilyStatement};
use gongji_kiosk::statement::{
    LARGE_PAGE_DOTS_MAX, Paper, PrintSize, REMARK, Slip, SlipContext, SlipError, Stamp,
};
use jiff::civil::date;
use paper::{amounts, is_day, qr_codes, read, text_of};
use proptest::prelude::*;
use rows::{of_relatives, on, papers, period, plain_place, rows};
use slips::{
    account_statement, context, family_quarter, issuer, movement, owner, quarter, stamp, wife,
};

/// Calls `make` with a context for large print.
fn large<T>(paper: Paper, make: impl FnOnce(&SlipContext<'_>) -> T) -> T {
    let (owner, family, issuer) = (owner(), [wife()], issuer());
    make(&SlipContext { size: PrintSize::Large, ..context(&owner, &family, &issuer, paper) })
}

fn account(statement: &AccountStatement, paper: Paper) -> Slip {
    large(paper, |context| Slip::account(statement, context)).unwrap()
}

fn family(statement: &FamilyStatement, paper: Paper) -> Slip {
    large(paper, |context| Slip::family(statement, context)).unwrap()
}

#[test]
fn large_slips_read_as_agreed() {
    let account = |paper| text_of(&account(&quarter(), paper), &stamp());
    let family = |paper| text_of(&family(&family_quarter(), paper), &stamp());
    insta::assert_snapshot!("account_80", account(Paper::Mm80));
    insta::assert_snapshot!("account_58", account(Paper::Mm58));
    insta::assert_snapshot!("family_80", family(Paper::Mm80));
    insta::assert_snapshot!("family_58", family(Paper::Mm58));
}

/// Text with its size, without rules.
fn texts(papers: &[PrintedPaper]) -> Vec<(String, (u32, u32))> {
    let all = papers.iter().flat_map(PrintedPaper::lines);
    all.filter_map(|line| match line {
        PrintedLine::Text { text, size, .. } if !text.starts_with(['─', '━']) => {
            Some((text.clone(), *size))
        }
        _ => None,
    })
    .collect()
}

#[test]
fn all_is_twice_as_high_and_wide_but_what_would_be_broken() {
    for paper in [Paper::Mm58, Paper::Mm80] {
        let columns = usize::from(paper.columns()) / 2;
        let slips = [account(&quarter(), paper), family(&family_quarter(), paper)];
        for slip in &slips {
            for (text, (wide, high)) in texts(&read(slip, &stamp())) {
                let narrow = text_columns(&text) > columns;
                assert!(high >= 2 && (wide >= 2) != narrow, "{wide}×{high}: {text}");
            }
        }
    }
    let figure = texts(&read(&account(&quarter(), Paper::Mm80), &stamp()));
    let size = figure.iter().find(|(text, _)| text == "2,035.75元").map(|(_, size)| *size);
    assert_eq!(size, Some((3, 3)), "the balance is largest");
}

#[test]
fn numbers_and_dates_are_never_broken() {
    for paper in [Paper::Mm58, Paper::Mm80] {
        let text = text_of(&account(&quarter(), paper), &Stamp { copy: 2, ..stamp() });
        for whole in [
            "310***********0076",
            "XH03-261120-00042",
            "2026年11月20日",
            "+432.80",
            "补打第2次",
            "10月21日",
        ] {
            assert!(text.contains(whole), "{whole}: {text}");
        }
    }
}

#[test]
fn an_empty_period_says_so() {
    let none = account_statement(Period::year(2026).unwrap(), 12_345, Vec::new());
    let text = text_of(&account(&none, Paper::Mm58), &stamp());
    assert!(text.lines().collect::<String>().contains("这段时间没有记录"), "{text}");
    assert!(text.contains("123.45元"), "{text}");
}

#[test]
fn huge_amounts_stay_whole() {
    let most = 9_000_000_000_000_000_000;
    let rows = vec![movement(1, date(2026, 3, 5), MovementKind::Interest, most, "银行")];
    for paper in [Paper::Mm58, Paper::Mm80] {
        let statement = account_statement(Period::year(2026).unwrap(), 1, rows.clone());
        let text = text_of(&account(&statement, paper), &stamp());
        assert!(text.contains("+90,000,000,000,000,000.00"), "{text}");
        assert!(text.contains("90,000,000,000,000,000.01元"), "{text}");
    }
}

#[test]
fn what_is_too_long_says_how_much_fits() {
    let row = |day: u16| {
        movement(day.into(), on(day), MovementKind::Interest, 1, "上海市医疗保障事业管理中心")
    };
    let rows: Vec<Movement> = (0..3000).map(|n| row(n / 10)).collect();
    let lay_out = |count: usize| {
        let statement = account_statement(period(), 0, rows[..count].to_vec());
        large(Paper::Mm58, |context| Slip::account(&statement, context).map(|slip| slip.pages()))
    };
    let Err(SlipError::TooManyPages(most)) = lay_out(3000) else { panic!("it is too long") };
    assert!((500..3000).contains(&most), "{most}");
    assert!(lay_out(most as usize).unwrap() <= 99);
    let said = SlipError::TooManyPages(most).to_string();
    assert!(said.contains("99 pages") && said.contains(&format!("{most} rows")), "{said}");
}

/// The lines that are read, without rules and marks of a page.
fn words(papers: &[PrintedPaper]) -> Vec<String> {
    texts(papers).into_iter().map(|(text, _)| text).collect()
}

/// The amount of each line that begins with `label`, on it or on the next.
fn labelled(papers: &[PrintedPaper], label: &str) -> Vec<i64> {
    let lines = words(papers);
    let found = lines.iter().enumerate().filter(|(_, line)| line.starts_with(label));
    found
        .map(|(at, line)| {
            let here = amounts(line).last().copied();
            here.or_else(|| amounts(lines.get(at + 1)?).last().copied()).unwrap()
        })
        .collect()
}

/// What every page of a large slip must have.
fn check_pages(slip: &Slip, pages: &[PrintedPaper]) -> Result<(), TestCaseError> {
    prop_assert_eq!(pages.len(), usize::from(slip.pages()));
    for (index, page) in pages.iter().enumerate() {
        let text = page.text();
        let flat: String = text.lines().collect();
        let last = index + 1 == pages.len();
        prop_assert!(flat.contains(slip.title()), "page {}: {}", index, text);
        let number = format!("第{}页，共{}页", index + 1, pages.len());
        prop_assert_eq!(flat.contains(&number), true, "page {}: {}", index, &text);
        prop_assert!(flat.contains("张*") && flat.contains("XH03-261120-00042"));
        prop_assert_eq!(flat.contains(REMARK), last);
        prop_assert_eq!(flat.contains("后面还有"), !last);
        prop_assert_eq!(qr_codes(page).len(), usize::from(last));
        prop_assert!(page.bitmap().height() <= LARGE_PAGE_DOTS_MAX, "{}", page.bitmap().height());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// `read` itself holds every line to the width of the paper.
    #[test]
    fn a_large_account_slip_adds_up(
        rows in rows(60, 1_000_000, plain_place()),
        opening in 0i64..10_000_000,
        paper in papers(),
    ) {
        let statement = account_statement(period(), opening, rows);
        let slip = account(&statement, paper);
        let pages = read(&slip, &stamp());
        check_pages(&slip, &pages)?;

        let closing = statement.closing.to_fen().unwrap();
        let fen = |row: &Movement| row.amount.to_fen().unwrap();
        let income: i64 = statement.rows.iter().map(fen).filter(|fen| *fen > 0).sum();
        let spending: i64 = statement.rows.iter().map(fen).filter(|fen| *fen < 0).sum();
        prop_assert_eq!(labelled(&pages, "期初余额"), vec![opening]);
        prop_assert_eq!(labelled(&pages, "加：收入"), vec![income]);
        prop_assert_eq!(labelled(&pages, "减：支出"), vec![spending]);
        prop_assert_eq!(labelled(&pages, "等于："), vec![closing]);
        if income != 0 || spending != 0 {
            prop_assert_eq!(labelled(&pages, "收入合计"), vec![income]);
            prop_assert_eq!(labelled(&pages, "支出合计"), vec![spending]);
            prop_assert_eq!(labelled(&pages, "期末余额"), vec![closing]);
        }
        // Every row is on one page with its amount and its balance, and pages carry their sums on.
        let (mut done, mut balance) = (0, opening);
        for page in &pages {
            let page = core::slice::from_ref(page);
            let lines = words(page);
            for at in (0..lines.len()).filter(|&at| is_day(&lines[at])) {
                let row = &statement.rows[done];
                let rest = lines[at..].iter().take(6).cloned().collect::<Vec<_>>();
                let found: Vec<i64> = rest.iter().flat_map(|line| amounts(line)).take(2).collect();
                balance += fen(row);
                prop_assert_eq!(found, vec![fen(row), balance], "{:?}", rest);
                done += 1;
            }
            let sums = labelled(page, "累计收入");
            let so_far = statement.rows.iter().take(done).map(fen);
            let expected: i64 = so_far.filter(|fen| *fen > 0).sum();
            prop_assert!(sums.iter().all(|sum| *sum == expected), "{:?} {}", sums, expected);
        }
        prop_assert_eq!(done, statement.rows.len());
    }

    #[test]
    fn a_large_family_slip_adds_up(
        rows in rows(40, 1_000_000, plain_place()),
        paper in papers(),
    ) {
        let rows = of_relatives(rows);
        let statement = FamilyStatement { period: period(), rows, premiums: Vec::new() };
        let care: i64 = statement.rows.iter().map(|row| -row.amount.to_fen().unwrap()).sum();
        let slip = family(&statement, paper);
        let pages = read(&slip, &stamp());
        check_pages(&slip, &pages)?;
        let lines = words(&pages);
        let dated = lines.iter().filter(|line| is_day(line)).count();
        prop_assert_eq!(dated, statement.rows.len());
        if !statement.rows.is_empty() {
            prop_assert_eq!(labelled(&pages, "看病买药合计"), vec![care]);
            prop_assert_eq!(labelled(&pages, "居民医保缴费合计"), vec![0]);
            prop_assert_eq!(labelled(&pages, "一共（元）"), vec![care]);
        }
    }
}
