//! 医保报销记录单: a person's own visits of a period, what each cost, and who paid.

use super::account::{DATE_COLUMNS, NO_ROWS};
use super::document::{Frame, PART_GAP_DOTS, ROW_GAP_DOTS};
use super::line::{Line, Size, Style};
use super::pages::{Block, paginate};
use super::parts::{self, Parts};
use super::sheet::{Layout, Sheet, Title};
use super::text::padded;
use super::{Content, SlipContext, SlipError, SlipKind, words};
use crate::domain::dates;
use crate::domain::settlement::Settlement;
use crate::records::port::{CareStatement, CareSums};

/// The slip's name.
pub const TITLE: Title =
    Title { whole: "医保报销记录单", halves: ["医保报销", "记录单"] };

/// Lays the statement out.
///
/// # Errors
/// [`SlipError`] when the rows do not add up to the sums, a row is outside the period, an amount is
/// beyond reason, or it is too long.
pub fn lay_out(statement: &CareStatement, context: &SlipContext<'_>) -> Result<Content, SlipError> {
    let mut frame = Frame::spanning(TITLE, statement.period, context);
    let mut sums = Parts::default();
    let mut blocks = Vec::new();
    let mut year = None;
    for (index, settlement) in statement.rows.iter().enumerate() {
        check_day(statement, index, settlement)?;
        let row = Parts::of(settlement)?;
        sums = sums.plus(row)?;
        let this_year = settlement.settled_at.year();
        let new_year = frame.years() && year.replace(this_year) != Some(this_year);
        let mut sheet = frame.sheet();
        if new_year {
            sheet.paragraph(&format!("{this_year}年"), Style::BOLD);
        }
        visit(&mut sheet, settlement, &row)?;
        let (lines, lacking) = sheet.take();
        frame.lacking |= lacking;
        let head = column_heads(frame.sheet(), (frame.years() && !new_year).then_some(this_year));
        let lead = frame.row_lead(blocks.is_empty());
        blocks.push(Block { lead, lines, head, carry: carry(&sums) });
    }
    if !are(&sums, &statement.sums) {
        return Err(SlipError::Totals);
    }
    let rows = statement.rows.len();
    let top = opening_lines(frame.sheet(), &sums, rows);
    let end = closing_lines(frame.sheet(), &sums, rows);
    let pages = paginate(&frame, top, blocks, end)?;
    let summary = summary(statement, &sums);
    Ok(Content { kind: SlipKind::Care, summary, frame, pages, rows })
}

/// A visit must have been settled in the period.
fn check_day(
    statement: &CareStatement,
    index: usize,
    settlement: &Settlement,
) -> Result<(), SlipError> {
    let day = settlement.settled_at.date();
    if day < statement.period.from() || day > statement.period.to() {
        let place = i64::try_from(index).unwrap_or(i64::MAX);
        return Err(SlipError::OutsidePeriod(place.saturating_add(1)));
    }
    Ok(())
}

/// Whether the sums of the rows are those that the ledger states.
fn are(sums: &Parts, stated: &CareSums) -> bool {
    let CareSums { total, fund, account, mutual_aid, cash } = *stated;
    [total, fund, account, mutual_aid, cash]
        == [sums.total, sums.fund, sums.account, sums.mutual_aid, sums.cash]
}

/// A visit: date, kind, cost, where, and who paid.
fn visit(sheet: &mut Sheet, settlement: &Settlement, row: &Parts) -> Result<(), SlipError> {
    let date = words::short_date(settlement.settled_at.date());
    let care = settlement.care.plain_label();
    let kind = if settlement.refund { "退费" } else { care };
    match sheet.layout() {
        Layout::Large => {
            let what = sheet.dated(&date, kind, Style::BOLD);
            sheet.paragraph(&what, Style::BOLD);
        }
        Layout::Wide | Layout::Narrow => {
            let left = padded(&date, DATE_COLUMNS) + kind;
            sheet.ends(&left, &row.total.to_string(), Style::TALL);
        }
    }
    // Beside an amount below zero there is no room for both on narrow paper.
    let place = match settlement.refund {
        true => format!("{care}，{}", settlement.institution),
        false => settlement.institution.clone(),
    };
    sheet.indented(&place, DATE_COLUMNS, Style::PLAIN);
    parts::payers(sheet, row)?;
    sheet.space(ROW_GAP_DOTS);
    Ok(())
}

/// What the columns are, and the year when rows go on in it.
fn column_heads(mut sheet: Sheet, year: Option<i16>) -> Vec<Line> {
    // Every large row names its own amounts.
    if sheet.layout() != Layout::Large {
        let left = padded("日期", DATE_COLUMNS) + "类别";
        sheet.ends(&left, "医疗费总额(元)", Style::PLAIN);
        sheet.rule(false);
    }
    if let Some(year) = year {
        sheet.paragraph(&format!("{year}年"), Style::BOLD);
    }
    sheet.take().0
}

/// How much the fund paid, of what, and what was left.
fn opening_lines(mut sheet: Sheet, sums: &Parts, rows: usize) -> Vec<Line> {
    sheet.rule(true);
    if rows == 0 {
        sheet.space(PART_GAP_DOTS);
        sheet.paragraph(NO_ROWS, Style { size: Size::Tall, ..Style::CENTRED });
        sheet.space(PART_GAP_DOTS);
        return sheet.take().0;
    }
    sheet.paragraph("医保基金一共支付", Style::CENTRED);
    sheet.figure(&format!("{}元", sums.fund));
    sheet.space(PART_GAP_DOTS);
    sheet.ends("看病买药", &format!("{rows}笔"), Style::PLAIN);
    sheet.ends("医疗费总额", &sums.total.to_string(), Style::PLAIN);
    sheet.ends("基金支付", &sums.fund.to_string(), Style::BOLD);
    sheet.ends("个人负担", &sums.own.to_string(), Style::PLAIN);
    sheet.rule(true);
    sheet.take().0
}

/// All sums, under the rows that they are the sums of.
fn closing_lines(mut sheet: Sheet, sums: &Parts, rows: usize) -> Vec<Line> {
    if rows == 0 {
        return Vec::new();
    }
    sheet.space(ROW_GAP_DOTS);
    sheet.rule(false);
    sheet.paragraph("合计（元）", Style::BOLD);
    parts::sums(&mut sheet, sums);
    sheet.take().0
}

/// The sums at the turn of a page.
fn carry(sums: &Parts) -> Vec<(String, String)> {
    [
        ("医疗费累计", sums.total),
        ("基金累计", sums.fund),
        ("个人账户累计", sums.account),
        ("其中共济累计", sums.mutual_aid),
        ("个人现金累计", sums.cash),
    ]
    .map(|(label, amount)| (label.to_owned(), amount.to_string()))
    .to_vec()
}

fn summary(statement: &CareStatement, sums: &Parts) -> Vec<(String, String)> {
    let listed = match statement.rows.len() {
        0 => NO_ROWS.to_owned(),
        rows => format!("{rows}笔"),
    };
    [
        ("起止日期", dates::period(statement.period)),
        ("明细", listed),
        ("医疗费总额", sums.total.to_string()),
        ("基金支付", sums.fund.to_string()),
        ("个人负担", sums.own.to_string()),
    ]
    .map(|(label, value)| (label.to_owned(), value))
    .to_vec()
}
