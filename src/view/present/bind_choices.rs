//! Adding a relative: the pages of a few choices.

use jiff::civil::Date;

use super::Screen;
use super::bind::{asking, choice, choices};
use super::format::{button, lines, name};
use crate::domain::family::Relation;
use crate::domain::person::Gender;
use crate::policy::rules::LimitAnswer;
use crate::policy::schema::MoneyModel;
use crate::policy::words::limit as limit_words;
use crate::view::messages::bind as words;
use crate::view::messages::{self, yuan};
use crate::view::model::{Choice, ChoiceView, MessageView, Tone};
use crate::visit::event::{Act, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::bind::agree::Agree;
use crate::visit::state::bind::amount::Amounts;
use crate::visit::state::bind::days::Days;
use crate::visit::state::bind::limit::Limits;
use crate::visit::state::bind::relation::Relations;

pub(super) fn relation(page: &Relations) -> Screen {
    let found = page.quest.found.as_ref().map(|found| &found.candidate.insured);
    let who = found.map(|insured| name(&insured.name, false)).unwrap_or_default();
    let (relations, more) = page.choices();
    let gender = found.map(|insured| insured.gender);
    let mut offered: Vec<Choice> =
        (0u8..).zip(relations).map(|(n, relation)| of_relation(relation, gender, n)).collect();
    if more {
        offered.push(choice(words::OTHER_RELATIONS, Tap::NextPage));
    }
    choices(&words::whose_relative(&who), Some(words::RELATION_LEAD), offered)
}

fn of_relation(relation: Relation, gender: Option<Gender>, n: u8) -> Choice {
    let official = relation.official_label();
    let label = gender.map_or(official, |gender| relation.label(gender));
    let seal = label.chars().next().unwrap_or('亲');
    choice((seal, label, official), Tap::Row(n))
}

pub(super) fn employer() -> Screen {
    let offered =
        vec![choice(words::NO_EMPLOYER, Tap::Row(0)), choice(words::HAS_EMPLOYER, Tap::Row(1))];
    choices(words::EMPLOYER_TITLE, Some(words::EMPLOYER_LEAD), offered)
}

pub(super) fn days(page: &Days, today: Date) -> Screen {
    if page.last {
        let lasts = (0u8..).zip(page.lasts(today));
        let offered = lasts.map(|(n, (years, last))| {
            choice(('止', &words::years(years), &words::until(last)), Tap::Row(n))
        });
        return choices(words::END_TITLE, Some(words::DAYS_LEAD), offered.collect());
    }
    let firsts = (0u8..).zip(Days::firsts(today));
    let offered = firsts.map(|(n, first)| {
        let [now, month, year] = words::START_LABELS;
        let label = match first {
            first if first == today => now,
            first if first.year() > today.year() => year,
            _ => month,
        };
        choice(('起', label, &crate::domain::dates::long_date(first)), Tap::Row(n))
    });
    choices(words::START_TITLE, Some(words::DAYS_LEAD), offered.collect())
}

pub(super) fn limit(page: &Limits) -> Screen {
    let mut offered: Vec<Choice> = (0u8..)
        .zip(page.choices())
        .map(|(n, (amount, answer))| {
            let detail = match answer {
                LimitAnswer::Allowed => words::LIMIT_DETAIL.into(),
                other => limit_words(other).unwrap_or_default(),
            };
            choice(('限', &yuan(amount), &detail), Tap::Row(n))
        })
        .collect();
    offered.push(choice(words::NO_LIMIT, Tap::Skip));
    offered.push(choice(words::OTHER_AMOUNT, Tap::Act(Act::Type)));
    choices(words::LIMIT_TITLE, Some(words::LIMIT_LEAD), offered)
}

pub(super) fn amount(patron: &Patron, page: &Amounts, today: Date) -> Screen {
    let optional = page.optional(patron, today);
    let amounts = (0u8..).zip(page.choices(patron, today));
    let mut offered: Vec<Choice> = amounts
        .map(|(n, amount)| choice(('钱', &yuan(amount), words::FROM_YOUR_ACCOUNT), Tap::Row(n)))
        .collect();
    if optional {
        offered.insert(0, choice(words::NO_TRANSFER, Tap::Skip));
    }
    offered.push(choice(words::OTHER_AMOUNT, Tap::Act(Act::Type)));
    let (title, lead) = match optional {
        true => (words::TRANSFER_TITLE, words::TRANSFER_LEAD),
        false => (words::QUOTA_TITLE, words::QUOTA_LEAD),
    };
    choices(title, Some(lead), offered)
}

pub(super) fn agree(patron: &Patron, page: &Agree, today: Date) -> Screen {
    if page.here(patron, today) {
        let texts = words::AGREE_TEXTS.iter();
        let view = ChoiceView {
            title: words::AGREE_TITLE.into(),
            lead: Some(words::AGREE_LEAD.into()),
            choices: vec![choice(words::AGREE_LATER, Tap::Skip)],
            texts: texts.map(|(head, text)| ((*head).into(), (*text).into())).collect(),
        };
        return asking(view).primary(button(words::I_AGREE, Tap::Confirm));
    }
    let money = page.quest.terms(patron, today).map(|terms| terms.money);
    let moved = page.quest.amount.flatten().is_some() && money != Some(MoneyModel::Authorize);
    Screen::message(MessageView {
        seal: '邀',
        tone: Tone::Plain,
        title: words::INVITE_TITLE.into(),
        reassurance: None,
        lines: lines(if moved { &words::INVITE_LINES_AMOUNT } else { &words::INVITE_LINES }),
        fields: Vec::new(),
    })
    .back(button(messages::BACK, Tap::Back))
    .primary(button(words::INVITE, Tap::Confirm))
}
