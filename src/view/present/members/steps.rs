//! The steps to a write of the family: an answer to an invitation, a reminder, an amount, an order.

use jiff::civil::Date;

use super::family::nobody;
use super::format::{button, lines, name};
use super::{Screen, choice, who};
use crate::domain::dates::{long_date, short_date};
use crate::policy::words;
use crate::records::port::{MemberState, OrderPlace};
use crate::view::messages::{self, members as texts, yuan};
use crate::view::model::{Choice, ChoiceView, MessageView, PadKeys, PadView, PageView, Tone};
use crate::visit::Kiosk;
use crate::visit::event::{Act, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::members::{
    Amount, Fault, Invitations, LIMIT_CHOICES, LimitAmount, LimitChoice, OrderChoice, Purpose,
    Reminder, may_write,
};

pub(super) fn invitation(
    kiosk: &Kiosk,
    patron: &Patron,
    page: &Invitations,
    today: Date,
) -> Screen {
    let back = button(messages::BACK, Tap::Back);
    let Some(invitation) = page.shown() else {
        let view = choices(texts::NO_INVITATION.into(), None, Vec::new());
        return Screen::new(PageView::Choice(view)).back(back);
    };
    let writes = may_write(patron, kiosk.writes_possible());
    // What the patron is to the other side: called by the patron's own sex.
    let label = invitation.from.relation.label(patron.person.gender);
    let mut lead = texts::invitation_as(label, &short_date(invitation.invited_on, today));
    lead.extend(invitation.expires.map(|day| texts::invitation_until(&long_date(day))));
    let decline = writes.then(|| choice(texts::DECLINE, Tap::Act(Act::Decline)));
    let next = page.has_next().then(|| choice(texts::NEXT_INVITATION, Tap::NextPage));
    let limit = invitation.annual_limit.map_or_else(|| texts::NO_LIMIT.to_owned(), yuan);
    let title = texts::invitation_title(&name(&invitation.from.name, false));
    let view = ChoiceView {
        texts: vec![(texts::LABEL_MOST.into(), limit)],
        ..choices(title, Some(lead), decline.into_iter().chain(next).collect())
    };
    Screen::new(PageView::Choice(view))
        .back(back)
        .primary(button(texts::ACCEPT, Tap::Confirm).filter(|_| writes))
}

fn choices(title: String, lead: Option<String>, choices: Vec<Choice>) -> ChoiceView {
    ChoiceView { title, lead, choices, texts: Vec::new() }
}

pub(super) fn reminder(page: &Reminder) -> Screen {
    let back = button(messages::BACK, Tap::Back);
    let Some(member) = page.who() else { return nobody().back(back) };
    let who = who(&member.who);
    let pool = page.pool().map(texts::reminder_pool);
    let told = match member.state {
        MemberState::Invited => [texts::reminder_take_back(&who)].into_iter().chain(pool).collect(),
        MemberState::Active | MemberState::NotYet => {
            let quota = member.quota.filter(|quota| !quota.is_zero()).map(texts::reminder_quota);
            let stays = [texts::REMINDER_STAYS, texts::REMINDER_PREMIUM].map(str::to_owned);
            let again = texts::REMINDER_AGAIN.to_owned();
            let first = texts::reminder_stops(&who);
            [first].into_iter().chain(stays).chain(quota).chain(pool).chain([again]).collect()
        }
    };
    let (seal, title) = texts::REMINDER;
    Screen::message(MessageView {
        seal,
        tone: Tone::Warn,
        title: title.into(),
        reassurance: None,
        lines: told,
        fields: Vec::new(),
    })
    .back(back)
    .primary(button(texts::REMINDER_GO_ON, Tap::Confirm))
}

pub(super) fn limit(page: &LimitChoice) -> Screen {
    let back = button(messages::BACK, Tap::Back);
    let Some(member) = page.who() else { return nobody().back(back) };
    let now = member.who.annual_limit.map_or_else(|| texts::NO_LIMIT.to_owned(), yuan);
    let lead = page.answer.and_then(words::limit);
    let all = (0u8..).zip(LIMIT_CHOICES).map(|(n, one)| {
        let tap = Tap::Row(n);
        match one {
            LimitAmount::Yuan(yuan) => {
                choice(('限', &texts::limit_choice(yuan), texts::LIMIT_A_YEAR), tap)
            }
            LimitAmount::None => choice(texts::LIMIT_NONE, tap),
            LimitAmount::Other => choice(texts::LIMIT_OTHER, tap),
        }
    });
    let lead = lead.unwrap_or_else(|| texts::limit_now(&now));
    let view = choices(texts::limit_title(&who(&member.who)), Some(lead), all.collect());
    Screen::new(PageView::Choice(view)).back(back)
}

pub(super) fn amount(patron: &Patron, page: &Amount) -> Screen {
    let balance = patron.overview.as_ref().map(|overview| overview.balance.total);
    let mut lead = lines(&[texts::WHOLE_YUAN]);
    let title = match (page.purpose, page.who()) {
        (Purpose::Limit(_), Some(member)) => texts::limit_title(&who(&member.who)),
        (Purpose::Quota(_), member) => {
            let locked = member.and_then(|member| member.quota).unwrap_or_default();
            lead.push(texts::locked(locked));
            texts::QUOTA_TITLE.into()
        }
        (Purpose::Transfer | Purpose::Limit(_), _) => {
            lead.extend(balance.map(texts::balance));
            texts::TRANSFER_TITLE.into()
        }
    };
    let amount = page.amount();
    let entered = amount.map(|amount| amount.to_string());
    let view = PadView {
        title,
        lead,
        shown: entered.map(|text| text.trim_end_matches(".00").to_owned()).unwrap_or_default(),
        filled: (page.filled(), 0),
        secret: false,
        unit: Some(texts::YUAN.into()),
        note: page.fault.as_ref().and_then(fault),
        keys: PadKeys::Digits,
        other: None,
    };
    Screen::new(PageView::Pad(view))
        .back(button(messages::BACK, Tap::Back))
        .primary(button(texts::NEXT, Tap::Confirm).filter(|_| amount.is_some()))
}

fn fault(fault: &Fault) -> Option<String> {
    match fault {
        Fault::Limit(answer) => words::limit(*answer),
        Fault::Balance(refusal) => Some(words::reason(refusal)),
        Fault::Zero => Some(texts::ZERO.into()),
        Fault::Same => Some(texts::SAME.into()),
    }
}

pub(super) fn order(page: &OrderChoice) -> Screen {
    let label = |place: &OrderPlace| match page.donor(place) {
        Some(donor) => {
            let label = donor.who.relation.label_back(donor.who.gender);
            format!("{label} {}", name(&donor.who.name, false))
        }
        None => texts::OWN_ACCOUNT.to_owned(),
    };
    let so_far: Vec<String> = page.chosen.iter().map(label).collect();
    let lead = match (page.fault, so_far.is_empty()) {
        (Some(fault), _) => words::order(fault),
        (None, true) => texts::ORDER_LEAD.into(),
        (None, false) => texts::order_so_far(&so_far.join("，")),
    };
    let all = (0u8..).zip(&page.left).map(|(n, place)| {
        let seal = page.donor(place).map(|donor| donor.who.relation.label_back(donor.who.gender));
        let seal = seal.map_or('自', |label| label.chars().next().unwrap_or('亲'));
        choice((seal, &label(place), ""), Tap::Row(n))
    });
    let title = texts::order_title(page.chosen.len().saturating_add(1));
    let view = choices(title, Some(lead), all.collect());
    Screen::new(PageView::Choice(view)).back(button(messages::BACK, Tap::Back))
}
