//! The region asks for an employer, and the ledger knows none.

use zeroize::Zeroizing;

use super::BindPage;
use super::quest::{Quest, Step};
use super::refused::Refused;
use crate::view::messages::bind as words;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// Without one, or with one that is not on record?
pub(crate) struct Employer {
    pub quest: Box<Quest>,
}

impl Employer {
    pub(super) fn enter(quest: Box<Quest>) -> Page {
        Page::Bind(BindPage::Employer(Self { quest }))
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match event {
            // The community cannot be typed on this pad: a window adds it.
            Event::Tap(Tap::Row(0)) => {
                self.quest.employer = Some(Zeroizing::new(words::NO_EMPLOYER_ENTRY.into()));
                return self.quest.answered(Step::Employer, cx, patron).into();
            }
            Event::Tap(Tap::Row(1)) => return Refused::employer_not_on_record(self.quest).into(),
            Event::Tap(Tap::Back) => return self.quest.back().into(),
            other => ignore(cx, &other),
        }
        Page::Bind(BindPage::Employer(self)).into()
    }
}
