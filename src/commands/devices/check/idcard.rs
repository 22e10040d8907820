//! Asks the ID card reader.

use std::time::Duration;

use gongji_hal::driver::DeviceState;
use gongji_hal::idcard::IdCardEvent;

use super::Finding;
use super::ask::{Told, ask};
use crate::commands::Failure;
use crate::config::{Config, IdCardSection};
use crate::devices::idcard::{self, IdCardReport};
use crate::devices::supervise::Device;

/// How long the reader may take to say who it is.
const PROBE_LIMIT: Duration = Duration::from_secs(2);

pub(super) fn check(config: &Config) -> Result<Option<Finding>, Failure> {
    let Some(section) = &config.idcard else { return Ok(None) };
    let mut finding = Finding::new(Device::IdCard, &section.port);
    ask(&mut finding, section.baud, PROBE_LIMIT, |baud, tell| {
        idcard::watch(&IdCardSection { baud, ..section.clone() }, move |report| {
            if let Some(told) = told(report) {
                let _ = tell.send(told);
            }
        })
    })?;
    Ok(Some(finding))
}

fn told(report: IdCardReport) -> Option<Told> {
    Some(match report {
        IdCardReport::CannotOpen(e) => Told::CannotOpen(e),
        IdCardReport::Event(IdCardEvent::Reader { sam_id }) => Told::Reader {
            model: sam_id.map(|id| format!("SAM {id}")),
            firmware: None,
            capabilities: vec!["identity documents".into()],
        },
        IdCardReport::Event(IdCardEvent::State(state)) => {
            let away = matches!(state, DeviceState::NoDevice | DeviceState::PowerOff);
            Told::State { state, answers: !away }
        }
        IdCardReport::Event(IdCardEvent::Placed) => Told::Medium("document on the reader"),
        _ => return None,
    })
}
