//! Home: the balance, who used how much, and what can be done.

use super::Screen;
use super::format::{button, name, permille, who};
use super::idle::printer_notice;
use crate::domain::money::Money;
use crate::records::port::Overview;
use crate::view::messages::{self, media};
use crate::view::model::{Choice, HomeView, PageView, UsedBy};
use crate::visit::Kiosk;
use crate::visit::event::Tap;
use crate::visit::patron::Patron;

/// Lines of relatives; with more of them the last line sums the rest.
const USED_BY_MAX: usize = 3;

pub(super) fn present(kiosk: &Kiosk, patron: &Patron) -> Screen {
    let mut view = HomeView {
        greeting: messages::greeting(&name(&patron.person.name, patron.revealed())),
        insured_as: insured_as(patron),
        balance: String::new(),
        this_year: String::new(),
        earlier_years: String::new(),
        used_title: String::new(),
        used_by: Vec::new(),
        choices: choices(kiosk, patron),
    };
    match &patron.overview {
        Some(overview) if patron.has_account() => account(&mut view, overview, patron.revealed()),
        _ => {
            view.this_year = messages::NO_ACCOUNT.into();
            view.earlier_years = messages::NO_ACCOUNT_MORE.into();
        }
    }
    let mut screen = Screen::new(PageView::Home(view))
        .back(button(messages::HELP, Tap::Help))
        .primary(button(media::finish(patron.medium()), Tap::Finish));
    screen.notice = printer_notice(kiosk).filter(|_| patron.has_account());
    screen
}

fn account(view: &mut HomeView, overview: &Overview, revealed: bool) {
    view.balance = overview.balance.total.to_string();
    view.this_year = messages::this_year(overview.balance.this_year);
    view.earlier_years = messages::earlier_years(overview.balance.earlier_years);
    if overview.used_by.is_empty() {
        view.used_title = messages::NO_RELATIVES.into();
        return;
    }
    view.used_title = messages::used_this_year(overview.used_this_year);
    view.used_by = used_by(overview, revealed);
}

fn used_by(overview: &Overview, revealed: bool) -> Vec<UsedBy> {
    let whole = overview.used_this_year;
    let singly = match overview.used_by.len() > USED_BY_MAX {
        true => USED_BY_MAX.saturating_sub(1),
        false => USED_BY_MAX,
    };
    let line = |who: String, amount: Money| UsedBy {
        who,
        amount: messages::yuan(amount),
        permille: permille(amount, whole),
    };
    let mut lines: Vec<UsedBy> = overview
        .used_by
        .iter()
        .take(singly)
        .map(|(relative, amount)| {
            line(who(relative.relation, relative.gender, &relative.name, revealed), *amount)
        })
        .collect();
    let rest: Vec<Money> =
        overview.used_by.iter().skip(singly).map(|(_, amount)| *amount).collect();
    if !rest.is_empty() {
        lines.push(line(messages::other_relatives(rest.len()), rest.iter().sum()));
    }
    lines
}

fn insured_as(patron: &Patron) -> String {
    let person = &patron.person;
    [person.insurance.plain_label(), person.status.label()].join(messages::DOT)
}

fn choices(kiosk: &Kiosk, patron: &Patron) -> Vec<Choice> {
    if !patron.has_account() {
        return vec![
            choice(messages::care::CHOICE, Tap::Care),
            choice(messages::CHOICE_DONORS, Tap::Members),
            choice(messages::CHOICE_HELP, Tap::Help),
        ];
    }
    let mut choices = vec![
        choice(messages::CHOICE_ACCOUNT, Tap::Account),
        choice(messages::CHOICE_FAMILY, Tap::Family),
        choice(messages::CHOICE_MEMBERS, Tap::Members),
        choice(messages::CHOICE_PREMIUMS, Tap::Premiums),
    ];
    if kiosk.settings().printer {
        choices.push(choice(messages::CHOICE_SLIPS, Tap::Slips));
    }
    choices
}

fn choice((seal, label, detail): (char, &str, &str), tap: Tap) -> Choice {
    Choice { seal, label: label.into(), detail: detail.into(), tap }
}
