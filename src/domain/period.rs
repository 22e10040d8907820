//! Spans of days that a patron can choose by single taps.

use jiff::ToSpan;
use jiff::civil::Date;

/// A span of whole days, both ends included; `from <= to` always.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    from: Date,
    to: Date,
}

impl Period {
    /// The days from `from` to `to`, both included; `None` when `to` is earlier than `from`.
    pub fn new(from: Date, to: Date) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    /// First day.
    pub fn from(self) -> Date {
        self.from
    }

    /// Last day.
    pub fn to(self) -> Date {
        self.to
    }

    /// That one day.
    pub fn day(day: Date) -> Self {
        Self { from: day, to: day }
    }

    /// A whole month; `None` when there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self { from: first, to: first.last_of_month() })
    }

    /// A whole calendar year; `None` for years no calendar has.
    pub fn year(year: i16) -> Option<Self> {
        Self::months((year, 1), (year, 12))
    }

    /// Whole months from one (year, month) to another, both included.
    pub fn months(from: (i16, i8), to: (i16, i8)) -> Option<Self> {
        Self::new(Self::month(from.0, from.1)?.from, Self::month(to.0, to.1)?.to)
    }

    /// This month up to today and the `count - 1` whole months before it; a count of 0 is 1.
    pub fn last_months(count: u16, today: Date) -> Self {
        let back = i32::from(count.max(1)) - 1;
        let first = today.first_of_month();
        Self { from: first.checked_sub(back.months()).unwrap_or(first), to: today }
    }

    /// From 1 January to today.
    pub fn this_year(today: Date) -> Self {
        Self { from: today.first_of_year(), to: today }
    }

    /// The part that is not after `today`; `None` when all of it is.
    pub fn until(self, today: Date) -> Option<Self> {
        Self::new(self.from, self.to.min(today))
    }

    /// The last `months` calendar months of the span, when it touches more of them.
    pub fn at_most_months(self, months: u16) -> Self {
        Self { from: self.from.max(Self::last_months(months, self.to).from), to: self.to }
    }

    /// How many calendar months the span touches, at least 1.
    pub fn month_count(self) -> u32 {
        let index = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
        (index(self.to) - index(self.from)).unsigned_abs() + 1
    }

    /// The calendar months the span touches, oldest first, as (year, month).
    pub fn each_month(self) -> impl Iterator<Item = (i16, i8)> {
        let start = (self.from.year(), self.from.month());
        let end = (self.to.year(), self.to.month());
        let next = |at: &(i16, i8)| if at.1 < 12 { (at.0, at.1 + 1) } else { (at.0 + 1, 1) };
        core::iter::successors(Some(start), move |at| Some(next(at)))
            .take_while(move |at| *at <= end)
    }

    /// Whether the day lies in the span.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ready_made_spans() {
        let today = date(2026, 11, 22);
        let span = |from, to| Period::new(from, to).unwrap();
        assert_eq!(Period::month(2024, 2), Some(span(date(2024, 2, 1), date(2024, 2, 29))));
        assert_eq!(Period::month(2024, 13), None);
        assert_eq!(Period::year(2025), Some(span(date(2025, 1, 1), date(2025, 12, 31))));
        assert_eq!(
            Period::months((2024, 11), (2025, 2)),
            Some(span(date(2024, 11, 1), date(2025, 2, 28)))
        );
        assert_eq!(Period::months((2025, 2), (2024, 11)), None);
        assert_eq!(Period::last_months(3, today), span(date(2026, 9, 1), today));
        assert_eq!(Period::last_months(0, today), span(date(2026, 11, 1), today));
        assert_eq!(Period::last_months(12, today), span(date(2025, 12, 1), today));
        assert_eq!(Period::this_year(today), span(date(2026, 1, 1), today));
        assert_eq!(Period::year(2026).unwrap().until(today), Some(Period::this_year(today)));
        assert_eq!(Period::year(2027).unwrap().until(today), None);
        assert_eq!(Period::new(today, date(2026, 11, 21)), None);
    }

    #[test]
    fn the_longest_span_keeps_the_latest_months() {
        let long = Period::months((2020, 1), (2026, 6)).unwrap();
        assert_eq!(Some(long.at_most_months(12)), Period::months((2025, 7), (2026, 6)));
        let short = Period::month(2026, 6).unwrap();
        assert_eq!(short.at_most_months(12), short);
        assert_eq!((long.month_count(), short.month_count()), (78, 1));
    }

    #[test]
    fn the_ends_of_the_calendar_hold() {
        let all = Period::new(Date::MIN, Date::MAX).unwrap();
        assert_eq!(all.each_month().count(), all.month_count() as usize);
        assert_eq!(Period::last_months(u16::MAX, date(-9990, 5, 5)).to(), date(-9990, 5, 5));
    }

    proptest! {
        #[test]
        fn months_cover_the_span(a in 0i32..20_000, length in 0i32..2_000) {
            let from = date(1990, 1, 1).checked_add(a.days()).unwrap();
            let period = Period::new(from, from.checked_add(length.days()).unwrap()).unwrap();
            let months: Vec<_> = period.each_month().collect();
            prop_assert_eq!(months.len(), period.month_count() as usize);
            let whole = Period::months(months[0], *months.last().unwrap()).unwrap();
            prop_assert!(whole.contains(period.from()) && whole.contains(period.to()));
            prop_assert!(period.at_most_months(3).month_count() <= 3);
        }
    }
}
