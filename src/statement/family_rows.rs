//! The rows of the family slip.

use super::SlipError;
use super::account::DATE_COLUMNS;
use super::amount::{bounded, sum};
use super::document::ROW_GAP_DOTS;
use super::groups::{Group, paid, used};
use super::line::Style;
use super::sheet::{Layout, Sheet};
use super::text::{Cell, columns, padded};
use super::words;
use crate::domain::account::{Movement, MovementKind};
use crate::domain::money::Money;
use crate::domain::premium::{PremiumPayment, PremiumStatus};
use crate::domain::settlement::Settlement;

/// Columns before the parts of a settlement.
const PART_INDENT: usize = 2;
/// Columns between two parts side by side.
const PART_GAP: usize = 3;
/// Columns of the left of two parts: the longest label, a blank and an amount under 100,000.
const LEFT_PART: usize = 22;

/// The heads of the shares: who, for care, for premiums.
pub fn share_heads(sheet: &mut Sheet) {
    let (care, premiums) = share_ends(sheet);
    let cells = [Cell::new("看病买药(元)", care), Cell::new("缴费(元)", premiums)];
    sheet.row("家人", &cells, Style::PLAIN);
}

/// One relative's shares, or those of all.
pub fn share_row(sheet: &mut Sheet, name: &str, care: Money, premiums: Money, style: Style) {
    if sheet.layout() == Layout::Large {
        sheet.paragraph(name, Style::BOLD);
        if !care.is_zero() || premiums.is_zero() {
            sheet.ends("看病买药", &care.to_string(), style);
        }
        if !premiums.is_zero() {
            sheet.ends("缴费", &premiums.to_string(), style);
        }
        return sheet.space(ROW_GAP_DOTS);
    }
    let (care_end, premiums_end) = share_ends(sheet);
    let cells =
        [Cell::new(care.to_string(), care_end), Cell::new(premiums.to_string(), premiums_end)];
    sheet.row(name, &cells, style);
}

/// Last columns of the shares.
fn share_ends(sheet: &Sheet) -> (usize, usize) {
    let end = sheet.columns();
    (end - end / 3, end)
}

/// A visit: date, kind, what this account paid, where, and who paid the rest.
///
/// # Errors
/// An amount beyond reason.
pub fn care_row(sheet: &mut Sheet, movement: &Movement) -> Result<Money, SlipError> {
    let used = used(movement)?;
    let settlement = movement.settlement.as_ref();
    let kind = match (movement.kind, settlement) {
        (MovementKind::Refund, _) => "退费",
        (_, Some(settlement)) => settlement.care.plain_label(),
        (_, None) => words::movement(movement),
    };
    let date = words::short_date(movement.date);
    let left = match sheet.layout() {
        Layout::Large => sheet.dated(&date, kind, Style::TALL),
        Layout::Wide | Layout::Narrow => padded(&date, DATE_COLUMNS) + kind,
    };
    sheet.ends(&left, &used.to_string(), Style::TALL);
    sheet.indented(&movement.place, DATE_COLUMNS, Style::PLAIN);
    if let Some(settlement) = settlement {
        parts(sheet, settlement)?;
    }
    sheet.space(ROW_GAP_DOTS);
    Ok(used)
}

/// What the visit cost and who paid, in the terms of transaction 5203.
fn parts(sheet: &mut Sheet, settlement: &Settlement) -> Result<(), SlipError> {
    let all = Parts::of(settlement)?;
    let total = ("医疗费总额", all.total);
    let fund = ("基金支付", all.fund);
    let own = ("个人负担", all.own);
    let account = ("个人账户支付", all.account);
    let mutual_aid = ("其中共济", all.mutual_aid);
    let cash = ("个人现金支付", all.cash);
    let indent = match sheet.layout() {
        Layout::Wide => None,
        Layout::Narrow => Some(PART_INDENT),
        Layout::Large => Some(0),
    };
    match indent {
        Some(indent) => {
            for part in [total, fund, own, account] {
                part_row(sheet, indent, part);
            }
            part_row(sheet, indent + PART_INDENT, mutual_aid);
            part_row(sheet, indent, cash);
        }
        None => {
            for (left, right) in [(total, fund), (own, cash), (account, mutual_aid)] {
                part_pair(sheet, left, right);
            }
        }
    }
    if !all.agree()? {
        sheet.indented(
            "*这笔的各项加起来对不上，以医保部门的记录为准。",
            PART_INDENT,
            Style::PLAIN,
        );
    }
    Ok(())
}

