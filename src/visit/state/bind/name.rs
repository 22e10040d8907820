//! After typing: is this the one? Only the masked name is shown.

use super::BindPage;
use super::note::Note;
use super::quest::{Quest, Step};
use super::who::Who;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// 是李*吗？
pub(crate) struct Name {
    pub quest: Box<Quest>,
}

impl Name {
    pub(super) fn enter(quest: Box<Quest>) -> Page {
        Page::Bind(BindPage::Name(Self { quest }))
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Confirm) => {
                self.quest.confirmed = true;
                return self.quest.answered(Step::Name, cx, patron).into();
            }
            Event::Tap(Tap::Skip) => {
                self.quest.found = None;
                self.quest.trail.pop_if(|step| *step == Step::Who);
                return Who::enter(self.quest, Some(Note::SomebodyElse)).into();
            }
            Event::Tap(Tap::Back) => return self.quest.back().into(),
            other => ignore(cx, &other),
        }
        Page::Bind(BindPage::Name(self)).into()
    }
}
