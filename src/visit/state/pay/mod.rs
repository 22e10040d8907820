//! 替家人缴费 (代缴): whose premium, of which year, whether it may be paid; and a payment that is on its
//! way, taken back. The write itself is made in `write`.

mod asking;
mod draft;
mod due;
mod judge;
mod remind;
mod whom;
mod years;

pub(crate) use asking::{Asking, Step};
pub(crate) use due::Due;
pub(crate) use judge::{Standard, Standing, Unknown};
pub(crate) use remind::Remind;
pub(crate) use whom::Whom;
pub(crate) use years::Years;

use jiff::civil::Date;

use crate::domain::account::RelativeRef;
use crate::domain::person::Insured;
use crate::records::port::Member;
use crate::visit::cx::Cx;
use crate::visit::event::Event;
use crate::visit::patron::Patron;
use crate::visit::state::page::Next;

/// Somebody whose premium may be paid from the account. Personal.
#[derive(Clone)]
pub(crate) struct Payee {
    /// How they are bound.
    pub member: Member,
    /// How they are insured.
    pub insured: Insured,
    /// The day of birth, if it is known.
    pub birth: Option<Date>,
}

impl Payee {
    /// Who it is, as rows and receipts mention them.
    pub(crate) fn relative(&self) -> RelativeRef {
        let who = &self.member.who;
        RelativeRef {
            psn_no: who.psn_no.clone(),
            name: who.name.clone(),
            gender: who.gender,
            relation: who.relation,
        }
    }
}

/// How far a payment is, before its review.
pub(crate) enum PayPage {
    /// The ledger is asked.
    Asking(Box<Asking>),
    /// Whose premium.
    Whom(Whom),
    /// Of which year.
    Years(Box<Years>),
    /// One premium: what it costs, or why it cannot be paid.
    Due(Box<Due>),
    /// What it means to take a payment back.
    Remind(Box<Remind>),
}

impl PayPage {
    pub(crate) fn handle(self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match self {
            Self::Asking(page) => page.handle(cx, patron, event),
            Self::Whom(page) => page.handle(cx, patron, event),
            Self::Years(page) => page.handle(cx, patron, event),
            Self::Due(page) => page.handle(cx, patron, event),
            Self::Remind(page) => page.handle(cx, patron, event),
        }
    }

    /// When a tick is due.
    pub(crate) fn deadline(&self) -> Option<u64> {
        match self {
            Self::Asking(page) => Some(page.pending.deadline()),
            Self::Whom(_) | Self::Years(_) | Self::Due(_) | Self::Remind(_) => None,
        }
    }

    /// The page stands until it is touched.
    pub(crate) fn waits_for_a_touch(&self) -> bool {
        !matches!(self, Self::Asking(_))
    }

    /// The page shows names that can be shown in full.
    pub(crate) fn can_reveal(&self) -> bool {
        !matches!(self, Self::Asking(_))
    }
}
