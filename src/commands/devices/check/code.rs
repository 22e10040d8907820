//! Looks at the code scanner's port: a scanner answers no question.

use std::time::Instant;

use crossbeam_channel::unbounded;
use gongji_hal::code::ScannerEvent;
use gongji_hal::driver::DeviceState;

use super::{ANSWER_LIMIT, Finding};
use crate::commands::Failure;
use crate::config::Config;
use crate::devices::code::{self, CodeReport};
use crate::devices::supervise::{Device, state_word};

pub(super) fn check(config: &Config) -> Result<Option<Finding>, Failure> {
    let Some(section) = &config.code else { return Ok(None) };
    let mut finding = Finding::new(Device::Code, &section.port);
    let (sender, reports) = unbounded();
    let _worker = code::watch(section, move |report| {
        let _ = sender.send(report);
    })
    .map_err(Failure::new)?;
    let until = Instant::now() + ANSWER_LIMIT;
    while !finding.answers {
        match reports.recv_deadline(until) {
            Ok(CodeReport::CannotOpen(e)) => {
                finding.state = state_word(DeviceState::NoDevice);
                finding.problem = Some(e.to_string());
                break;
            }
            Ok(CodeReport::Event(ScannerEvent::State(state))) => {
                finding.state = state_word(state);
                finding.answers = state == DeviceState::Online;
            }
            Ok(_) => {}
            Err(_) => break,
        }
    }
    if finding.answers {
        let light = if section.trigger { "light by command" } else { "light always on" };
        finding.capabilities = vec!["codes".into(), light.into()];
    }
    Ok(Some(finding))
}
