//! The PIN of a card's holder.

use core::fmt;

use heapless::Vec;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::limits::{PIN_DIGITS_MAX, PIN_DIGITS_MIN};

/// A PIN of 4 to 12 digits; wiped when dropped, never shown.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Pin {
    digits: Vec<u8, PIN_DIGITS_MAX>,
}

/// Why a text is no PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PinError {
    /// Less than 4 or more than 12 characters.
    Length,
    /// Something other than the digits 0 to 9.
    NotDigits,
}

/// How a card wants its PIN in VERIFY.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PinFormat {
    /// Two digits a byte, an odd one filled with F: `12345` is `12 34 5F`.
    ///
    /// What programs for 社会保障卡 send (`00 20 00 00 03` and three bytes for six digits).
    #[default]
    PackedDigits,
    /// A character a byte, padded with FF to eight: `1234` is `31 32 33 34 FF FF FF FF`.
    PaddedAscii,
    /// A character a byte, not padded.
    Ascii,
}

impl Pin {
    /// Takes a PIN as it was keyed in.
    ///
    /// # Errors
    /// It is too short, too long, or not of digits.
    pub fn new(text: &str) -> Result<Self, PinError> {
        if !(PIN_DIGITS_MIN..=PIN_DIGITS_MAX).contains(&text.len()) {
            return Err(PinError::Length);
        }
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PinError::NotDigits);
        }
        let digits = text.bytes().map(|byte| byte - b'0').collect();
        Ok(Self { digits })
    }

    /// The data of VERIFY.
    pub(super) fn encode(&self, format: PinFormat) -> Vec<u8, PIN_DIGITS_MAX> {
        let mut block: Vec<u8, PIN_DIGITS_MAX> = match format {
            PinFormat::PackedDigits => {
                let pair = |pair: &[u8]| match *pair {
                    [high, low] => high << 4 | low,
                    [high] => high << 4 | 0x0F,
                    _ => 0xFF,
                };
                self.digits.chunks(2).map(pair).collect()
            }
            PinFormat::PaddedAscii | PinFormat::Ascii => {
                self.digits.iter().map(|digit| digit + b'0').collect()
            }
        };
        while format == PinFormat::PaddedAscii && block.len() < PADDED_BYTES {
            // Fits: eight is less than twelve.
            let _ = block.push(0xFF);
        }
        block
    }
}

/// Bytes of a padded PIN.
const PADDED_BYTES: usize = 8;

impl fmt::Display for PinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "a PIN has 4 to 12 digits",
            Self::NotDigits => "a PIN is of digits only",
        })
    }
}

impl core::error::Error for PinError {}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Pin, PinError, PinFormat};

    #[test]
    fn a_pin_is_of_digits_and_has_a_form() {
        let table: &[(&str, PinFormat, &[u8])] = &[
            ("123456", PinFormat::PackedDigits, &[0x12, 0x34, 0x56]),
            ("12345", PinFormat::PackedDigits, &[0x12, 0x34, 0x5F]),
            ("1234", PinFormat::PaddedAscii, &[0x31, 0x32, 0x33, 0x34, 255, 255, 255, 255]),
            ("123456789012", PinFormat::PaddedAscii, b"123456789012"),
            ("123456", PinFormat::Ascii, b"123456"),
        ];
        for &(text, format, bytes) in table {
            assert_eq!(Pin::new(text).unwrap().encode(format), bytes, "{format:?}");
        }
        for (text, error) in [
            ("", PinError::Length),
            ("123", PinError::Length),
            ("1234567890123", PinError::Length),
            ("12a4", PinError::NotDigits),
            ("１２", PinError::NotDigits),
        ] {
            assert_eq!(Pin::new(text).err(), Some(error), "{text}");
        }
    }
}
