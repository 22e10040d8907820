//! 共济支付情况单: what relatives spent from the account, and premiums paid from it.

use super::account::NO_ROWS;
use super::amount::sum;
use super::document::{Frame, PART_GAP_DOTS, ROW_GAP_DOTS};
use super::family_rows::{care_row, premium_row, share_heads, share_row, subtotal};
use super::groups::{Group, group};
use super::line::{Line, Size, Style};
use super::pages::{Block, paginate};
use super::sheet::{Layout, Sheet, Title};
use super::{Content, SlipContext, SlipError, SlipKind};
use crate::domain::dates;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::records::port::FamilyStatement;

/// The slip's name.
pub const TITLE: Title =
    Title { whole: "共济支付情况单", halves: ["共济支付", "情况单"] };
const CARE_TITLE: &str = "一、看病买药";
const CARE_TERM: &str = "共济支付(元)";
const PREMIUM_TITLE: &str = "二、居民医保缴费";
const PREMIUM_TERM: &str = "共济缴费(元)";

/// Sums over the rows so far.
#[derive(Clone, Copy, Default)]
pub struct Sums {
    /// 共济支付
    pub care: Money,
    /// 共济缴费
    pub premiums: Money,
}

impl Sums {
    fn carry(self) -> Vec<(String, String)> {
        vec![
            ("看病买药累计".to_owned(), self.care.to_string()),
            ("居民医保缴费累计".to_owned(), self.premiums.to_string()),
        ]
    }
}

/// Lays the statement out.
///
/// # Errors
/// [`SlipError`] when a row does not belong, an amount is beyond reason, or it is too long.
pub fn lay_out(
    statement: &FamilyStatement,
    context: &SlipContext<'_>,
) -> Result<Content, SlipError> {
    let mut frame = Frame::spanning(TITLE, statement.period, context);
    let groups = group(statement, context.family)?;
    let mut sums = Sums::default();
    let mut blocks = care_blocks(&mut frame, &groups, &mut sums)?;
    blocks.extend(premium_blocks(&mut frame, statement, &mut sums)?);
    let all = sum(sums.care, sums.premiums)?;
    let rows = statement.rows.len() + statement.premiums.len();
    let (top, lacking) = opening_lines(&frame, &groups, sums, all, rows == 0);
    frame.lacking |= lacking;
    let end = closing_lines(&frame, sums, all, rows == 0);
    let pages = paginate(&frame, top, blocks, end)?;
    Ok(Content {
        kind: SlipKind::Family,
        summary: summary(statement.period, sums, all, rows),
        frame,
        pages,
        rows,
    })
}

