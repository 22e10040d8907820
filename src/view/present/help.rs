//! Help: the questions, or a page of one answer.

use super::Screen;
use super::format::{button, shown};
use crate::policy::Policy;
use crate::view::handbook::{self, PageOfText, Topic};
use crate::view::messages::{self, help, typed};
use crate::view::model::{Choice, ChoiceView, PageView};
use crate::visit::event::{Act, Tap};
use crate::visit::state::help::Help;
use crate::visit::{Kiosk, Settings};

pub(super) fn present(kiosk: &Kiosk, policy: Option<&Policy>, page: &Help) -> Screen {
    let settings = kiosk.settings();
    let (view, turn) = match page.open {
        Some((topic, at)) => answer(settings, policy, topic, at),
        None => questions(settings, policy, *page),
    };
    let primary = match page.offers_typing() {
        true => button(typed::BEGIN, Tap::Act(Act::Type)),
        false => turn.and_then(|label| button(label, Tap::NextPage)),
    };
    Screen::new(PageView::Choice(view)).back(button(messages::BACK, Tap::Back)).primary(primary)
}

/// The questions of a page, and the words that turn to the others.
fn questions(
    settings: &Settings,
    policy: Option<&Policy>,
    page: Help,
) -> (ChoiceView, Option<&'static str>) {
    let topics = page.topics(settings, policy);
    let choices = (0u8..).zip(page.shown(&topics)).map(|(n, topic)| {
        let (question, detail) = handbook::question(settings, *topic);
        Choice {
            seal: question.seal,
            label: question.question.into(),
            detail: detail.into(),
            tap: Tap::Row(n),
        }
    });
    let view = ChoiceView {
        title: help::TITLE.into(),
        lead: Some(help::LEAD.into()),
        choices: choices.collect(),
        texts: Vec::new(),
    };
    let more = topics.len() > handbook::QUESTIONS_PER_PAGE;
    let last = page.shown(&topics).last() == topics.last();
    (view, more.then_some(if last { help::FIRST } else { help::MORE }))
}

/// A page of an answer, and the words that turn it.
fn answer(
    settings: &Settings,
    policy: Option<&Policy>,
    topic: Topic,
    at: usize,
) -> (ChoiceView, Option<&'static str>) {
    let (question, _) = handbook::question(settings, topic);
    let mut pages = handbook::pages(settings, policy, topic);
    let count = pages.len();
    let number = at.saturating_add(1);
    let texts: PageOfText = if at < count { pages.swap_remove(at) } else { Vec::new() };
    let texts = texts.into_iter().map(|(heading, text)| {
        let lines: Vec<String> = text.split('\n').map(shown).collect();
        (shown(&heading), lines.join("\n"))
    });
    let place = (count > 1).then(|| help::page_of(number, count));
    let local = handbook::is_general(policy, topic).then(|| match &settings.region {
        Some(region) => help::local_rules_of(region),
        None => help::LOCAL_RULES.into(),
    });
    let hotline = settings.hotline.as_ref().map(|number| help::hotline(number));
    let lead: String = [place, local, hotline].into_iter().flatten().collect();
    let view = ChoiceView {
        title: question.question.into(),
        lead: (!lead.is_empty()).then_some(lead),
        choices: Vec::new(),
        texts: texts.collect(),
    };
    let turn = if number < count { help::NEXT } else { help::AGAIN };
    (view, (count > 1).then_some(turn))
}
