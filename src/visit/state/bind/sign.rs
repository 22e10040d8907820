//! The patron signs what was read.

use super::BindPage;
use super::ink::Ink;
use super::quest::{Quest, Step};
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// The field for the signature.
pub(crate) struct Sign {
    pub quest: Box<Quest>,
    pub ink: Ink,
}

impl Sign {
    pub(super) fn enter(quest: Box<Quest>) -> Page {
        Page::Bind(BindPage::Sign(Self { quest, ink: Ink::new() }))
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        let picture = match event {
            Event::Tap(Tap::Pen(pen)) => {
                self.ink.pen(pen);
                return Page::Bind(BindPage::Sign(self)).into();
            }
            Event::Tap(Tap::Confirm) if self.ink.enough() => Some(self.ink.digest()),
            // 我写不了字
            Event::Tap(Tap::Skip) => None,
            Event::Tap(Tap::Back) => return self.quest.back().into(),
            other => {
                ignore(cx, &other);
                return Page::Bind(BindPage::Sign(self)).into();
            }
        };
        patron.consents.sign(self.quest.documents(), picture);
        self.quest.answered(Step::Sign, cx, patron).into()
    }
}
