//! A simulated ID card reader and its documents, byte by byte.
//!
//! [`SimIdReader`] is the reader's end of the serial line, as a [`Machine`](crate::driver::Machine):
//! in a test it is joined to an [`IdCardDriver`](super::IdCardDriver) by a pipe, in a device
//! simulator to a pty.
//!
//! ```
//! use gongji_hal::{
//!     driver::Machine,
//!     idcard::sim::{AfterReading, IdCardFault, SimIdDocument, SimIdReader},
//!     time::Instant,
//! };
//!
//! let now = Instant::from_millis(0);
//! let mut reader = SimIdReader::new(AfterReading::Hides);
//! reader.link_opened(now);
//! reader.place(SimIdDocument::resident().name("王秀英").build().unwrap());
//! reader.inject("checksum 2".parse::<IdCardFault>().unwrap());
//! assert!(reader.has_document());
//! ```

mod answer;
mod document;
mod fault;
mod reader;

pub use document::{SimIdDocument, SimIdDocumentBuilder, SimIdDocumentError};
pub use fault::{FaultPoint, IdCardFault, UnknownFault};
pub use reader::{AfterReading, SimIdReader};
