//! Commands, events and refusals of the ID card reader.

use core::fmt;

use super::{document::IdDocument, error::IdCardError, sam_id::SamId};
use crate::driver::DeviceState;

/// What the host may ask of the ID card reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdCardCommand {
    /// From now on read every document that is put down (`true`), or only notice it (`false`).
    ///
    /// Taken at any time, even without a reader; ends at once in [`IdCardEvent::Accepting`]
    /// (of several that were not taken yet, only the last is told).
    /// `false` cancels a reading under way, and drops a result that was not taken yet.
    Accept(bool),
    /// Start the reader's security module anew; ends in [`IdCardEvent::Reset`] within
    /// [`COMMAND_LIMIT`](super::limits::COMMAND_LIMIT).
    Reset,
    /// Cancel the reading or the reset under way: it ends with
    /// [`IdCardError::Cancelled`]. Nothing happens when there is none.
    Cancel,
}

/// What the ID card reader reports.
#[derive(Debug)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "below 400 bytes, and there is no heap")]
pub enum IdCardEvent {
    /// The reader's state changed.
    State(DeviceState),
    /// The reader answers, for the first time or again.
    Reader {
        /// The number of its security module, when it tells it.
        sam_id: Option<SamId>,
    },
    /// A document was put down.
    Placed,
    /// A document was read, or could not be. Told once while it lies there, except that success
    /// may follow a failure.
    Read(Result<IdDocument, IdCardError>),
    /// No document lies on the reader any more, or it is another one now.
    Lifted,
    /// The end of [`IdCardCommand::Accept`].
    Accepting(bool),
    /// The end of [`IdCardCommand::Reset`].
    Reset(Result<(), IdCardError>),
}

/// Why a command was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdCardRefusal {
    /// There is no reader, or it does not answer.
    NoReader,
    /// The reader is being started anew, or the end of that was not taken yet.
    Busy,
}

impl fmt::Display for IdCardRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoReader => "the ID card reader does not answer",
            Self::Busy => "the ID card reader is being started anew",
        })
    }
}

impl core::error::Error for IdCardRefusal {}
