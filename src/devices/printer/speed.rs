//! Whether a printer answers at another speed.

use std::time::{Duration, Instant};

use gongji_hal::printer::baud::{ANSWER_TIME, BaudProbe, REQUEST};

use super::super::serial::{Incoming, Serial};
use super::settings;
use crate::config::PrinterSection;

/// Whether the printer answers at `baud` bits a second, on a port that nobody else has open.
///
/// It is only asked how it is: at another speed than its own it may print what it gets.
pub fn answers_at(section: &PrinterSection, baud: u32) -> bool {
    let Ok(mut port) = Serial::open(&settings(section, baud)) else { return false };
    let until = Instant::now() + Duration::from_millis(ANSWER_TIME.as_millis());
    let mut request = REQUEST.as_slice();
    while !request.is_empty() {
        match port.write(request) {
            Ok(count) => request = request.get(count..).unwrap_or_default(),
            Err(_) => return false,
        }
        if Instant::now() >= until {
            return false;
        }
    }
    let mut probe = BaudProbe::new();
    while let Ok(Incoming::Bytes(bytes)) = port.incoming().recv_deadline(until) {
        if probe.hears(&bytes) {
            return true;
        }
    }
    false
}
