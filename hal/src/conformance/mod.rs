//! A suite that shows whether a driver keeps the contracts of [`crate::driver`].
//!
//! It runs any [`Driver`](crate::driver::Driver) against its simulated device, in told time, and
//! breaks the world between them: bytes in pieces, junk, short writes, lost links, silence, leaps
//! of time. An integrator implements [`Subject`] and writes one test, which returns
//! `check(&subject).verdict()`.
//!
//! - [`check`] runs all of [`Check::ALL`] and reports each by name;
//! - [`play`] runs one script of bytes and is what the fuzzers call.
//!
//! `hal/ADDING_A_DEVICE.md` leads through it with a whole device.

mod bench;
mod checks;
mod random;
mod report;
mod script;
mod subject;

pub use checks::check;
pub use report::{Broken, Check, Report};
pub use script::{SCRIPT_BYTES_MAX, play};
pub use subject::{Limits, News, Outcome, Subject};
