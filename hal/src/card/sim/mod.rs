//! A simulated card reader and its cards, byte by byte.
//!
//! [`SimReader`] is the reader's end of the serial line, as a [`Machine`](crate::driver::Machine):
//! in a test it is joined to a [`CardDriver`](super::CardDriver) by a pipe, in the kiosk's device
//! simulator to a pty. It checks what it is sent as a real reader does, and is accepted by
//! `pcscd` with the serial driver `libccidtwin`.
//!
//! ```
//! use gongji_hal::{
//!     card::sim::{CardFault, ReaderKind, SimCard, SimReader},
//!     driver::Machine,
//!     time::Instant,
//! };
//!
//! let now = Instant::from_millis(0);
//! let mut reader = SimReader::new(ReaderKind::GemPcTwin);
//! reader.link_opened(now);
//! let card = SimCard::builder().name("王秀英").number("A12345678").build().unwrap();
//! reader.insert(now, card);
//! reader.inject("nak 2".parse::<CardFault>().unwrap());
//! assert!(reader.has_card());
//! ```

mod answer;
mod build;
mod builder;
mod card;
mod card_error;
mod fault;
mod kind;
mod line;
#[cfg(test)]
mod line_tests;
mod reader;
mod t1_card;
mod t1_fault;
mod transfer;

pub use builder::SimCardBuilder;
pub use card::SimCard;
pub use card_error::SimCardError;
pub use fault::{CardFault, FaultPoint, UnknownFault};
pub use kind::{ReaderKind, UnknownKind};
pub use reader::SimReader;
pub use t1_fault::T1Fault;
