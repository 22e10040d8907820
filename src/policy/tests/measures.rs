//! Ages, and how near two insured places are.

use jiff::civil::{Date, date};

use crate::policy::rules::{Nearness, full_years, is_minor, nearness};
use crate::policy::schema::Area;

#[test]
fn places_are_compared_by_their_first_digits() {
    for (a, b, near) in [
        ("330100", "330106", Nearness::SameCity),
        ("330100", "330200", Nearness::SameProvince),
        ("330100", "430100", Nearness::Apart),
        ("310000", "310115", Nearness::SameCity),
        // The province itself names no city.
        ("330000", "330000", Nearness::SameProvince),
        ("339900", "339900", Nearness::SameCity),
        ("000000", "330100", Nearness::Unknown),
        ("3301", "330100", Nearness::Unknown),
        ("医保", "330100", Nearness::Unknown),
        ("", "", Nearness::Unknown),
    ] {
        assert_eq!(nearness(a, b), near, "{a} {b}");
        assert_eq!(nearness(b, a), near, "{b} {a}");
    }
    assert_eq!(Nearness::Unknown.within(Area::Nation), Some(true));
    assert_eq!(Nearness::Unknown.within(Area::Province), None);
}

#[test]
fn ages_are_full_years() {
    for (birth, on, age) in [
        (date(2000, 5, 1), date(2018, 4, 30), Some(17)),
        (date(2000, 5, 1), date(2018, 5, 1), Some(18)),
        (date(2000, 2, 29), date(2018, 2, 28), Some(17)),
        (date(2000, 2, 29), date(2018, 3, 1), Some(18)),
        (date(2000, 5, 1), date(2000, 5, 1), Some(0)),
        (date(2000, 5, 1), date(2000, 4, 30), None),
        (date(1800, 5, 1), date(2000, 5, 1), None),
        (Date::MIN, Date::MAX, None),
    ] {
        assert_eq!(full_years(birth, on), age, "{birth} {on}");
    }
    assert_eq!(is_minor(None, date(2025, 11, 20)), None);
}
