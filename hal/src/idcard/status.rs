//! The third status byte of every answer (SW3, GA 467).

use core::fmt;

/// What the reader says of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SamStatus {
    /// 90: done.
    Done,
    /// 9F: a document was found.
    Found,
    /// 91: the document has no such content.
    NoContent,
    /// 10: the command came with a wrong checksum.
    Checksum,
    /// 11: the command came with a wrong length.
    Length,
    /// 21: the command is wrong.
    BadCommand,
    /// 23: the command is not permitted.
    NotPermitted,
    /// 24: the command is unknown.
    UnknownCommand,
    /// 31: the document does not accept the reader's security module.
    DocumentRejectsSam,
    /// 32: the security module does not accept the document.
    SamRejectsDocument,
    /// 33: the document fails its verification.
    Verification,
    /// 40: a card, but no document that the reader knows.
    UnknownDocument,
    /// 41: the document could not be read.
    ReadFailed,
    /// 47: the document gave no random number.
    NoRandom,
    /// 60: the security module fails its own test.
    SelfTest,
    /// 66: the security module was never authorised, or is not any more.
    NotAuthorised,
    /// 80: no document was found.
    NotFound,
    /// 81: the document could not be selected.
    NotSelected,
    /// Any other byte.
    Other(u8),
}

/// Every status that has a name, with its byte.
pub const SAM_STATUSES: [(u8, SamStatus); 18] = [
    (0x90, SamStatus::Done),
    (0x9F, SamStatus::Found),
    (0x91, SamStatus::NoContent),
    (0x10, SamStatus::Checksum),
    (0x11, SamStatus::Length),
    (0x21, SamStatus::BadCommand),
    (0x23, SamStatus::NotPermitted),
    (0x24, SamStatus::UnknownCommand),
    (0x31, SamStatus::DocumentRejectsSam),
    (0x32, SamStatus::SamRejectsDocument),
    (0x33, SamStatus::Verification),
    (0x40, SamStatus::UnknownDocument),
    (0x41, SamStatus::ReadFailed),
    (0x47, SamStatus::NoRandom),
    (0x60, SamStatus::SelfTest),
    (0x66, SamStatus::NotAuthorised),
    (0x80, SamStatus::NotFound),
    (0x81, SamStatus::NotSelected),
];

impl SamStatus {
    /// The status that `code` means.
    pub fn from_code(code: u8) -> Self {
        let known = SAM_STATUSES.iter().find(|(known, _)| *known == code);
        known.map_or(Self::Other(code), |(_, status)| *status)
    }

    /// The byte on the wire.
    pub fn code(self) -> u8 {
        match self {
            Self::Other(code) => code,
            named => SAM_STATUSES.iter().find(|(_, s)| *s == named).map_or(0, |(code, _)| *code),
        }
    }

    /// Whether the document fails its own verification: broken, or forged.
    pub const fn is_suspicious(self) -> bool {
        matches!(self, Self::DocumentRejectsSam | Self::SamRejectsDocument | Self::Verification)
    }

    /// Whether the security module is broken: a matter for a technician.
    pub const fn is_hardware_fault(self) -> bool {
        matches!(self, Self::SelfTest | Self::NotAuthorised)
    }

    /// Whether the command did not reach the reader unharmed.
    pub const fn is_disturbance(self) -> bool {
        matches!(self, Self::Checksum | Self::Length)
    }

    /// Whether the reader does not carry out the command at all.
    pub const fn is_refusal(self) -> bool {
        matches!(self, Self::BadCommand | Self::NotPermitted | Self::UnknownCommand)
    }

    /// Whether it means that nothing new lies on the reader.
    pub const fn is_nothing_found(self) -> bool {
        matches!(self, Self::NotFound | Self::NotSelected)
    }
}

impl fmt::Display for SamStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Done => "done",
            Self::Found => "a document was found",
            Self::NoContent => "the document has no such content",
            Self::Checksum => "the command came with a wrong checksum",
            Self::Length => "the command came with a wrong length",
            Self::BadCommand => "the command is wrong",
            Self::NotPermitted => "the command is not permitted",
            Self::UnknownCommand => "the command is unknown to the reader",
            Self::DocumentRejectsSam => "the document does not accept the security module",
            Self::SamRejectsDocument => "the security module does not accept the document",
            Self::Verification => "the document fails its verification",
            Self::UnknownDocument => "the card is no identity document",
            Self::ReadFailed => "the document could not be read",
            Self::NoRandom => "the document gave no random number",
            Self::SelfTest => "the security module fails its own test",
            Self::NotAuthorised => "the security module is not authorised",
            Self::NotFound => "no document was found",
            Self::NotSelected => "the document could not be selected",
            Self::Other(code) => return write!(f, "unknown status {code:02X}"),
        })
    }
}
