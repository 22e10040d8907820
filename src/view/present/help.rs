//! Help: the questions, or one answer.

use super::Screen;
use super::format::button;
use crate::view::messages::{self, help};
use crate::view::model::{Choice, ChoiceView, PageView};
use crate::visit::Kiosk;
use crate::visit::event::Tap;

pub(super) fn present(kiosk: &Kiosk, open: Option<u8>) -> Screen {
    let question = open.and_then(|n| help::QUESTIONS.get(usize::from(n)));
    let view = match question {
        Some(question) => answer(kiosk, question),
        None => questions(),
    };
    Screen::new(PageView::Choice(view)).back(button(messages::BACK, Tap::Back))
}

fn questions() -> ChoiceView {
    let choices = (0u8..)
        .zip(&help::QUESTIONS)
        .map(|(n, question)| Choice {
            seal: question.seal,
            label: question.question.into(),
            detail: question.detail.into(),
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

fn answer(kiosk: &Kiosk, question: &help::Question) -> ChoiceView {
    let settings = kiosk.settings();
    let texts = question.answer.iter().map(|(head, text)| ((*head).into(), (*text).into()));
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
