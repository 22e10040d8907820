//! One's own visits: the list, and one of them.

use jiff::civil::Date;

use super::format::{field, period, shown};
use super::lists::{frame, period_chip, rows};
use super::record::{adds_up, settlement as parts};
use crate::domain::dates::short_date;
use crate::domain::settlement::Settlement;
use crate::view::messages::{self, care, lists, yuan};
use crate::view::model::{ListView, RecordView, Row};
use crate::visit::state::care::CareList;

pub(super) fn list(page: &CareList, today: Date) -> Option<ListView> {
    let shown = page.list.shown.as_ref()?;
    let mut view = frame(&page.list, care::TITLE, care::OFFICIAL);
    let span = period(page.list.period, today);
    let sums = shown.sums;
    view.summary = vec![
        lists::count_summary(&span, shown.page.total_rows),
        care::total(sums.total, sums.fund),
        care::account(sums.account, sums.mutual_aid),
        care::cash(sums.cash),
    ];
    view.chips = vec![period_chip()];
    view.rows = rows(&shown.page.rows, |settlement| row(settlement, today));
    view.empty = shown.page.rows.is_empty().then(|| care::EMPTY.into());
    Some(view)
}

fn row(settlement: &Settlement, today: Date) -> Row {
    let refund = settlement.refund;
    let amount = settlement.total.abs().to_string();
    let place = shown(&settlement.institution);
    let what = format!("{}{}{}", when(settlement, today), messages::DOT, what(settlement));
    Row {
        title: if refund { lists::refund_title(&place) } else { place },
        detail: what,
        amount: if refund { lists::refunded(&amount) } else { amount },
        incoming: refund,
        tap: None,
    }
}

pub(super) fn record(settlement: &Settlement, today: Date) -> RecordView {
    let amount = yuan(settlement.total.abs());
    let care = settlement.care.plain_label();
    let when = format!("{}{}{care}", when(settlement, today), messages::DOT);
    let mut fields = vec![field(lists::LABEL_DATE, when)];
    fields.extend(parts(settlement));
    RecordView {
        title: shown(&settlement.institution),
        amount: if settlement.refund { lists::refunded(&amount) } else { amount },
        fields,
        note: (!adds_up(settlement)).then(|| lists::RECORD_DOES_NOT_ADD_UP.into()),
    }
}

fn when(settlement: &Settlement, today: Date) -> String {
    short_date(settlement.settled_at.date(), today)
}

/// What it was, and what the insurance paid of it.
fn what(settlement: &Settlement) -> String {
    let care = settlement.care.plain_label();
    format!("{care}{}{}", messages::DOT, care::reimbursed(settlement.fund.abs()))
}
