//! One record, label by label.

use super::ignore;
use super::list::ListPage;
use super::page::{Next, Page};
use crate::domain::account::Movement;
use crate::domain::premium::PremiumPayment;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;

/// What is shown.
pub(crate) enum Entry {
    Movement(Box<Movement>),
    Premium(Box<PremiumPayment>),
}

/// A record and the list it was touched in.
pub(crate) struct Record {
    list: ListPage,
    pub entry: Entry,
}

impl Record {
    pub(crate) fn enter(list: ListPage, entry: Entry) -> Page {
        Page::Record(Self { list, entry })
    }

    pub(crate) fn handle(self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        if event == Event::Tap(Tap::Back) {
            return self.list.resume(cx, patron).into();
        }
        ignore(cx, &event);
        Page::Record(self).into()
    }
}
