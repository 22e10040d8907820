//! Scans in a stream of bytes: they end with CR, LF, CR LF, or silence.

use heapless::Vec;
use zeroize::Zeroize;

use super::{
    limits::FRAME_BYTES_MAX,
    scan::{Scan, ScanError},
};

const CR: u8 = b'\r';
const LF: u8 = b'\n';

/// Finds scans in a stream of bytes, whatever else is in it.
#[derive(Default)]
pub struct ScanFramer {
    held: Vec<u8, FRAME_BYTES_MAX>,
    is_too_long: bool,
    /// The scan that comes now began while nobody wanted it.
    is_unwanted: bool,
}

impl ScanFramer {
    /// A framer that has seen nothing.
    pub const fn new() -> Self {
        Self { held: Vec::new(), is_too_long: false, is_unwanted: false }
    }

    /// Takes in one byte, and gives the scan that it ends.
    pub fn push(&mut self, byte: u8) -> Option<Result<Scan, ScanError>> {
        if matches!(byte, CR | LF) {
            return self.end();
        }
        if !self.is_unwanted && !self.is_too_long && self.held.push(byte).is_err() {
            self.held.zeroize();
            self.is_too_long = true;
        }
        None
    }

    /// Takes in one byte that nobody wants: it is not held, nor is the rest of its scan.
    pub fn pass(&mut self, byte: u8) {
        self.discard();
        self.is_unwanted = !matches!(byte, CR | LF);
    }

    /// The line fell silent: gives the scan that this ends.
    pub fn end(&mut self) -> Option<Result<Scan, ScanError>> {
        let found = if self.is_unwanted {
            None
        } else if self.is_too_long {
            Some(Err(ScanError::TooLong))
        } else if self.held.is_empty() {
            None
        } else {
            Some(Scan::parse(&self.held))
        };
        self.reset();
        found
    }

    /// Whether a scan has begun that has not ended yet.
    pub fn is_waiting(&self) -> bool {
        !self.held.is_empty() || self.is_too_long || self.is_unwanted
    }

    /// Nobody wants the scan that has begun: what is held is wiped, and its rest not held.
    pub fn discard(&mut self) {
        let begun = self.is_waiting();
        self.reset();
        self.is_unwanted = begun;
    }

    /// Forgets and wipes everything.
    pub fn reset(&mut self) {
        self.held.zeroize();
        self.is_too_long = false;
        self.is_unwanted = false;
    }
}

impl Drop for ScanFramer {
    fn drop(&mut self) {
        self.held.zeroize();
    }
}
