//! What cannot be put on a simulated card.

use core::fmt;

use crate::card::pin::PinError;

/// Why a card cannot be made as described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SimCardError {
    /// The name has a character that GBK lacks.
    NameNotGbk,
    /// The name is longer than the card's version can hold (30 bytes, from 2.00 on 50).
    NameTooLong,
    /// The value of this tag is longer than its record.
    TooLong(u8),
    /// The PIN is none.
    Pin(PinError),
}

impl fmt::Display for SimCardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NameNotGbk => f.write_str("the name has a character that GBK lacks"),
            Self::NameTooLong => {
                f.write_str("the name is too long: 15 Chinese characters, from version 2.00 on 25")
            }
            Self::TooLong(tag) => write!(f, "the value of record {tag:02X} is too long"),
            Self::Pin(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for SimCardError {}
