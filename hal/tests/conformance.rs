//! Every driver of this crate keeps the contracts of `driver.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use gongji_hal::{
    card::sim::ReaderKind,
    conformance::{Broken, check},
    printer::sim::SimConfig,
};

mod subjects;

use subjects::{card::Card, printer::Printer};

#[test]
fn card_reader_with_echo() -> Result<(), Broken> {
    check(&Card { kind: ReaderKind::GemPcTwin, version: "2.00" }).verdict()
}

#[test]
fn card_reader_without_echo() -> Result<(), Broken> {
    check(&Card { kind: ReaderKind::GemCore, version: "3.00" }).verdict()
}

#[test]
fn printer_with_process_ids() -> Result<(), Broken> {
    check(&Printer { config: SimConfig::default() }).verdict()
}

#[test]
fn printer_that_knows_only_the_old_commands() -> Result<(), Broken> {
    let config = SimConfig {
        process_ids: false,
        real_time_clear: false,
        phantoms: true,
        baud: 38_400,
        ..SimConfig::default()
    };
    check(&Printer { config }).verdict()
}
