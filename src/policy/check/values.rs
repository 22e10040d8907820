//! Checks of the plain fields.

use toml::Spanned;

use crate::policy::pack::{Entry, RawPack};
use crate::policy::schema::ConsentKind;

use super::{Checker, confidence_warning};

/// The years a fact or a premium may be of.
pub(super) const YEARS: core::ops::RangeInclusive<i16> = 2000..=2100;
/// The most donors that may have a place in the deduction order.
const SLOTS_MAX: u8 = 9;
/// The oldest age under which somebody may join without consent: the age of majority.
const JOINS_ALONE_MAX: u8 = 18;
/// The most characters of a document number, and digits of a telephone number, that may be shown.
const ID_SHOWN_MAX: u8 = 10;
const PHONE_SHOWN_MAX: u8 = 7;

pub(super) fn check(checker: &mut Checker<'_>, raw: &RawPack) {
    relatives(checker, raw);
    consent_and_entry(checker, raw);
    order_and_query(checker, raw);
    texts(checker, raw);
    masking(checker, raw);
    facts(checker, raw);
    open_values(checker, raw);
}

/// The value of an entry, with its place.
fn of<T>(entry: &Option<Spanned<Entry<T>>>) -> Option<(core::ops::Range<usize>, &T)> {
    entry.as_ref().map(|entry| (entry.span(), &entry.get_ref().value))
}

fn relatives(checker: &mut Checker<'_>, raw: &RawPack) {
    if let Some((place, list)) = of(&raw.relatives) {
        if list.is_empty() {
            checker.wrong(place.clone(), "relatives is empty; name at least one relation");
        }
        checker.once(place, list, |relation| relation.official_label().into());
    }
    if let Some((place, counts)) = of(&raw.relation_max)
        && let Some((relation, _)) = counts.iter().find(|(_, most)| **most == 0)
    {
        let label = relation.official_label();
        let what = format!("relation_max of {label} is 0; take it out of relatives instead");
        checker.wrong(place, what);
    }
    if let Some((place, 0)) = of(&raw.members_max) {
        checker.wrong(place, "members_max is 0; it must be at least 1");
    }
}

fn consent_and_entry(checker: &mut Checker<'_>, raw: &RawPack) {
    if let Some((place, consent)) = of(&raw.consent)
        && let Some(age) = consent.joins_alone_under
    {
        if consent.kind == ConsentKind::None {
            let what = "joins_alone_under says nothing where kind is \"none\"; take it out";
            checker.wrong(place, what);
        } else if age == 0 || age > JOINS_ALONE_MAX {
            checker.wrong(place, "joins_alone_under takes 1 to 18");
        }
    }
    if let Some((place, fields)) = of(&raw.entry_fields) {
        checker.once(place, fields, |field| field.key().into());
    }
    if let Some((place, factors)) = of(&raw.second_factors) {
        if factors.is_empty() {
            checker.wrong(place.clone(), "second_factors is empty; a write always needs one");
        }
        checker.once(place, factors, |factor| factor.key().into());
    }
}

fn order_and_query(checker: &mut Checker<'_>, raw: &RawPack) {
    if let Some((place, order)) = of(&raw.deduction_order)
        && !(1..=SLOTS_MAX).contains(&order.slots)
    {
        checker.wrong(place, format!("slots takes 1 to {SLOTS_MAX}"));
    }
    if let Some((place, query)) = of(&raw.query) {
        if query.by.is_empty() {
            checker.wrong(place.clone(), "by is empty; name at least one way to choose a period");
        }
        if query.longest_months == Some(0) {
            checker.wrong(place.clone(), "longest_months is 0; it must be at least 1");
        }
        checker.once(place, &query.by, |way| way.key().into());
    }
}

fn texts(checker: &mut Checker<'_>, raw: &RawPack) {
    let label = of(&raw.label).map(|(place, text)| (place, "label", text));
    let address = of(&raw.window).map(|(place, window)| (place, "address", &window.address));
    for (place, name, text) in [label, address].into_iter().flatten() {
        if text.trim().is_empty() {
            checker.wrong(place, format!("{name} is empty; leave it out instead"));
        }
    }
    if let Some((place, number)) = of(&raw.hotline) {
        let fits = number.chars().all(|c| c.is_ascii_digit() || c == '-');
        if !fits || !(3..=20).contains(&number.len()) {
            checker.wrong(place, "hotline takes 3 to 20 digits and dashes");
        }
    }
}

fn masking(checker: &mut Checker<'_>, raw: &RawPack) {
    let Some((place, masking)) = of(&raw.masking) else { return };
    for (name, [front, back], most) in
        [("id_number", masking.id_number, ID_SHOWN_MAX), ("phone", masking.phone, PHONE_SHOWN_MAX)]
    {
        if front.saturating_add(back) > most {
            let what = format!("masking of {name} shows more than {most} characters; show fewer");
            checker.wrong(place.clone(), what);
        }
    }
}

fn facts(checker: &mut Checker<'_>, raw: &RawPack) {
    for fact in &raw.facts {
        let entry = fact.get_ref();
        let empty = |text: &String| text.trim().is_empty();
        if empty(&entry.title) || entry.lines.is_empty() || entry.lines.iter().any(empty) {
            checker.wrong(fact.span(), "a fact needs a title and lines that are not empty");
        }
        if entry.year.is_some_and(|year| !YEARS.contains(&year)) {
            checker.wrong(fact.span(), "the year of a fact is one from 2000 to 2100");
        }
    }
}

fn open_values(checker: &mut Checker<'_>, raw: &RawPack) {
    for (name, place, confidence) in raw.confidences() {
        if let Some(what) = confidence_warning(confidence, name) {
            checker.warn(place, what);
        }
    }
    for fact in &raw.facts {
        let entry = fact.get_ref();
        let what = format!("the fact {}", entry.title);
        if let Some(what) = confidence_warning(entry.confidence, &what) {
            checker.warn(fact.span(), what);
        }
    }
}
