//! Checks of premium tables: each group and age exactly once, sums, dates.

use core::ops::Range;

use toml::Spanned;

use crate::policy::pack::RawPack;
use crate::policy::schema::{AGE_MAX, Coverage, Covers, PersonGroup, PremiumTable, PremiumWindow};

use super::Checker;
use super::values::YEARS;

pub(super) fn check(checker: &mut Checker<'_>, raw: &RawPack) {
    if let Some(entry) = &raw.premium {
        let tables = &entry.get_ref().value;
        let years: Vec<i16> = tables.iter().map(|table| table.insured_year).collect();
        checker.once(entry.span(), &years, |year| format!("insured_year {year}"));
        for table in tables {
            check_table(checker, table, entry.span());
        }
    }
    if let Some(entry) = &raw.premium_windows {
        for (index, window) in entry.get_ref().value.iter().enumerate() {
            let others = entry.get_ref().value.get(..index).unwrap_or_default();
            check_window(checker, window, others, entry.span());
        }
    }
    if let Some(entry) = &raw.premium_assistance {
        let rules = &entry.get_ref().value;
        let categories: Vec<_> = rules.iter().map(|rule| rule.category).collect();
        checker.once(entry.span(), &categories, |category| category.label().into());
        let both = rules.iter().find(|r| r.covers == Coverage::All && r.reduction.is_some());
        if let Some(rule) = both {
            let label = rule.category.label();
            let what = format!("{label}: covers = \"all\" leaves nothing for a reduction");
            checker.wrong(entry.span(), what);
        }
    }
    if let Some(entry) = &raw.premium_times_a_year
        && entry.get_ref().value == 0
    {
        checker.wrong(entry.span(), "premium_times_a_year is 0; it must be at least 1");
    }
}

fn check_table(checker: &mut Checker<'_>, table: &PremiumTable, place: Range<usize>) {
    let year = table.insured_year;
    if !YEARS.contains(&year) {
        checker.wrong(place.clone(), format!("insured_year {year} is not one from 2000 to 2100"));
    }
    let mut sound = true;
    for row in &table.rows {
        sound &= check_ages(checker, row);
        let entry = row.get_ref();
        if let Some(total) = entry.total {
            let parts = entry.personal.0 + entry.subsidy.map_or_else(Default::default, |s| s.0);
            if parts != total.0 {
                let what = format!("total {} is not the sum of its parts, {parts}", total.0);
                checker.wrong(row.span(), what);
            }
        }
    }
    for gap in &table.no_rule {
        sound &= check_ages(checker, gap);
        if gap.get_ref().say.trim().is_empty() {
            checker.wrong(gap.span(), "say is empty; write what a patron is told");
        }
    }
    // A row whose ages are the wrong way round covers nobody, which need not be said twice.
    if sound {
        check_cover(checker, table, place);
    }
}

fn check_ages<T: Covers>(checker: &mut Checker<'_>, row: &Spanned<T>) -> bool {
    let (from, to) = row.get_ref().ages();
    if from > to {
        checker.wrong(row.span(), format!("from_age {from} is above to_age {to}; exchange them"));
    } else if to > AGE_MAX {
        checker.wrong(row.span(), format!("to_age {to} is above {AGE_MAX}, the oldest there is"));
    }
    from <= to && to <= AGE_MAX
}

/// Every group and age must be in exactly one row.
fn check_cover(checker: &mut Checker<'_>, table: &PremiumTable, place: Range<usize>) {
    let year = table.insured_year;
    let mut told = None;
    for group in PersonGroup::ALL {
        let Some((age, count)) =
            (0..=AGE_MAX).map(|age| (age, count(table, *group, age))).find(|(_, n)| *n != 1)
        else {
            continue;
        };
        // The same break in all groups is one mistake.
        if told == Some((age, count == 0)) {
            continue;
        }
        told = Some((age, count == 0));
        let label = group.label();
        if count == 0 {
            let until = (age..=AGE_MAX).take_while(|age| self::count(table, *group, *age) == 0);
            let until = until.last().unwrap_or(age);
            let what = format!(
                "premium of {year}: a gap: no row is for {label} aged {age} to {until}; add one, \
                 or a no_rule that says so"
            );
            checker.wrong(place.clone(), what);
        } else {
            let place = second_row(table, *group, age).unwrap_or(place.clone());
            let what = format!(
                "premium of {year}: an overlap: {count} rows are for {label} aged {age}; keep one"
            );
            checker.wrong(place, what);
        }
    }
}

fn count(table: &PremiumTable, group: PersonGroup, age: u8) -> usize {
    let rows = table.rows.iter().filter(|row| row.get_ref().covers(group, age)).count();
    rows + table.no_rule.iter().filter(|gap| gap.get_ref().covers(group, age)).count()
}

fn second_row(table: &PremiumTable, group: PersonGroup, age: u8) -> Option<Range<usize>> {
    let rows = table.rows.iter().filter(|row| row.get_ref().covers(group, age)).map(Spanned::span);
    let gaps =
        table.no_rule.iter().filter(|gap| gap.get_ref().covers(group, age)).map(Spanned::span);
    rows.chain(gaps).nth(1)
}

fn check_window(
    checker: &mut Checker<'_>,
    window: &PremiumWindow,
    others: &[PremiumWindow],
    place: Range<usize>,
) {
    let year = window.insured_year;
    if !YEARS.contains(&year) {
        checker.wrong(place.clone(), format!("insured_year {year} is not one from 2000 to 2100"));
    }
    match (window.from, window.to) {
        (None, None) => {
            let what = format!("the window of {year} has neither from nor to; give it one");
            checker.wrong(place.clone(), what);
        }
        (Some(from), Some(to)) if from > to => {
            let what =
                format!("the window of {year} ends on {} before it begins on {}", to.0, from.0);
            checker.wrong(place.clone(), what);
        }
        _ => {}
    }
    let overlaps = |other: &&PremiumWindow| {
        other.insured_year == year
            && window.from.zip(other.to).is_none_or(|(from, to)| from <= to)
            && other.from.zip(window.to).is_none_or(|(from, to)| from <= to)
    };
    if others.iter().any(|other| overlaps(&other)) {
        checker.wrong(place, format!("two windows of {year} overlap; keep one"));
    }
}
