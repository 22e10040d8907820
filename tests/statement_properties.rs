//! What holds for every slip, whatever the ledger says: read back from the printed paper.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/paper.rs"]
mod paper;
#[path = "support/rows.rs"]
mod rows;
#[path = "support/slips.rs"]
mod slips;

use gongji_kiosk::domain::account::MovementKind;
use gongji_kiosk::domain::insurance::CareType;
use gongji_kiosk::domain::premium::{PremiumPayment, PremiumStatus};
use gongji_kiosk::records::port::{AccountStatement, FamilyStatement};
use gongji_kiosk::statement::{
    Font, LARGE_PAGE_DOTS_MAX, PAGE_DOTS_MAX, Paper, PrintSize, Profile, QrPrinting, Slip,
    SlipContext,
};
use paper::{amounts, dated_lines, ends_at, labelled, read};
use proptest::prelude::*;
use rows::{any_text, of_relatives, on, papers, period, rows};
use slips::{account_statement, context, fen, grandson, issuer, owner, settlement, stamp, wife};

/// From the last line to the tear bar.
const TEAR_DOTS: u32 = 15 * 8;

/// Every printer that the configuration can describe, and both sizes.
fn printers() -> impl Strategy<Value = (Profile, PrintSize)> {
    let fonts = prop_oneof![Just(Font::Gb2312), Just(Font::Gb18030)];
    let qr = prop_oneof![Just(QrPrinting::Native), Just(QrPrinting::Raster)];
    let size = prop_oneof![Just(PrintSize::Normal), Just(PrintSize::Large)];
    (papers(), fonts, qr, any::<bool>(), size).prop_map(|(paper, font, qr, cutter, size)| {
        (Profile { font, qr, cutter, ..Profile::usual(paper) }, size)
    })
}

fn account(statement: &AccountStatement, paper: Paper) -> Slip {
    Slip::account(statement, &context(&owner(), &[], &issuer(), paper)).unwrap()
}

