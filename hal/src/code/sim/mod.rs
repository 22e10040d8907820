//! A simulated code scanner, byte by byte.
//!
//! ```
//! use gongji_hal::{
//!     code::sim::{ScannerFault, SimScanner, Trigger},
//!     driver::Machine,
//!     time::Instant,
//! };
//!
//! let now = Instant::from_millis(0);
//! let mut scanner = SimScanner::new(Trigger::AlwaysOn);
//! scanner.link_opened(now);
//! scanner.inject("junk".parse::<ScannerFault>().unwrap());
//! assert!(scanner.scan(now, "CODE-1"));
//! ```

mod fault;
mod scanner;

pub use fault::{ScannerFault, UnknownFault};
pub use scanner::{SimScanner, Terminator, Trigger};
