//! The packs, the checks and the decisions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bind;
mod measures;
mod mistakes;
mod people;
mod premium;
mod properties;
mod shipped;
mod wording;
