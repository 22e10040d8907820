//! The two slips, read back from the paper of the simulated printer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/paper.rs"]
mod paper;
#[path = "support/slips.rs"]
mod slips;

use gongji_hal::printer::sim::PrintedLine;
use gongji_kiosk::domain::account::MovementKind;
use gongji_kiosk::domain::insurance::CareType;
use gongji_kiosk::domain::period::Period;
use gongji_kiosk::domain::person::PersonName;
use gongji_kiosk::records::port::{AccountStatement, FamilyStatement};
use gongji_kiosk::statement::{Paper, Picture, REMARK, Slip, SlipContext, SlipError, Stamp, png};
use jiff::civil::date;
use paper::{ends_at, qr_codes, read, text_of};
use slips::{
    DAUGHTER_NAME, OWNER_NAME, account_statement, context, daughter, family_quarter, fen, issuer,
    movement, owner, quarter, settlement, stamp, wife,
};

/// A change that makes a statement wrong, and what is said to it.
type Refused<T> = (fn(&mut T), SlipError);

/// Calls `check` with a context of the given paper.
fn on<T>(paper: Paper, check: impl FnOnce(&SlipContext<'_>) -> T) -> T {
    check(&context(&owner(), &[wife()], &issuer(), paper))
}

fn account(statement: &AccountStatement, paper: Paper) -> Slip {
    on(paper, |context| Slip::account(statement, context)).unwrap()
}

fn family(statement: &FamilyStatement, paper: Paper) -> Slip {
    on(paper, |context| Slip::family(statement, context)).unwrap()
}

fn year_2026() -> Period {
    Period::year(2026).unwrap()
}

#[test]
fn account_slip_reads_as_agreed() {
    insta::assert_snapshot!("account_80", text_of(&account(&quarter(), Paper::Mm80), &stamp()));
    insta::assert_snapshot!("account_58", text_of(&account(&quarter(), Paper::Mm58), &stamp()));
}

#[test]
fn family_slip_reads_as_agreed() {
    insta::assert_snapshot!(
        "family_80",
        text_of(&family(&family_quarter(), Paper::Mm80), &stamp())
    );
    insta::assert_snapshot!(
        "family_58",
        text_of(&family(&family_quarter(), Paper::Mm58), &stamp())
    );
}

#[test]
fn an_empty_period_says_so() {
    let statement = account_statement(year_2026(), 12_345, Vec::new());
    let slip = account(&statement, Paper::Mm80);
    let text = text_of(&slip, &stamp());
    assert!(text.contains("这段时间没有记录"), "{text}");
    assert!(text.contains("123.45元"), "the balance is known all the same: {text}");
    assert_eq!((slip.pages(), slip.rows()), (1, 0));

    let none = FamilyStatement { period: year_2026(), rows: Vec::new(), premiums: Vec::new() };
    let text = text_of(&family(&none, Paper::Mm80), &stamp());
    assert!(text.contains("这段时间没有记录") && text.contains(REMARK), "{text}");
}

#[test]
fn one_row_is_one_page() {
    let rows = vec![movement(1, date(2026, 3, 5), MovementKind::Contribution, 14_000, "单位")];
    let slip = account(&account_statement(year_2026(), 0, rows), Paper::Mm58);
    assert_eq!((slip.pages(), slip.rows()), (1, 1));
    assert!(text_of(&slip, &stamp()).contains("第1页，共1页"));
}

#[test]
fn every_page_carries_number_count_and_masked_person() {
    let rows = (0..80)
        .map(|n| movement(n, date(2026, 3, 5), MovementKind::Interest, 1, "上海市医保中心"))
        .collect();
    let slip = account(&account_statement(year_2026(), 0, rows), Paper::Mm80);
    let papers = read(&slip, &Stamp { copy: 3, ..stamp() });
    assert!(papers.len() > 2);
    assert_eq!(papers.len(), usize::from(slip.pages()));
    for (index, paper) in papers.iter().enumerate() {
        let text = paper.text();
        let count = format!("第{}页，共{}页", index + 1, papers.len());
        for wanted in [count.as_str(), "XH03-261120-00042", "张*", "310***********0076", "2026年"]
        {
            assert!(text.contains(wanted), "page {index} lacks {wanted}: {text}");
        }
        let a4 = 297 * 8;
        assert!(paper.bitmap().height() <= a4, "page {index}: {} dots", paper.bitmap().height());
        let last = index + 1 == papers.len();
        assert_eq!(text.contains(REMARK), last, "page {index}: the remark ends the slip");
        assert_eq!(qr_codes(paper).len(), usize::from(last));
    }
}

#[test]
fn no_plain_name_or_number_leaves_the_slip() {
    let (account, family) =
        (account(&quarter(), Paper::Mm80), family(&family_quarter(), Paper::Mm80));
    let id = owner().id_number;
    let (given, daughter_given) = (&OWNER_NAME[3..], &DAUGHTER_NAME[3..]);
    let plain =
        [OWNER_NAME, DAUGHTER_NAME, "欧阳子涵", "王秀英", given, daughter_given, id.reveal()];
    let birth = "19450612";
    for slip in [&account, &family] {
        let text = text_of(slip, &stamp());
        let debug = format!("{slip:?} {:?}", slip.picture());
        let summary = format!("{:?}", slip.summary());
        let bytes: Vec<u8> =
            slip.encode(&stamp()).unwrap().iter().flat_map(|p| p.to_vec()).collect();
        for canary in plain.into_iter().chain([birth]) {
            let (coded, _, _) = encoding_rs::GB18030.encode(canary);
            assert!(!text.contains(canary) && !summary.contains(canary) && !debug.contains(canary));
            assert!(!bytes.windows(coded.len()).any(|window| window == &*coded), "{canary}");
        }
        assert!(!debug.contains("2,035.75") && !debug.contains("张*"), "{debug}");
    }
}

#[test]
fn the_qr_symbol_holds_number_and_token_only() {
    let slip = account(&quarter(), Paper::Mm80);
    let papers = read(&slip, &stamp());
    assert_eq!(qr_codes(&papers[0]), [b"XH03-261120-00042:K7QW2M9XTR4HVB6D".to_vec()]);
}

#[test]
fn what_matters_most_is_largest() {
    let papers = read(&account(&quarter(), Paper::Mm80), &stamp());
    let look = |wanted: &str| {
        let found = papers[0].lines().iter().find_map(|line| match line {
            PrintedLine::Text { text, size, bold, .. } if text == wanted => Some((*size, *bold)),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("no line {wanted}"))
    };
    for (line, size, bold) in [
        ("个人账户余额及明细单", (2, 2), true),
        ("2,035.75元", (2, 2), true),
        ("9月11日   本人看病          -38.50      2,271.25", (1, 2), true),
        ("期末余额                                2,035.75", (1, 2), true),
        ("本凭条仅供核对，不作报销或完税凭证。", (1, 1), true),
        ("终端编号  XH03", (1, 1), false),
    ] {
        assert_eq!(look(line), (size, bold), "{line}");
    }
}

#[test]
fn a_reprint_is_marked_with_its_number() {
    let slip = account(&quarter(), Paper::Mm80);
    assert!(text_of(&slip, &stamp()).contains("第1次打印"));
    let again = text_of(&slip, &Stamp { copy: 2, ..stamp() });
    assert_eq!(again.matches("补打第2次").count(), 2, "in the head and in the foot: {again}");
    assert!(!again.contains("第1次打印"));
}

#[test]
fn a_character_that_nobody_has_becomes_a_mark_that_is_explained() {
    let place = "康药店\u{1b}@😀";
    let rows = vec![movement(1, date(2026, 3, 5), MovementKind::OwnCare, -1, place)];
    let slip = account(&account_statement(year_2026(), 1, rows), Paper::Mm80);
    let text = text_of(&slip, &stamp());
    assert!(text.contains("康药店 @〓"), "{text}");
    assert_eq!(text.matches("打不出来的字").count(), 1);
    assert!(!text.contains('\u{FFFD}'));

    assert!(!text_of(&account(&quarter(), Paper::Mm80), &stamp()).contains('〓'));
    let mut insured = owner();
    insured.name = PersonName::new("😀大明");
    let slip = Slip::account(&quarter(), &context(&insured, &[], &issuer(), Paper::Mm80)).unwrap();
    let text = text_of(&slip, &stamp());
    assert!(text.contains("〓*") && text.contains("打不出来的字"), "{text}");
}

#[test]
fn long_names_wrap_and_lose_nothing() {
    let place = "国药控股国大药房上海连锁有限公司".repeat(4) + "（徐汇店）";
    let rows = vec![movement(1, date(2026, 3, 5), MovementKind::OwnCare, -1, &place)];
    let statement = account_statement(year_2026(), 1, rows);
    for paper in [Paper::Mm58, Paper::Mm80] {
        let text = text_of(&account(&statement, paper), &stamp());
        let joined: String = text.chars().filter(|ch| !ch.is_whitespace()).collect();
        assert!(joined.contains(&place), "{text}");
        assert!(text.lines().all(|line| !line.trim_start().starts_with('）')), "{text}");
    }
}

#[test]
fn huge_amounts_stay_whole() {
    let most = 9_000_000_000_000_000_000;
    let rows = vec![movement(1, date(2026, 3, 5), MovementKind::Interest, most, "银行")];
    for paper in [Paper::Mm58, Paper::Mm80] {
        let slip = account(&account_statement(year_2026(), 1, rows.clone()), paper);
        let text = text_of(&slip, &stamp());
        assert!(text.contains("+90,000,000,000,000,000.00"), "{text}");
        assert!(text.contains("90,000,000,000,000,000.01元"), "{text}");
    }
}

#[test]
fn sums_that_do_not_agree_make_no_paper() {
    let refuse = |change: fn(&mut AccountStatement)| {
        let mut statement = quarter();
        change(&mut statement);
        on(Paper::Mm80, |context| Slip::account(&statement, context)).unwrap_err()
    };
    let cases: [Refused<AccountStatement>; 6] = [
        (|s| s.closing += fen(1), SlipError::Sums),
        (|s| s.opening += fen(1), SlipError::RowBalance(1)),
        (|s| s.rows[4].amount += fen(1), SlipError::RowBalance(5)),
        (|s| s.rows[4].balance_after += fen(1), SlipError::RowBalance(5)),
        (|s| drop(s.rows.pop()), SlipError::Sums),
        (|s| s.rows[0].date = date(2026, 8, 31), SlipError::OutsidePeriod(1)),
    ];
    for (change, error) in cases {
        assert_eq!(refuse(change), error);
    }
}

#[test]
fn the_family_slip_takes_only_what_relatives_used() {
    let refuse = |change: fn(&mut FamilyStatement)| {
        let mut statement = family_quarter();
        change(&mut statement);
        on(Paper::Mm80, |context| Slip::family(&statement, context)).unwrap_err()
    };
    let cases: [Refused<FamilyStatement>; 4] = [
        (|s| s.rows[0].kind = MovementKind::OwnCare, SlipError::ForeignRow(3)),
        (|s| s.rows[0].date = date(2026, 11, 21), SlipError::OutsidePeriod(3)),
        (|s| s.premiums[0].paid_on = date(2026, 8, 31), SlipError::OutsidePeriod(5)),
        (|s| s.rows[0].amount = fen(i64::MIN), SlipError::AmountTooLarge),
    ];
    for (change, error) in cases {
        assert_eq!(refuse(change), error);
    }
}

#[test]
fn a_settlement_that_does_not_add_up_is_kept_and_marked() {
    let mark = "对不上";
    let mut statement = family_quarter();
    assert!(!text_of(&family(&statement, Paper::Mm80), &stamp()).contains(mark));
    statement.rows[0].settlement.as_mut().unwrap().fund += fen(1);
    let text = text_of(&family(&statement, Paper::Mm80), &stamp());
    assert_eq!(text.matches(mark).count(), 1, "{text}");
    assert!(text.contains("319.21"), "shown as the ledger has it: {text}");
}

#[test]
fn a_row_without_relative_or_settlement_is_listed() {
    let mut row =
        movement(1, date(2026, 3, 5), MovementKind::FamilyCare, -500, "上海市第六人民医院");
    let statement =
        |row| FamilyStatement { period: year_2026(), rows: vec![row], premiums: vec![] };
    let text = text_of(&family(&statement(row.clone()), Paper::Mm80), &stamp());
    assert!(text.contains("未写明的家人") && text.contains("5.00"), "{text}");
    row.relative = Some(daughter());
    row.settlement =
        Some(settlement("医院", CareType::Inpatient, row.date, [2000, 1000, 1000, 500]));
    let text = text_of(&family(&statement(row), Paper::Mm80), &stamp());
    assert!(text.contains("住院") && text.contains("其中共济"), "{text}");
}

#[test]
fn rows_of_several_years_say_in_which() {
    let period = Period::new(date(2025, 12, 1), date(2026, 1, 31)).unwrap();
    let row = |serial, on| movement(serial, on, MovementKind::Interest, 1, "银行");
    let rows = vec![row(1, date(2025, 12, 30)), row(2, date(2026, 1, 2)), row(3, date(2026, 1, 3))];
    let text = text_of(&account(&account_statement(period, 0, rows), Paper::Mm80), &stamp());
    let years: Vec<&str> =
        text.lines().filter(|line| line.len() == 7 && line.ends_with('年')).collect();
    assert_eq!(years, ["2025年", "2026年"]);
}

#[test]
fn the_preview_is_the_first_page_without_a_number() {
    let slip = account(&quarter(), Paper::Mm80);
    let picture = slip.picture().unwrap();
    assert_eq!(picture.width(), 576 + 64);
    assert_eq!(picture.pixels().len(), (picture.width() * picture.height()) as usize);
    let black = picture.pixels().iter().filter(|&&pixel| pixel == 0).count();
    assert!(black > 20_000, "{black} black dots");
    assert!(std::sync::Arc::ptr_eq(&picture, &slip.picture().unwrap()), "drawn once");
    assert_eq!(slip.title(), "个人账户余额及明细单");
    let labels: Vec<&str> = slip.summary().iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(labels, ["起止日期", "明细", "收入", "支出", "期末余额"]);
}

#[test]
fn a_file_for_a_printer_cuts_every_page() {
    let slip = family(&family_quarter(), Paper::Mm80);
    let bytes = slip.escpos(&stamp()).unwrap();
    let papers = paper::cut(&bytes, Paper::Mm80);
    assert_eq!(papers.len(), usize::from(slip.pages()));
    let texts: Vec<String> = papers.iter().map(|paper| paper.text()).collect();
    assert_eq!(texts.join("================\n"), text_of(&slip, &stamp()));
    // The kiosk's own printer feeds nothing beyond the way to the cutter either.
    let pages = paper::read(&slip, &stamp());
    assert!(papers.iter().zip(&pages).all(|(cut, page)| cut.bitmap() == page.bitmap()));

    let pages = slip.page_pictures(&stamp()).unwrap();
    let whole = slip.whole_picture(&stamp()).unwrap().unwrap();
    let heights: u32 = pages.iter().map(Picture::height).sum();
    assert_eq!(whole.height(), heights + u32::from(slip.pages()) - 1, "a line at each cut");
}

#[test]
fn a_png_is_the_picture() {
    let pixels: Vec<u8> = (0..11 * 3).map(|n| if n % 5 == 0 { 0 } else { 255 }).collect();
    let picture = Picture::new(11, 3, pixels.clone()).unwrap();
    let mut file = Vec::new();
    png::encode(&picture, &mut file).unwrap();
    let mut decoder = ::png::Decoder::new(std::io::Cursor::new(file));
    decoder.set_transformations(::png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut read = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut read).unwrap();
    assert_eq!(read, pixels);
    assert_eq!(Picture::new(11, 3, vec![0; 32]), None);
    let error = png::write(&picture, std::path::Path::new("/no/such/folder/a.png")).unwrap_err();
    assert!(error.to_string().contains("/no/such/folder/a.png"));
}

#[test]
fn the_digest_follows_content_and_key() {
    let slip = account(&quarter(), Paper::Mm80);
    assert_eq!(slip.digest(&[1; 32]), account(&quarter(), Paper::Mm80).digest(&[1; 32]));
    assert_ne!(slip.digest(&[1; 32]), slip.digest(&[2; 32]));
    let mut other = quarter();
    other.rows[0].place.push('x');
    assert_ne!(slip.digest(&[1; 32]), account(&other, Paper::Mm80).digest(&[1; 32]));
}

#[test]
fn amounts_of_all_rows_end_in_one_column() {
    for (paper, ends) in [(Paper::Mm80, vec![34, 48]), (Paper::Mm58, vec![32])] {
        let papers = read(&account(&quarter(), paper), &stamp());
        let rows: Vec<Vec<usize>> =
            paper::dated_lines(&papers).iter().map(|l| ends_at(l)).collect();
        assert_eq!(rows.len(), 9);
        assert!(rows.iter().all(|row| *row == ends), "{rows:?}");
    }
}
