//! The ledger is asked who has the number that was typed, and whether the password is theirs. Until it
//! says so, the person is held unseen.

use super::{Note, Typing};
use crate::domain::id_number::IdNumber;
use crate::domain::person::{Insured, QueryPassword};
use crate::records::port::{LedgerError, PasswordAnswer};
use crate::visit::cx::Cx;
use crate::visit::event::{Answer, DocumentNews, Event, Query, Tap};
use crate::visit::medium::Medium;
use crate::visit::pending::{Pending, Wait};
use crate::visit::state::{Stage, Visit, end, ignore};

/// What is waited for.
enum Step {
    /// Who has the number.
    Who(Pending),
    /// Whether it is this person.
    Proof(Pending, Box<Insured>),
    /// It is not: that is said when the time has come.
    Wrong,
}

/// Waiting for the ledger's word. Personal.
pub(crate) struct Proving {
    typing: Box<Typing>,
    number: IdNumber,
    password: QueryPassword,
    step: Step,
    /// Before this nobody hears that something was wrong, so that the time tells nothing either.
    wrong_at_ms: u64,
}

impl Proving {
    pub(super) fn enter(
        cx: &mut Cx,
        typing: Box<Typing>,
        number: IdNumber,
        password: String,
    ) -> Stage {
        let medium = Medium::Typed(number.clone());
        let step = Step::Who(cx.ask(Query::Identify(medium.credential())));
        let wrong_at_ms = cx.after(cx.limits.typed_wrong_ms);
        let password = QueryPassword::new(password);
        Stage::Proving(Box::new(Self { typing, number, password, step, wrong_at_ms }))
    }

    /// It takes longer than usual.
    pub(crate) fn slow(&self) -> bool {
        self.pending().is_some_and(Pending::slow)
    }

    pub(crate) fn deadline(&self) -> u64 {
        self.pending().map_or(self.wrong_at_ms, Pending::deadline)
    }

    pub(crate) fn handle(mut self: Box<Self>, cx: &mut Cx, event: Event) -> Stage {
        match event {
            Event::Answer { id, result } if self.pending().is_some_and(|asked| asked.is(id)) => {
                return self.answered(cx, result);
            }
            Event::Card(_) => {
                return match self.typing.hall.idle.handle(cx, event) {
                    Stage::Idle(idle) => {
                        self.typing.hall.idle = idle;
                        Stage::Proving(self)
                    }
                    begun => begun,
                };
            }
            Event::Document(DocumentNews::Placed | DocumentNews::Lifted) => {}
            Event::Tick => return self.ticked(cx),
            Event::Tap(Tap::Finish) if self.slow() => return end(cx),
            other => ignore(cx, &other),
        }
        Stage::Proving(self)
    }

    fn pending(&self) -> Option<&Pending> {
        match &self.step {
            Step::Who(pending) | Step::Proof(pending, _) => Some(pending),
            Step::Wrong => None,
        }
    }

    fn ticked(mut self: Box<Self>, cx: &mut Cx) -> Stage {
        match &mut self.step {
            Step::Who(pending) | Step::Proof(pending, _) => {
                if pending.tick(cx) == Wait::GivenUp {
                    return self.typing.again(cx, Note::NoAnswer);
                }
            }
            Step::Wrong if cx.due(self.wrong_at_ms) => return self.typing.wrong(cx),
            Step::Wrong => {}
        }
        Stage::Proving(self)
    }

    fn answered(mut self: Box<Self>, cx: &mut Cx, result: Result<Answer, LedgerError>) -> Stage {
        match (result, std::mem::replace(&mut self.step, Step::Wrong)) {
            (Ok(Answer::Identified(person)), Step::Who(_)) => {
                let (psn_no, password) = (person.psn_no.clone(), self.password.clone());
                let asked = cx.ask(Query::CheckPassword { person: psn_no, password });
                self.step = Step::Proof(asked, Box::new(person));
                Stage::Proving(self)
            }
            // The token is let go: it opens a visit, and no write.
            (Ok(Answer::Password(PasswordAnswer::Right(_))), Step::Proof(_, person)) => {
                Visit::enter(cx, Medium::Typed(self.number), *person, false)
            }
            (
                Ok(Answer::Password(
                    PasswordAnswer::Wrong { .. } | PasswordAnswer::Locked | PasswordAnswer::NotSet,
                )),
                Step::Proof(..),
            )
            | (
                Err(
                    LedgerError::UnknownPerson
                    | LedgerError::CardReportedLost
                    | LedgerError::CredentialMismatch
                    | LedgerError::CodeInvalid,
                ),
                _,
            ) => self.ticked(cx),
            _ => self.typing.again(cx, Note::NotChecked),
        }
    }
}
