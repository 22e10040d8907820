//! The fuzz targets: each takes any bytes and checks what must hold for them.
//!
//! `hal/tests/corpora.rs` compiles the same sources on stable and replays `hal/fuzz/corpus`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, unreachable_pub)]

mod card_line;
mod card_protocol;
mod card_t1;
mod drivers;
mod idcard_line;
mod printer_line;
mod scan_line;
pub mod seeds;
#[path = "../../tests/subjects/mod.rs"]
mod subjects;

/// A target: its name, and what it does with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// Every target, by name. A file `fuzz_targets/NAME.rs` and a folder `corpus/NAME` belong to each.
pub const TARGETS: &[Target] = &[
    ("apdu_t0", card_protocol::apdu_t0),
    ("atr", card_protocol::atr),
    ("card_driver", drivers::card_driver),
    ("card_reader_sim", card_line::reader_sim),
    ("ccid_frame", card_line::ccid_frame),
    ("ccid_message", card_line::ccid_message),
    ("id_frame", idcard_line::frame),
    ("id_text", idcard_line::text),
    ("idcard_driver", drivers::idcard_driver),
    ("printer_answer", printer_line::answer),
    ("printer_driver", drivers::printer_driver),
    ("printer_page", printer_line::page),
    ("scan", scan_line::scan),
    ("scanner_driver", drivers::scanner_driver),
    ("social_card", card_protocol::social_card),
    ("ssc_record", card_protocol::ssc_record),
    ("t1", card_t1::conversation),
    ("t1_block", card_t1::block),
];

/// Runs the target called `name`.
///
/// # Panics
/// When a property does not hold, or there is no such target.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|(known, _)| *known == name);
    let (_, target) = target.unwrap_or_else(|| panic!("there is no target '{name}'"));
    target(bytes);
}
