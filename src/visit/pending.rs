//! A question to the ledger that has not been answered.

use super::cx::Cx;
use super::event::QueryId;
use crate::records::port::LedgerError;

/// Why the ledger did not help, as far as a patron needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LedgerTrouble {
    /// It said that it is busy.
    Busy,
    /// It cannot be reached.
    Away,
    /// It gave no answer in time.
    Silent,
}

impl From<&LedgerError> for LedgerTrouble {
    fn from(error: &LedgerError) -> Self {
        match error {
            LedgerError::Busy => Self::Busy,
            _ => Self::Away,
        }
    }
}

/// What waiting has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    /// Go on waiting.
    On,
    /// Nobody will answer any more.
    GivenUp,
}

/// An open question and its bounds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pending {
    id: QueryId,
    slow_at_ms: u64,
    give_up_at_ms: u64,
    slow: bool,
}

impl Pending {
    pub(super) fn new(id: QueryId, cx: &Cx) -> Self {
        let slow_at_ms = cx.after(cx.limits.ledger_slow_ms);
        let give_up_at_ms = cx.after(cx.limits.ledger_give_up_ms).max(slow_at_ms);
        Self { id, slow_at_ms, give_up_at_ms, slow: false }
    }

    /// Whether an answer belongs to this question.
    pub(crate) fn is(&self, id: QueryId) -> bool {
        self.id == id
    }

    /// The patron has been told that it takes longer.
    pub(crate) fn slow(&self) -> bool {
        self.slow
    }

    /// Time has passed.
    pub(crate) fn tick(&mut self, cx: &Cx) -> Wait {
        self.slow = cx.due(self.slow_at_ms);
        if cx.due(self.give_up_at_ms) { Wait::GivenUp } else { Wait::On }
    }

    /// When [`Self::tick`] is due.
    pub(crate) fn deadline(&self) -> u64 {
        if self.slow { self.give_up_at_ms } else { self.slow_at_ms }
    }
}
