//! Spans of months that single taps can choose.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::domain::period::Period;

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct YearMonth {
    pub year: i16,
    /// 1..=12
    pub month: i8,
}

impl YearMonth {
    /// The month a day is in.
    pub(crate) fn of(date: Date) -> Self {
        Self { year: date.year(), month: date.month() }
    }

    fn first_day(self) -> Option<Date> {
        Date::new(self.year, self.month, 1).ok()
    }

    fn last_day(self) -> Option<Date> {
        self.first_day().map(Date::last_of_month)
    }
}

/// The days from one month to another, both included and in either order, none of them after `today`.
pub(crate) fn months(a: YearMonth, b: YearMonth, today: Date) -> Option<Period> {
    Period::new(a.min(b).first_day()?, a.max(b).last_day()?.min(today))
}

/// 本月
pub(crate) fn this_month(today: Date) -> Period {
    span(today.first_of_month(), today)
}

/// 近三个月: this month and the two before.
pub(crate) fn three_months(today: Date) -> Period {
    let first = today.first_of_month();
    span(first.checked_sub(2.months()).unwrap_or(first), today)
}

/// 今年
pub(crate) fn this_year(today: Date) -> Period {
    span(today.first_of_year(), today)
}

/// The `years` calendar years before this one, and this one.
pub(crate) fn recent_years(today: Date, years: i16) -> Period {
    let first = today.first_of_year();
    span(first.checked_sub(years.years()).unwrap_or(first), today)
}

/// A whole calendar year, as far as it has come; `None` for a year to come.
pub(crate) fn whole_year(year: i16, today: Date) -> Option<Period> {
    months(YearMonth { year, month: 1 }, YearMonth { year, month: 12 }, today)
}

fn span(from: Date, to: Date) -> Period {
    Period::new(from, to).unwrap_or_else(|| Period::day(to))
}
