//! Contact card reader: CCID over a serial line, ISO 7816, and the 社会保障卡.
//!
//! From the wire upwards:
//! - [`frame`]: bytes to frames and back, with resynchronisation;
//! - [`message`]: the CCID messages inside the frames;
//! - `channel`, `flight`: one command in flight, its echo, its retries and its deadlines;
//! - [`atr`], [`protocol`], [`pps`]: what a card offers, and what is agreed on;
//! - [`apdu`], [`status_word`], [`t0`], [`t1`], `transport`: the card's own protocols;
//! - [`record`], [`date`], [`social`], [`social_card`]: the file system of LD/T 32-2015;
//! - [`pin`], [`verify`]: having the card check its holder's PIN;
//! - `presence`, `job`, [`driver`]: the card reader as the host sees it.
//!
//! # Example
//!
//! ```
//! use gongji_hal::{
//!     card::{CardCommand, CardDriver, CardRefusal},
//!     driver::{Driver, Machine},
//!     time::Instant,
//! };
//!
//! let mut reader = CardDriver::new();
//! reader.link_opened(Instant::from_millis(0));
//! assert!(!reader.pending_output(Instant::from_millis(0)).is_empty());
//! let refusal = reader.submit(Instant::from_millis(0), CardCommand::Read);
//! assert_eq!(refusal, Err(CardRefusal::NoReader));
//! ```

pub mod apdu;
pub mod atr;
mod channel;
pub mod driver;
pub mod error;
pub mod event;
mod flight;
pub mod frame;
mod job;
pub mod limits;
pub mod message;
pub mod pin;
pub mod pps;
mod presence;
pub mod protocol;
mod queue;
pub mod record;
#[cfg(feature = "sim")]
pub mod sim;
pub mod social;
pub mod social_card;
pub mod status_word;
pub mod t0;
pub mod t1;
mod transport;
pub mod verify;

pub use crate::date::{self, Date};
pub use driver::{CardConfig, CardDriver};
pub use error::{CardError, Unreadable};
pub use event::{CardCommand, CardCommandKind, CardEvent, CardRefusal};
pub use pin::{Pin, PinError, PinFormat};
pub use protocol::Protocol;
pub use social_card::SocialCard;
pub use verify::VerifyError;
