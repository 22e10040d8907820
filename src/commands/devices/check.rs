//! `devices check`: asks each device who and how it is.

use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, unbounded};
use gongji_hal::card::CardEvent;
use gongji_hal::driver::DeviceState;
use gongji_hal::printer::driver::ProcessIds;
use gongji_hal::printer::status::{Paper, Status};
use serde::Serialize;

use crate::commands::cli::CheckOptions;
use crate::commands::{Failure, table};
use crate::config::{CardSection, Config, PrinterSection};
use crate::devices::card::{self, CardReport};
use crate::devices::printer::{Printer, PrinterReport};

/// How long a device may take to answer; a printer's opening questions take about a second.
const ANSWER_LIMIT: Duration = Duration::from_secs(5);

/// What is known of one device.
#[derive(Debug, Serialize)]
struct Finding {
    device: &'static str,
    port: String,
    state: String,
    answers: bool,
    details: String,
}

pub(in crate::commands) fn check(options: &CheckOptions) -> Result<(), Failure> {
    let config = Config::load(&options.config).map_err(Failure::new)?;
    // Both are asked at the same time: a mute one must not hold up the other.
    let mut findings = std::thread::scope(|scope| {
        let card = scope.spawn(|| check_card(&config.card));
        let printer = config.printer.as_ref().map(|p| scope.spawn(|| check_printer(p)));
        let rows = [Some(card), printer].into_iter().flatten();
        rows.filter_map(|row| row.join().ok()).collect::<Result<Vec<_>, _>>()
    })?;
    findings.sort_by_key(|finding| finding.device);
    if options.json {
        let text = serde_json::to_string_pretty(&findings).map_err(Failure::new)?;
        say!("{text}");
    } else {
        print_table(&findings);
    }
    let silent: Vec<&str> = findings.iter().filter(|f| !f.answers).map(|f| f.device).collect();
    if silent.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "no answer from: {}; check power, cable, and port and speed in {}",
        silent.join(", "),
        options.config.display()
    )))
}

fn print_table(findings: &[Finding]) {
    let heading = ["device", "port", "state", "details"].map(str::to_owned);
    let mut rows = vec![heading];
    for f in findings {
        rows.push([f.device.into(), f.port.clone(), f.state.clone(), f.details.clone()]);
    }
    for line in table::lines(&rows) {
        say!("{line}");
    }
}

/// Waits for the next report until the limit is over.
fn next<T>(reports: &Receiver<T>, until: Instant) -> Option<T> {
    reports.recv_deadline(until).ok()
}

fn check_card(section: &CardSection) -> Result<Finding, Failure> {
    let (sender, reports) = unbounded();
    let _worker = card::watch(section, move |report| {
        let _ = sender.send(report);
    })
    .map_err(Failure::new)?;
    let mut finding = Finding {
        device: "card",
        port: section.port.display().to_string(),
        state: state_word(DeviceState::PowerOff).into(),
        answers: false,
        details: "does not answer".into(),
    };
    let until = Instant::now() + ANSWER_LIMIT;
    let mut told = false;
    while !(told && finding.answers) {
        match next(&reports, until) {
            Some(CardReport::CannotOpen(e)) => {
                finding.state = state_word(DeviceState::NoDevice).into();
                finding.details = e.to_string();
                break;
            }
            Some(CardReport::Event(CardEvent::Reader { firmware, echo })) => {
                told = true;
                let echo = if echo { "echoes commands" } else { "does not echo" };
                finding.details = format!("{firmware}, {echo}");
            }
            Some(CardReport::Event(CardEvent::State(state))) => {
                finding.state = state_word(state).into();
                finding.answers = state == DeviceState::Online;
            }
            Some(_) => {}
            None => break,
        }
    }
    Ok(finding)
}

fn check_printer(section: &PrinterSection) -> Result<Finding, Failure> {
    let (sender, reports) = unbounded();
    let _printer = Printer::start(section, 0, move |report| {
        let _ = sender.send(report);
    })
    .map_err(Failure::new)?;
    let mut finding = Finding {
        device: "printer",
        port: section.port.display().to_string(),
        state: state_word(DeviceState::PowerOff).into(),
        answers: false,
        details: "does not answer".into(),
    };
    let (mut status, mut proof) = (Status::UNKNOWN, ProcessIds::Unknown);
    let mut state = DeviceState::PowerOff;
    let until = Instant::now() + ANSWER_LIMIT;
    while !(finding.answers && is_settled(state, proof)) {
        match next(&reports, until) {
            Some(PrinterReport::CannotOpen(e)) => {
                finding.state = state_word(DeviceState::NoDevice).into();
                finding.details = e.to_string();
                return Ok(finding);
            }
            Some(PrinterReport::State(new)) => state = new,
            Some(PrinterReport::Status(new)) => {
                status = new;
                finding.answers = new != Status::UNKNOWN;
            }
            Some(PrinterReport::ProcessIds(new)) => proof = new,
            Some(_) => {}
            None => break,
        }
    }
    finding.state = state_word(state).into();
    if finding.answers {
        finding.details = format!("{}, {}", status_words(status), proof_words(proof));
    }
    Ok(finding)
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

/// A device state in the words of XFS4IoT.
fn state_word(state: DeviceState) -> &'static str {
    match state {
        DeviceState::NoDevice => "noDevice",
        DeviceState::PowerOff => "powerOff",
        DeviceState::Offline => "offline",
        DeviceState::Online => "online",
        DeviceState::Busy => "deviceBusy",
        DeviceState::HardwareError => "hardwareError",
        DeviceState::UserError => "userError",
        _ => "unknown",
    }
}

fn status_words(status: Status) -> String {
    let paper = match status.paper {
        Paper::Unknown => "paper unknown",
        Paper::Ok => "paper ok",
        Paper::NearEnd => "paper near its end",
        Paper::Out => "paper out",
    };
    let cover = if status.cover_open { "cover open" } else { "cover closed" };
    let mut words = vec![paper, cover];
    if status.cutter_error {
        words.push("cutter jammed");
    }
    if status.recoverable {
        words.push("head hot");
    }
    if status.unrecoverable {
        words.push("fault that needs repair");
    }
    words.join(", ")
}

fn proof_words(proof: ProcessIds) -> &'static str {
    match proof {
        ProcessIds::Supported => "proves each page by process id",
        ProcessIds::Unsupported => "proves pages by a fence",
        ProcessIds::Unknown => "way of proof not found out yet",
    }
}
