//! The relative agrees, here or later.

use super::BindPage;
use super::quest::{Quest, Step};
use crate::policy::rules::ConsentNeed;
use crate::records::port::Agreement;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};
use jiff::civil::Date;

/// The question to the relative, or the word that an invitation goes out.
pub(crate) struct Agree {
    pub quest: Box<Quest>,
}

impl Agree {
    pub(super) fn enter(quest: Box<Quest>) -> Page {
        Page::Bind(BindPage::Agree(Self { quest }))
    }

    /// The relative is here, known by the own medium, and the region lets them agree here.
    pub(crate) fn here(&self, patron: &Patron, on: Date) -> bool {
        let shown = self.quest.found.as_ref().is_some_and(|found| found.shown.is_some());
        let need = self.quest.terms(patron, on).map(|terms| terms.consent);
        shown && need == Some(ConsentNeed::Agree)
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        let here = self.here(patron, cx.today());
        let agreement = match event {
            Event::Tap(Tap::Confirm) if here => Agreement::GivenHere,
            Event::Tap(Tap::Confirm) => Agreement::Awaited,
            Event::Tap(Tap::Skip) if here => Agreement::Awaited,
            Event::Tap(Tap::Back) => return self.quest.back().into(),
            other => {
                ignore(cx, &other);
                return Page::Bind(BindPage::Agree(self)).into();
            }
        };
        self.quest.agreement = Some(agreement);
        self.quest.answered(Step::Agree, cx, patron).into()
    }
}
