//! Why a document could not be read.

use core::fmt;

use super::{status::SamStatus, text::TextError};

/// Why a command of the ID card reader, or a reading, failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdCardError {
    /// The document was lifted while it was read.
    LiftedOff,
    /// The reader said so.
    Sam(SamStatus),
    /// What the document says cannot be.
    Text(TextError),
    /// The line stays disturbed after all repeats.
    Transmission,
    /// The reader was unplugged or stopped answering.
    ReaderLost,
    /// It took longer than it may.
    TimedOut,
    /// The host cancelled it.
    Cancelled,
}

impl IdCardError {
    /// Whether the document fails its own verification: broken, or forged.
    pub const fn is_suspicious(self) -> bool {
        matches!(self, Self::Sam(status) if status.is_suspicious())
    }
}

impl fmt::Display for IdCardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LiftedOff => f.write_str("the document was lifted while it was being read"),
            Self::Sam(status) => write!(f, "the ID card reader says: {status}"),
            Self::Text(error) => write!(f, "the document cannot be understood: {error}"),
            Self::Transmission => f.write_str("the line to the ID card reader is disturbed"),
            Self::ReaderLost => f.write_str("the ID card reader does not answer any more"),
            Self::TimedOut => f.write_str("the ID card reader took too long"),
            Self::Cancelled => f.write_str("the command was cancelled"),
        }
    }
}

impl core::error::Error for IdCardError {}
