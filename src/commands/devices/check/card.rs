//! Asks the card reader.

use std::time::Instant;

use crossbeam_channel::unbounded;
use gongji_hal::card::CardEvent;
use gongji_hal::driver::DeviceState;

use super::speed::PROBE_LIMIT;
use super::{ANSWER_LIMIT, EXCHANGES, Finding, LOOK};
use crate::commands::Failure;
use crate::config::{CardSection, Config};
use crate::devices::card::{self, CardReport};
use crate::devices::supervise::{Device, state_word};

pub(super) fn check(config: &Config) -> Result<Option<Finding>, Failure> {
    let section = &config.card;
    let mut finding = Finding::new(Device::Card, &section.port);
    let is_there = ask(section, &mut finding)?;
    if is_there && !finding.answers {
        finding.silent(section.baud, |baud| answers(&CardSection { baud, ..section.clone() }));
    }
    Ok(Some(finding))
}

/// Fills in what the reader tells; whether its port could be opened.
fn ask(section: &CardSection, finding: &mut Finding) -> Result<bool, Failure> {
    let (sender, reports) = unbounded();
    let worker = card::watch(section, move |report| {
        let _ = sender.send(report);
    })
    .map_err(Failure::new)?;
    let until = Instant::now() + ANSWER_LIMIT;
    let mut told = false;
    while !(told && finding.answers && worker.round_trips().median().0 >= EXCHANGES) {
        match reports.recv_deadline(until.min(Instant::now() + LOOK)) {
            Ok(CardReport::CannotOpen(e)) => {
                finding.state = state_word(DeviceState::NoDevice);
                finding.problem = Some(e.to_string());
                return Ok(false);
            }
            Ok(CardReport::Event(CardEvent::Reader { firmware, echo })) => {
                told = true;
                let (model, firmware) = split_version(&firmware);
                (finding.model, finding.firmware) = (model, firmware);
                let echo = if echo { "echoes commands" } else { "does not echo" };
                finding.capabilities = vec!["chip cards".into(), echo.into()];
            }
            Ok(CardReport::Event(CardEvent::State(state))) => {
                finding.state = state_word(state);
                finding.answers = state == DeviceState::Online;
            }
            Ok(CardReport::Event(CardEvent::Present)) => {
                finding.supplies = vec!["card in the slot".into()];
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
fn answers(section: &CardSection) -> bool {
    let (sender, reports) = unbounded();
    let worker = card::watch(section, move |report| {
        let _ = sender.send(report);
    });
    let until = Instant::now() + PROBE_LIMIT;
    while let Ok(report) = reports.recv_deadline(until) {
        if matches!(report, CardReport::Event(CardEvent::Reader { .. })) {
            drop(worker);
            return true;
        }
    }
    false
}

/// A firmware text such as `GemTwin-V2.00-GG02` as model and version.
fn split_version(text: &str) -> (Option<String>, Option<String>) {
    let is_version = |rest: &str| {
        let rest = rest.strip_prefix(['V', 'v']).unwrap_or(rest);
        rest.starts_with(|c: char| c.is_ascii_digit())
    };
    let parts = text
        .char_indices()
        .filter(|(_, c)| matches!(c, ' ' | '-'))
        .filter_map(|(at, _)| Some((text.get(..at)?, text.get(at + 1..)?)))
        .find(|(_, rest)| is_version(rest));
    let some = |words: &str| Some(words.trim().to_owned()).filter(|w| !w.is_empty());
    match parts {
        Some((model, version)) => (some(model), some(version)),
        None => (some(text), None),
    }
}

#[cfg(test)]
mod tests {
    use super::split_version;

    #[test]
    fn a_firmware_text_is_model_and_version() {
        let table = [
            ("GemTwin-V2.00-GG02", Some("GemTwin"), Some("V2.00-GG02")),
            ("SIM-TWIN 1.00", Some("SIM-TWIN"), Some("1.00")),
            ("GemCore", Some("GemCore"), None),
            ("1.00", Some("1.00"), None),
            (" V3", None, Some("V3")),
            ("", None, None),
            ("读卡器-1", Some("读卡器"), Some("1")),
        ];
        for (text, model, version) in table {
            let (m, v) = split_version(text);
            assert_eq!((m.as_deref(), v.as_deref()), (model, version), "{text}");
        }
    }
}
