//! Ages in full years.

use jiff::civil::Date;

use crate::policy::schema::AGE_MAX;

/// The age of majority, in years (民法典 17): whoever is younger is never a donor.
pub const ADULT_AGE: u8 = 18;

/// The age in full years on a day; `None` before birth and beyond any age that people reach.
///
/// Who was born on 29 February turns a year older on 1 March in years without that day.
pub fn full_years(birth: Date, on: Date) -> Option<u8> {
    let had_birthday = (on.month(), on.day()) >= (birth.month(), birth.day());
    let years = i32::from(on.year()) - i32::from(birth.year()) - i32::from(!had_birthday);
    u8::try_from(years).ok().filter(|age| *age <= AGE_MAX && on >= birth)
}

/// Whether somebody is under 18 on a day; `None` when the age cannot be told.
pub fn is_minor(birth: Option<Date>, on: Date) -> Option<bool> {
    full_years(birth?, on).map(|age| age < ADULT_AGE)
}
