//! The ledger is asked whose card it is.

use super::idle::Idle;
use super::reading::Reading;
use super::refused::{Refusal, Refused};
use super::take_card::TakeCard;
use super::{Stage, Visit, ignore};
use crate::records::port::{Credential, LedgerError};
use crate::visit::cx::Cx;
use crate::visit::event::{Answer, CardHolder, CardNews, Event, Query, Tap};
use crate::visit::pending::{LedgerTrouble, Pending, Wait};

/// Waiting for the ledger to name the holder. Personal.
pub(crate) struct Identifying {
    holder: CardHolder,
    pub pending: Pending,
}

impl Identifying {
    pub(crate) fn enter(cx: &mut Cx, holder: CardHolder) -> Stage {
        let credential =
            Credential::Card { number: holder.number.clone(), id_number: holder.id_number.clone() };
        let pending = cx.ask(Query::Identify(credential));
        Stage::Identifying(Self { holder, pending })
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, event: Event) -> Stage {
        match event {
            Event::Answer { id, result } if self.pending.is(id) => {
                return match result {
                    Ok(Answer::Identified(person)) => Visit::enter(cx, self.holder, person),
                    Ok(_) => Refused::enter(cx, Refusal::Ledger(LedgerTrouble::Away)),
                    Err(error) => Refused::enter(cx, refusal(&error)),
                };
            }
            Event::Card(CardNews::Removed) => return Idle::enter(),
            Event::Card(CardNews::Inserted) if cx.devices.card_is_new() => {
                return Reading::enter(cx);
            }
            Event::Tick => {
                if self.pending.tick(cx) == Wait::GivenUp {
                    return Refused::enter(cx, Refusal::Ledger(LedgerTrouble::Silent));
                }
            }
            Event::Tap(Tap::Retry) if self.pending.slow() => return Self::enter(cx, self.holder),
            Event::Tap(Tap::Finish) if self.pending.slow() => return TakeCard::enter(cx),
            other => ignore(cx, &other),
        }
        Stage::Identifying(self)
    }

    pub(crate) fn deadline(&self) -> u64 {
        self.pending.deadline()
    }
}

fn refusal(error: &LedgerError) -> Refusal {
    match error {
        LedgerError::UnknownPerson => Refusal::UnknownPerson,
        LedgerError::CardReportedLost => Refusal::ReportedLost,
        LedgerError::CredentialMismatch => Refusal::Mismatch,
        other => Refusal::Ledger(LedgerTrouble::from(other)),
    }
}
