//! Adding a relative, or accepting an invitation: one question a page, up to the review.
//!
//! What is known so far is a [`quest::Quest`], which also says what comes next; each page holds it, asks
//! one question, and hands it on.

pub(crate) mod agree;
pub(crate) mod amount;
pub(crate) mod days;
mod draft;
pub(crate) mod employer;
mod flow;
pub(crate) mod ink;
pub(crate) mod limit;
pub(crate) mod looking;
pub(crate) mod name;
pub(crate) mod note;
pub(crate) mod pad;
pub(crate) mod phase;
pub(crate) mod quest;
pub(crate) mod reading;
pub(crate) mod refused;
pub(crate) mod relation;
pub(crate) mod sign;
pub(crate) mod swap;
pub(crate) mod typeset;
pub(crate) mod who;

use std::sync::Arc;

use crate::policy::rules::{Party, share};
use crate::visit::cx::Cx;
use crate::visit::event::Event;
use crate::visit::patience::Patience;
use crate::visit::patron::Patron;
use crate::visit::state::members::{Account, Invitations, MemberList};
use crate::visit::state::page::{Next, Page};
use quest::{Goal, Quest};
use refused::Refused;

/// A page of the way to a new relative.
pub(crate) enum BindPage {
    /// It cannot be, for these reasons.
    Refused(refused::Refused),
    /// A document to be accepted.
    Reading(reading::Reading),
    /// Whom?
    Who(who::Who),
    /// Something is typed.
    Pad(pad::Pad),
    /// The ledger is asked who it is.
    Looking(looking::Looking),
    /// The relative's card takes the place of one's own for a while.
    Swap(swap::Swap),
    /// Is this the one?
    Name(name::Name),
    /// What are they to the patron?
    Relation(relation::Relations),
    /// Without an employer.
    Employer(employer::Employer),
    /// First or last day.
    Days(days::Days),
    /// The most a year.
    Limit(limit::Limits),
    /// How much is moved or locked.
    Amount(amount::Amounts),
    /// The relative agrees.
    Agree(agree::Agree),
    /// The patron signs.
    Sign(sign::Sign),
}

/// Begins to add a relative to this account.
pub(crate) fn enter(cx: &Cx, patron: &Patron, account: Account) -> Page {
    let Some(policy) = patron.policy.as_ref().map(Arc::clone) else {
        return Refused::without_rules(account);
    };
    let quest = Box::new(Quest::new(policy, account, Goal::Bind));
    let reasons = share(&quest.policy, Party::of(&patron.person), &quest.bound(), cx.today());
    if reasons.is_empty() { quest.go_on(cx, patron) } else { Refused::of_donor(quest, &reasons) }
}

/// Begins to accept the n-th invitation of this account; what the region asks to be read is read first.
pub(crate) fn accept(cx: &Cx, patron: &Patron, account: Account, index: usize) -> Page {
    let Some(policy) = patron.policy.as_ref().map(Arc::clone) else {
        return Refused::without_rules(account);
    };
    let quest = Box::new(Quest::new(policy, account, Goal::Accept(index)));
    let last_day = quest.invitation().and_then(|invitation| invitation.expires);
    if last_day.is_some_and(|last_day| last_day < cx.today()) {
        return Refused::invitation_ran_out(quest);
    }
    quest.go_on(cx, patron)
}

/// Where the first page's 返回 leads: whence it came.
fn leave(quest: &Quest) -> Page {
    let account = Arc::clone(&quest.account);
    match quest.goal {
        Goal::Bind => MemberList::enter(account, 0),
        Goal::Accept(index) => Invitations::enter(account, index),
    }
}

impl BindPage {
    pub(crate) fn handle(self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match self {
            Self::Refused(page) => page.handle(cx, event),
            Self::Reading(page) => page.handle(cx, patron, event),
            Self::Who(page) => page.handle(cx, patron, event),
            Self::Pad(page) => page.handle(cx, patron, event),
            Self::Looking(page) => page.handle(cx, patron, event),
            Self::Swap(page) => page.handle(cx, patron, event),
            Self::Name(page) => page.handle(cx, patron, event),
            Self::Relation(page) => page.handle(cx, patron, event),
            Self::Employer(page) => page.handle(cx, patron, event),
            Self::Days(page) => page.handle(cx, patron, event),
            Self::Limit(page) => page.handle(cx, patron, event),
            Self::Amount(page) => page.handle(cx, patron, event),
            Self::Agree(page) => page.handle(cx, patron, event),
            Self::Sign(page) => page.handle(cx, patron, event),
        }
    }

    /// The page's own bound, besides the patron's patience.
    pub(crate) fn deadline(&self) -> Option<u64> {
        match self {
            Self::Who(page) => page.deadline(),
            Self::Looking(page) => Some(page.pending.deadline()),
            Self::Swap(page) => page.deadline(),
            _ => None,
        }
    }

    /// The page stands until it is touched.
    pub(crate) fn waits_for_a_touch(&self) -> bool {
        match self {
            Self::Looking(_) => false,
            Self::Swap(page) => page.clock().is_none(),
            _ => true,
        }
    }

    /// Documents and codes are shown to this page.
    pub(crate) fn takes_media(&self) -> bool {
        matches!(self, Self::Who(_))
    }

    /// What the slot reports is for this page; `bound`: a card binds the visit.
    pub(crate) fn takes_cards(&self, bound: bool) -> bool {
        match self {
            Self::Swap(_) => true,
            Self::Who(_) | Self::Looking(_) => !bound,
            _ => false,
        }
    }

    /// The page's own clock, in the place of the patron's patience.
    pub(crate) fn clock(&self) -> Option<&Patience> {
        match self {
            Self::Swap(page) => page.clock(),
            _ => None,
        }
    }

    /// Somebody has touched the screen.
    pub(crate) fn touched(&mut self, cx: &Cx) {
        if let Self::Swap(page) = self {
            page.touched(cx);
        }
    }
}
