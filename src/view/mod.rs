//! What the screen shows: `State -> ViewModel` (pure), and the one place that hands it to Slint.

pub mod model;
#[cfg(feature = "ui")]
pub mod slint;
