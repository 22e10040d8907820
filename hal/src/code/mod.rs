//! Code scanner on a serial line.
//!
//! - [`framing`]: scans in the stream of bytes; [`scan`]: what was scanned, a possible secret;
//! - [`driver`]: the scanner as the host sees it.
//!
//! # Example
//!
//! ```
//! use gongji_hal::{
//!     code::{ScannerCommand, ScannerDriver, ScannerEvent},
//!     driver::{Driver, Machine},
//!     time::Instant,
//! };
//!
//! let now = Instant::from_millis(0);
//! let mut scanner = ScannerDriver::default();
//! scanner.link_opened(now);
//! scanner.submit(now, ScannerCommand::Accept(true)).unwrap();
//! scanner.receive(now, b"]Q1CODE-1\r\n");
//! let mut scanned = None;
//! while let Some(event) = scanner.poll_event() {
//!     if let ScannerEvent::Scanned(scan) = event {
//!         scanned = Some(scan);
//!     }
//! }
//! assert_eq!(scanned.unwrap().reveal(), "CODE-1");
//! ```

pub mod driver;
pub mod event;
pub mod framing;
pub mod limits;
mod queue;
pub mod scan;
#[cfg(feature = "sim")]
pub mod sim;

pub use driver::{ScannerConfig, ScannerDriver};
pub use event::{ScannerCommand, ScannerEvent, ScannerRefusal};
pub use framing::ScanFramer;
pub use scan::{Scan, ScanError};
