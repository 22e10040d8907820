//! Commands and events of the code scanner.

use core::convert::Infallible;

use super::scan::{Scan, ScanError};
use crate::driver::DeviceState;

/// What the host may ask of the code scanner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScannerCommand {
    /// From now on tell what is scanned (`true`), or drop it unseen (`false`).
    ///
    /// Taken at any time, even without a scanner; ends at once in [`ScannerEvent::Accepting`] (of
    /// several that were not taken yet, only the last is told). `false` drops a scan that was not
    /// taken yet.
    Accept(bool),
}

/// What the code scanner reports.
#[derive(Debug)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "about 500 bytes, and there is no heap")]
pub enum ScannerEvent {
    /// The scanner's state changed.
    State(DeviceState),
    /// The end of [`ScannerCommand::Accept`].
    Accepting(bool),
    /// A code was scanned. One that was not taken when the next comes is replaced by that.
    Scanned(Scan),
    /// What came is no scan, and was dropped.
    Dropped(ScanError),
}

/// Commands of the scanner are never refused.
pub type ScannerRefusal = Infallible;
