//! One premium: what it costs, or why it cannot be paid here.

use super::{PayPage, Remind, Standing, Years, draft};
use crate::records::port::PremiumDue;
use crate::visit::cx::Cx;
use crate::visit::event::{Act, Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};
use crate::visit::state::write::Review;

/// A premium, among those of its person.
pub(crate) struct Due {
    pub years: Box<Years>,
    row: u8,
    pub standing: Standing,
}

impl Due {
    pub(super) fn enter(years: Box<Years>, row: u8, standing: Standing) -> Page {
        Page::Pay(PayPage::Due(Box::new(Self { years, row, standing })))
    }

    /// The premium.
    pub(crate) fn due(&self) -> Option<&PremiumDue> {
        self.years.dues.get(usize::from(self.row)).map(|(due, _)| due)
    }

    pub(super) fn handle(mut self: Box<Self>, cx: &mut Cx, patron: &Patron, event: Event) -> Next {
        match (event, &self.standing) {
            (Event::Tap(Tap::Back), _) => {
                return Page::Pay(PayPage::Years(self.years)).into();
            }
            (Event::Tap(Tap::Confirm), Standing::Payable { .. }) => {
                // The day may have changed since the page came up.
                if let Some(now) = self.years.standing(cx, patron, self.row) {
                    self.standing = now;
                }
                if let Some(draft) = draft::payment(patron, &self) {
                    return Review::enter(draft(Page::Pay(PayPage::Due(self)))).into();
                }
            }
            (
                Event::Tap(Tap::Act(Act::CancelPremium)),
                Standing::Pending { own_payment: Some(payment) },
            ) => {
                let payment = *payment;
                if let Some(due) = self.due() {
                    let (year, amount) = (due.insured_year, due.amount);
                    let relative = self.years.payee.relative();
                    let behind = Box::new(Page::Pay(PayPage::Due(self)));
                    return Remind::enter(payment, relative, year, amount, behind).into();
                }
            }
            (other, _) => ignore(cx, &other),
        }
        Page::Pay(PayPage::Due(self)).into()
    }
}
