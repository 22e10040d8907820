//! Commands, events and refusals of the card reader.

use core::fmt;

use heapless::String;

use super::{
    error::CardError, limits::FIRMWARE_CHARS_MAX, pin::Pin, social_card::SocialCard,
    verify::VerifyError,
};
use crate::driver::DeviceState;

/// What the host may ask of the card reader.
#[non_exhaustive]
pub enum CardCommand {
    /// Power the card and read it; ends in [`CardEvent::Read`] within
    /// [`READ_LIMIT`](super::limits::READ_LIMIT).
    ///
    /// The card stays powered after success: as long as it is, it is known to be the same card.
    Read,
    /// Have the card that was read, and has kept its power since, check its holder's PIN; ends in
    /// [`CardEvent::Verified`] within [`READ_LIMIT`](super::limits::READ_LIMIT).
    ///
    /// A wrong PIN costs a try, so nothing is ever sent twice: see [`VerifyError::Unknown`].
    Verify(Pin),
    /// Cut the card's power before the patron takes it; ends in [`CardEvent::PowerOff`].
    PowerOff,
}

/// A command without its content, to tell one from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CardCommandKind {
    /// [`CardCommand::Read`].
    Read,
    /// [`CardCommand::Verify`].
    Verify,
    /// [`CardCommand::PowerOff`].
    PowerOff,
}

impl CardCommand {
    /// What kind it is.
    pub const fn kind(&self) -> CardCommandKind {
        match self {
            Self::Read => CardCommandKind::Read,
            Self::Verify(_) => CardCommandKind::Verify,
            Self::PowerOff => CardCommandKind::PowerOff,
        }
    }
}

impl fmt::Debug for CardCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind().fmt(f)
    }
}

/// What the card reader reports.
#[derive(Debug)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "below 400 bytes, and there is no heap")]
pub enum CardEvent {
    /// The reader's state changed.
    State(DeviceState),
    /// The reader answers, for the first time or again.
    Reader {
        /// What it calls itself; empty when it does not tell.
        firmware: String<FIRMWARE_CHARS_MAX>,
        /// Whether it sends every command back before its answer.
        echo: bool,
    },
    /// A card is in the slot.
    ///
    /// Told again after the reader was away: the card may then be another one, so read it again.
    Present,
    /// The card that was in the slot is not there any more.
    Removed,
    /// The end of [`CardCommand::Read`].
    Read(Result<SocialCard, CardError>),
    /// The end of [`CardCommand::Verify`].
    Verified(Result<(), VerifyError>),
    /// The end of [`CardCommand::PowerOff`].
    PowerOff(Result<(), CardError>),
}

/// Why a command was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CardRefusal {
    /// There is no reader, or it does not answer.
    NoReader,
    /// There is no card in the slot.
    NoCard,
    /// The card that is in was not read, or has lost its power since: it may be another.
    NotRead,
    /// A command is under way, or its final event was not taken yet.
    Busy,
}

impl fmt::Display for CardRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoReader => "the card reader does not answer",
            Self::NoCard => "there is no card in the reader",
            Self::NotRead => "the card was not read, or may have been exchanged since",
            Self::Busy => "the card reader is busy with another command",
        })
    }
}

impl core::error::Error for CardRefusal {}