fn care_blocks(
    frame: &mut Frame,
    groups: &[Group<'_>],
    sums: &mut Sums,
) -> Result<Vec<Block>, SlipError> {
    let mut blocks = Vec::new();
    for group in groups.iter().filter(|group| !group.rows.is_empty()) {
        let last = group.rows.len().saturating_sub(1);
        let mut year = None;
        for (number, movement) in group.rows.iter().enumerate() {
            let this_year = movement.date.year();
            let new_year = frame.years() && year.replace(this_year) != Some(this_year);
            let mut sheet = frame.sheet();
            if blocks.is_empty() {
                sheet.ends(CARE_TITLE, CARE_TERM, Style::BOLD);
            }
            if number == 0 {
                person(&mut sheet, &group.name);
            }
            if new_year {
                sheet.paragraph(&format!("{this_year}年"), Style::BOLD);
            }
            let used = care_row(&mut sheet, movement)?;
            sums.care = sum(sums.care, used)?;
            if number == last {
                subtotal(&mut sheet, group);
            }
            let (lines, lacking) = sheet.take();
            frame.lacking |= lacking;
            let mut head = frame.sheet();
            if !blocks.is_empty() {
                head.ends(&going_on(frame, CARE_TITLE), CARE_TERM, Style::BOLD);
            }
            if number > 0 {
                person(&mut head, &group.name);
            }
            if frame.years() && !new_year {
                head.paragraph(&format!("{this_year}年"), Style::BOLD);
            }
            let (head, lead) = (head.take().0, frame.row_lead(number == 0));
            blocks.push(Block { lead, lines, head, carry: sums.carry() });
        }
    }
    Ok(blocks)
}

/// Whose rows follow.
fn person(sheet: &mut Sheet, name: &str) {
    sheet.space(PART_GAP_DOTS);
    sheet.heading(name);
    sheet.rule(false);
}

fn premium_blocks(
    frame: &mut Frame,
    statement: &FamilyStatement,
    sums: &mut Sums,
) -> Result<Vec<Block>, SlipError> {
    let mut blocks = Vec::new();
    let last = statement.premiums.len().saturating_sub(1);
    for (number, payment) in statement.premiums.iter().enumerate() {
        if payment.paid_on < statement.period.from() || payment.paid_on > statement.period.to() {
            return Err(SlipError::OutsidePeriod(payment.serial));
        }
        let mut sheet = frame.sheet();
        if number == 0 {
            sheet.ends(PREMIUM_TITLE, PREMIUM_TERM, Style::BOLD);
            sheet.rule(false);
        }
        let paid = premium_row(&mut sheet, payment)?;
        sums.premiums = sum(sums.premiums, paid)?;
        if number == last {
            sheet.ends("缴费小计", &sums.premiums.to_string(), Style::BOLD);
        }
        let (lines, lacking) = sheet.take();
        frame.lacking |= lacking;
        let head = if number == 0 { Vec::new() } else { premiums_going_on(frame) };
        let lead = match number {
            0 => vec![Line::Rule { heavy: true }],
            _ => frame.row_lead(false),
        };
        blocks.push(Block { lead, lines, head, carry: sums.carry() });
    }
    Ok(blocks)
}

/// What the rows are that go on from the page before.
fn premiums_going_on(frame: &Frame) -> Vec<Line> {
    let mut sheet = frame.sheet();
    sheet.ends(&going_on(frame, PREMIUM_TITLE), PREMIUM_TERM, Style::BOLD);
    sheet.rule(false);
    sheet.take().0
}

/// A part's title where it goes on from the page before.
fn going_on(frame: &Frame, title: &str) -> String {
    let room = frame.sheet().layout() != Layout::Large;
    if room { format!("{title}（接上页）") } else { title.to_owned() }
}

/// How much it was, and whose.
fn opening_lines(
    frame: &Frame,
    groups: &[Group<'_>],
    sums: Sums,
    all: Money,
    empty: bool,
) -> (Vec<Line>, bool) {
    let mut sheet = frame.sheet();
    sheet.rule(true);
    if empty {
        sheet.space(PART_GAP_DOTS);
        sheet.paragraph(NO_ROWS, Style { size: Size::Tall, ..Style::CENTRED });
        sheet.space(PART_GAP_DOTS);
        return sheet.take();
    }
    sheet.paragraph("家人一共从您的账户用了", Style::CENTRED);
    sheet.figure(&format!("{}元", all));
    sheet.space(PART_GAP_DOTS);
    if sheet.layout() != Layout::Large {
        share_heads(&mut sheet);
        sheet.rule(false);
    }
    for group in groups {
        share_row(&mut sheet, &group.name, group.care, group.premiums, Style::PLAIN);
    }
    sheet.rule(false);
    share_row(&mut sheet, "合计", sums.care, sums.premiums, Style::BOLD);
    sheet.rule(true);
    sheet.take()
}

fn closing_lines(frame: &Frame, sums: Sums, all: Money, empty: bool) -> Vec<Line> {
    if empty {
        return Vec::new();
    }
    let mut sheet = frame.sheet();
    sheet.space(ROW_GAP_DOTS);
    sheet.rule(false);
    sheet.ends("看病买药合计", &sums.care.to_string(), Style::BOLD);
    sheet.ends("居民医保缴费合计", &sums.premiums.to_string(), Style::BOLD);
    sheet.ends("一共（元）", &all.to_string(), Style::TALL);
    sheet.take().0
}

fn summary(period: Period, sums: Sums, all: Money, rows: usize) -> Vec<(String, String)> {
    let listed = if rows == 0 { NO_ROWS.to_owned() } else { format!("{rows}笔") };
    [
        ("起止日期", dates::period(period)),
        ("明细", listed),
        ("看病买药", sums.care.to_string()),
        ("居民医保缴费", sums.premiums.to_string()),
        ("合计", all.to_string()),
    ]
    .map(|(label, value)| (label.to_owned(), value))
    .to_vec()
}
