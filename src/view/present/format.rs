//! Values as a patron reads them.

use jiff::civil::Date;

use crate::domain::account::{MovementKind, RelativeRef};
use crate::domain::family::Relation;
use crate::domain::insurance::CareType;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::person::{Gender, PersonName};
use crate::view::messages::lists;
use crate::view::model::{Button, Field};
use crate::visit::event::Tap;

/// `1,386.40`, without a unit.
pub(super) fn money(amount: Money) -> String {
    let Some(fen) = amount.to_fen() else { return "—".into() };
    let (yuan, cents) = (fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
    let digits = yuan.to_string();
    let mut text = String::new();
    if fen < 0 {
        text.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{text}.{cents:02}")
}

/// 张*, or in full while the patron wants to see it.
pub(super) fn name(name: &PersonName, revealed: bool) -> String {
    let full = name.reveal();
    match full.chars().next() {
        Some(first) if !revealed => format!("{first}*"),
        _ => full.to_owned(),
    }
}

/// 母亲 李*
pub(super) fn relative(relative: &RelativeRef, revealed: bool) -> String {
    who(relative.relation, relative.gender, &relative.name, revealed)
}

/// 母亲 李*
pub(super) fn who(
    relation: Relation,
    gender: Gender,
    person: &PersonName,
    revealed: bool,
) -> String {
    format!("{} {}", relation_label(relation, gender), name(person, revealed))
}

fn relation_label(relation: Relation, gender: Gender) -> &'static str {
    let (male, female) = match relation {
        Relation::Spouse => ("丈夫", "妻子"),
        Relation::Parent => ("父亲", "母亲"),
        Relation::Child => ("儿子", "女儿"),
        Relation::Sibling => ("兄弟", "姐妹"),
        Relation::Grandparent => ("祖父", "祖母"),
        Relation::MaternalGrandparent => ("外祖父", "外祖母"),
        Relation::Grandchild => ("孙子", "孙女"),
        Relation::MaternalGrandchild => ("外孙", "外孙女"),
    };
    match gender {
        Gender::Male => male,
        Gender::Female => female,
    }
}

/// 11月20日; with the year where it is not the current one.
pub(super) fn date(date: Date, today: Date) -> String {
    let day = lists::day(date.month(), date.day());
    if date.year() == today.year() { day } else { lists::in_year(date.year(), &day) }
}

/// 2026年, 9月至11月, 2025年11月至2026年1月
pub(super) fn period(period: Period, today: Date) -> String {
    let (from, to) = (period.from(), period.to());
    let one_year = from.year() == to.year();
    if from.month() == 1 && (to.month() == 12 || to == today) && to.month() > 1 {
        let last = lists::year(to.year());
        return if one_year { last } else { lists::span(&lists::year(from.year()), &last) };
    }
    let first = match one_year && from.year() == today.year() {
        true => lists::month(from.month()),
        false => lists::in_year(from.year(), &lists::month(from.month())),
    };
    if one_year && from.month() == to.month() {
        return first;
    }
    let last = match one_year {
        true => lists::month(to.month()),
        false => lists::in_year(to.year(), &lists::month(to.month())),
    };
    lists::span(&first, &last)
}

/// What a movement was; a visit to a hospital or pharmacy says which.
pub(super) fn kind(kind: MovementKind, care: Option<CareType>) -> &'static str {
    match (kind, care) {
        (MovementKind::Contribution, _) => lists::KIND_CONTRIBUTION,
        (MovementKind::Interest, _) => lists::KIND_INTEREST,
        (MovementKind::FamilyPremium, _) => lists::KIND_PREMIUM,
        (MovementKind::Refund, _) => lists::KIND_REFUND,
        (MovementKind::OwnCare | MovementKind::FamilyCare, care) => match care {
            Some(CareType::Outpatient) => lists::CARE_OUTPATIENT,
            Some(CareType::ChronicOutpatient) => lists::CARE_CHRONIC,
            Some(CareType::Inpatient) => lists::CARE_INPATIENT,
            Some(CareType::Pharmacy) => lists::CARE_PHARMACY,
            None => lists::KIND_CARE,
        },
    }
}

/// `part` of `whole` in thousandths, 0..=1000.
pub(super) fn permille(part: Money, whole: Money) -> u16 {
    let (Some(part), Some(whole)) = (part.to_fen(), whole.to_fen()) else { return 0 };
    if part <= 0 || whole <= 0 {
        return 0;
    }
    let thousandths = i128::from(part) * 1000 / i128::from(whole);
    u16::try_from(thousandths.min(1000)).unwrap_or(1000)
}

/// A button.
pub(super) fn button(label: &str, tap: Tap) -> Option<Button> {
    Some(Button { label: label.into(), tap })
}

/// A label and its value.
pub(super) fn field(label: &str, value: impl Into<String>) -> Field {
    Field { label: label.into(), value: value.into(), part: false }
}

/// Owned lines.
pub(super) fn lines(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
