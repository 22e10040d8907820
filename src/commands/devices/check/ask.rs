//! Asks a reader who and how it is, and finds its speed when it does not answer.

use std::io;
use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, unbounded};
use gongji_hal::driver::DeviceState;

use super::{ANSWER_LIMIT, EXCHANGES, Finding};
use crate::commands::Failure;
use crate::devices::serial::OpenError;
use crate::devices::supervise::state_word;
use crate::devices::worker::Worker;

/// How often a count is looked at that makes no report.
const LOOK: Duration = Duration::from_millis(100);

/// What a reader tells.
pub(super) enum Told {
    /// Its port cannot be opened.
    CannotOpen(OpenError),
    /// How it is, and whether it has answered.
    State { state: DeviceState, answers: bool },
    /// Who it is, and what it can do.
    Reader { model: Option<String>, firmware: Option<String>, capabilities: Vec<String> },
    /// What is in it or on it.
    Medium(&'static str),
}

/// Fills in what a reader tells that is watched by `watch` at so many bits a second; a silent one is
/// tried at the usual other speeds, and may take `probe_limit` to answer at each.
///
/// # Errors
/// When no thread can be started.
pub(super) fn ask<O: Send + 'static>(
    finding: &mut Finding,
    baud: u32,
    probe_limit: Duration,
    watch: impl Fn(u32, Sender<Told>) -> io::Result<Worker<O>>,
) -> Result<(), Failure> {
    let is_there = listen(finding, |tell| watch(baud, tell))?;
    if is_there && !finding.answers {
        finding.silent(baud, |baud| answers(probe_limit, |tell| watch(baud, tell)));
    }
    Ok(())
}

/// Whether the port could be opened.
fn listen<O: Send + 'static>(
    finding: &mut Finding,
    watch: impl FnOnce(Sender<Told>) -> io::Result<Worker<O>>,
) -> Result<bool, Failure> {
    let (sender, reports) = unbounded();
    let worker = watch(sender).map_err(Failure::new)?;
    let until = Instant::now() + ANSWER_LIMIT;
    let mut known = false;
    while !(known && finding.answers && worker.round_trips().median().0 >= EXCHANGES) {
        match reports.recv_deadline(until.min(Instant::now() + LOOK)) {
            Ok(Told::CannotOpen(e)) => {
                finding.state = state_word(DeviceState::NoDevice);
                finding.problem = Some(e.to_string());
                return Ok(false);
            }
            Ok(Told::State { state, answers }) => {
                finding.state = state_word(state);
                finding.answers = answers;
            }
            Ok(Told::Reader { model, firmware, capabilities }) => {
                known = true;
                (finding.model, finding.firmware) = (model, firmware);
                finding.capabilities = capabilities;
            }
            Ok(Told::Medium(words)) => finding.supplies = vec![words.into()],
            Err(_) if Instant::now() >= until => break,
            Err(_) => {}
        }
    }
    finding.time(worker.round_trips());
    Ok(true)
}

/// Whether the reader says who it is.
fn answers<O: Send + 'static>(
    limit: Duration,
    watch: impl FnOnce(Sender<Told>) -> io::Result<Worker<O>>,
) -> bool {
    let (sender, reports) = unbounded();
    let Ok(_worker) = watch(sender) else { return false };
    let until = Instant::now() + limit;
    while let Ok(told) = reports.recv_deadline(until) {
        if matches!(told, Told::Reader { .. }) {
            return true;
        }
    }
    false
}
