//! What visits cost and who paid, in the terms of transaction 5203.

use super::SlipError;
use super::amount::{bounded, sum};
use super::line::Style;
use super::sheet::{Layout, Sheet};
use super::text::{Cell, columns};
use crate::domain::money::Money;
use crate::domain::settlement::Settlement;

/// Columns before the parts of a settlement.
pub const PART_INDENT: usize = 2;
/// Columns between two parts side by side.
const PART_GAP: usize = 3;
/// Columns of the left of two parts: the longest label, a blank and an amount under 100,000.
const LEFT_PART: usize = 22;
/// What is said of a settlement whose amounts contradict each other.
const DISAGREE: &str = "*这笔的各项加起来对不上，以医保部门的记录为准。";

/// The part of 个人账户支付 that came from relatives' accounts.
const MUTUAL_AID: &str = "其中共济";

/// A label and its amount.
type Part = (&'static str, Money);

/// The amounts of a settlement, or of many together.
#[derive(Clone, Copy, Default)]
pub struct Parts {
    /// 医疗费总额
    pub total: Money,
    /// 基金支付
    pub fund: Money,
    /// 个人负担
    pub own: Money,
    /// 个人账户支付
    pub account: Money,
    /// 其中共济
    pub mutual_aid: Money,
    /// 个人现金支付
    pub cash: Money,
}

impl Parts {
    /// Those of a settlement.
    ///
    /// # Errors
    /// An amount beyond reason.
    pub fn of(settlement: &Settlement) -> Result<Self, SlipError> {
        Ok(Self {
            total: bounded(settlement.total)?,
            fund: bounded(settlement.fund)?,
            own: bounded(settlement.own)?,
            account: bounded(settlement.account)?,
            mutual_aid: bounded(settlement.mutual_aid)?,
            cash: bounded(settlement.cash)?,
        })
    }

    /// Both together.
    ///
    /// # Errors
    /// A sum beyond reason.
    pub fn plus(self, other: Self) -> Result<Self, SlipError> {
        Ok(Self {
            total: sum(self.total, other.total)?,
            fund: sum(self.fund, other.fund)?,
            own: sum(self.own, other.own)?,
            account: sum(self.account, other.account)?,
            mutual_aid: sum(self.mutual_aid, other.mutual_aid)?,
            cash: sum(self.cash, other.cash)?,
        })
    }

    /// Each with its term, the total first.
    fn labelled(&self) -> [Part; 6] {
        [
            ("医疗费总额", self.total),
            ("基金支付", self.fund),
            ("个人负担", self.own),
            ("个人账户支付", self.account),
            (MUTUAL_AID, self.mutual_aid),
            ("个人现金支付", self.cash),
        ]
    }

    /// Whether the identities of the national interface hold.
    fn agree(&self) -> Result<bool, SlipError> {
        Ok(self.total == sum(self.fund, self.own)?
            && self.own == sum(self.account, self.cash)?
            && self.mutual_aid.abs() <= self.account.abs())
    }
}

/// The parts of one settlement below its first line, its `total` among them if that line has not said
/// it; marked if they contradict each other.
///
/// # Errors
/// A sum beyond reason.
pub fn list(sheet: &mut Sheet, parts: &Parts, total: bool) -> Result<(), SlipError> {
    let [all, fund, own, account, mutual_aid, cash] = parts.labelled();
    match sheet.layout() {
        Layout::Wide if total => {
            pair(sheet, all, Some(fund));
            pair(sheet, own, Some(cash));
            pair(sheet, account, Some(mutual_aid));
        }
        Layout::Wide => {
            pair(sheet, fund, Some(own));
            pair(sheet, account, Some(mutual_aid));
            pair(sheet, cash, None);
        }
        Layout::Narrow => column(sheet, PART_INDENT, parts, total, Style::PLAIN),
        Layout::Large => column(sheet, 0, parts, total, Style::PLAIN),
    }
    if !parts.agree()? {
        sheet.indented(DISAGREE, PART_INDENT, Style::PLAIN);
    }
    Ok(())
}

/// The parts one below the other, from the `indent`-th column to the right margin.
pub fn column(sheet: &mut Sheet, indent: usize, parts: &Parts, total: bool, style: Style) {
    for (number, (label, amount)) in parts.labelled().into_iter().enumerate() {
        if number == 0 && !total {
            continue;
        }
        let indent = if label == MUTUAL_AID { indent + PART_INDENT } else { indent };
        let amount = Cell::new(amount.to_string(), sheet.columns());
        sheet.row("", &[Cell::new(label, indent + columns(label)), amount], style);
    }
}

/// One or two labels side by side, each with an amount that ends where its half ends.
fn pair(sheet: &mut Sheet, left: Part, right: Option<Part>) {
    let middle = PART_INDENT + LEFT_PART;
    let mut cells = vec![
        Cell::new(left.0, PART_INDENT + columns(left.0)),
        Cell::new(left.1.to_string(), middle),
    ];
    if let Some((label, amount)) = right {
        cells.push(Cell::new(label, middle + PART_GAP + columns(label)));
        cells.push(Cell::new(amount.to_string(), sheet.columns()));
    }
    sheet.row("", &cells, Style::PLAIN);
}
