//! What the screen shows: `State -> ViewModel` (pure), and the one place that hands it to Slint.

pub(crate) mod handbook;
pub mod messages;
pub mod model;
mod present;
#[cfg(feature = "ui")]
pub mod screen;
pub(crate) mod ways;
pub mod words;

pub use present::present;