/// A label `indent` columns from the margin and its amount at the right.
fn part_row(sheet: &mut Sheet, indent: usize, (label, amount): (&str, Money)) {
    let cells =
        [Cell::new(label, indent + columns(label)), Cell::new(amount.to_string(), sheet.columns())];
    sheet.row("", &cells, Style::PLAIN);
}

/// Two labels side by side, each with an amount that ends where its half ends.
fn part_pair(sheet: &mut Sheet, left: (&str, Money), right: (&str, Money)) {
    let middle = PART_INDENT + LEFT_PART;
    let cells = [
        Cell::new(left.0, PART_INDENT + columns(left.0)),
        Cell::new(left.1.to_string(), middle),
        Cell::new(right.0, middle + PART_GAP + columns(right.0)),
        Cell::new(right.1.to_string(), sheet.columns()),
    ];
    sheet.row("", &cells, Style::PLAIN);
}

/// A settlement's amounts.
struct Parts {
    total: Money,
    fund: Money,
    own: Money,
    account: Money,
    mutual_aid: Money,
    cash: Money,
}

impl Parts {
    fn of(settlement: &Settlement) -> Result<Self, SlipError> {
        Ok(Self {
            total: bounded(settlement.total)?,
            fund: bounded(settlement.fund)?,
            own: bounded(settlement.own)?,
            account: bounded(settlement.account)?,
            mutual_aid: bounded(settlement.mutual_aid)?,
            cash: bounded(settlement.cash)?,
        })
    }

    /// Whether the identities of the national interface hold.
    fn agree(&self) -> Result<bool, SlipError> {
        Ok(self.total == sum(self.fund, self.own)?
            && self.own == sum(self.account, self.cash)?
            && self.mutual_aid.abs() <= self.account.abs())
    }
}

/// The sum of one relative's visits.
pub fn subtotal(sheet: &mut Sheet, group: &Group<'_>) {
    let rows = group.rows.len();
    sheet.ends(
        &format!("{} 小计 {rows}笔", group.name.as_str()),
        &group.care.to_string(),
        Style::BOLD,
    );
}

/// A premium: for whom, how much, for which year, when, how far it has got.
///
/// # Errors
/// An amount beyond reason.
pub fn premium_row(sheet: &mut Sheet, payment: &PremiumPayment) -> Result<Money, SlipError> {
    let amount = bounded(payment.amount)?;
    let who = payment.relative.as_ref().map_or_else(|| "本人".to_owned(), words::relative);
    sheet.ends(&who, &amount.to_string(), Style::TALL);
    let status = payment.status.label();
    let refunded = payment.status == PremiumStatus::Refunded;
    let (year, date) = (payment.insured_year, words::full_date(payment.paid_on));
    let mut facts = vec![format!("{year}年度居民医保"), format!("{date}缴")];
    if !refunded {
        facts.push(status.to_owned());
    }
    if sheet.layout() == Layout::Large {
        facts.iter().for_each(|fact| sheet.paragraph(fact, Style::PLAIN));
    } else {
        sheet.indented(&facts.join("，"), PART_INDENT, Style::PLAIN);
    }
    if refunded {
        sheet.ends(status, &(-amount).to_string(), Style::TALL);
    }
    sheet.space(ROW_GAP_DOTS);
    paid(payment)
}
