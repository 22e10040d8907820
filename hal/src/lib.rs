//! Drivers for the devices of a medical-insurance hall, without a port, a clock or an allocator.
//!
//! A driver takes bytes in and gives bytes and events out ([`driver::Driver`]); whoever owns the
//! port moves the bytes and tells the time. The same driver therefore runs on a microcontroller,
//! behind a kernel tty, against a simulator in process, and in a fuzzer.
//!
//! - [`card`]: contact card reader (CCID over serial), ISO 7816, the 社会保障卡 file system
//! - [`code`]: code scanner on a serial line
//! - [`idcard`]: second-generation ID card reader (SAM_V), the four kinds of document
//! - [`printer`]: ESC/POS receipt printer
//! - `conformance` (feature `sim`): shows whether a driver keeps the contracts of [`driver`]
//!
//! Features: `std` adds the standard library, `sim` the simulated devices.
#![no_std]
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

#[cfg(any(feature = "std", test))]
extern crate std;

pub mod card;
pub mod code;
#[cfg(feature = "sim")]
pub mod conformance;
pub mod date;
mod digest;
pub mod driver;
#[cfg(feature = "sim")]
mod fault_words;
pub mod idcard;
pub mod link;
mod marks;
#[cfg(feature = "sim")]
mod outbox;
mod outgoing;
pub mod printer;
pub mod time;
