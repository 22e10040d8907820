//! The rows of the family slip.

use super::SlipError;
use super::account::DATE_COLUMNS;
use super::amount::bounded;
use super::document::ROW_GAP_DOTS;
use super::groups::{Group, paid, used};
use super::line::Style;
use super::parts::{self, PART_INDENT, Parts};
use super::sheet::{Layout, Sheet};
use super::text::{Cell, padded};
use super::words;
use crate::domain::account::{Movement, MovementKind};
use crate::domain::money::Money;
use crate::domain::premium::{PremiumPayment, PremiumStatus};

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
        parts::whole(sheet, &Parts::of(settlement)?)?;
    }
    sheet.space(ROW_GAP_DOTS);
    Ok(used)
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
