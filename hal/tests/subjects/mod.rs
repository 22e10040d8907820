//! The devices of this crate as the conformance suite and the fuzzers see them.
#![allow(dead_code, unreachable_pub)]

pub mod card;
pub mod idcard;
pub mod printer;
pub mod scanner;
