//! One record, label by label.

use super::ignore;
use super::list::ListPage;
use super::members::may_write;
use super::page::{Next, Page};
use super::pay::Asking;
use crate::domain::account::{Movement, RelativeRef};
use crate::domain::person::PersonNo;
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

/// What can be done about a premium that was paid for a relative.
pub(crate) enum Offer {
    /// Take it back: whose, and of which year.
    Cancel(RelativeRef, i16),
    /// Pay another year's for the same relative.
    Pay(PersonNo),
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

    /// What can be done about the premium shown.
    pub(crate) fn offer(&self, patron: &Patron, writes_possible: bool) -> Option<Offer> {
        let Entry::Premium(premium) = &self.entry else { return None };
        let relative = premium.relative.clone().filter(|_| may_write(patron, writes_possible))?;
        Some(match premium.status {
            PremiumStatus::Pending => Offer::Cancel(relative, premium.insured_year),
            PremiumStatus::Arrived | PremiumStatus::Refunded => Offer::Pay(relative.psn_no.clone()),
        })
    }

    pub(crate) fn handle(self, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        if event == Event::Tap(Tap::Back) {
            return self.list.resume(cx, patron).into();
        }
        match (&event, self.offer(patron, cx.writes_possible())) {
            (Event::Tap(Tap::Act(Act::CancelPremium)), Some(Offer::Cancel(relative, year))) => {
                return Asking::payment(cx, patron, relative, year, Page::Record(self)).into();
            }
            (Event::Tap(Tap::PayPremium), Some(Offer::Pay(relative))) => {
                return Asking::enter(cx, patron, Some(relative), Page::Record(self)).into();
            }
            _ => {}
        }
        ignore(cx, &event);
        Page::Record(self).into()
    }
}
