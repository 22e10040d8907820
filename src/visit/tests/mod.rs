//! The kiosk, driven through `step` alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod faults;
mod good_path;
mod hall;
mod lists;
mod persons;
mod printing;
mod random;
mod reader;
mod staff;
mod time;
