//! Asks the receipt printer.

use std::time::Instant;

use crossbeam_channel::unbounded;
use gongji_hal::driver::DeviceState;
use gongji_hal::printer::driver::ProcessIds;
use gongji_hal::printer::status::Status;

use super::{ANSWER_LIMIT, EXCHANGES, Finding};
use crate::commands::Failure;
use crate::commands::devices::status::status_words;
use crate::config::{Config, PrinterSection};
use crate::devices::capabilities::PrinterAbilities;
use crate::devices::printer::{Printer, PrinterReport, answers_at};
use crate::devices::supervise::{Device, state_word};
use crate::journal::Journal;

pub(super) fn check(config: &Config) -> Result<Option<Finding>, Failure> {
    let Some(section) = &config.printer else { return Ok(None) };
    let mut finding = Finding::new(Device::Printer, &section.port);
    let is_there = ask(section, &mut finding)?;
    finding.supplies.extend(counters(config, section)?);
    if is_there && !finding.answers {
        finding.silent(section.baud, |baud| answers_at(section, baud));
    }
    Ok(Some(finding))
}

/// What the journal knows that the printer has done.
fn counters(config: &Config, section: &PrinterSection) -> Result<Option<String>, Failure> {
    let port = section.port.to_string_lossy();
    let counters = Journal::counters(&config.journal.db).map_err(Failure::new)?;
    Ok(counters.iter().find(|c| c.port == port).map(|c| {
        let metres = c.millimetres / 1000;
        format!("{} slips, {} cuts, {metres} m of paper so far", c.slips, c.cuts)
    }))
}

/// Fills in what the printer tells; whether its port could be opened.
fn ask(section: &PrinterSection, finding: &mut Finding) -> Result<bool, Failure> {
    let (sender, reports) = unbounded();
    let printer = Printer::start(section, move |report| {
        let _ = sender.send(report);
    })
    .map_err(Failure::new)?;
    let (mut status, mut proof) = (Status::UNKNOWN, ProcessIds::Unknown);
    let mut state = DeviceState::PowerOff;
    let until = Instant::now() + ANSWER_LIMIT;
    let mut asked = false;
    loop {
        let settled = finding.answers && is_settled(state, proof);
        if settled && printer.round_trips().median().0 >= EXCHANGES {
            break;
        }
        if settled && !asked {
            asked = true;
            printer.check();
        }
        match reports.recv_deadline(until) {
            Ok(PrinterReport::CannotOpen(e)) => {
                finding.state = state_word(DeviceState::NoDevice);
                finding.problem = Some(e.to_string());
                return Ok(false);
            }
            Ok(PrinterReport::State(new)) => state = new,
            Ok(PrinterReport::Status(new)) => {
                status = new;
                finding.answers = new != Status::UNKNOWN;
            }
            Ok(PrinterReport::ProcessIds(new)) => proof = new,
            Ok(PrinterReport::Checked(_)) => asked = false,
            Ok(_) => {}
            Err(_) => break,
        }
    }
    finding.state = state_word(state);
    if finding.answers {
        finding.supplies = status_words(status);
        finding.proof = proof_word(proof);
        finding.capabilities = ability_words(PrinterAbilities::of(section.profile()));
        finding.time(printer.round_trips());
    }
    Ok(true)
}

/// Nothing more will be known of the printer: one that is stopped answers how it is, but not whether
/// it proves pages; one that works has answered both before it is online.
fn is_settled(state: DeviceState, proof: ProcessIds) -> bool {
    match state {
        DeviceState::UserError | DeviceState::HardwareError => true,
        DeviceState::Online | DeviceState::Busy => proof != ProcessIds::Unknown,
        _ => false,
    }
}

fn ability_words(abilities: PrinterAbilities) -> Vec<String> {
    let mut words = vec![format!("{} dots", abilities.dots)];
    if abilities.large_print {
        words.push("large print".into());
    }
    if abilities.cutter {
        words.push("cutter".into());
    }
    words
}

fn proof_word(proof: ProcessIds) -> Option<&'static str> {
    match proof {
        ProcessIds::Supported => Some("process id"),
        ProcessIds::Unsupported => Some("fence"),
        ProcessIds::Unknown => None,
    }
}
