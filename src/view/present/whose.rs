//! The question for whom the visit is, when another person's medium was shown. It covers the page.

use super::Screen;
use super::format::{button, name};
use crate::view::messages::media;
use crate::view::model::{Choice, ChoiceView, PageView};
use crate::visit::event::Tap;
use crate::visit::patron::Patron;
use crate::visit::state::second::Other;

pub(super) fn present(patron: &Patron, other: &Other) -> Screen {
    let (own, others) = (patron.medium(), other.medium.kind());
    let stay = media::stay_with(&name(&patron.person.name, false));
    let change = media::change_to(&name(&other.person.name, false));
    let choice =
        |seal, label, detail: &str, tap| Choice { seal, label, detail: detail.into(), tap };
    let view = ChoiceView {
        title: media::WHOSE_TITLE.into(),
        lead: Some(media::whose_lead(others)),
        choices: vec![
            choice(media::seal(own), stay, media::known_by(own), Tap::Row(0)),
            choice(media::seal(others), change, media::other_known_by(others), Tap::Row(1)),
        ],
        texts: Vec::new(),
    };
    Screen::new(PageView::Choice(view)).back(button(media::WHOSE_FINISH, Tap::Finish))
}
