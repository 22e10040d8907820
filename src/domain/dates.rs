//! How days and spans are written in Chinese.

use jiff::civil::Date;

use super::period::Period;

/// `11月20日`, with the year in front when it is not the year of `today`.
pub fn short_date(day: Date, today: Date) -> String {
    if day.year() == today.year() {
        format!("{}月{}日", day.month(), day.day())
    } else {
        long_date(day)
    }
}

/// `2026年11月20日`
pub fn long_date(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// `2026年11月`
pub fn month(year: i16, month: i8) -> String {
    format!("{year}年{month}月")
}

/// The shortest full wording of a span: `2025年`, `2024年至2025年`, `2025年3月`,
/// `2025年3月至5月`, `2024年11月至2025年2月`, else its days: `2025年3月5日至4月1日`.
pub fn period(span: Period) -> String {
    let (from, to) = (span.from(), span.to());
    let same_year = from.year() == to.year();
    let whole_months = from.day() == 1 && to == to.last_of_month();
    if whole_months && from.month() == 1 && to.month() == 12 {
        return match same_year {
            true => format!("{}年", from.year()),
            false => format!("{}年至{}年", from.year(), to.year()),
        };
    }
    let (first, last) = if whole_months {
        if same_year && from.month() == to.month() {
            return month(from.year(), from.month());
        }
        (month(from.year(), from.month()), month(to.year(), to.month()))
    } else if from == to {
        return long_date(from);
    } else {
        (long_date(from), long_date(to))
    };
    match last.split_once('年') {
        Some((_, rest)) if same_year => format!("{first}至{rest}"),
        _ => format!("{first}至{last}"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_name_the_year_only_when_it_differs() {
        let today = date(2026, 11, 22);
        assert_eq!(short_date(date(2026, 1, 2), today), "1月2日");
        assert_eq!(short_date(date(2025, 11, 20), today), "2025年11月20日");
    }

    #[test]
    fn spans_are_as_short_as_they_can_be() {
        for (from, to, text) in [
            (date(2025, 1, 1), date(2025, 12, 31), "2025年"),
            (date(2024, 1, 1), date(2025, 12, 31), "2024年至2025年"),
            (date(2025, 3, 1), date(2025, 3, 31), "2025年3月"),
            (date(2025, 3, 1), date(2025, 5, 31), "2025年3月至5月"),
            (date(2024, 11, 1), date(2025, 2, 28), "2024年11月至2025年2月"),
            (date(2026, 1, 1), date(2026, 11, 22), "2026年1月1日至11月22日"),
            (date(2025, 12, 3), date(2026, 1, 2), "2025年12月3日至2026年1月2日"),
            (date(2025, 12, 3), date(2025, 12, 3), "2025年12月3日"),
        ] {
            assert_eq!(period(Period::new(from, to).unwrap()), text);
        }
    }
}
