//! Values as a patron reads them.

use jiff::civil::Date;

use crate::domain::account::{MovementKind, RelativeRef};
use crate::domain::family::Relation;
use crate::domain::insurance::CareType;
use crate::domain::masking::mask_name;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::person::{Gender, PersonName};
use crate::view::messages::lists;
use crate::view::model::{Button, Field};
use crate::visit::event::Tap;

/// 张*, or in full while the patron wants to see it.
pub(super) fn name(name: &PersonName, revealed: bool) -> String {
    if revealed { shown(name.reveal()) } else { shown(&mask_name(name)) }
}

/// Words of the ledger as the screen can show them: a character that the project's font lacks would
/// leave no trace, so that 〓 stands in its place.
pub(super) fn shown(words: &str) -> String {
    gongji_fonts::shown(words).into_owned()
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
    format!("{} {}", relation.label(gender), name(person, revealed))
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
        (MovementKind::OwnCare | MovementKind::FamilyCare, Some(care)) => care.plain_label(),
        (kind, _) => kind.label(),
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use jiff::civil::date as day;

    use super::{period, permille};
    use crate::domain::money::Money;
    use crate::domain::period::Period;

    #[test]
    fn periods_read_as_chosen() {
        let today = day(2026, 11, 22);
        let table = [
            (day(2026, 11, 1), today, "11月"),
            (day(2025, 11, 1), day(2025, 11, 30), "2025年11月"),
            (day(2026, 9, 1), today, "9月至11月"),
            (day(2025, 9, 1), day(2025, 11, 30), "2025年9月至11月"),
            (day(2025, 11, 1), day(2026, 1, 31), "2025年11月至2026年1月"),
            (day(2026, 1, 1), today, "2026年"),
            (day(2025, 1, 1), day(2025, 12, 31), "2025年"),
            (day(2024, 1, 1), today, "2024年至2026年"),
            (day(2026, 1, 1), day(2026, 3, 31), "1月至3月"),
        ];
        for (from, to, text) in table {
            assert_eq!(period(Period::new(from, to).unwrap(), today), text);
        }
    }

    #[test]
    fn bars_stay_within_their_frame() {
        let table = [(0, 0, 0), (1, 0, 0), (-5, 10, 0), (5, -10, 0), (1, 3, 333), (9, 3, 1000)];
        for (part, whole, expected) in table {
            assert_eq!(permille(Money::from_fen(part), Money::from_fen(whole)), expected);
        }
        let most = Money::from_fen(i64::MAX);
        assert_eq!(permille(most, most), 1000);
    }

    #[test]
    fn a_character_that_the_font_lacks_leaves_a_trace() {
        let name = super::PersonName::new("张𠀋");
        assert_eq!(super::name(&name, true), "张〓");
        assert_eq!(super::shown("百草堂大药房"), "百草堂大药房");
    }
}
