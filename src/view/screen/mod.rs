//! The one place that hands a [`ViewModel`](super::model::ViewModel) to Slint, and touches back.
//!
//! - [`Screen`] is a window on a display; [`Headless`] draws the same pages into memory.
//! - Only what has changed is set, so that only what has changed is drawn.
//! - A touch arrives as the `Tap` that the view model last applied gave to the place touched.
//! - When the page changes, every text and list of the former page is emptied.

mod apply;
mod family;
mod headless;
mod items;
mod pages;
mod panel;
mod pen;
mod picture;
mod rows;
mod scale;
mod touch;
mod view;
mod window;

pub use headless::{Frame, Headless};
pub use panel::{PanelAction, PanelState};
pub use scale::{SCREEN_HEIGHT_PX, SCREEN_WIDTH_PX};
pub use window::{Screen, ScreenHandle, ScreenOptions};
