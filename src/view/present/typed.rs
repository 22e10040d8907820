//! The pads by which a visit begins without a card, and the wait for the ledger's word.

use super::Screen;
use super::bind::choice;
use super::bind_papers::{ID_NUMBER_GROUPS, grouped};
use super::format::{button, lines};
use super::waiting::wait;
use crate::view::messages::{self, bind, media, typed as words, write};
use crate::view::model::{PadKeys, PadView, PageView};
use crate::visit::event::Tap;
use crate::visit::medium::MediumKind;
use crate::visit::state::typed::{Asks, Note, Proving, Typing};

pub(super) fn typing(state: &Typing) -> Screen {
    let filled = state.filled();
    let note = state.note.map(note);
    let (view, done) = match state.asks {
        Asks::Number => {
            let (title, lead) = words::NUMBER;
            let view = PadView {
                title: title.into(),
                lead: lines(&lead),
                shown: grouped(state.number(), &ID_NUMBER_GROUPS),
                filled,
                secret: false,
                unit: None,
                note,
                keys: PadKeys::DigitsX,
                other: None,
            };
            (view, words::NUMBER_IN)
        }
        Asks::Password(..) => {
            let (title, lead) = write::PASSWORD;
            let view = PadView {
                title: title.into(),
                lead: lines(&lead),
                shown: "●".repeat(usize::from(filled.0)),
                filled,
                secret: true,
                unit: None,
                note,
                keys: PadKeys::Digits,
                other: Some(choice(write::FORGOTTEN, Tap::Skip)),
            };
            (view, write::CHECK)
        }
    };
    Screen::new(PageView::Pad(view))
        .back(button(messages::BACK, Tap::Back))
        .primary(button(done, Tap::Confirm).filter(|_| state.complete()))
}

pub(super) fn proving(state: &Proving) -> Screen {
    let (seal, title, texts) = words::PROVING;
    if state.slow() {
        return wait(seal, messages::SLOW_TITLE, &media::SLOW_LINES)
            .back(button(media::stop_waiting(MediumKind::Typed), Tap::Finish));
    }
    wait(seal, title, &texts)
}

fn note(note: Note) -> String {
    match note {
        Note::IdNumber(error) => bind::id_number_wrong(error).into(),
        Note::Wrong { tries_left } => words::wrong(tries_left),
        Note::NotChecked => write::NOT_CHECKED.into(),
        Note::NoAnswer => words::NO_ANSWER.into(),
    }
}
