//! 温馨提示: what it means to take a payment back, before that is reviewed.

use super::{PayPage, draft};
use crate::domain::account::RelativeRef;
use crate::domain::money::Money;
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};
use crate::visit::state::write::Review;

/// A payment that may be taken back, or that no longer can be.
pub(crate) struct Remind {
    /// The ledger's number of the payment and its amount; `None` when it has arrived or come back.
    pub payment: Option<(i64, Money)>,
    pub relative: RelativeRef,
    pub insured_year: i16,
    behind: Box<Page>,
}

impl Remind {
    pub(super) fn enter(
        payment: i64,
        relative: RelativeRef,
        insured_year: i16,
        amount: Money,
        behind: Box<Page>,
    ) -> Page {
        let payment = Some((payment, amount));
        Page::Pay(PayPage::Remind(Box::new(Self { payment, relative, insured_year, behind })))
    }

    pub(super) fn too_late(relative: RelativeRef, insured_year: i16, behind: Box<Page>) -> Page {
        let page = Self { payment: None, relative, insured_year, behind };
        Page::Pay(PayPage::Remind(Box::new(page)))
    }

    pub(super) fn handle(self: Box<Self>, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match (event, self.payment) {
            (Event::Tap(Tap::Back), _) => return self.behind.resume(cx, patron).into(),
            (Event::Tap(Tap::Confirm), Some((payment, amount))) => {
                let draft = draft::cancellation(&self, payment, amount);
                return Review::enter(draft(Page::Pay(PayPage::Remind(self)))).into();
            }
            (other, _) => ignore(cx, &other),
        }
        Page::Pay(PayPage::Remind(self)).into()
    }
}
