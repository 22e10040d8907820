//! 个人账户余额及明细单: the balance, and every movement that made it.

use super::amount::{bounded, is_positive, signed, sum};
use super::document::{Frame, PART_GAP_DOTS, ROW_GAP_DOTS};
use super::line::{Line, Style};
use super::pages::{Block, paginate};
use super::sheet::{Layout, Sheet, Title};
use super::text::{Cell, padded};
use super::{Content, SlipContext, SlipError, SlipKind, words};
use crate::domain::account::Movement;
use crate::domain::dates;
use crate::domain::money::Money;
use crate::records::port::AccountStatement;

/// The slip's name.
pub const TITLE: Title = Title {
    whole: "个人账户余额及明细单",
    halves: ["个人账户余额", "及明细单"],
};
/// What a slip says when there is nothing to list.
pub const NO_ROWS: &str = "这段时间没有记录";
/// Columns of a date and the blanks after it; what belongs to the row stands under its reason.
pub const DATE_COLUMNS: usize = 10;
/// Columns between the ends of the last two columns: a balance of ten million and a blank.
const BALANCE_COLUMNS: usize = 14;

/// Sums over rows.
#[derive(Clone, Copy, Default)]
struct Sums {
    income: Money,
    income_rows: usize,
    spending: Money,
    spending_rows: usize,
    balance: Money,
}

impl Sums {
    fn take_in(&mut self, amount: Money) -> Result<(), SlipError> {
        self.balance = sum(self.balance, amount)?;
        if is_positive(amount) {
            self.income = sum(self.income, amount)?;
            self.income_rows += 1;
        } else if amount.is_negative() {
            self.spending = sum(self.spending, amount)?;
            self.spending_rows += 1;
        }
        Ok(())
    }

    fn carry(self) -> Vec<(String, String)> {
        vec![
            ("累计收入".to_owned(), signed(self.income)),
            ("累计支出".to_owned(), signed(self.spending)),
            ("余额".to_owned(), self.balance.to_string()),
        ]
    }
}

/// Lays the statement out.
///
/// # Errors
/// [`SlipError`] when the sums do not agree, a row is outside the period, or it is too long.
pub fn lay_out(
    statement: &AccountStatement,
    context: &SlipContext<'_>,
) -> Result<Content, SlipError> {
    let mut frame = Frame::spanning(TITLE, statement.period, context);
    let opening = bounded(statement.opening)?;
    let closing = bounded(statement.closing)?;
    let mut sums = Sums { balance: opening, ..Sums::default() };
    let mut blocks = Vec::new();
    let mut year = None;
    for movement in &statement.rows {
        let amount = bounded(movement.amount)?;
        sums.take_in(amount)?;
        check(movement, statement, sums.balance)?;
        let this_year = movement.date.year();
        let new_year = frame.years() && year.replace(this_year) != Some(this_year);
        let (lines, lacking) = row(&frame, movement, amount, sums.balance, new_year);
        frame.lacking |= lacking;
        let head = column_heads(frame.sheet(), (frame.years() && !new_year).then_some(this_year));
        let lead = frame.row_lead(blocks.is_empty());
        blocks.push(Block { lead, lines, head, carry: sums.carry() });
    }
    if sums.balance != closing {
        return Err(SlipError::Sums);
    }
    let top = opening_lines(&frame, statement, opening, sums);
    let end = closing_lines(frame.sheet(), sums);
    let pages = paginate(&frame, top, blocks, end)?;
    Ok(Content {
        kind: SlipKind::Account,
        summary: summary(statement, sums),
        frame,
        pages,
        rows: statement.rows.len(),
    })
}

/// A row must lie in the period, and its balance must follow from the row before.
fn check(
    movement: &Movement,
    statement: &AccountStatement,
    balance: Money,
) -> Result<(), SlipError> {
    if movement.date < statement.period.from() || movement.date > statement.period.to() {
        return Err(SlipError::OutsidePeriod(movement.serial));
    }
    if bounded(movement.balance_after)? != balance {
        return Err(SlipError::RowBalance(movement.serial));
    }
    Ok(())
}

/// The balance and how it came about.
fn opening_lines(
    frame: &Frame,
    statement: &AccountStatement,
    opening: Money,
    sums: Sums,
) -> Vec<Line> {
    let (from, to) = (statement.period.from(), statement.period.to());
    let mut sheet = frame.sheet();
    sheet.rule(true);
    let last_day = words::full_date(to);
    let mut before = format!("期初余额（{}前）", words::short_date(from));
    let mut result = "等于：期末余额（元）";
    if sheet.layout() == Layout::Large {
        sheet.paragraph(&last_day, Style::CENTRED);
        sheet.paragraph("账户余额", Style::CENTRED);
        before = "期初余额".to_owned();
        result = "等于：期末余额";
    } else {
        sheet.paragraph(&format!("到{last_day}，账户余额"), Style::CENTRED);
    }
    sheet.figure(&format!("{}元", sums.balance));
    sheet.space(PART_GAP_DOTS);
    sheet.ends(&before, &opening.to_string(), Style::PLAIN);
    sheet.ends(&format!("加：收入{}笔", sums.income_rows), &signed(sums.income), Style::PLAIN);
    sheet.ends(&format!("减：支出{}笔", sums.spending_rows), &signed(sums.spending), Style::PLAIN);
    sheet.ends(result, &sums.balance.to_string(), Style::BOLD);
    sheet.rule(true);
    if statement.rows.is_empty() {
        sheet.space(PART_GAP_DOTS);
        sheet.paragraph(NO_ROWS, Style { size: super::line::Size::Tall, ..Style::CENTRED });
        sheet.space(PART_GAP_DOTS);
    }
    sheet.take().0
}