/// Every page is there and no longer than its size allows; the way to the tear bar is no text.
fn check_paper(slip: &Slip, profile: Profile) -> Result<(), TestCaseError> {
    let pages = read(slip, &stamp());
    prop_assert_eq!(pages.len(), usize::from(slip.pages()));
    let most = match slip.size() {
        PrintSize::Normal => PAGE_DOTS_MAX,
        PrintSize::Large => LARGE_PAGE_DOTS_MAX,
    };
    let tail = if profile.cutter { 0 } else { TEAR_DOTS };
    for page in pages {
        let high = page.bitmap().height();
        prop_assert!(high <= most + tail, "{} dots", high);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// `read` itself holds every line to the width of the paper.
    #[test]
    fn an_account_slip_adds_up(
        rows in rows(50, 1_000_000, any_text()),
        opening in 0i64..10_000_000,
        paper in papers(),
    ) {
        let statement = account_statement(period(), opening, rows);
        let slip = account(&statement, paper);
        let pages = read(&slip, &stamp());
        let printed = dated_lines(&pages);
        prop_assert_eq!(printed.len(), statement.rows.len());

        let column = if paper == Paper::Mm80 { 34 } else { 32 };
        for line in &printed {
            prop_assert_eq!(ends_at(line).first().copied(), Some(column), "{}", line);
        }
        let changes: Vec<i64> = printed.iter().map(|line| amounts(line)[0]).collect();
        let income: i64 = changes.iter().filter(|amount| **amount > 0).sum();
        let spending: i64 = changes.iter().filter(|amount| **amount < 0).sum();
        let closing = statement.closing.to_fen().unwrap();
        prop_assert_eq!(opening + income + spending, closing);
        prop_assert_eq!(labelled(&pages, "期初余额"), vec![opening]);
        prop_assert_eq!(labelled(&pages, "加：收入"), vec![income]);
        prop_assert_eq!(labelled(&pages, "减：支出"), vec![spending]);
        prop_assert_eq!(labelled(&pages, "等于："), vec![closing]);
        if income != 0 || spending != 0 {
            prop_assert_eq!(labelled(&pages, "收入合计"), vec![income]);
            prop_assert_eq!(labelled(&pages, "支出合计"), vec![spending]);
            prop_assert_eq!(labelled(&pages, "期末余额"), vec![closing]);
        }
    }

    #[test]
    fn what_one_page_carries_over_the_next_takes_up(
        rows in rows(90, 1_000_000, any_text()),
        paper in papers(),
    ) {
        let statement = account_statement(period(), 0, rows);
        let slip = account(&statement, paper);
        let pages = read(&slip, &stamp());
        let (mut income, mut spending) = (0, 0);
        for (index, page) in pages.iter().enumerate() {
            let page = core::slice::from_ref(page);
            let mut expected = Vec::new();
            if index > 0 {
                expected.push([income, spending, income + spending]);
            }
            for line in dated_lines(page) {
                let amount = amounts(&line)[0];
                *(if amount > 0 { &mut income } else { &mut spending }) += amount;
            }
            if index + 1 < pages.len() {
                expected.push([income, spending, income + spending]);
            }
            let text = page[0].text();
            prop_assert_eq!(text.contains("接上页"), index > 0);
            prop_assert_eq!(text.contains("转下页"), index + 1 < pages.len());
            let lines = ["累计收入", "累计支出"].map(|label| labelled(page, label));
            prop_assert_eq!(&lines[0], &expected.iter().map(|sums| sums[0]).collect::<Vec<_>>());
            prop_assert_eq!(&lines[1], &expected.iter().map(|sums| sums[1]).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_family_slip_adds_up(
        rows in rows(40, 1_000_000, any_text()),
        premiums in prop::collection::vec((0u16..365, 0i64..200_000, any::<bool>()), 0..6),
        paper in papers(),
    ) {
        let rows = of_relatives(rows);
        let premiums: Vec<PremiumPayment> = premiums
            .into_iter()
            .map(|(day, amount, refunded)| PremiumPayment {
                serial: 1000,
                insured_year: 2026,
                paid_on: on(day),
                amount: fen(amount),
                relative: Some(grandson()),
                status: if refunded { PremiumStatus::Refunded } else { PremiumStatus::Arrived },
            })
            .collect();
        let statement = FamilyStatement { period: period(), rows, premiums };
        let care: i64 = statement.rows.iter().map(|row| -row.amount.to_fen().unwrap()).sum();
        let kept = statement.premiums.iter().filter(|one| one.status != PremiumStatus::Refunded);
        let paid: i64 = kept.map(|one| one.amount.to_fen().unwrap()).sum();

        let (owner, family, issuer) = (owner(), [wife()], issuer());
        let context = slips::context(&owner, &family, &issuer, paper);
        let slip = Slip::family(&statement, &context).unwrap();
        let pages = read(&slip, &stamp());
        let printed = dated_lines(&pages);
        prop_assert_eq!(printed.len(), statement.rows.len());
        prop_assert_eq!(slip.rows(), statement.rows.len() + statement.premiums.len());
        let columns = usize::from(paper.columns());
        prop_assert!(printed.iter().all(|line| ends_at(line) == [columns]), "{:?}", printed);
        prop_assert_eq!(printed.iter().map(|line| amounts(line)[0]).sum::<i64>(), care);
        let groups: Vec<i64> = ["女儿 李* 小计", "外孙 欧阳* 小计"]
            .iter()
            .flat_map(|label| labelled(&pages, label))
            .collect();
        prop_assert_eq!(groups.iter().sum::<i64>(), care);
        if slip.rows() > 0 {
            prop_assert_eq!(labelled(&pages, "看病买药合计"), vec![care]);
            prop_assert_eq!(labelled(&pages, "居民医保缴费合计"), vec![paid]);
            prop_assert_eq!(labelled(&pages, "一共（元）"), vec![care + paid]);
        }
    }

    /// No amount and no text makes a line too wide, a page too long or the program fail.
    #[test]
    fn any_amount_and_text_fits(
        rows in rows(20, 400_000_000_000_000_000, any_text()),
        (profile, size) in printers(),
        terminal in any_text(),
    ) {
        let statement = account_statement(period(), 0, rows);
        let mut issuer = issuer();
        issuer.terminal_no = terminal.clone();
        issuer.body = terminal;
        let owner = owner();
        let context = SlipContext { profile, size, ..context(&owner, &[], &issuer, profile.paper) };
        check_paper(&Slip::account(&statement, &context).unwrap(), profile)?;
        let mut rows = statement.rows;
        for row in &mut rows {
            row.kind = MovementKind::FamilyCare;
            let part = row.amount.to_fen().unwrap() / 10;
            row.settlement =
                Some(settlement("", CareType::ChronicOutpatient, row.date, [part; 4]));
        }
        let statement = FamilyStatement { period: period(), rows, premiums: Vec::new() };
        check_paper(&Slip::family(&statement, &context).unwrap(), profile)?;
    }
}
