//! The ledger is asked whose card, document or code it is.

use super::reading::Reading;
use super::refused::{Refusal, Refused};
use super::{Stage, Visit, end, ignore, leave};
use crate::records::port::LedgerError;
use crate::visit::cx::Cx;
use crate::visit::event::{Answer, CardNews, DocumentNews, Event, Query, Tap};
use crate::visit::medium::{Medium, MediumKind};
use crate::visit::pending::{LedgerTrouble, Pending, Wait};

/// Waiting for the ledger to name the person. Personal.
pub(crate) struct Identifying {
    medium: Medium,
    pub pending: Pending,
    /// A card was put in meanwhile: it is looked at next.
    card_in: bool,
}

impl Identifying {
    /// Asks the ledger, unless the medium's last day has passed.
    pub(crate) fn enter(cx: &mut Cx, medium: Medium) -> Stage {
        if medium.expired(cx.today()) {
            return Refused::enter(cx, Refusal::Expired(medium.kind()));
        }
        Self::ask(cx, medium, false)
    }

    fn ask(cx: &mut Cx, medium: Medium, card_in: bool) -> Stage {
        let pending = cx.ask(Query::Identify(medium.credential()));
        Stage::Identifying(Self { medium, pending, card_in })
    }

    /// By what the person is known so far.
    pub(crate) fn kind(&self) -> MediumKind {
        self.medium.kind()
    }

    /// Asking once more may help: a code may have been used up by the question before.
    pub(crate) fn can_retry(&self) -> bool {
        self.kind() != MediumKind::Code
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, event: Event) -> Stage {
        let by_card = self.kind() == MediumKind::Card;
        match event {
            Event::Answer { id, result } if self.pending.is(id) => {
                return match result {
                    Ok(Answer::Identified(person)) if self.medium.fits(&person) => {
                        Visit::enter(cx, self.medium, person, self.card_in)
                    }
                    Ok(Answer::Identified(_)) => self.refused(cx, &LedgerError::CredentialMismatch),
                    Ok(_) => self.gave_no_answer(cx, LedgerTrouble::Away),
                    Err(error) => self.refused(cx, &error),
                };
            }
            Event::Card(CardNews::Removed) if by_card => return leave(cx),
            Event::Card(CardNews::Removed) => self.card_in = false,
            Event::Card(CardNews::Inserted) if cx.devices.card_is_new() => {
                if by_card {
                    return Reading::enter(cx);
                }
                self.card_in = true;
            }
            // What began the visit may be taken away at once.
            Event::Document(DocumentNews::Placed | DocumentNews::Lifted) => {}
            Event::Tick => {
                if self.pending.tick(cx) == Wait::GivenUp {
                    return self.gave_no_answer(cx, LedgerTrouble::Silent);
                }
            }
            Event::Tap(Tap::Retry) if self.pending.slow() && self.can_retry() => {
                return Self::ask(cx, self.medium, self.card_in);
            }
            Event::Tap(Tap::Finish) if self.pending.slow() => return end(cx),
            other => ignore(cx, &other),
        }
        Stage::Identifying(self)
    }

    pub(crate) fn deadline(&self) -> u64 {
        self.pending.deadline()
    }

    fn refused(self, cx: &mut Cx, error: &LedgerError) -> Stage {
        let kind = self.kind();
        let why = match error {
            LedgerError::UnknownPerson => Refusal::UnknownPerson(kind),
            LedgerError::CardReportedLost => Refusal::ReportedLost,
            LedgerError::CredentialMismatch => Refusal::Mismatch(kind),
            LedgerError::CodeInvalid => Refusal::CodeInvalid,
            other => Refusal::Ledger(LedgerTrouble::from(other), kind),
        };
        self.refuse(cx, why)
    }

    fn gave_no_answer(self, cx: &mut Cx, trouble: LedgerTrouble) -> Stage {
        let kind = self.kind();
        self.refuse(cx, Refusal::Ledger(trouble, kind))
    }

    fn refuse(self, cx: &mut Cx, why: Refusal) -> Stage {
        // The card that was put in meanwhile is the patron's next attempt.
        if self.card_in { Reading::enter(cx) } else { Refused::enter(cx, why) }
    }
}
