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

/// All parts of one settlement; marked if they contradict each other.
///
/// # Errors
/// A sum beyond reason.
pub fn whole(sheet: &mut Sheet, parts: &Parts) -> Result<(), SlipError> {
    let all = parts.labelled();
    let [total, fund, own, account, mutual_aid, cash] = all;
    match sheet.layout() {
        Layout::Wide => {
            for (left, right) in [(total, fund), (own, cash), (account, mutual_aid)] {
                pair(sheet, left, right);
            }
        }
        Layout::Narrow => column(sheet, PART_INDENT, &all, Style::PLAIN),
        Layout::Large => column(sheet, 0, &all, Style::PLAIN),
    }
    mark(sheet, parts)
}

/// Who paid the total of one settlement, which large print has yet to say; marked if the parts
/// contradict each other.
///
/// # Errors
/// A sum beyond reason.
pub fn payers(sheet: &mut Sheet, parts: &Parts) -> Result<(), SlipError> {
    let [total, fund, _, account, mutual_aid, cash] = parts.labelled();
    match sheet.layout() {
        Layout::Wide => {
            pair(sheet, fund, cash);
            pair(sheet, account, mutual_aid);
        }
        Layout::Narrow => {
            column(sheet, PART_INDENT, &[fund, account, mutual_aid, cash], Style::PLAIN);
        }
        Layout::Large => {
            column(sheet, 0, &[total, fund, account, mutual_aid, cash], Style::PLAIN);
        }
    }
    mark(sheet, parts)
}

/// The sums of many settlements.
pub fn sums(sheet: &mut Sheet, parts: &Parts) {
    column(sheet, 0, &parts.labelled(), Style::BOLD);
}

fn mark(sheet: &mut Sheet, parts: &Parts) -> Result<(), SlipError> {
    if !parts.agree()? {
        sheet.indented(DISAGREE, PART_INDENT, Style::PLAIN);
    }
    Ok(())
}

/// Parts one below the other, from the `indent`-th column to the right margin.
fn column(sheet: &mut Sheet, indent: usize, parts: &[Part], style: Style) {
    for (label, amount) in parts {
        let indent = if *label == MUTUAL_AID { indent + PART_INDENT } else { indent };
        let amount = Cell::new(amount.to_string(), sheet.columns());
        sheet.row("", &[Cell::new(*label, indent + columns(label)), amount], style);
    }
}

/// Two labels side by side, each with an amount that ends where its half ends.
fn pair(sheet: &mut Sheet, left: Part, right: Part) {
    let middle = PART_INDENT + LEFT_PART;
    let cells = [
        Cell::new(left.0, PART_INDENT + columns(left.0)),
        Cell::new(left.1.to_string(), middle),
        Cell::new(right.0, middle + PART_GAP + columns(right.0)),
        Cell::new(right.1.to_string(), sheet.columns()),
    ];
    sheet.row("", &cells, Style::PLAIN);
}
