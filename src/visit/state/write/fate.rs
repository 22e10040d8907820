//! What is known of a write that was sent.

use crate::records::port::{Receipt, WriteRefusal};
use crate::visit::event::WriteOutcome;

/// What became of a write, as far as the patron can be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is done.
    Confirmed { receipt: Receipt, reference: String },
    /// It is not done, and will not be.
    Refused { why: WriteRefusal, reference: String },
    /// Nobody knows yet; without a reference the kiosk itself has said nothing in time.
    Unknown { reference: Option<String> },
    /// Nothing was sent.
    NotBegun,
}

impl From<WriteOutcome> for Fate {
    fn from(outcome: WriteOutcome) -> Self {
        match outcome {
            WriteOutcome::Confirmed { receipt, reference } => {
                Self::Confirmed { receipt, reference }
            }
            WriteOutcome::Refused { why, reference } => Self::Refused { why, reference },
            WriteOutcome::Unknown { reference } => Self::Unknown { reference: Some(reference) },
            WriteOutcome::NotBegun => Self::NotBegun,
        }
    }
}

impl Fate {
    /// Nobody has said anything in time.
    pub(crate) const SILENCE: Self = Self::Unknown { reference: None };

    /// The ledger's records may be others than before.
    pub(crate) fn may_have_changed(&self) -> bool {
        matches!(self, Self::Confirmed { .. } | Self::Unknown { .. })
    }
}
