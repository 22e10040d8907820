//! What must hold in a pack, and between packs.

mod documents;
mod premium;
mod values;

use core::ops::Range;

use jiff::civil::Date;

use crate::domain::period::Period;

use super::error::Problem;
use super::pack::RawPack;
use super::packs::PolicyFile;
use super::schema::Confidence;

pub use documents::text_digest;

/// Longest name of a region in files, in characters.
const REGION_CHARS_MAX: usize = 40;

/// What the checks of one pack found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) problems: Vec<Problem>,
    pub(super) warnings: Vec<Problem>,
}

/// Collects what is wrong with one file.
struct Checker<'a> {
    file: &'a PolicyFile<'a>,
    found: Findings,
}

impl Checker<'_> {
    fn wrong(&mut self, place: Range<usize>, what: impl Into<String>) {
        let problem = Problem::at(self.file.name, self.file.text, place, what);
        self.found.problems.push(problem);
    }

    fn warn(&mut self, place: Range<usize>, what: impl Into<String>) {
        let problem = Problem::at(self.file.name, self.file.text, place, what);
        self.found.warnings.push(problem);
    }

    /// Complains of the first value that comes twice.
    fn once<T: PartialEq>(
        &mut self,
        place: Range<usize>,
        values: &[T],
        name: impl Fn(&T) -> String,
    ) {
        let again =
            values.iter().enumerate().find(|(i, v)| values.iter().take(*i).any(|w| w == *v));
        if let Some((_, value)) = again {
            self.wrong(place, format!("{} is named twice; take one out", name(value)));
        }
    }
}

/// Checks one pack, and puts the texts of its documents in.
pub(super) fn pack(
    file: &PolicyFile<'_>,
    raw: &mut RawPack,
    texts: &[&PolicyFile<'_>],
) -> Findings {
    let mut checker = Checker { file, found: Findings::default() };
    identity(&mut checker, raw);
    sources(&mut checker, raw);
    values::check(&mut checker, raw);
    premium::check(&mut checker, raw);
    documents::check(&mut checker, raw, texts);
    checker.found
}

fn identity(checker: &mut Checker<'_>, raw: &RawPack) {
    let region = raw.region.get_ref();
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if region.is_empty() || region.len() > REGION_CHARS_MAX || !region.chars().all(fits) {
        let what = "region takes 1 to 40 small letters, digits and dashes, such as inner-mongolia";
        checker.wrong(raw.region.span(), what);
    }
    if raw.name.get_ref().trim().is_empty() {
        checker.wrong(raw.name.span(), "name is empty; write the region as patrons call it");
    }
    if let Some(digits) = &raw.admdvs {
        let text = digits.get_ref();
        if !matches!(text.len(), 2 | 4 | 6) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            checker.wrong(digits.span(), "admdvs takes the first 2, 4 or 6 digits of 医保区划");
        }
    }
    if let (Some(from), Some(until)) = (&raw.valid_from, &raw.valid_until)
        && from.get_ref() > until.get_ref()
    {
        let (from, last) = (from.get_ref().0, until.get_ref().0);
        let what = format!("valid_until {last} is before valid_from {from}; exchange them");
        checker.wrong(until.span(), what);
    }
}

fn sources(checker: &mut Checker<'_>, raw: &RawPack) {
    for source in raw.sources.values() {
        if source.get_ref().title.trim().is_empty() {
            checker.wrong(source.span(), "a source needs a title by which people find it");
        }
    }
    for name in raw.cited() {
        let text = name.get_ref();
        if !raw.sources.contains_key(text) {
            let what = format!("source \"{text}\" is not in [sources] of this file; add it there");
            checker.wrong(name.span(), what);
        }
    }
}

/// The days a pack holds for; an end that is not stated is open.
pub(super) fn validity(raw: &RawPack) -> Period {
    let from = raw.valid_from.as_ref().map_or(Date::MIN, |day| day.get_ref().0);
    let until = raw.valid_until.as_ref().map_or(Date::MAX, |day| day.get_ref().0);
    Period::new(from, until).unwrap_or(Period::day(from))
}

/// Checks packs against each other: no region has two packs for one day, every parent is there.
pub(super) fn together(loaded: &[(&PolicyFile<'_>, RawPack)]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, (file, raw)) in loaded.iter().enumerate() {
        let at = |place, what: String| Problem::at(file.name, file.text, place, what);
        let region = raw.region.get_ref();
        if let Some(parent) = &raw.inherits {
            let name = parent.get_ref();
            if !loaded.iter().any(|(_, other)| other.region.get_ref() == name) {
                let what = format!("inherits from {name}, and no pack is of that region");
                problems.push(at(parent.span(), what));
            }
        }
        for (other_file, other) in loaded.iter().take(index) {
            let same_place = match (&raw.admdvs, &other.admdvs) {
                (Some(a), Some(b)) => a.get_ref() == b.get_ref(),
                _ => false,
            };
            if other.region.get_ref() != region {
                if same_place {
                    let what = format!("admdvs is also that of {}; give it one", other_file.name);
                    let place = raw.admdvs.as_ref().map_or(0..0, toml::Spanned::span);
                    problems.push(at(place, what));
                }
                continue;
            }
            let (mine, theirs) = (validity(raw), validity(other));
            if mine.from() <= theirs.to() && theirs.from() <= mine.to() {
                let place = raw.valid_from.as_ref().or(raw.valid_until.as_ref());
                let place = place.map_or(raw.region.span(), toml::Spanned::span);
                let name = other_file.name;
                problems.push(at(
                    place,
                    format!(
                        "the days of this pack overlap with {name} of the same region {region}; \
                         end the earlier one with valid_until before the later one's valid_from"
                    ),
                ));
            }
        }
    }
    problems
}

/// What should not stay as it is, whatever it is.
fn confidence_warning(confidence: Confidence, what: &str) -> Option<String> {
    match confidence {
        Confidence::Sample => Some(format!(
            "{what} is the kiosk's sample wording (sample); put the hall's own in its place"
        )),
        Confidence::Open => {
            Some(format!("{what} is not confirmed for this region (open); ask the bureau"))
        }
        _ => None,
    }
}
