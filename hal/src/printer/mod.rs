//! ESC/POS receipt printer.
//!
//! - [`profile`]: what a printer can, and what its paper and font can hold
//! - [`baud`]: finding the line speed
//! - [`canvas`]: dots to draw on, for what the font cannot hold
//! - [`encode`]: a page as ESC/POS bytes
//! - [`counts`]: what a page takes of the printer
//! - [`status`], [`decode`]: what the printer says of itself
//! - [`driver`]: jobs with proof of print, over any byte link
//! - [`sim`]: a printer of bytes and virtual paper (feature `sim`)
//!
//! Bytes and traps follow Epson's published ESC/POS command reference as clones implement it.

pub mod baud;
pub mod canvas;
pub mod counts;
pub mod decode;
pub mod driver;
pub mod encode;
mod framing;
pub mod profile;
#[cfg(feature = "sim")]
pub mod sim;
pub mod status;
