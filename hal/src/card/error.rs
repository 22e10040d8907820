//! Why a card could not be read.

use core::fmt;

use super::{atr::AtrError, status_word::StatusWord};

/// Why a command of the card reader failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CardError {
    /// The card was pulled out, perhaps another put in.
    Removed,
    /// The card does not answer: wrong way round, dirty, or broken.
    Mute,
    /// The card offers no protocol that the driver speaks (T=0, T=1).
    UnsupportedProtocol,
    /// A card, but no 社会保障卡.
    NotSocialCard,
    /// The card, or its social-security application, was locked by its issuer.
    Blocked,
    /// The card answers, but not as it should.
    Unreadable(Unreadable),
    /// The reader was unplugged or stopped answering.
    ReaderLost,
    /// It took longer than it may.
    TimedOut,
}

/// What about a card cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unreadable {
    /// Its answer to reset is invalid.
    Atr(AtrError),
    /// Its line stays disturbed after all retries.
    Transmission,
    /// Its blocks break the protocol.
    Protocol,
    /// It refuses a command.
    Status(StatusWord),
    /// The record of this tag is broken or has a wrong length.
    Record(u8),
    /// The record of this tag holds no date that exists.
    Date(u8),
    /// The record of this tag holds no text, or none at all.
    Text(u8),
}

impl fmt::Display for CardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Removed => f.write_str("the card was removed while it was being read"),
            Self::Mute => f.write_str("the card does not answer"),
            Self::UnsupportedProtocol => {
                f.write_str("the card offers neither protocol T=0 nor T=1")
            }
            Self::NotSocialCard => f.write_str("the card is not a social-security card"),
            Self::Blocked => f.write_str("the card is locked by its issuer"),
            Self::Unreadable(reason) => write!(f, "the card cannot be read: {reason}"),
            Self::ReaderLost => f.write_str("the card reader does not answer any more"),
            Self::TimedOut => f.write_str("the card took too long to answer"),
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Atr(AtrError::Truncated) => f.write_str("its answer to reset is cut short"),
            Self::Atr(AtrError::Convention) => f.write_str("its answer to reset starts wrongly"),
            Self::Atr(AtrError::TooLong) => f.write_str("its answer to reset is too long"),
            Self::Atr(AtrError::Checksum) => f.write_str("its answer to reset fails its check"),
            Self::Transmission => f.write_str("the line is disturbed"),
            Self::Protocol => f.write_str("it breaks the protocol"),
            Self::Status(status) => write!(f, "it answers {:04X}", status.code()),
            Self::Record(tag) => write!(f, "record {tag:02X} is broken"),
            Self::Date(tag) => write!(f, "record {tag:02X} holds no valid date"),
            Self::Text(tag) => write!(f, "record {tag:02X} holds no valid text"),
        }
    }
}

impl core::error::Error for CardError {}
impl core::error::Error for Unreadable {}
