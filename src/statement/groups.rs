//! Family use, relative by relative.

use zeroize::Zeroizing;

use super::amount::{bounded, sum};
use super::{SlipError, words};
use crate::domain::account::{Movement, MovementKind, RelativeRef};
use crate::domain::family::Beneficiary;
use crate::domain::money::Money;
use crate::domain::person::PersonNo;
use crate::domain::premium::{PremiumPayment, PremiumStatus};
use crate::records::port::FamilyStatement;

/// One relative and what the account paid for them.
pub struct Group<'a> {
    psn_no: Option<&'a PersonNo>,
    /// `女儿 李*`; 本人 for the owner's own premium.
    pub name: Zeroizing<String>,
    /// The visits, oldest first.
    pub rows: Vec<&'a Movement>,
    /// 共济支付, refunds taken off.
    pub care: Money,
    /// 共济缴费, what was given back taken off.
    pub premiums: Money,
}

impl<'a> Group<'a> {
    fn new(relative: Option<&'a RelativeRef>, unnamed: &str) -> Self {
        let name = relative.map_or_else(|| unnamed.to_owned(), words::relative);
        Self {
            psn_no: relative.map(|relative| &relative.psn_no),
            name: Zeroizing::new(name),
            rows: Vec::new(),
            care: Money::ZERO,
            premiums: Money::ZERO,
        }
    }
}

/// What a row used: positive, a refund negative.
pub fn used(movement: &Movement) -> Result<Money, SlipError> {
    Ok(-bounded(movement.amount)?)
}

/// What a premium cost in the end: nothing when it was given back.
pub fn paid(payment: &PremiumPayment) -> Result<Money, SlipError> {
    match payment.status {
        PremiumStatus::Pending | PremiumStatus::Arrived => bounded(payment.amount),
        PremiumStatus::Refunded => Ok(Money::ZERO),
    }
}

/// The relatives of the statement and of `family`, who used most first.
///
/// # Errors
/// [`SlipError::OutsidePeriod`], [`SlipError::ForeignRow`] for a row that is no family use, or an
/// amount beyond reason.
pub fn group<'a>(
    statement: &'a FamilyStatement,
    family: &'a [Beneficiary],
) -> Result<Vec<Group<'a>>, SlipError> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for movement in &statement.rows {
        if movement.date < statement.period.from() || movement.date > statement.period.to() {
            return Err(SlipError::OutsidePeriod(movement.serial));
        }
        if !matches!(movement.kind, MovementKind::FamilyCare | MovementKind::Refund) {
            return Err(SlipError::ForeignRow(movement.serial));
        }
        let used = used(movement)?;
        let group = find(&mut groups, movement.relative.as_ref(), "未写明的家人");
        group.care = sum(group.care, used)?;
        group.rows.push(movement);
    }
    for payment in &statement.premiums {
        let paid = paid(payment)?;
        let group = find(&mut groups, payment.relative.as_ref(), "本人");
        group.premiums = sum(group.premiums, paid)?;
    }
    groups.sort_by(|a, b| b.care.cmp(&a.care).then(b.premiums.cmp(&a.premiums)));
    for member in family {
        if !groups.iter().any(|group| group.psn_no == Some(&member.psn_no)) {
            let mut group = Group::new(None, "");
            group.name = Zeroizing::new(words::beneficiary(member));
            groups.push(group);
        }
    }
    Ok(groups)
}

/// The group of `relative`, made if there is none yet.
fn find<'g, 'a>(
    groups: &'g mut Vec<Group<'a>>,
    relative: Option<&'a RelativeRef>,
    unnamed: &str,
) -> &'g mut Group<'a> {
    let psn_no = relative.map(|relative| &relative.psn_no);
    let same = |group: &Group<'a>| match psn_no {
        Some(_) => group.psn_no == psn_no,
        None => group.psn_no.is_none() && group.name.as_str() == unnamed,
    };
    let index = groups.iter().position(same).unwrap_or(groups.len());
    if index == groups.len() {
        groups.push(Group::new(relative, unnamed));
    }
    &mut groups[index]
}
