//! Every driver of this crate keeps the contracts of `driver.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::cell::Cell;

use gongji_hal::{
    card::{Protocol, sim::ReaderKind},
    code::sim::{Terminator, Trigger},
    conformance::{Broken, Check, Limits, News, Subject, check},
    idcard::{IdCardCommand, IdCardEvent, sim::AfterReading},
    printer::sim::SimConfig,
    time::Instant,
};

mod subjects;

use subjects::{card::Card, idcard::IdCard, printer::Printer, scanner::Scanner};

/// An ID card reader whose readings are told wrongly after the first ones.
struct Spoilt {
    reader: IdCard,
    found: Cell<u32>,
    spoil: fn(String) -> News,
}

impl Subject for Spoilt {
    type Driver = <IdCard as Subject>::Driver;
    type Simulator = <IdCard as Subject>::Simulator;

    fn driver(&self) -> Self::Driver {
        self.reader.driver()
    }

    fn simulator(&self) -> Self::Simulator {
        self.reader.simulator()
    }

    fn limits(&self) -> Limits {
        self.reader.limits()
    }

    fn command(&self, index: usize) -> IdCardCommand {
        self.reader.command(index)
    }

    fn is_setting(&self, index: usize) -> bool {
        self.reader.is_setting(index)
    }

    fn news(&self, event: &IdCardEvent) -> News {
        match self.reader.news(event) {
            News::Found(claim) if self.found.replace(self.found.get() + 1) >= 2 => {
                (self.spoil)(claim)
            }
            news => news,
        }
    }

    fn present(&self, reader: &mut Self::Simulator, now: Instant) {
        self.reader.present(reader, now);
    }

    fn remove(&self, reader: &mut Self::Simulator, now: Instant) -> bool {
        self.reader.remove(reader, now)
    }
}

#[test]
fn card_reader_with_echo() -> Result<(), Broken> {
    check(&Card { kind: ReaderKind::GemPcTwin, version: "2.00", protocol: Protocol::T0 }).verdict()
}

#[test]
fn card_reader_without_echo() -> Result<(), Broken> {
    check(&Card { kind: ReaderKind::GemCorePosPro, version: "3.00", protocol: Protocol::T1 })
        .verdict()
}

#[test]
fn card_reader_that_agrees_with_the_card_itself() -> Result<(), Broken> {
    check(&Card { kind: ReaderKind::Sec1210, version: "2.00", protocol: Protocol::T1 }).verdict()
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
fn readings_unasked_are_watched() {
    let spoilt = |spoil: fn(String) -> News| {
        let reader = IdCard { after: AfterReading::FindsAgain };
        check(&Spoilt { reader, found: Cell::new(0), spoil })
    };
    let other = spoilt(|_| News::Found("somebody else".into()));
    assert!(other.breach(Check::Truth).is_some_and(|how| how.contains("somebody else")), "{other}");
    let nothing = spoilt(|_| News::Other("nothing".into()));
    let how = nothing.breach(Check::Recovery);
    assert!(how.is_some_and(|how| how.ends_with("the medium was not read")), "{nothing}");
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
