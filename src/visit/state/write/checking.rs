//! The card or the ledger says whether the PIN or the password is right.

use super::{Committing, Draft, Pad, PadNote, Unproved, Why, WritePage, factor};
use crate::domain::person::{CardPin, QueryPassword};
use crate::policy::schema::SecondFactor;
use crate::records::port::{LedgerError, PasswordAnswer, ProvenFactor};
use crate::visit::cx::Cx;
use crate::visit::entered::Entered;
use crate::visit::event::{Answer, CardNews, Effect, Event, PinTrouble, Query};
use crate::visit::patron::Patron;
use crate::visit::pending::{Pending, Wait};
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// Who is waited for.
enum Checker {
    Card { until_ms: u64 },
    Ledger(Pending),
}

/// Waiting for the word.
pub(crate) struct Checking {
    draft: Draft,
    checker: Checker,
}

impl Checking {
    pub(super) fn enter(
        cx: &mut Cx,
        patron: &Patron,
        draft: Draft,
        factor: SecondFactor,
        entered: &Entered,
    ) -> Page {
        if !factor::can_check(cx.devices, patron, factor) {
            return Unproved::enter(draft, Why::NoneUsable);
        }
        let checker = match factor {
            SecondFactor::CardPin => {
                cx.emit(Effect::VerifyPin { pin: CardPin::new(entered.reveal()) });
                Checker::Card { until_ms: cx.after(cx.limits.pin_check_ms) }
            }
            SecondFactor::QueryPassword | SecondFactor::Staff => {
                let person = patron.person.psn_no.clone();
                let password = QueryPassword::new(entered.reveal());
                Checker::Ledger(cx.ask(Query::CheckPassword { person, password }))
            }
        };
        Page::Write(WritePage::Checking(Self { draft, checker }))
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match (event, &mut self.checker) {
            (Event::Card(CardNews::Verified(result)), Checker::Card { .. }) => {
                return self.by_card(cx, patron, result).into();
            }
            (Event::Answer { id, result }, Checker::Ledger(pending)) if pending.is(id) => {
                return self.by_ledger(cx, patron, result).into();
            }
            (Event::Tick, Checker::Card { until_ms }) if cx.due(*until_ms) => {
                return self.by_card(cx, patron, Err(PinTrouble::Unknown)).into();
            }
            (Event::Tick, Checker::Ledger(pending)) => {
                if pending.tick(cx) == Wait::GivenUp {
                    return Unproved::enter(self.draft, Why::PasswordUnknown).into();
                }
            }
            (other, _) => ignore(cx, &other),
        }
        Page::Write(WritePage::Checking(self)).into()
    }

    /// The card is asked, so that it must stay in the slot.
    pub(crate) fn by_the_card(&self) -> bool {
        matches!(self.checker, Checker::Card { .. })
    }

    pub(crate) fn deadline(&self) -> u64 {
        match &self.checker {
            Checker::Card { until_ms } => *until_ms,
            Checker::Ledger(pending) => pending.deadline(),
        }
    }

    /// It takes longer than usual.
    pub(crate) fn slow(&self) -> bool {
        matches!(&self.checker, Checker::Ledger(pending) if pending.slow())
    }

    fn by_card(self, cx: &mut Cx, patron: &mut Patron, result: Result<(), PinTrouble>) -> Page {
        let draft = self.draft;
        match result {
            // A word about a card that may have been changed since proves nothing.
            Ok(()) if !factor::card_is_known(cx.devices, patron) => {
                Unproved::enter(draft, Why::PinUnknown)
            }
            Ok(()) => Committing::enter(cx, patron, draft, ProvenFactor::CardPin),
            Err(PinTrouble::Wrong { tries_left }) => {
                let note = Some(PadNote::Wrong { tries_left });
                Pad::enter(cx, patron, draft, SecondFactor::CardPin, note)
            }
            Err(PinTrouble::Blocked) => {
                patron.bar(SecondFactor::CardPin);
                Unproved::enter(draft, Why::PinBlocked)
            }
            Err(PinTrouble::NotPossible) => Unproved::enter(draft, Why::PinNotPossible),
            Err(PinTrouble::Unknown) => Unproved::enter(draft, Why::PinUnknown),
        }
    }

    fn by_ledger(
        self,
        cx: &mut Cx,
        patron: &mut Patron,
        result: Result<Answer, LedgerError>,
    ) -> Page {
        let draft = self.draft;
        match result {
            Ok(Answer::Password(PasswordAnswer::Right(token))) => {
                Committing::enter(cx, patron, draft, ProvenFactor::QueryPassword(token))
            }
            Ok(Answer::Password(PasswordAnswer::Wrong { tries_left })) => {
                let note = Some(PadNote::Wrong { tries_left });
                Pad::enter(cx, patron, draft, SecondFactor::QueryPassword, note)
            }
            Ok(Answer::Password(PasswordAnswer::Locked)) => {
                patron.bar(SecondFactor::QueryPassword);
                Unproved::enter(draft, Why::PasswordLocked)
            }
            Ok(Answer::Password(PasswordAnswer::NotSet)) => {
                patron.bar(SecondFactor::QueryPassword);
                Unproved::enter(draft, Why::PasswordNotSet)
            }
            Ok(_) => Unproved::enter(draft, Why::PasswordUnknown),
            Err(error) => {
                let note = Some(PadNote::NotChecked((&error).into()));
                Pad::enter(cx, patron, draft, SecondFactor::QueryPassword, note)
            }
        }
    }
}
