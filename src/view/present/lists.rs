//! The lists.

use gongji_hal::printer::profile::text_columns;
use jiff::civil::Date;

use super::Screen;
use super::format::{button, kind, period, permille, relative, shown, who};
use super::idle::printer_notice;
use super::{care, waiting};
use crate::domain::account::{Movement, MovementKind};
use crate::domain::dates::short_date;
use crate::domain::money::Money;
use crate::domain::premium::{PremiumPayment, PremiumStatus};
use crate::records::port::FamilyUse;
use crate::view::messages::{self, lists, pay};
use crate::view::model::{Bar, Chip, ListView, PageView, Pager, Row};
use crate::visit::Kiosk;
use crate::visit::event::{SlipKind, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::account::AccountList;
use crate::visit::state::family::{FamilyList, choices};
use crate::visit::state::list::{ListPage, Listing, Rows};
use crate::visit::state::premiums::PremiumList;

/// Half-width columns of a summary that stay on one line of the page: 21 em in body size, less a
/// tenth because a bold digit is wider than half an em.
const SUMMARY_COLUMNS: usize = 38;

pub(super) fn present(kiosk: &Kiosk, patron: &Patron, page: &ListPage, today: Date) -> Screen {
    let (view, slip) = match page {
        ListPage::Account(page) => (account(patron, page, today), Some(SlipKind::Account)),
        ListPage::Care(page) => (care::list(page, today), Some(SlipKind::Care)),
        ListPage::Family(page) => (family(patron, page, today), Some(SlipKind::Family)),
        ListPage::Premiums(page) => (premiums(patron, page, today), None),
    };
    let slow = match page {
        ListPage::Account(page) => page.list.slow(),
        ListPage::Care(page) => page.list.slow(),
        ListPage::Family(page) => page.list.slow(),
        ListPage::Premiums(page) => page.list.slow(),
    };
    let Some(view) = view else { return waiting::rows(slow) };
    let primary = match slip {
        _ if slow => button(messages::RETRY, Tap::Retry),
        Some(slip) if kiosk.settings().printer => button(lists::PRINT_THIS, Tap::Slip(slip)),
        None if can_pay(kiosk, patron, page) => button(pay::PAY_FOR_RELATIVE, Tap::PayPremium),
        _ => None,
    };
    let mut screen =
        Screen::new(PageView::List(view)).back(button(messages::BACK, Tap::Back)).primary(primary);
    screen.notice = match slip {
        Some(_) => printer_notice(kiosk),
        None => (!kiosk.writes_possible()).then(|| messages::members::NOTICE_QUERIES_ONLY.into()),
    };
    screen
}

fn can_pay(kiosk: &Kiosk, patron: &Patron, page: &ListPage) -> bool {
    let possible = kiosk.writes_possible();
    matches!(page, ListPage::Premiums(page) if page.can_pay(patron, possible))
}

fn account(patron: &Patron, page: &AccountList, today: Date) -> Option<ListView> {
    let shown = page.list.shown.as_ref()?;
    let mut view = frame(&page.list, lists::ACCOUNT_TITLE, lists::ACCOUNT_OFFICIAL);
    view.summary = vec![
        lists::count_summary(&period(page.list.period, today), shown.page.total_rows),
        lists::account_summary(shown.income, shown.spending),
    ];
    view.chips = vec![period_chip(), reveal_chip(patron), care_chip()];
    view.rows = rows(&shown.page.rows, |m| movement(patron, m, today));
    view.empty = shown.page.rows.is_empty().then(|| lists::ACCOUNT_EMPTY.into());
    Some(view)
}

fn family(patron: &Patron, page: &FamilyList, today: Date) -> Option<ListView> {
    let shown = page.list.shown.as_ref()?;
    let mut view = frame(&page.list, lists::FAMILY_TITLE, lists::FAMILY_OFFICIAL);
    let span = period(page.list.period, today);
    view.summary = total_summary(&span, lists::total(shown.total, shown.page.total_rows));
    view.bars = bars(shown, today);
    view.chips = relatives(patron, page);
    view.chips.extend([period_chip(), reveal_chip(patron)]);
    view.rows = rows(&shown.page.rows, |m| movement(patron, m, today));
    view.empty = shown.page.rows.is_empty().then(|| {
        let nobody = choices(patron).next().is_none();
        if nobody { lists::FAMILY_NOBODY.into() } else { lists::FAMILY_EMPTY.into() }
    });
    Some(view)
}

fn premiums(patron: &Patron, page: &PremiumList, today: Date) -> Option<ListView> {
    let shown = page.list.shown.as_ref()?;
    let mut view = frame(&page.list, lists::PREMIUMS_TITLE, lists::PREMIUMS_OFFICIAL);
    let span = period(page.list.period, today);
    view.summary = total_summary(&span, lists::total(shown.total, shown.page.total_rows));
    view.chips = vec![period_chip(), reveal_chip(patron)];
    view.rows = rows(&shown.page.rows, |p| premium(patron, p, today));
    view.empty = shown.page.rows.is_empty().then(|| lists::PREMIUMS_EMPTY.into());
    Some(view)
}

pub(super) fn frame<T: Rows>(list: &Listing<T>, title: &str, official: &str) -> ListView {
    let pages = list.pages();
    let pager = (pages > 1).then(|| Pager {
        text: lists::pager(list.index.saturating_add(1), pages),
        previous: list.has_previous(),
        next: list.has_next(),
    });
    ListView {
        title: title.into(),
        official: official.into(),
        summary: Vec::new(),
        bars: Vec::new(),
        chips: Vec::new(),
        rows: Vec::new(),
        empty: None,
        pager,
        loading: list.pending.is_some(),
    }
}

/// The period and the sum on one line; a long period on a line of its own, below what is asked for.
fn total_summary(period: &str, total: String) -> Vec<String> {
    let line = format!("{period} {total}");
    if text_columns(&line) <= SUMMARY_COLUMNS { vec![line] } else { vec![total, period.to_owned()] }
}

pub(super) fn rows<T>(records: &[T], row: impl Fn(&T) -> Row) -> Vec<Row> {
    (0u8..).zip(records).map(|(n, record)| Row { tap: Some(Tap::Row(n)), ..row(record) }).collect()
}

fn movement(patron: &Patron, movement: &Movement, today: Date) -> Row {
    let refund = movement.kind == MovementKind::Refund;
    let incoming = !movement.amount.is_negative();
    let amount = movement.amount.abs().to_string();
    let care = movement.settlement.as_ref().map(|settlement| settlement.care);
    let mut detail = short_date(movement.date, today);
    if let Some(person) = &movement.relative {
        detail.push(' ');
        detail.push_str(&relative(person, patron.revealed()));
    }
    detail.push_str(messages::DOT);
    detail.push_str(kind(movement.kind, care));
    Row {
        title: if refund {
            lists::refund_title(&shown(&movement.place))
        } else {
            shown(&movement.place)
        },
        detail,
        amount: match (refund, incoming) {
            (true, _) => lists::refunded(&amount),
            (false, true) => lists::came_in(&amount),
            (false, false) => amount,
        },
        incoming,
        tap: None,
    }
}

fn premium(patron: &Patron, premium: &PremiumPayment, today: Date) -> Row {
    let refunded = premium.status == PremiumStatus::Refunded;
    let amount = premium.amount.abs().to_string();
    let person = premium_person(patron, premium);
    Row {
        title: lists::premium_title(premium.insured_year),
        detail: [
            format!("{} {person}", short_date(premium.paid_on, today)),
            premium.status.label().to_owned(),
        ]
        .join(messages::DOT),
        amount: if refunded { lists::refunded(&amount) } else { amount },
        incoming: refunded,
        tap: None,
    }
}

/// For whom a premium was paid.
pub(super) fn premium_person(patron: &Patron, premium: &PremiumPayment) -> String {
    match &premium.relative {
        Some(person) => relative(person, patron.revealed()),
        None => lists::FOR_SELF.into(),
    }
}

fn bars(shown: &FamilyUse, today: Date) -> Vec<Bar> {
    let highest = shown.by_month.iter().map(|(_, _, sum)| *sum).max().unwrap_or(Money::ZERO);
    shown
        .by_month
        .iter()
        .map(|(year, month, sum)| Bar {
            label: lists::month(*month),
            permille: permille(*sum, highest),
            now: (*year, *month) == (today.year(), today.month()),
        })
        .collect()
}

fn relatives(patron: &Patron, page: &FamilyList) -> Vec<Chip> {
    let mut chips = vec![Chip {
        label: lists::ALL_RELATIVES.into(),
        chosen: page.relative.is_none(),
        tap: Tap::Relative(None),
    }];
    chips.extend((0u8..).zip(choices(patron)).map(|(n, person)| Chip {
        label: who(person.relation, person.gender, &person.name, patron.revealed()),
        chosen: page.relative.as_ref() == Some(&person.psn_no),
        tap: Tap::Relative(Some(n)),
    }));
    chips
}

pub(super) fn period_chip() -> Chip {
    Chip { label: lists::PERIOD_CHIP.into(), chosen: false, tap: Tap::ChoosePeriod }
}

fn care_chip() -> Chip {
    Chip { label: messages::care::CHIP.into(), chosen: false, tap: Tap::Care }
}

/// Shows names in full, or hides them again.
pub(super) fn reveal_chip(patron: &Patron) -> Chip {
    let label = if patron.revealed() { lists::CONCEAL } else { lists::REVEAL };
    Chip { label: label.into(), chosen: patron.revealed(), tap: Tap::Reveal }
}

#[cfg(test)]
mod tests {
    use super::total_summary;

    #[test]
    fn a_long_period_has_a_line_of_its_own() {
        let table: [(&str, &str, &[&str]); 3] = [
            ("2025年", "共 1.00 元，8 笔", &["2025年 共 1.00 元，8 笔"]),
            ("2024年至2026年", "共 800.00 元，3 笔", &["2024年至2026年 共 800.00 元，3 笔"]),
            (
                "2024年1月至2025年11月",
                "共 1,386.40 元，18 笔",
                &["共 1,386.40 元，18 笔", "2024年1月至2025年11月"],
            ),
        ];
        for (period, total, lines) in table {
            assert_eq!(total_summary(period, total.into()), lines);
        }
    }
}
