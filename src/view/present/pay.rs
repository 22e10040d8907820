//! Paying a relative's premium: whose, of which year, what it costs, or why not; and taking it back.

use super::Screen;
use super::format::{button, lines, relative};
use super::pay_due::due;
use super::{lists, waiting};
use crate::domain::money::Money;
use crate::policy::rules::limit_in_force;
use crate::records::port::PremiumDue;
use crate::view::messages::{self, lists as list_texts, pay};
use crate::view::model::{
    Choice, ListView, MemberCard, MembersView, MessageView, PageView, Pager, Row, Tone,
};
use crate::visit::Kiosk;
use crate::visit::event::Tap;
use crate::visit::patron::Patron;
use crate::visit::state::pay::{PayPage, Payee, Remind, Standing, Whom, Years};

pub(super) fn present(kiosk: &Kiosk, patron: &Patron, page: &PayPage) -> Screen {
    let mut screen = match page {
        PayPage::Asking(page) => waiting::paying(page.pending.slow()),
        PayPage::Whom(page) => whom(patron, page),
        PayPage::Years(page) => years(patron, page),
        PayPage::Due(page) => due(patron, page),
        PayPage::Remind(page) => remind(patron, page),
    };
    if !kiosk.writes_possible() {
        screen.notice = Some(messages::members::NOTICE_QUERIES_ONLY.into());
    }
    screen
}

fn whom(patron: &Patron, page: &Whom) -> Screen {
    let cards: Vec<MemberCard> =
        (0u8..).zip(page.shown()).map(|(n, payee)| card(patron, n, payee)).collect();
    let nobody = if page.single { pay::WHOM_NOT_THIS } else { pay::WHOM_NOBODY };
    let (number, pages) = page.pages();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let view = MembersView {
        title: pay::WHOM_TITLE.into(),
        official: pay::WHOM_OFFICIAL.into(),
        lead: if cards.is_empty() { Vec::new() } else { lines(&[pay::WHOM_LEAD]) },
        empty: cards.is_empty().then(|| nobody.into()),
        choices: if cards.is_empty() { Vec::new() } else { vec![reveal(patron)] },
        cards,
        pager: (pages > 1).then(|| Pager {
            text: list_texts::pager(count(number), count(pages)),
            previous: page.has_previous(),
            next: page.has_next(),
        }),
    };
    Screen::new(PageView::Members(view)).back(button(messages::BACK, Tap::Back))
}

fn card(patron: &Patron, n: u8, payee: &Payee) -> MemberCard {
    let who = &payee.member.who;
    let label = who.relation.label(who.gender);
    let limit = patron.policy.as_ref().and_then(|policy| limit_in_force(policy, who.annual_limit));
    let left = limit.map(|limit| (limit - payee.member.used_this_year).max(Money::ZERO));
    let mut lines = lines(&[pay::IN_RESIDENT_INSURANCE]);
    lines.extend(left.map(pay::limit_left));
    MemberCard {
        seal: label.chars().next().unwrap_or('亲'),
        who: relative(&payee.relative(), patron.revealed()),
        lines,
        mark: None,
        tap: Tap::Row(n),
    }
}

fn reveal(patron: &Patron) -> Choice {
    let label = if patron.revealed() { list_texts::CONCEAL } else { list_texts::REVEAL };
    Choice { seal: pay::REVEAL_SEAL, label: label.into(), detail: String::new(), tap: Tap::Reveal }
}

fn years(patron: &Patron, page: &Years) -> Screen {
    let who = relative(&page.payee.relative(), patron.revealed());
    let rows: Vec<Row> =
        (0u8..).zip(&page.dues).map(|(n, (due, standing))| row(n, due, standing)).collect();
    let view = ListView {
        title: pay::YEARS_TITLE.into(),
        official: pay::YEARS_OFFICIAL.into(),
        summary: vec![pay::for_whom(&who)],
        bars: Vec::new(),
        chips: vec![lists::reveal_chip(patron)],
        empty: rows.is_empty().then(|| pay::YEARS_EMPTY.into()),
        rows,
        pager: None,
        loading: false,
    };
    Screen::new(PageView::List(view)).back(button(messages::BACK, Tap::Back))
}

fn row(n: u8, due: &PremiumDue, standing: &Standing) -> Row {
    let detail = match standing {
        Standing::Payable { .. } => pay::PAYABLE,
        Standing::Refused(_) => pay::NOT_NOW,
        Standing::NoRule(_) | Standing::Differs { .. } => pay::ASK_FIRST,
        Standing::Nothing => pay::NOTHING_ASKED,
        Standing::Pending { .. } => pay::PENDING,
        Standing::Arrived => pay::ARRIVED,
    };
    Row {
        title: list_texts::premium_title(due.insured_year),
        detail: detail.into(),
        amount: due.amount.to_string(),
        incoming: false,
        tap: Some(Tap::Row(n)),
    }
}

fn remind(patron: &Patron, page: &Remind) -> Screen {
    let back = button(messages::BACK, Tap::Back);
    let Some((_, amount)) = page.payment else {
        let (seal, title, texts) = pay::TOO_LATE;
        let view = message(seal, Tone::Warn, title, None, lines(&texts));
        return Screen::message(view).back(back);
    };
    let who = relative(&page.relative, patron.revealed());
    let texts = vec![
        pay::remind_money(amount),
        pay::remind_unpaid(&who, page.insured_year),
        pay::REMIND_WINDOW.into(),
    ];
    let (seal, title) = pay::REMIND;
    let view = message(seal, Tone::Warn, title, Some(pay::REMIND_NOTHING_YET), texts);
    Screen::message(view).back(back).primary(button(pay::REMIND_GO_ON, Tap::Confirm))
}

/// A message without fields.
pub(super) fn message(
    seal: char,
    tone: Tone,
    title: &str,
    reassurance: Option<&str>,
    lines: Vec<String>,
) -> MessageView {
    MessageView {
        seal,
        tone,
        title: title.into(),
        reassurance: reassurance.map(Into::into),
        lines,
        fields: Vec::new(),
    }
}
