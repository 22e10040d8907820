//! Asks the card reader.

use std::time::Duration;

use gongji_hal::card::CardEvent;
use gongji_hal::driver::DeviceState;

use super::Finding;
use super::ask::{Told, ask};
use crate::commands::Failure;
use crate::config::{CardSection, Config};
use crate::devices::card::{self, CardReport};
use crate::devices::supervise::Device;

/// How long the reader may take to say who it is.
const PROBE_LIMIT: Duration = Duration::from_millis(1200);

pub(super) fn check(config: &Config) -> Result<Option<Finding>, Failure> {
    let section = &config.card;
    let mut finding = Finding::new(Device::Card, &section.port);
    ask(&mut finding, section.baud, PROBE_LIMIT, |baud, tell| {
        card::watch(&CardSection { baud, ..section.clone() }, move |report| {
            if let Some(told) = told(report) {
                let _ = tell.send(told);
            }
        })
    })?;
    Ok(Some(finding))
}

fn told(report: CardReport) -> Option<Told> {
    Some(match report {
        CardReport::CannotOpen(e) => Told::CannotOpen(e),
        CardReport::Event(CardEvent::Reader { firmware, echo }) => {
            let (model, firmware) = split_version(&firmware);
            let echo = if echo { "echoes commands" } else { "does not echo" };
            Told::Reader { model, firmware, capabilities: vec!["chip cards".into(), echo.into()] }
        }
        CardReport::Event(CardEvent::State(state)) => {
            Told::State { state, answers: state == DeviceState::Online }
        }
        CardReport::Event(CardEvent::Present) => Told::Medium("card in the slot"),
        _ => return None,
    })
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
