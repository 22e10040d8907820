//! Help: the questions, or one answer.

use super::Screen;
use super::format::button;
use crate::view::messages::help::Question;
use crate::view::messages::{self, help};
use crate::view::model::{Choice, ChoiceView, PageView};
use crate::view::ways::Ways;
use crate::visit::Kiosk;
use crate::visit::event::Tap;

pub(super) fn present(kiosk: &Kiosk, open: Option<u8>) -> Screen {
    let ways = Ways::configured(kiosk.settings());
    let view = match open.and_then(|n| all(ways).nth(usize::from(n))) {
        Some(question) => answer(kiosk, question, ways),
        None => questions(ways),
    };
    Screen::new(PageView::Choice(view)).back(button(messages::BACK, Tap::Back))
}

/// The questions at this kiosk.
fn all(ways: Ways) -> impl Iterator<Item = &'static Question> {
    help::QUESTIONS
        .iter()
        .enumerate()
        .map(move |(n, question)| if n == 0 && !ways.only_card() { &help::BEGIN } else { question })
}

/// What stands beneath a question at this kiosk.
fn detail(ways: Ways, question: &Question) -> &'static str {
    match (question.detail, ways.document, ways.code) {
        (help::BEGIN_BY_ANY, true, false) => help::BEGIN_BY_CARD_OR_DOCUMENT,
        (help::BEGIN_BY_ANY, false, true) => help::BEGIN_BY_CARD_OR_CODE,
        (detail, _, _) => detail,
    }
}

/// A paragraph tells of a way that this kiosk has, or of none.
fn told(ways: Ways, paragraph: (&str, &str)) -> bool {
    match paragraph {
        help::BEGIN_DOCUMENT => ways.document,
        help::BEGIN_CODE => ways.code,
        _ => true,
    }
}

fn questions(ways: Ways) -> ChoiceView {
    let choices = (0u8..)
        .zip(all(ways))
        .map(|(n, question)| Choice {
            seal: question.seal,
            label: question.question.into(),
            detail: detail(ways, question).into(),
            tap: Tap::Row(n),
        })
        .collect();
    ChoiceView {
        title: help::TITLE.into(),
        lead: Some(help::LEAD.into()),
        choices,
        texts: Vec::new(),
    }
}

fn answer(kiosk: &Kiosk, question: &Question, ways: Ways) -> ChoiceView {
    let settings = kiosk.settings();
    let texts = question.answer.iter().filter(|text| told(ways, **text));
    let texts = texts.map(|(head, text)| ((*head).into(), (*text).into()));
    let mut lead = question.local.then(|| match &settings.region {
        Some(region) => help::local_rules_of(region),
        None => help::LOCAL_RULES.into(),
    });
    if let Some(number) = &settings.hotline {
        lead.get_or_insert_default().push_str(&help::hotline(number));
    }
    ChoiceView {
        title: question.question.into(),
        lead,
        choices: Vec::new(),
        texts: texts.collect(),
    }
}
