//! The words of the slips where the ledger's own labels do not do.

use jiff::civil::{Date, DateTime};

use crate::domain::account::{Movement, MovementKind, RelativeRef};
use crate::domain::family::Beneficiary;
use crate::domain::insurance::CareType;
use crate::domain::masking::mask_name;
use crate::domain::period::Period;

/// `2026年1月8日`
pub fn full_date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// `1月8日`
pub fn short_date(date: Date) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// `2026年11月20日 09:05`
pub fn moment(at: DateTime) -> String {
    format!("{} {:02}:{:02}", full_date(at.date()), at.hour(), at.minute())
}

/// `2026年1月1日至2026年11月20日`
pub fn span(period: Period) -> String {
    let (from, to) = (period.from(), period.to());
    if from == to {
        return full_date(from);
    }
    format!("{}至{}", full_date(from), full_date(to))
}

/// `女儿 李*`: a relative, masked.
pub fn relative(relative: &RelativeRef) -> String {
    format!("{} {}", relative.relation.label(relative.gender), mask_name(&relative.name))
}

/// `女儿 李*`: a relative who may use the account, masked.
pub fn beneficiary(member: &Beneficiary) -> String {
    format!("{} {}", member.relation.label(member.gender), mask_name(&member.name))
}

/// Why the balance moved, in at most twelve columns.
pub fn movement(movement: &Movement) -> &'static str {
    let care = movement.settlement.as_ref().map(|settlement| settlement.care);
    match (movement.kind, care) {
        (MovementKind::OwnCare, Some(CareType::Pharmacy)) => "本人买药",
        (MovementKind::OwnCare, Some(CareType::Inpatient)) => "本人住院",
        (MovementKind::OwnCare, Some(_)) => "本人看病",
        (MovementKind::FamilyCare, Some(CareType::Pharmacy)) => "家人买药",
        (MovementKind::FamilyCare, Some(CareType::Inpatient)) => "家人住院",
        (MovementKind::FamilyCare, Some(_)) => "家人看病",
        (kind, _) => kind.label(),
    }
}
