//! The choice of months.

use jiff::civil::Date;

use super::Screen;
use super::format::{button, period};
use crate::view::messages::{self, lists};
use crate::view::model::{Chip, MonthCell, MonthsView, PageView};
use crate::visit::event::Tap;
use crate::visit::periods::YearMonth;
use crate::visit::state::months::Months;

pub(super) fn present(page: &Months, today: Date) -> Screen {
    let chosen = page.period(today);
    let span = chosen.map(|chosen| period(chosen, today)).unwrap_or_default();
    let view = MonthsView {
        title: lists::MONTHS_TITLE.into(),
        hint: match (page.too_long(today), page.open) {
            (Some(longest), _) => lists::months_too_long(&span, longest),
            (None, true) => lists::months_hint_open(&span),
            (None, false) => lists::months_hint(&span),
        },
        quick: quick(page, today),
        year: lists::year(page.year),
        earlier: page.has_earlier(),
        later: page.has_later(),
        months: (1..=12u8).map(|month| cell(page, month)).collect(),
    };
    let label = if page.for_slip() { lists::USE_PERIOD_FOR_SLIP } else { lists::USE_PERIOD };
    Screen::new(PageView::Months(view))
        .back(button(messages::BACK, Tap::Back))
        .primary(button(label, Tap::UsePeriod).filter(|_| page.too_long(today).is_none()))
}

fn quick(page: &Months, today: Date) -> Vec<Chip> {
    let labels = lists::QUICK.iter().map(|label| (*label).to_owned());
    (0u8..)
        .zip(labels.chain([lists::quick_year(page.year)]))
        .filter_map(|(n, label)| {
            let quick = page.quick(n, today)?;
            let chosen = page.period(today) == Some(quick);
            Some(Chip { label, chosen, tap: Tap::QuickPeriod(n) })
        })
        .collect()
}

fn cell(page: &Months, month: u8) -> MonthCell {
    let number = month.cast_signed();
    let at = YearMonth { year: page.year, month: number };
    MonthCell {
        label: lists::month(number),
        chosen: page.has(at),
        enabled: page.enabled(at),
        tap: Tap::Month(month),
    }
}
