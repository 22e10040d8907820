//! What was scanned.

use core::fmt;

use heapless::Vec;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::limits::SCAN_BYTES_MAX;

/// The content of one scanned code.
///
/// It may be a secret: formatting it shows nothing, and it is wiped when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Scan(Vec<u8, SCAN_BYTES_MAX>);

/// Why what came is no scan. The content is never part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ScanError {
    /// More bytes than a scan may have.
    TooLong,
    /// Control characters, or no UTF-8: noise on the line, or a wrong baud rate.
    Garbage,
}

impl Scan {
    /// Takes the bytes of a frame, without an AIM prefix (ISO/IEC 15424) if it has one.
    ///
    /// # Errors
    /// It is too long, empty, no UTF-8, or has control characters.
    pub fn parse(frame: &[u8]) -> Result<Self, ScanError> {
        let content = match frame {
            [b']', letter, digit, content @ ..]
                if letter.is_ascii_alphabetic() && digit.is_ascii_digit() =>
            {
                content
            }
            content => content,
        };
        let mut scan = Self(Vec::new());
        scan.0.extend_from_slice(content).map_err(|_| ScanError::TooLong)?;
        let text = scan.reveal();
        if text.is_empty() || text.chars().any(char::is_control) {
            return Err(ScanError::Garbage);
        }
        Ok(scan)
    }

    /// The content. Whoever takes it out is answerable for it.
    pub fn reveal(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for Scan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scan").finish_non_exhaustive()
    }
}

impl fmt::Display for ScanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "the scanned code is longer than 512 bytes",
            Self::Garbage => "what the scanner sent is no text",
        })
    }
}

impl core::error::Error for ScanError {}
