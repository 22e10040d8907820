//! 家人管理: the family account, both sides of it, and what can be done with it.

mod amount;
mod donors;
mod drafts;
mod invitations;
mod limit;
mod list;
mod loading;
mod order;
mod records;
mod relative;
mod reminder;

use std::sync::Arc;

pub(crate) use amount::{Amount, Fault, Purpose};
pub(crate) use donors::Donors;
pub(crate) use invitations::Invitations;
pub(crate) use limit::{CHOICES as LIMIT_CHOICES, LimitAmount, LimitChoice};
pub(crate) use list::{MemberList, Way};
pub(crate) use loading::Loading;
pub(crate) use order::OrderChoice;
pub(crate) use records::Records;
pub(crate) use relative::Relative;
pub(crate) use reminder::Reminder;

use crate::records::port::FamilyAccount;
use crate::visit::cx::Cx;
use crate::visit::event::Event;
use crate::visit::patron::Patron;
use crate::visit::state::page::{Next, Page};

/// The pages of the family account. Personal; live only inside a `Visit`.
pub(crate) enum MembersPage {
    /// The ledger is asked.
    Loading(Loading),
    /// Who may use the account.
    List(MemberList),
    /// Whose accounts the patron may use.
    Donors(Donors),
    /// 授权记录
    Records(Records),
    /// One relative.
    Relative(Relative),
    /// Who has invited the patron.
    Invitations(Invitations),
    /// What a release means.
    Reminder(Reminder),
    /// How much a relative may use in a year.
    Limit(LimitChoice),
    /// An amount is entered.
    Amount(Amount),
    /// In which order accounts are drawn.
    Order(OrderChoice),
}

impl MembersPage {
    /// Asks the ledger for the family account, then shows it.
    pub(crate) fn enter(cx: &mut Cx, patron: &Patron) -> Page {
        Loading::enter(cx, patron)
    }

    pub(crate) fn handle(self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match self {
            Self::Loading(page) => page.handle(cx, patron, event),
            Self::List(page) => page.handle(cx, patron, event),
            Self::Donors(page) => page.handle(cx, patron, event),
            Self::Records(page) => page.handle(cx, patron, event),
            Self::Relative(page) => page.handle(cx, patron, event),
            Self::Invitations(page) => page.handle(cx, patron, event),
            Self::Reminder(page) => page.handle(cx, event),
            Self::Limit(page) => page.handle(cx, patron, event),
            Self::Amount(page) => page.handle(cx, patron, event),
            Self::Order(page) => page.handle(cx, patron, event),
        }
    }

    /// The page's own bound.
    pub(crate) fn deadline(&self) -> Option<u64> {
        match self {
            Self::Loading(page) => Some(page.pending.deadline()),
            Self::Records(page) => page.list.deadline(),
            _ => None,
        }
    }

    /// The page stands until it is touched.
    pub(crate) fn waits_for_a_touch(&self) -> bool {
        !matches!(self, Self::Loading(_))
    }

    /// The page shows names that can be shown in full.
    pub(crate) fn can_reveal(&self) -> bool {
        matches!(self, Self::Donors(_) | Self::Records(_))
    }
}

/// The family account as it was last told; pages share it.
pub(crate) type Account = Arc<FamilyAccount>;

/// Something can be written for this patron here and now.
pub(crate) fn may_write(patron: &Patron, writes_possible: bool) -> bool {
    patron.policy.is_some() && writes_possible
}
