//! A document of the region, read at the patron's pace; agreed to on its last page only.

use super::BindPage;
use super::quest::{Quest, Step};
use super::typeset;
use crate::policy::schema::Document;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// One document.
pub(crate) struct Reading {
    pub quest: Box<Quest>,
    /// Which of the region's documents.
    index: usize,
    /// Its lines, page by page; never without a page.
    pub pages: Vec<Vec<String>>,
    /// The page shown, from 0.
    pub page: usize,
}

impl Reading {
    pub(super) fn enter(quest: Box<Quest>, index: usize) -> Page {
        let body = quest
            .documents()
            .get(index)
            .map_or("", |document| document.text.get_ref().body.as_str());
        let pages = typeset::pages(body);
        Page::Bind(BindPage::Reading(Self { quest, index, pages, page: 0 }))
    }

    /// What is read.
    pub(crate) fn document(&self) -> Option<&Document> {
        self.quest.documents().get(self.index)
    }

    /// The end of the text is shown.
    pub(crate) fn at_the_end(&self) -> bool {
        self.page + 1 >= self.pages.len()
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::NextPage) if !self.at_the_end() => self.page += 1,
            Event::Tap(Tap::PreviousPage) if self.page > 0 => self.page -= 1,
            Event::Tap(Tap::Confirm) if self.at_the_end() => {
                if let Some(document) = self.document() {
                    patron.consents.accept(document, cx.now.wall);
                }
                let step = Step::Document(self.index);
                return self.quest.answered(step, cx, patron).into();
            }
            Event::Tap(Tap::Back) => {
                if let Some(document) = self.document() {
                    patron.consents.withdraw(document);
                }
                return self.quest.back().into();
            }
            other => ignore(cx, &other),
        }
        Page::Bind(BindPage::Reading(self)).into()
    }
}
