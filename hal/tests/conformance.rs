//! Every driver of this crate keeps the contracts of `driver.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use gongji_hal::{
    card::sim::ReaderKind,
    code::sim::{Terminator, Trigger},
    conformance::{Broken, check},
    idcard::sim::AfterReading,
    printer::sim::SimConfig,
};

mod subjects;

use subjects::{card::Card, idcard::IdCard, printer::Printer, scanner::Scanner};

#[test]
fn card_reader_with_echo() -> Result<(), Broken> {
    check(&Card { kind: ReaderKind::GemPcTwin, version: "2.00" }).verdict()
}

#[test]
fn card_reader_without_echo() -> Result<(), Broken> {
    check(&Card { kind: ReaderKind::GemCore, version: "3.00" }).verdict()
}

#[test]
fn id_card_reader_that_hides_what_it_has_read() -> Result<(), Broken> {
    check(&IdCard { after: AfterReading::Hides }).verdict()
}

#[test]
fn id_card_reader_that_hides_it_for_good() -> Result<(), Broken> {
    check(&IdCard { after: AfterReading::HidesForGood }).verdict()
}

#[test]
fn id_card_reader_that_finds_it_again() -> Result<(), Broken> {
    check(&IdCard { after: AfterReading::FindsAgain }).verdict()
}

#[test]
fn code_scanner_with_a_commanded_light() -> Result<(), Broken> {
    check(&Scanner { trigger: Trigger::Commanded, terminator: Terminator::Cr }).verdict()
}

#[test]
fn code_scanner_that_ends_scans_by_silence() -> Result<(), Broken> {
    check(&Scanner { trigger: Trigger::AlwaysOn, terminator: Terminator::Nothing }).verdict()
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
