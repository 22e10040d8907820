//! Reader of second-generation ID cards: 居民身份证, 港澳台居民居住证, 外国人永久居留身份证.
//!
//! From the wire upwards:
//! - [`framing`]: what a frame must do, a piece that can be replaced; [`frame`]: the usual one;
//! - [`status`]: what the reader says of a command; [`sam_id`]: who it is;
//! - `channel`, `flight`: one command in flight, its repeats and its deadlines;
//! - [`text`], [`number`], [`document`]: what a document says, as far as the kiosk needs it;
//! - `presence`, `job`, [`driver`]: the ID card reader as the host sees it.
//!
//! Privacy: the photo is checked as it streams in and never held; address, nation, issuer, pass
//! number and country are never kept; the newest address is never asked for; what was read is wiped
//! when dropped, and of a document that stays only a digest is kept, until it is lifted.
//!
//! # Example
//!
//! ```
//! use gongji_hal::{
//!     driver::{Driver, Machine},
//!     idcard::{IdCardCommand, IdCardDriver, IdCardEvent, IdCardRefusal},
//!     time::Instant,
//! };
//!
//! let now = Instant::from_millis(0);
//! let mut reader = IdCardDriver::default();
//! reader.link_opened(now);
//! assert!(!reader.pending_output(now).is_empty());
//! // Documents may be asked for at any time …
//! assert_eq!(reader.submit(now, IdCardCommand::Accept(true)), Ok(()));
//! while let Some(event) = reader.poll_event() {
//!     if let IdCardEvent::Read(Ok(document)) = event {
//!         println!("a document of {:?}", document.kind);
//!     }
//! }
//! // … a reset only while there is a reader.
//! reader.link_lost(now);
//! assert_eq!(reader.submit(now, IdCardCommand::Reset), Err(IdCardRefusal::NoReader));
//! ```

mod answer_layout;
mod channel;
pub mod document;
pub mod driver;
pub mod error;
pub mod event;
mod flight;
pub mod frame;
pub mod framing;
mod job;
pub mod limits;
pub mod number;
mod presence;
mod queue;
pub mod sam_id;
#[cfg(feature = "sim")]
pub mod sim;
pub mod status;
pub mod text;

pub use document::{DocumentKind, IdDocument, Sex};
pub use driver::{IdCardConfig, IdCardDriver};
pub use error::IdCardError;
pub use event::{IdCardCommand, IdCardEvent, IdCardRefusal};
pub use sam_id::SamId;
pub use status::SamStatus;
pub use text::TextError;
