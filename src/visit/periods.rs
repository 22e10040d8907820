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
}

/// The days from one month to another, both included and in either order, none of them after `today`.
pub(crate) fn months(a: YearMonth, b: YearMonth, today: Date) -> Option<Period> {
    let (first, last) = (a.min(b), a.max(b));
    Period::months((first.year, first.month), (last.year, last.month))?.until(today)
}

/// 本月
pub(crate) fn this_month(today: Date) -> Period {
    Period::last_months(1, today)
}

/// 近三个月: this month and the two before.
pub(crate) fn three_months(today: Date) -> Period {
    Period::last_months(3, today)
}

/// The `years` calendar years before this one, and this one.
pub(crate) fn recent_years(today: Date, years: i16) -> Period {
    let this = Period::this_year(today);
    let from = this.from().checked_sub(years.years()).unwrap_or(this.from());
    Period::new(from, today).unwrap_or(this)
}

/// A whole calendar year, as far as it has come; `None` for a year to come.
pub(crate) fn whole_year(year: i16, today: Date) -> Option<Period> {
    Period::year(year)?.until(today)
}
