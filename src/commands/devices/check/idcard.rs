//! Asks the ID card reader.

use std::time::{Duration, Instant};

use crossbeam_channel::unbounded;
use gongji_hal::driver::DeviceState;
use gongji_hal::idcard::IdCardEvent;

use super::speed::PROBE_LIMIT;
use super::{ANSWER_LIMIT, EXCHANGES, Finding, LOOK};
use crate::commands::Failure;
use crate::config::{Config, IdCardSection};
use crate::devices::idcard::{self, IdCardReport};
use crate::devices::supervise::{Device, state_word};

pub(super) fn check(config: &Config) -> Result<Option<Finding>, Failure> {
    let Some(section) = &config.idcard else { return Ok(None) };
    let mut finding = Finding::new(Device::IdCard, &section.port);
    let is_there = ask(section, &mut finding)?;
    if is_there && !finding.answers {
        finding.silent(section.baud, |baud| answers(&IdCardSection { baud, ..section.clone() }));
    }
    Ok(Some(finding))
}

/// Fills in what the reader tells; whether its port could be opened.
fn ask(section: &IdCardSection, finding: &mut Finding) -> Result<bool, Failure> {
    let (sender, reports) = unbounded();
    let worker = idcard::watch(section, move |report| {
        let _ = sender.send(report);
    })
    .map_err(Failure::new)?;
    let until = Instant::now() + ANSWER_LIMIT;
    let mut told = false;
    while !(told && finding.answers && worker.round_trips().median().0 >= EXCHANGES) {
        match reports.recv_deadline(until.min(Instant::now() + LOOK)) {
            Ok(IdCardReport::CannotOpen(e)) => {
                finding.state = state_word(DeviceState::NoDevice);
                finding.problem = Some(e.to_string());
                return Ok(false);
            }
            Ok(IdCardReport::Event(IdCardEvent::Reader { sam_id })) => {
                told = true;
                finding.model = sam_id.map(|id| format!("SAM {id}"));
                finding.capabilities = vec!["identity documents".into()];
            }
            Ok(IdCardReport::Event(IdCardEvent::State(state))) => {
                finding.state = state_word(state);
                finding.answers = !matches!(state, DeviceState::NoDevice | DeviceState::PowerOff);
            }
            Ok(IdCardReport::Event(IdCardEvent::Placed)) => {
                finding.supplies = vec!["document on the reader".into()];
            }
            Ok(_) => {}
            Err(_) if Instant::now() >= until => break,
            Err(_) => {}
        }
    }
    finding.time(worker.round_trips());
    Ok(true)
}

/// Whether the reader answers with these settings.
fn answers(section: &IdCardSection) -> bool {
    let (sender, reports) = unbounded();
    let worker = idcard::watch(section, move |report| {
        let _ = sender.send(report);
    });
    let until = Instant::now() + PROBE_LIMIT.max(Duration::from_secs(2));
    while let Ok(report) = reports.recv_deadline(until) {
        if matches!(report, IdCardReport::Event(IdCardEvent::Reader { .. })) {
            drop(worker);
            return true;
        }
    }
    false
}
