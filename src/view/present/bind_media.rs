//! Adding a relative: showing a card, document or code, and the exchange of cards. Nothing personal
//! is on any of these pages.

use super::Screen;
use super::bind::{asking, choice};
use super::format::{button, lines};
use crate::view::messages;
use crate::view::messages::bind_media as words;
use crate::view::model::{ChoiceView, MessageView, PageView, Tone, WaitingView};
use crate::visit::Kiosk;
use crate::visit::event::{Act, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::bind::phase::Phase;
use crate::visit::state::bind::quest::{Quest, Step};
use crate::visit::state::bind::swap::Swap;
use crate::visit::state::bind::who::{Offers, Who};

pub(super) fn who(kiosk: &Kiosk, patron: &Patron, page: &Who) -> Screen {
    if page.reading_until.is_some() {
        let (seal, title, texts) = words::READING;
        return waiting(seal, title, &texts);
    }
    let offers = Offers::now(kiosk.settings(), kiosk.devices(), patron);
    let ways = [
        (offers.document, words::BY_DOCUMENT),
        (offers.code, words::BY_CODE),
        (offers.card, words::BY_CARD),
    ];
    let texts: Vec<(String, String)> = ways
        .into_iter()
        .filter(|(open, _)| *open)
        .map(|(_, (head, text))| (head.into(), text.into()))
        .collect();
    let mut choices = vec![choice(words::TYPE, Tap::Act(Act::Type))];
    if offers.swap {
        choices.push(choice(words::SWAP, Tap::Act(Act::SwapCard)));
    }
    if offers.card_in_slot {
        choices.push(choice(words::READ_CARD, Tap::Act(Act::SwapCard)));
    }
    let none = texts.is_empty() && choices.len() == 1;
    let lead = match read_before(&page.quest) {
        true => Some(words::READ_BEFORE),
        false => none.then_some(words::ONLY_TYPING),
    };
    let mut screen = asking(ChoiceView {
        title: words::WHO_TITLE.into(),
        lead: lead.map(Into::into),
        choices,
        texts,
    });
    screen.notice = page.note.map(|note| words::note(note).into());
    screen
}

/// The documents of the region were read before this relative's turn.
fn read_before(quest: &Quest) -> bool {
    let read_now = quest.trail.iter().any(|step| matches!(step, Step::Document(_)));
    !quest.documents().is_empty() && !read_now
}

pub(super) fn looking(slow: bool) -> Screen {
    let (seal, title, texts) = words::LOOKING;
    let screen = match slow {
        true => waiting(seal, messages::SLOW_TITLE, &words::LOOKING_SLOW),
        false => waiting(seal, title, &texts),
    };
    screen.back(button(messages::BACK, Tap::Back))
}

pub(super) fn swap(patron: &Patron, page: &Swap) -> Screen {
    let screen = match &page.phase {
        Phase::TakeOwn => told(words::TAKE_OWN.0, words::TAKE_OWN.1, &words::TAKE_OWN.2),
        Phase::PutOther => told(words::PUT_OTHER.0, words::PUT_OTHER.1, &words::PUT_OTHER.2),
        Phase::Reading { .. } => waiting(words::READING.0, words::READING.1, &words::READING.2),
        Phase::TakeUnusable(note) => {
            told(words::TAKE_UNUSABLE.0, words::TAKE_UNUSABLE.1, &[words::note(*note)])
        }
        Phase::Looking { pending, .. } => looking(pending.slow()),
        Phase::TakeOther(_) if patron.card.is_none() => {
            let (seal, title, texts) = words::TAKE_OTHER_ONLY;
            told(seal, title, &texts)
        }
        Phase::TakeOther(_) => told(words::TAKE_OTHER.0, words::TAKE_OTHER.1, &words::TAKE_OTHER.2),
        Phase::PutOwn(_) => told(words::PUT_OWN.0, words::PUT_OWN.1, &words::PUT_OWN.2),
        Phase::Verifying { .. } => {
            waiting(words::VERIFYING.0, words::VERIFYING.1, &words::VERIFYING.2)
        }
    };
    let back = if matches!(page.phase, Phase::TakeOwn | Phase::Looking { .. }) {
        button(messages::BACK, Tap::Back)
    } else {
        button(words::NO_SWAP, Tap::Back)
    };
    screen.back(back.filter(|_| page.phase.can_go_back()))
}

/// What the patron's hands have to do.
fn told(seal: char, title: &str, texts: &[&str]) -> Screen {
    Screen::message(MessageView {
        seal,
        tone: Tone::Plain,
        title: title.into(),
        reassurance: None,
        lines: lines(texts),
        fields: Vec::new(),
    })
}

/// A wait with its words.
fn waiting(seal: char, title: &str, texts: &[&str]) -> Screen {
    Screen::new(PageView::Waiting(WaitingView {
        seal,
        title: title.into(),
        lines: lines(texts),
        progress: None,
    }))
}
