//! The pages of the family account.

mod family;
mod lists;
mod steps;

use jiff::civil::Date;

use super::{Screen, format, lists as other_lists, waiting};
use crate::domain::family::Beneficiary;
use crate::view::messages::members as texts;
use crate::view::model::{Choice, Pager};
use crate::visit::Kiosk;
use crate::visit::event::Tap;
use crate::visit::patron::Patron;
use crate::visit::state::members::MembersPage;

pub(super) fn present(kiosk: &Kiosk, patron: &Patron, page: &MembersPage, today: Date) -> Screen {
    let mut screen = match page {
        MembersPage::Loading(page) => waiting::members(page.pending.slow()),
        MembersPage::List(page) => family::list(kiosk, patron, page, today),
        MembersPage::Relative(page) => family::relative(kiosk, patron, page, today),
        MembersPage::Donors(page) => lists::donors(kiosk, patron, page, today),
        MembersPage::Records(page) => lists::records(patron, page, today),
        MembersPage::Invitations(page) => steps::invitation(kiosk, patron, page, today),
        MembersPage::Reminder(page) => steps::reminder(page),
        MembersPage::Limit(page) => steps::limit(page),
        MembersPage::Amount(page) => steps::amount(patron, page),
        MembersPage::Order(page) => steps::order(page),
    };
    if !kiosk.writes_possible() {
        screen.notice = Some(texts::NOTICE_QUERIES_ONLY.into());
    }
    screen
}

fn choice((seal, label, detail): (char, &str, &str), tap: Tap) -> Choice {
    Choice { seal, label: label.into(), detail: detail.into(), tap }
}

/// 母亲 李*
fn who(who: &Beneficiary) -> String {
    format::who(who.relation, who.gender, &who.name, false)
}

/// The pages of something; none when there is one only.
fn pager(index: usize, pages: usize) -> Option<Pager> {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    (pages > 1).then(|| Pager {
        text: crate::view::messages::lists::pager(number(index.saturating_add(1)), number(pages)),
        previous: index > 0,
        next: index.saturating_add(1) < pages,
    })
}
