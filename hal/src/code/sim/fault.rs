//! What a simulated code scanner can be asked to do wrong.

use core::{fmt, str::FromStr};
use std::string::String;

use crate::time::Duration;

/// A fault; each spoils one scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScannerFault {
    /// Junk comes before the scan.
    JunkBeforeScan,
    /// The scan stops in the middle, without its end.
    HalfThenSilence,
    /// The scan is longer than any may be.
    TooLong,
    /// This bit of the scan is flipped, counted from the first; round and round.
    FlipBit(u32),
    /// The scan comes so much later.
    Late(Duration),
}

/// Text that names no fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFault(String);

impl fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "'{}' is no fault of the code scanner; say junk, half, long, flip [BIT] or late [MS]",
            self.0
        )
    }
}

impl core::error::Error for UnknownFault {}

impl FromStr for ScannerFault {
    type Err = UnknownFault;

    /// Reads `junk`, `half`, `long`, `flip 7`, `late 800`; a missing number is 7 (late: 1000 ms).
    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        let unknown = || UnknownFault(text.into());
        let mut words = text.split_ascii_whitespace();
        let (kind, number) = (words.next().ok_or_else(unknown)?, words.next());
        if words.next().is_some() {
            return Err(unknown());
        }
        let count = |default: u32| number.map_or(Ok(default), |n| n.parse().map_err(|_| unknown()));
        let alone = |fault: Self| if number.is_none() { Ok(fault) } else { Err(unknown()) };
        match kind {
            "junk" => alone(Self::JunkBeforeScan),
            "half" => alone(Self::HalfThenSilence),
            "long" => alone(Self::TooLong),
            "flip" => count(7).map(Self::FlipBit),
            "late" => count(1000).map(|ms| Self::Late(Duration::from_millis(ms.into()))),
            _ => Err(unknown()),
        }
    }
}
