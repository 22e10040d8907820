//! Writes into the ledger, each exactly once: the journal has it before the ledger hears of it, and
//! what cannot be known is asked for until it is.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use jiff::civil::DateTime;

use super::SharedJournal;
use crate::domain::operation::OperationId;
use crate::journal::{Begun, JournalError};
use crate::records::port::{Ledger, LedgerError, Operation, OperationRequest, Outcome};
use crate::visit::event::WriteOutcome;

/// After the first question that the ledger did not answer, the next comes so much later; the time
/// doubles with each.
const RETRY_MIN: Duration = Duration::from_secs(5);
/// The longest time between two questions about the same write.
const RETRY_MAX: Duration = Duration::from_secs(600);

/// Begins writes, settles them, and asks again for those that are open.
///
/// It calls [`Ledger::execute`] once for an id, ever: everything after that is
/// [`Ledger::reconcile`]. The log names writes by their ids only.
pub struct Registrar {
    journal: SharedJournal,
    /// The hall's time.
    clock: fn() -> DateTime,
    /// Writes of which it is not known what became.
    open: Vec<Open>,
    /// The ledger did not answer when it was last asked.
    away: bool,
}

struct Open {
    id: OperationId,
    /// The journal has it as unknown.
    doubted: bool,
    failures: u32,
    due: Instant,
}

impl Registrar {
    /// Takes over what an earlier life of the kiosk has left open; all of it is due at once.
    ///
    /// # Errors
    /// What the journal says.
    pub fn new(journal: SharedJournal, clock: fn() -> DateTime) -> Result<Self, JournalError> {
        let due = Instant::now();
        let left = journal.with(|journal| journal.open_operations())?;
        let open: Vec<Open> = left
            .into_iter()
            .map(|left| Open { id: left.id, doubted: left.unknown, failures: 0, due })
            .collect();
        if !open.is_empty() {
            log::warn!("operation.left_open count={}", open.len());
        }
        Ok(Self { journal, clock, open, away: false })
    }

    /// Does a write. What is due of earlier writes is asked for first; while the ledger does not
    /// answer that, nothing is begun.
    pub fn operate(&mut self, ledger: &mut dyn Ledger, request: OperationRequest) -> WriteOutcome {
        if !self.reconcile(ledger) {
            log::warn!("operation.not_begun the ledger does not answer for earlier ones");
            return WriteOutcome::NotBegun;
        }
        let now = (self.clock)();
        let begun = self.journal.with(|journal| journal.begin_operation(&request, now));
        let Begun { id, reference } = match begun {
            Ok(begun) => begun,
            Err(e) => {
                log::error!("operation.not_begun {e}");
                return WriteOutcome::NotBegun;
            }
        };
        log::info!("operation.begun {id} {reference}");
        self.open.push(Open { id, doubted: false, failures: 0, due: Instant::now() });
        let operation = Operation { id, request };
        let done = self.ask(id, || ledger.execute(&operation));
        drop(operation);
        let outcome = match done {
            Some(outcome) => {
                self.settle(id, &outcome);
                Some(outcome)
            }
            // Nobody else may have seen the answer, so the ledger is asked for it at once.
            None => self.reconcile_one(ledger, id),
        };
        match outcome {
            Some(Outcome::Confirmed(receipt)) => WriteOutcome::Confirmed { receipt, reference },
            Some(Outcome::Refused(why)) => WriteOutcome::Refused { why, reference },
            None => WriteOutcome::Unknown { reference },
        }
    }

    /// Asks what became of the open writes that are due; whether the ledger answered for all of them.
    pub fn reconcile(&mut self, ledger: &mut dyn Ledger) -> bool {
        let now = Instant::now();
        let due: Vec<_> = self.open.iter().filter(|o| o.due <= now).map(|o| o.id).collect();
        // One that does not answer would hold each question up for as long as it may.
        due.into_iter().all(|id| self.reconcile_one(ledger, id).is_some())
    }

    /// When [`reconcile`](Self::reconcile) has something to ask; `None` while nothing is open.
    pub fn due(&self) -> Option<Instant> {
        self.open.iter().map(|open| open.due).min()
    }

    /// The ledger has answered a question, or has not. When it does again, all that is open is due.
    pub fn heard(&mut self, answered: bool) {
        if answered && self.away {
            let now = Instant::now();
            self.open.iter_mut().for_each(|open| open.due = now);
        }
        self.away = !answered;
    }

    fn reconcile_one(&mut self, ledger: &mut dyn Ledger, id: OperationId) -> Option<Outcome> {
        let outcome = self.ask(id, || ledger.reconcile(id));
        match &outcome {
            Some(outcome) => self.settle(id, outcome),
            None => self.doubt(id),
        }
        outcome
    }

    /// Calls the ledger. A panic in its adapter must not take the write with it: it is then as if no
    /// answer had come.
    fn ask(
        &mut self,
        id: OperationId,
        call: impl FnOnce() -> Result<Outcome, LedgerError>,
    ) -> Option<Outcome> {
        let answer = catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|_| {
            Err(LedgerError::Unavailable("the ledger's adapter panicked".into()))
        });
        self.away = answer.is_err();
        answer.inspect_err(|e| log::error!("operation.no_answer {id}: {e}")).ok()
    }

    fn settle(&mut self, id: OperationId, outcome: &Outcome) {
        let now = (self.clock)();
        match self.journal.with(|journal| journal.settle_operation(id, outcome, now)) {
            Ok(()) => {
                match outcome {
                    Outcome::Confirmed(_) => log::info!("operation.confirmed {id}"),
                    Outcome::Refused(why) => log::info!("operation.refused {id} {}", why.code()),
                }
                self.open.retain(|open| open.id != id);
            }
            Err(e @ (JournalError::Settled(_) | JournalError::NoSuchOperation(_))) => {
                log::error!(
                    "operation.contradicted {id}: {e}; show the journal to the ledger's staff"
                );
                self.open.retain(|open| open.id != id);
            }
            Err(e) => {
                // It stays open, so that the ledger is asked again and says the same.
                log::error!("operation.not_settled {id}: {e}");
                self.put_off(id);
            }
        }
    }

    fn doubt(&mut self, id: OperationId) {
        self.put_off(id);
        let now = (self.clock)();
        let Some(open) = self.open.iter_mut().find(|open| open.id == id && !open.doubted) else {
            return;
        };
        match self.journal.with(|journal| journal.doubt_operation(id, now)) {
            Ok(()) => {
                open.doubted = true;
                log::warn!("operation.unknown {id}");
            }
            Err(e) => log::error!("operation.not_settled {id}: {e}"),
        }
    }

    fn put_off(&mut self, id: OperationId) {
        let Some(open) = self.open.iter_mut().find(|open| open.id == id) else { return };
        let wait = RETRY_MIN.saturating_mul(1_u32.checked_shl(open.failures).unwrap_or(u32::MAX));
        open.failures = open.failures.saturating_add(1);
        open.due = Instant::now() + wait.min(RETRY_MAX);
    }
}
