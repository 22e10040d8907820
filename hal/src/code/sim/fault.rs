//! What a simulated code scanner can be asked to do wrong.

use core::{fmt, str::FromStr};
use std::string::String;

use crate::{fault_words::FaultWords, time::Duration};

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
        let named = FaultWords::split(text).and_then(named);
        named.ok_or_else(|| UnknownFault(text.into()))
    }
}

fn named(words: FaultWords<'_>) -> Option<ScannerFault> {
    match words.name {
        "junk" => words.alone(ScannerFault::JunkBeforeScan),
        "half" => words.alone(ScannerFault::HalfThenSilence),
        "long" => words.alone(ScannerFault::TooLong),
        "flip" => words.count(7).map(ScannerFault::FlipBit),
        "late" => words.delay().map(ScannerFault::Late),
        _ => None,
    }
}
