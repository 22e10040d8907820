//! The touch pages of gongji-kiosk, written in Slint: theme, widgets, pages, and the globals
//! through which the kiosk fills them. Knows nothing of insurance, devices or records.
#![allow(missing_docs, reason = "the items are generated from app.slint")]

mod draw;
mod fonts;

pub use draw::draw;
pub use fonts::register_fonts;
pub use slint;

slint::include_modules!();
