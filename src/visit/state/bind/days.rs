//! The first and the last day of an authorisation, where the region asks for them.

use jiff::ToSpan;
use jiff::civil::Date;

use super::BindPage;
use super::quest::{Quest, Step};
use crate::policy::rules::term;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// The terms offered, in years.
const YEARS: [i8; 4] = [1, 2, 3, 5];

/// The choice of a day.
pub(crate) struct Days {
    pub quest: Box<Quest>,
    /// The last day is asked; else the first.
    pub last: bool,
}

impl Days {
    pub(super) fn enter(quest: Box<Quest>, last: bool) -> Page {
        Page::Bind(BindPage::Days(Self { quest, last }))
    }

    /// First days: today, the next month's first, the next year's first.
    pub(crate) fn firsts(today: Date) -> Vec<Date> {
        let month = today.last_of_month().tomorrow();
        let year = today.last_of_year().tomorrow();
        let mut days = vec![today];
        days.extend([month, year].into_iter().filter_map(Result::ok));
        days.dedup();
        days
    }

    /// Last days that the rules take, with the years they end.
    pub(crate) fn lasts(&self, today: Date) -> Vec<(i8, Date)> {
        let first = self.quest.start.unwrap_or(today);
        let ends = YEARS.into_iter().filter_map(|years| {
            let last = first.checked_add(years.years()).ok()?.yesterday().ok()?;
            Some((years, last))
        });
        let taken = |last| term(&self.quest.policy, self.quest.start, Some(last), today).is_ok();
        ends.filter(|(_, last)| taken(*last)).collect()
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        let today = cx.today();
        match event {
            Event::Tap(Tap::Row(n)) => {
                let n = usize::from(n);
                if self.last
                    && let Some((_, last)) = self.lasts(today).get(n)
                {
                    self.quest.end = Some(*last);
                    return self.quest.answered(Step::End, cx, patron).into();
                }
                if !self.last
                    && let Some(first) = Self::firsts(today).get(n)
                {
                    self.quest.start = Some(*first);
                    return self.quest.answered(Step::Start, cx, patron).into();
                }
                ignore(cx, &event);
            }
            Event::Tap(Tap::Back) => return self.quest.back().into(),
            other => ignore(cx, &other),
        }
        Page::Bind(BindPage::Days(self)).into()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Days;

    #[test]
    fn first_days_are_each_their_own() {
        let table = [
            (date(2026, 11, 22), vec![date(2026, 11, 22), date(2026, 12, 1), date(2027, 1, 1)]),
            // In December the next month's first is the next year's.
            (date(2026, 12, 5), vec![date(2026, 12, 5), date(2027, 1, 1)]),
        ];
        for (today, days) in table {
            assert_eq!(Days::firsts(today), days);
        }
    }
}
