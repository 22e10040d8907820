//! What a slip is of.

use crate::domain::period::Period;
use crate::statement::{ReceiptFacts, SlipKind};

/// A statement of a period, or the receipt of a write. Personal.
#[derive(Clone)]
pub(crate) enum Paper {
    /// Records of a period.
    Statement {
        /// Which.
        kind: SlipKind,
        /// Over which days.
        period: Period,
    },
    /// A write and what became of it.
    Receipt(Box<ReceiptFacts>),
}

impl Paper {
    /// Whether both are the same paper, of which further copies are marked; a receipt is known by the
    /// number of its write.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Statement { kind, period },
                Self::Statement { kind: other_kind, period: other_period },
            ) => kind == other_kind && period == other_period,
            (Self::Receipt(facts), Self::Receipt(other)) => facts.reference == other.reference,
            (Self::Statement { .. }, Self::Receipt(_))
            | (Self::Receipt(_), Self::Statement { .. }) => false,
        }
    }
}
