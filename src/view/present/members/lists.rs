//! Whose accounts the patron may use, and whom the own account is and was shared with.

use jiff::civil::Date;

use super::format::{button, name, relative, shown};
use super::other_lists::reveal_chip;
use super::{Screen, pager, waiting};
use crate::domain::dates::{long_date, short_date};
use crate::policy::schema::DeductionRule;
use crate::records::port::{AuthorisationRecord, AuthorisationState, Donor};
use crate::view::messages::{self, members as texts};
use crate::view::model::{ListView, PageView, Row};
use crate::visit::Kiosk;
use crate::visit::event::{Act, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::members::{Donors, Records};

pub(super) fn donors(kiosk: &Kiosk, patron: &Patron, page: &Donors, today: Date) -> Screen {
    let order = page.can_order(patron, kiosk.writes_possible());
    let (title, official) = texts::DONORS;
    let rows = page.rows().map(|row| match row {
        Some(donor) => self::donor(patron, donor, today),
        None => own(patron),
    });
    let view = ListView {
        rows: rows.collect(),
        pager: pager(page.index, page.pages()),
        ..list(title, official, texts::DONORS_LEAD.into(), patron)
    };
    Screen::new(PageView::List(view))
        .back(button(messages::BACK, Tap::Back))
        .primary(button(texts::CHANGE_ORDER, Tap::Act(Act::Order)).filter(|_| order))
}

fn list(title: &str, official: &str, summary: String, patron: &Patron) -> ListView {
    ListView {
        title: title.into(),
        official: official.into(),
        summary: vec![summary],
        bars: Vec::new(),
        chips: vec![reveal_chip(patron)],
        rows: Vec::new(),
        empty: None,
        pager: None,
        loading: false,
    }
}

fn row(title: String, detail: String, amount: String) -> Row {
    Row { title, detail, amount, incoming: false, tap: None }
}

fn donor(patron: &Patron, donor: &Donor, today: Date) -> Row {
    let label = donor.who.relation.label_back(donor.who.gender);
    let since = short_date(donor.since, today);
    let term = match donor.until {
        Some(until) => texts::since_until(&since, &long_date(until)),
        None => texts::since(&since),
    };
    // One line: where there is a limit, it is of more use than the day.
    let detail = match donor.annual_limit {
        Some(most) => texts::used_of(donor.used_this_year, most),
        None => [term, texts::used(donor.used_this_year)].join(messages::DOT),
    };
    let title = format!("{label} {}", name(&donor.who.name, patron.revealed()));
    row(title, detail, texts::nth(usize::from(donor.slot)))
}

fn own(patron: &Patron) -> Row {
    let stated = patron.policy.as_ref().and_then(|policy| policy.rules.deduction_order.as_ref());
    let first = stated.is_some_and(|stated| stated.value.rule == DeductionRule::OwnThenSlots);
    let detail = match (patron.has_account(), first) {
        (false, _) => texts::NO_OWN_ACCOUNT,
        (true, true) => texts::OWN_FIRST,
        (true, false) => "",
    };
    row(texts::OWN_ACCOUNT.into(), detail.into(), String::new())
}

pub(super) fn records(patron: &Patron, page: &Records, today: Date) -> Screen {
    let Some(rows) = &page.list.shown else { return waiting::rows(page.list.slow()) };
    let (title, official) = texts::RECORDS;
    let number = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    let pages = pager(number(page.list.index), number(page.list.pages()));
    let view = ListView {
        rows: rows.rows.iter().map(|record| self::record(patron, record, today)).collect(),
        empty: rows.rows.is_empty().then(|| texts::RECORDS_EMPTY.into()),
        pager: pages.map(|mut pager| {
            (pager.previous, pager.next) = (page.list.has_previous(), page.list.has_next());
            pager
        }),
        loading: page.list.pending.is_some(),
        ..list(title, official, texts::records_count(rows.total_rows), patron)
    };
    Screen::new(PageView::List(view))
        .back(button(messages::BACK, Tap::Back))
        .primary(button(messages::RETRY, Tap::Retry).filter(|_| page.list.slow()))
}

fn record(patron: &Patron, record: &AuthorisationRecord, today: Date) -> Row {
    let since = short_date(record.since, today);
    let term = match record.until {
        Some(until) => texts::since_until(&since, &long_date(until)),
        None => texts::since(&since),
    };
    let state = match record.state {
        AuthorisationState::Active => texts::STATE_ACTIVE.to_owned(),
        AuthorisationState::NotYet => texts::MARK_NOT_YET.to_owned(),
        AuthorisationState::Invited => texts::MARK_INVITED.to_owned(),
        AuthorisationState::Declined => texts::STATE_DECLINED.to_owned(),
        AuthorisationState::Ended => texts::STATE_ENDED.to_owned(),
        AuthorisationState::Released(day) => texts::state_released(&short_date(day, today)),
    };
    // One line: the number needs the room of all but the first day.
    let detail = match record.acceptance_no.as_deref() {
        Some(no) => {
            let number = format!("{}{}", messages::write::LABEL_ACCEPTANCE, shown(no));
            [since, number].join(messages::DOT)
        }
        None => term,
    };
    row(relative(&record.who, patron.revealed()), detail, state)
}
