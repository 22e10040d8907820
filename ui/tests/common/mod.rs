//! Sample pages, plain ones and ones with the longest words. All persons are invented.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod family;
pub mod names;
pub mod opening;
pub mod samples;

use gongji_kiosk::view::screen::Headless;

/// A screen in memory with a clock.
pub fn screen() -> Headless {
    let screen = Headless::new().unwrap();
    screen.set_clock("11月22日 上午 9:41");
    screen
}
