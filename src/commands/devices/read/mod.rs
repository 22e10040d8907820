//! `devices read`: waits for a card, a document or a code and says what is on it.

mod card;
mod code;
mod idcard;

pub(super) use card::wait_for_card;

use std::io::IsTerminal;
use std::path::Path;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::commands::Failure;
use crate::commands::cli::{ReadOptions, ReadableDevice};
use crate::config::Config;

pub(in crate::commands) fn read(options: &ReadOptions) -> Result<(), Failure> {
    let config = Config::load(&options.config).map_err(Failure::new)?;
    match options.device {
        ReadableDevice::Card => card::read(&config, options),
        ReadableDevice::Idcard => {
            idcard::read(section(&config.idcard, "idcard", options)?, options)
        }
        ReadableDevice::Code => code::read(section(&config.code, "code", options)?, options),
    }
}

impl ReadOptions {
    /// When the waiting is over.
    fn deadline(&self) -> Instant {
        Instant::now() + Duration::from_secs(self.wait)
    }
}

fn section<'a, S>(
    section: &'a Option<S>,
    name: &str,
    options: &ReadOptions,
) -> Result<&'a S, Failure> {
    section.as_ref().ok_or_else(|| {
        let file = options.config.display();
        Failure::new(format!("{file}: there is no [{name}] section to read with"))
    })
}

/// Tells a person at a terminal what to do.
fn say_waiting(what: &str, port: &Path) {
    if std::io::stderr().is_terminal() {
        eprintln!("waiting for {what} {}", port.display());
    }
}

/// Tells what was read, as lines or as JSON.
fn tell<R: Serialize>(
    options: &ReadOptions,
    reading: &R,
    print: impl Fn(&R),
) -> Result<(), Failure> {
    if options.json {
        let text = serde_json::to_string_pretty(reading).map_err(Failure::new)?;
        say!("{text}");
    } else {
        print(reading);
    }
    Ok(())
}
