//! One record, label by label.

use super::ignore;
use super::list::ListPage;
use super::page::{Next, Page};
use super::pay::Asking;
use crate::domain::account::{Movement, RelativeRef};
use crate::domain::premium::{PremiumPayment, PremiumStatus};
use crate::domain::settlement::Settlement;
use crate::visit::cx::Cx;
use crate::visit::event::{Act, Event, Tap};
use crate::visit::patron::Patron;

/// What is shown.
pub(crate) enum Entry {
    Care(Box<Settlement>),
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

    /// Whose premium of which year it is, if it may still be taken back.
    pub(crate) fn cancellable(&self, patron: &Patron) -> Option<(RelativeRef, i16)> {
        let Entry::Premium(premium) = &self.entry else { return None };
        let pending = premium.status == PremiumStatus::Pending && patron.policy.is_some();
        let relative = premium.relative.clone().filter(|_| pending)?;
        Some((relative, premium.insured_year))
    }

    pub(crate) fn handle(self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        if event == Event::Tap(Tap::Back) {
            return self.list.resume(cx, patron).into();
        }
        if event == Event::Tap(Tap::Act(Act::CancelPremium))
            && let Some((relative, year)) = self.cancellable(patron)
        {
            return Asking::payment(cx, patron, relative, year, Page::Record(self)).into();
        }
        ignore(cx, &event);
        Page::Record(self).into()
    }
}
