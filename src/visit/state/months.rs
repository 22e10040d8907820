//! The choice of months: one, a span of them, or a year, by single taps.

use super::ignore;
use super::page::{Next, Origin, Page};
use crate::domain::period::Period;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::periods::{self, YearMonth};

/// The choice, and where it goes back to.
pub(crate) struct Months {
    origin: Origin,
    /// The year shown.
    pub year: i16,
    /// The months chosen, first and last.
    pub chosen: (YearMonth, YearMonth),
    /// One month has been touched; a second touch makes a span.
    pub open: bool,
    /// The first month with records.
    pub first: YearMonth,
    /// The current month.
    pub last: YearMonth,
    /// The longest span that the region's rules allow, in months.
    longest: Option<u16>,
}

impl Months {
    pub(crate) fn enter(cx: &Cx, patron: &Patron, origin: Origin) -> Page {
        let last = YearMonth::of(cx.today());
        let first = origin.first_month(patron, cx.today()).min(last);
        let period = origin.period().unwrap_or_else(|| periods::this_month(cx.today()));
        let from = YearMonth::of(period.from()).clamp(first, last);
        let to = YearMonth::of(period.to()).clamp(first, last);
        let longest = patron.longest_months();
        Page::Months(Self {
            origin,
            year: to.year,
            chosen: (from, to),
            open: false,
            first,
            last,
            longest,
        })
    }

    /// Whether a month can be touched.
    pub(crate) fn enabled(&self, month: YearMonth) -> bool {
        (self.first..=self.last).contains(&month)
    }

    /// Whether a month is in the chosen span.
    pub(crate) fn has(&self, month: YearMonth) -> bool {
        self.chosen.0 <= month && month <= self.chosen.1
    }

    /// The months are for a slip, not for a list.
    pub(crate) fn for_slip(&self) -> bool {
        matches!(self.origin, Origin::Slips(_))
    }

    /// 上一年 can be touched.
    pub(crate) fn has_earlier(&self) -> bool {
        self.year > self.first.year
    }

    /// 下一年 can be touched.
    pub(crate) fn has_later(&self) -> bool {
        self.year < self.last.year
    }

    /// The chosen span; `None` only on a calendar's edge.
    pub(crate) fn period(&self, today: jiff::civil::Date) -> Option<Period> {
        periods::months(self.chosen.0, self.chosen.1, today)
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        let today = cx.today();
        let Event::Tap(tap) = event else {
            ignore(cx, &event);
            return Page::Months(self).into();
        };
        match tap {
            Tap::Back => return self.origin.resume(cx, patron).into(),
            Tap::Year(-1) if self.has_earlier() => self.year = self.year.saturating_sub(1),
            Tap::Year(1) if self.has_later() => self.year = self.year.saturating_add(1),
            Tap::Month(month) => match self.month(month) {
                Some(month) => self.touch(month),
                None => ignore(cx, &event),
            },
            Tap::QuickPeriod(n) => match self.quick(n, today) {
                Some(period) => return self.origin.with_period(cx, patron, period).into(),
                None => ignore(cx, &event),
            },
            Tap::UsePeriod => match self.period(today).filter(|_| self.too_long(today).is_none()) {
                Some(period) => return self.origin.with_period(cx, patron, period).into(),
                None => ignore(cx, &event),
            },
            _ => ignore(cx, &event),
        }
        Page::Months(self).into()
    }

    /// The ready-made periods, in the order of their chips: 本月, 近三个月, 今年, 去年, and the whole of
    /// the year shown when it is neither.
    pub(crate) fn quick(&self, n: u8, today: jiff::civil::Date) -> Option<Period> {
        let period = match n {
            0 => Some(periods::this_month(today)),
            1 => Some(periods::three_months(today)),
            2 => Some(Period::this_year(today)),
            3 => periods::whole_year(today.year().saturating_sub(1), today),
            4 if self.year < today.year().saturating_sub(1) => {
                periods::whole_year(self.year, today)
            }
            _ => None,
        };
        period.filter(|period| self.exceeded(*period).is_none())
    }

    /// How many months may be chosen, when more are.
    pub(crate) fn too_long(&self, today: jiff::civil::Date) -> Option<u16> {
        self.period(today).and_then(|period| self.exceeded(period))
    }

    fn exceeded(&self, period: Period) -> Option<u16> {
        self.longest.filter(|longest| period.month_count() > u32::from(*longest))
    }

    fn month(&self, month: u8) -> Option<YearMonth> {
        let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
        Some(YearMonth { year: self.year, month }).filter(|month| self.enabled(*month))
    }

    fn touch(&mut self, month: YearMonth) {
        let (start, _) = self.chosen;
        self.chosen = match self.open {
            true => (start.min(month), start.max(month)),
            false => (month, month),
        };
        self.open = !self.open;
    }
}
