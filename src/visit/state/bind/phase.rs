//! How far the exchange of cards is.

use super::note::Note;
use super::quest::Found;
use crate::visit::event::{CardHolder, QueryId};
use crate::visit::pending::Pending;

/// What came of it: somebody, or why nobody; `Err(None)`: the patron gave it up.
pub(crate) type Came = Result<Box<Found>, Option<Note>>;

/// How far the exchange is. Personal; lives only inside a `Visit`.
pub(crate) enum Phase {
    /// The patron's own card is to be taken out.
    TakeOwn,
    /// The slot is empty: the relative's card is to be put in.
    PutOther,
    /// It is being read.
    Reading { until_ms: u64 },
    /// It could not be used: it is to be taken out, and another try made.
    TakeUnusable(Note),
    /// The ledger is asked whose it is.
    Looking { card: CardHolder, pending: Pending, gone: bool },
    /// The relative's card is to be taken out.
    TakeOther(Came),
    /// The slot is empty: the patron's own card is to be put back.
    PutOwn(Came),
    /// What was put back is being read.
    Verifying { attempts_left: u8, until_ms: u64, came: Came },
}

impl Phase {
    /// The phase's own bound.
    pub(crate) fn deadline(&self) -> Option<u64> {
        match self {
            Self::Reading { until_ms } | Self::Verifying { until_ms, .. } => Some(*until_ms),
            Self::Looking { pending, .. } => Some(pending.deadline()),
            _ => None,
        }
    }

    /// Whether an answer belongs to the question to the ledger.
    pub(crate) fn asked(&self, id: QueryId) -> bool {
        matches!(self, Self::Looking { pending, .. } if pending.is(id))
    }

    /// 返回 leads somewhere from here.
    pub(crate) fn can_go_back(&self) -> bool {
        matches!(
            self,
            Self::TakeOwn | Self::PutOther | Self::TakeUnusable(_) | Self::Looking { .. }
        )
    }
}
