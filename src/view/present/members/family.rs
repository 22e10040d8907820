//! The family, a card a relative, and one relative.

use jiff::civil::Date;

use super::format::{button, shown};
use super::{Screen, choice, pager, who};
use crate::domain::dates::{long_date, short_date};
use crate::records::port::{Member, MemberState};
use crate::view::messages::{self, members as texts, pay, yuan};
use crate::view::model::{ChoiceView, MemberCard, MembersView, MessageView, PageView, Tone};
use crate::visit::Kiosk;
use crate::visit::event::{Act, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::members::{MemberList, Relative, Way};

pub(super) fn list(kiosk: &Kiosk, patron: &Patron, page: &MemberList, today: Date) -> Screen {
    let account = &page.account;
    let mut ways = page.ways(patron, kiosk.writes_possible());
    let first = ways.first().copied();
    let primary = first.filter(|way| matches!(way, Way::Invitations | Way::Open | Way::Add));
    ways.retain(|way| Some(*way) != primary);
    let cards = (0u8..).zip(page.cards()).map(|(n, member)| card(member, Tap::Row(n), today));
    let stated = patron.policy.as_ref().and_then(|policy| policy.rules.label.as_ref());
    let view = MembersView {
        title: texts::TITLE.into(),
        official: stated.map_or_else(|| texts::OFFICIAL.to_owned(), |label| shown(&label.value)),
        lead: lead(patron, page),
        cards: cards.collect(),
        empty: (patron.has_account() && account.members.is_empty()).then(|| texts::EMPTY.into()),
        choices: ways.into_iter().map(|way| choice(words(way), way.tap())).collect(),
        pager: pager(page.index, page.pages()),
    };
    Screen::new(PageView::Members(view))
        .back(button(messages::BACK, Tap::Back))
        .primary(primary.and_then(|way| button(words(way).1, way.tap())))
}

fn words(way: Way) -> (char, &'static str, &'static str) {
    match way {
        Way::Invitations => texts::WAY_INVITATIONS,
        Way::Open => texts::WAY_OPEN,
        Way::Add => texts::WAY_ADD,
        Way::Transfer => texts::WAY_TRANSFER,
        Way::Donors => texts::WAY_DONORS,
        Way::Records => texts::WAY_RECORDS,
    }
}

/// At most two sentences: the most important first.
fn lead(patron: &Patron, page: &MemberList) -> Vec<String> {
    let account = &page.account;
    let invited = account.invitations.len();
    let owner = patron.has_account();
    let told = [
        (invited > 0).then(|| texts::invited(invited)),
        patron.policy.is_none().then(|| texts::NO_RULES.into()),
        (!owner).then(|| texts::NO_ACCOUNT.into()),
        (owner && account.opened_on.is_none()).then(|| texts::NOT_OPENED.into()),
        account.pool.map(texts::pool),
    ];
    told.into_iter().flatten().take(2).collect()
}

fn card(member: &Member, tap: Tap, today: Date) -> MemberCard {
    let relation = member.who.relation.label(member.who.gender);
    let used = match member.who.annual_limit {
        Some(most) => texts::used_of(member.used_this_year, most),
        None => texts::used(member.used_this_year),
    };
    let last = match member.quota {
        Some(quota) => texts::quota(quota),
        None => texts::place(member.slot),
    };
    let lines = match member.state {
        MemberState::Invited => vec![term(member, today)],
        MemberState::Active | MemberState::NotYet => vec![term(member, today), used, last],
    };
    MemberCard {
        seal: relation.chars().next().unwrap_or('亲'),
        who: who(&member.who),
        lines,
        mark: mark(member.state).map(Into::into),
        tap,
    }
}

fn mark(state: MemberState) -> Option<&'static str> {
    match state {
        MemberState::Active => None,
        MemberState::NotYet => Some(texts::MARK_NOT_YET),
        MemberState::Invited => Some(texts::MARK_INVITED),
    }
}

fn term(member: &Member, today: Date) -> String {
    let since = short_date(member.who.since, today);
    match member.until {
        Some(until) => texts::since_until(&since, &long_date(until)),
        None => texts::since(&since),
    }
}

pub(super) fn relative(kiosk: &Kiosk, patron: &Patron, page: &Relative, today: Date) -> Screen {
    let back = button(messages::BACK, Tap::Back);
    let Some(member) = page.who() else { return nobody().back(back) };
    let invited = member.state == MemberState::Invited;
    let acts = page.acts(patron, kiosk.writes_possible());
    let choices = acts.into_iter().map(|act| {
        let words = match act {
            Act::Use => texts::ACT_USE,
            Act::Limit => texts::ACT_LIMIT,
            Act::Quota => texts::ACT_QUOTA,
            _ if invited => texts::ACT_TAKE_BACK,
            _ => texts::ACT_RELEASE,
        };
        choice(words, Tap::Act(act))
    });
    let view = ChoiceView {
        title: who(&member.who),
        lead: mark(member.state).map(|mark| format!("{mark}。")),
        choices: choices.collect(),
        texts: facts(member, today),
    };
    let pay = page.can_pay(patron, kiosk.writes_possible());
    let pay = if pay { button(pay::PAY_FOR_THIS_ONE, Tap::PayPremium) } else { None };
    Screen::new(PageView::Choice(view)).back(back).primary(pay)
}

fn facts(member: &Member, today: Date) -> Vec<(String, String)> {
    let limit = member.who.annual_limit.map_or_else(|| texts::NO_LIMIT.to_owned(), yuan);
    let mut facts = vec![(texts::LABEL_TERM, term(member, today)), (texts::LABEL_MOST, limit)];
    if member.state != MemberState::Invited {
        facts.push((texts::LABEL_USED, yuan(member.used_this_year)));
        match member.quota {
            Some(quota) => facts.push((texts::LABEL_QUOTA, yuan(quota))),
            None => facts.push((texts::LABEL_PLACE, texts::place(member.slot))),
        }
    }
    facts.into_iter().map(|(label, value)| (label.to_owned(), value)).collect()
}

/// Nobody is there to be told of; the ledger's answer has nobody at that place.
pub(super) fn nobody() -> Screen {
    Screen::message(MessageView {
        seal: '亲',
        tone: Tone::Plain,
        title: texts::EMPTY.into(),
        reassurance: None,
        lines: Vec::new(),
        fields: Vec::new(),
    })
}
