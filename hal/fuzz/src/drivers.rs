//! Whole drivers against their simulated devices, in scripts of bytes, times and faults.

use gongji_hal::{
    card::{Protocol, sim::ReaderKind},
    code::sim::{Terminator, Trigger},
    conformance::{Subject, play},
    idcard::sim::AfterReading,
    printer::sim::SimConfig,
};

use super::subjects::{card::Card, idcard::IdCard, printer::Printer, scanner::Scanner};

/// The first byte chooses the device's kind; the rest is a script of the conformance suite.
fn script<S: Subject>(subjects: &[S], bytes: &[u8]) {
    let Some((&kind, script)) = bytes.split_first() else { return };
    let subject = &subjects[usize::from(kind) % subjects.len()];
    if let Err(how) = play(subject, script) {
        panic!("{how}");
    }
}

pub fn card_driver(bytes: &[u8]) {
    let kinds = [
        Card { kind: ReaderKind::GemPcTwin, version: "2.00", protocol: Protocol::T0 },
        Card { kind: ReaderKind::GemCorePosPro, version: "3.00", protocol: Protocol::T1 },
    ];
    script(&kinds, bytes);
}

pub fn idcard_driver(bytes: &[u8]) {
    let kinds = [AfterReading::Hides, AfterReading::HidesForGood, AfterReading::FindsAgain];
    script(&kinds.map(|after| IdCard { after }), bytes);
}

pub fn scanner_driver(bytes: &[u8]) {
    let kinds = [
        Scanner { trigger: Trigger::Commanded, terminator: Terminator::Cr },
        Scanner { trigger: Trigger::AlwaysOn, terminator: Terminator::Nothing },
    ];
    script(&kinds, bytes);
}

pub fn printer_driver(bytes: &[u8]) {
    let old = SimConfig { process_ids: false, phantoms: true, ..SimConfig::default() };
    script(&[Printer { config: SimConfig::default() }, Printer { config: old }], bytes);
}
