//! `run`: the kiosk on real ports.

use std::io::BufRead;

use crate::config::Config;

use super::Failure;
use super::cli::RunOptions;
use super::{display, session::Session};

pub(super) fn run(options: &RunOptions) -> Result<(), Failure> {
    let config = Config::load(&options.config).map_err(Failure::new)?;
    if options.headless { headless(&config) } else { display::run(config) }
}

/// Draws in memory and takes orders from standard input.
fn headless(config: &Config) -> Result<(), Failure> {
    let mut session = Session::start(config).map_err(Failure::new)?;
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|e| Failure::new(format!("standard input cannot be read: {e}")))?;
        if line.trim() == "quit" {
            return Ok(());
        }
        match session.order(&line) {
            Ok(answer) => say!("{answer}"),
            Err(sentence) => return Err(Failure::new(sentence)),
        }
    }
    Ok(())
}
