//! Slips: from the ledger's rows to lines, to ESC/POS bytes, to a picture.
//!
//! A [`Slip`] is laid out from a statement before the journal has given it a number; the number, the
//! time and the count of prints come with a [`Stamp`] when it is encoded. Nothing here knows a clock,
//! a database or a port. A slip shows a masked identity only, and its sums agree on the paper itself.

mod account;
mod amount;
mod care;
mod document;
mod encode;
mod error;
mod family;
mod family_rows;
mod font;
mod groups;
mod line;
mod pages;
mod parts;
mod picture;
pub mod png;
mod raster;
mod receipt;
mod receipt_lines;
mod receipt_words;
mod sheet;
mod slip;
mod text;
mod words;

pub use document::REMARK;
pub use error::SlipError;
pub use font::PrinterFont;
pub use gongji_hal::printer::profile::{Font, Paper, Profile, QrPrinting};
pub use pages::{LARGE_PAGE_DOTS_MAX, PAGE_DOTS_MAX, PAGES_MAX};
pub use picture::Picture;
pub use receipt::{ReceiptFacts, ReceiptOutcome};
pub use slip::{Issuer, PrintSize, Slip, SlipContext, SlipKind, Stamp};
pub use text::GETA;

use slip::Content;
