//! The visit: a sans-IO state machine, one file per state.

pub mod event;
