//! `devices check`: asks each device who and how it is.

mod ask;
mod card;
mod code;
mod idcard;
mod printer;
mod speed;

use std::time::Duration;

use serde::Serialize;

use crate::commands::cli::CheckOptions;
use crate::commands::{Failure, table};
use crate::config::Config;
use crate::devices::capabilities::Capabilities;
use crate::devices::supervise::{Device, state_word};
use crate::devices::timing::RoundTrips;
use gongji_hal::driver::DeviceState;

/// How long a device may take to answer; a printer's opening questions take about a second.
const ANSWER_LIMIT: Duration = Duration::from_secs(5);
/// Of so many exchanges the median is told.
const EXCHANGES: usize = 5;

/// What is known of one device.
#[derive(Debug, Serialize)]
struct Finding {
    device: Device,
    port: String,
    /// As the device itself tells.
    model: Option<String>,
    firmware: Option<String>,
    /// In the words of XFS4IoT.
    state: &'static str,
    answers: bool,
    capabilities: Vec<String>,
    supplies: Vec<String>,
    /// From a question's first byte to its answer's last, the median of several.
    round_trip_ms: Option<f64>,
    /// How the device proves that a page is on paper.
    proof: Option<&'static str>,
    /// What is wrong, and the way out.
    problem: Option<String>,
}

impl Finding {
    fn new(device: Device, port: &std::path::Path) -> Self {
        Self {
            device,
            port: port.display().to_string(),
            model: None,
            firmware: None,
            state: state_word(DeviceState::PowerOff),
            answers: false,
            capabilities: Vec::new(),
            supplies: Vec::new(),
            round_trip_ms: None,
            proof: None,
            problem: None,
        }
    }

    fn works(&self) -> bool {
        [DeviceState::Online, DeviceState::Busy].map(state_word).contains(&self.state)
    }

    fn time(&mut self, round_trips: &RoundTrips) {
        // A tenth of a millisecond is as much as a serial line allows to be meant.
        let tenths = |time: Duration| (time.as_secs_f64() * 10_000.0).round() / 10.0;
        self.round_trip_ms = round_trips.median().1.map(tenths);
    }

    /// The port is there and silent: another speed may be the right one.
    fn silent(&mut self, baud: u32, answers_at: impl FnMut(u32) -> bool) {
        self.problem = Some(speed::explain(baud, answers_at));
    }
}

pub(in crate::commands) fn check(options: &CheckOptions) -> Result<(), Failure> {
    let config = Config::load(&options.config).map_err(Failure::new)?;
    // All are asked at the same time: a mute one must not hold up the others.
    let findings = std::thread::scope(|scope| {
        let card = scope.spawn(|| card::check(&config));
        let code = scope.spawn(|| code::check(&config));
        let idcard = scope.spawn(|| idcard::check(&config));
        let printer = scope.spawn(|| printer::check(&config));
        let rows = [card, code, idcard, printer];
        rows.into_iter()
            .filter_map(|row| row.join().unwrap_or_else(|_| Err(broken_off())).transpose())
            .collect::<Result<Vec<_>, _>>()
    })?;
    if options.json {
        let text = serde_json::to_string_pretty(&findings).map_err(Failure::new)?;
        say!("{text}");
    } else {
        print_table(&findings);
        let works = |device| findings.iter().any(|f| f.device == device && f.works());
        let offers = Capabilities::of(&config, works).offers();
        let offers = if offers.is_empty() { "nothing".to_owned() } else { offers.join(", ") };
        say!("offers: {offers}");
    }
    let silent = findings.iter().filter(|f| !f.answers).map(|f| f.device.word());
    let silent: Vec<&str> = silent.collect();
    if silent.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "no answer from: {}; check power, cable, and port and speed in {}",
        silent.join(", "),
        options.config.display()
    )))
}

/// A device of which nothing is known must not count as one that answers.
fn broken_off() -> Failure {
    Failure::new("the check of a device broke off; ask again with --log debug")
}

const HEADING: [&str; 9] = [
    "device",
    "port",
    "model",
    "state",
    "capabilities",
    "supplies",
    "firmware",
    "round trip",
    "proof",
];

fn print_table(findings: &[Finding]) {
    let none = || "-".to_owned();
    let list = |words: &[String]| if words.is_empty() { none() } else { words.join(", ") };
    let mut rows = vec![HEADING.map(str::to_owned)];
    for f in findings {
        rows.push([
            f.device.to_string(),
            f.port.clone(),
            f.model.clone().unwrap_or_else(none),
            f.state.into(),
            list(&f.capabilities),
            list(&f.supplies),
            f.firmware.clone().unwrap_or_else(none),
            f.round_trip_ms.map_or_else(none, |ms| format!("{ms:.1} ms")),
            f.proof.map_or_else(none, str::to_owned),
        ]);
    }
    for line in table::lines(&rows) {
        say!("{line}");
    }
    for f in findings {
        if let Some(problem) = &f.problem {
            say!("{}: {problem}", f.device);
        }
    }
}
