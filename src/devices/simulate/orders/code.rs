//! Orders to the code scanner.

use gongji_hal::code::sim::{ScannerFault, Terminator, Trigger};

use super::super::SimulatedHall;
use super::{Answer, DONE, after_two_words, done, plug};

pub(super) const HELP: &str = "\
code scan TEXT          hold a code that says TEXT before the scanner, whose light must be on
code ends cr | crlf | nothing
                        what the scanner sends after a code; cr at the start
code prefix on | off    whether it sends ]Q1 before a code; off at the start
code light always | asked
                        whether its light waits to be put on; asked at the start
code unplug | replug    the scanner's plug
fault code NAME [N]     spoil the next scan: junk, half, long, flip, late";

pub(super) fn carry_out(hall: &SimulatedHall, words: &[&str], line: &str) -> Answer {
    let scanner = hall.code();
    match words {
        ["scan", ..] => return Some(scan(hall, after_two_words(line))),
        ["ends", end] => {
            let end = match *end {
                "cr" => Terminator::Cr,
                "crlf" => Terminator::CrLf,
                "nothing" => Terminator::Nothing,
                _ => return None,
            };
            scanner.with(move |scanner, _| scanner.set_terminator(end));
        }
        ["prefix", "on"] => drop(scanner.with(|scanner, _| scanner.set_aim_prefix(true))),
        ["prefix", "off"] => drop(scanner.with(|scanner, _| scanner.set_aim_prefix(false))),
        ["light", when] => {
            let trigger = match *when {
                "always" => Trigger::AlwaysOn,
                "asked" => Trigger::Commanded,
                _ => return None,
            };
            scanner.with(move |scanner, _| scanner.set_trigger(trigger));
        }
        ["unplug"] => scanner.unplug(),
        ["replug"] => return Some(plug(scanner.replug())),
        _ => return None,
    }
    Some(done())
}

pub(super) fn fault(hall: &SimulatedHall, words: &[&str]) -> Result<String, String> {
    let fault: ScannerFault = words.join(" ").parse().map_err(|e| format!("{e}"))?;
    hall.code().with(move |scanner, _| scanner.inject(fault));
    Ok(DONE.into())
}

fn scan(hall: &SimulatedHall, text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Err("code scan takes the text of the code".into());
    }
    if hall.scan(text) {
        return Ok(DONE.into());
    }
    Err("the scanner's light is out, nothing was seen; scan when the kiosk asks for a code".into())
}
