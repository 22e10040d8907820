//! Waits for a code and says that it was scanned; what it says is shown only when asked for.

use std::path::Path;
use std::time::Instant;

use crossbeam_channel::{Receiver, unbounded};
use gongji_hal::code::{Scan, ScanError, ScannerCommand, ScannerEvent};
use gongji_hal::driver::DeviceState;
use serde::Serialize;

use super::{say_waiting, tell};
use crate::commands::Failure;
use crate::commands::cli::ReadOptions;
use crate::config::CodeSection;
use crate::devices::code::{self, CodeReport};

/// In place of a code: it is a secret as long as it is valid.
const HIDDEN: &str = "********";

/// What a code says, hidden or not.
#[derive(Serialize)]
struct Reading {
    code: String,
    characters: usize,
}

pub(super) fn read(section: &CodeSection, options: &ReadOptions) -> Result<(), Failure> {
    let (sender, reports) = unbounded();
    let worker = code::watch(section, move |report| {
        let _ = sender.send(report);
    })
    .map_err(Failure::new)?;
    worker.order(ScannerCommand::Accept(true));
    say_waiting("a code before", &section.port);
    let scan = wait_for_code(&reports, options.deadline(), &section.port).map_err(Failure::new)?;
    let code = if options.reveal { scan.reveal() } else { HIDDEN }.to_owned();
    let reading = Reading { code, characters: scan.reveal().chars().count() };
    tell(options, &reading, Reading::print)
}

fn wait_for_code(
    reports: &Receiver<CodeReport>,
    until: Instant,
    port: &Path,
) -> Result<Scan, String> {
    let port = port.display();
    let mut missing = format!("{port}: the port could not be opened in time; try again");
    loop {
        match reports.recv_deadline(until) {
            Ok(CodeReport::Event(ScannerEvent::State(DeviceState::Online))) => {
                // A scanner says nothing of itself: it may as well be away.
                missing = format!(
                    "{port}: no code came; hold one before the lit scanner, or check power, cable \
                     and speed"
                );
            }
            Ok(CodeReport::Event(ScannerEvent::Scanned(scan))) => return Ok(scan),
            Ok(CodeReport::Event(ScannerEvent::Dropped(e))) => {
                let way_out = match e {
                    ScanError::TooLong => "show a 医保码",
                    _ => "check the speed and the cable, and scan again",
                };
                return Err(format!("{port}: {e}; {way_out}"));
            }
            // The port may still come; what hindered it is said if it does not.
            Ok(CodeReport::CannotOpen(e)) => missing = e.to_string(),
            Ok(_) => {}
            Err(_) => return Err(missing),
        }
    }
}

impl Reading {
    fn print(&self) {
        say!("code        {}", self.code);
        say!("characters  {}", self.characters);
    }
}