/// The sums once more under the rows that they are the sums of.
fn closing_lines(mut sheet: Sheet, sums: Sums) -> Vec<Line> {
    if sums.income_rows + sums.spending_rows == 0 {
        return Vec::new();
    }
    sheet.space(ROW_GAP_DOTS);
    sheet.rule(false);
    sheet.ends("收入合计", &signed(sums.income), Style::BOLD);
    sheet.ends("支出合计", &signed(sums.spending), Style::BOLD);
    sheet.ends("期末余额", &sums.balance.to_string(), Style::TALL);
    sheet.take().0
}

/// What the columns are, and the year when rows go on in it.
fn column_heads(mut sheet: Sheet, year: Option<i16>) -> Vec<Line> {
    let end = sheet.columns();
    let left = padded("日期", DATE_COLUMNS) + "事由";
    let balance = Cell::new("余额(元)", end);
    match sheet.layout() {
        Layout::Wide => {
            let change = Cell::new("收支(元)", end - BALANCE_COLUMNS);
            sheet.row(&left, &[change, balance], Style::PLAIN);
            sheet.rule(false);
        }
        Layout::Narrow => {
            sheet.row(&left, &[Cell::new("收支(元)", end)], Style::PLAIN);
            sheet.rule(false);
        }
        // Every row names its own amounts.
        Layout::Large => {}
    }
    if let Some(year) = year {
        sheet.paragraph(&format!("{year}年"), Style::BOLD);
    }
    sheet.take().0
}

fn row(
    frame: &Frame,
    movement: &Movement,
    amount: Money,
    balance: Money,
    new_year: bool,
) -> (Vec<Line>, bool) {
    let mut sheet = frame.sheet();
    if new_year {
        sheet.paragraph(&format!("{}年", movement.date.year()), Style::BOLD);
    }
    amounts(&mut sheet, movement, amount, balance);
    let relative = movement.relative.as_ref().map(words::relative);
    match relative {
        Some(relative) if sheet.layout() == Layout::Large => {
            sheet.paragraph(&relative, Style::PLAIN);
            sheet.indented(&movement.place, DATE_COLUMNS, Style::PLAIN);
        }
        Some(relative) => {
            let place = format!("{relative}，{}", movement.place);
            sheet.indented(&place, DATE_COLUMNS, Style::PLAIN);
        }
        None => sheet.indented(&movement.place, DATE_COLUMNS, Style::PLAIN),
    }
    sheet.space(ROW_GAP_DOTS);
    sheet.take()
}

/// When and why the balance moved, by how much, and what it was then.
fn amounts(sheet: &mut Sheet, movement: &Movement, amount: Money, balance: Money) {
    let (date, reason) = (words::short_date(movement.date), words::movement(movement));
    let left = padded(&date, DATE_COLUMNS) + reason;
    let end = sheet.columns();
    let rest = Cell::new(balance.to_string(), end);
    match sheet.layout() {
        Layout::Wide => {
            let change = Cell::new(signed(amount), end - BALANCE_COLUMNS);
            sheet.row(&left, &[change, rest], Style::TALL);
        }
        Layout::Narrow => {
            sheet.row(&left, &[Cell::new(signed(amount), end)], Style::TALL);
            sheet.row("", &[Cell::new("余额", DATE_COLUMNS + 4), rest], Style::PLAIN);
        }
        Layout::Large => {
            let what = sheet.dated(&date, reason, Style::BOLD);
            sheet.paragraph(&what, Style::BOLD);
            let label = if amount.is_negative() { "支出" } else { "收入" };
            sheet.ends(label, &signed(amount), Style::BOLD);
            sheet.ends("余额", &balance.to_string(), Style::PLAIN);
        }
    }
}

fn summary(statement: &AccountStatement, sums: Sums) -> Vec<(String, String)> {
    let rows = match statement.rows.len() {
        0 => NO_ROWS.to_owned(),
        rows => format!("{rows}笔"),
    };
    [
        ("起止日期", dates::period(statement.period)),
        ("明细", rows),
        ("收入", signed(sums.income)),
        ("支出", signed(sums.spending)),
        ("期末余额", sums.balance.to_string()),
    ]
    .map(|(label, value)| (label.to_owned(), value))
    .to_vec()
}
