//! The orders by which a person or a script plays the simulated devices.

use std::path::Path;

use gongji_hal::card::sim::CardFault;
use gongji_hal::printer::sim::{Fault, Trigger};

use super::{ROLL_LOW_MM, ROLL_MM, SimulatedHall, card_file};

const HELP: &str = "\
card insert FILE        put in the card that FILE describes
card remove             take the card out
card unplug | replug    the reader's plug
printer paper out | in | low
printer cover open | close
printer cutter jam | free
printer off | on | mute | unmute
printer unplug | replug
fault card NAME [N]     spoil the reader's next answers: mute, lrc, nak, time, half, junk, drop, pull …
fault printer NAME after N lines
                        NAME is paper-out, cover-open, cutter-jam, head-hot, mute or off
help";

pub(super) fn carry_out(hall: &SimulatedHall, line: &str) -> Result<String, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let unknown = || format!("'{line}' is not known; `help` lists what is");
    match words.as_slice() {
        [] => Ok(String::new()),
        ["help"] => Ok(HELP.into()),
        ["card", "insert", ..] => insert(hall, line),
        ["card", "remove"] => {
            hall.remove();
            Ok(DONE.into())
        }
        ["card", "unplug"] => {
            hall.card().unplug();
            Ok(DONE.into())
        }
        ["card", "replug"] => plug(hall.card().replug()),
        ["printer", "unplug"] => {
            hall.printer().unplug();
            Ok(DONE.into())
        }
        ["printer", "replug"] => plug(hall.printer().replug()),
        ["printer", rest @ ..] => printer(hall, rest).ok_or_else(unknown),
        ["fault", "card", rest @ ..] if !rest.is_empty() => {
            let fault: CardFault = rest.join(" ").parse().map_err(|e| format!("{e}"))?;
            hall.card().with(move |reader, _| reader.inject(fault));
            Ok(DONE.into())
        }
        ["fault", "printer", name, "after", count, "lines"] => {
            let fault = printer_fault(name).ok_or_else(unknown)?;
            let count = count.parse().map_err(|_| unknown())?;
            let trigger = Trigger::AfterLines(count);
            hall.printer().with(move |printer, _| printer.fault_at(trigger, fault));
            Ok(DONE.into())
        }
        _ => Err(unknown()),
    }
}

/// The answer to an order that is carried out.
pub(super) const DONE: &str = "ok";

fn plug(result: std::io::Result<()>) -> Result<String, String> {
    result.map(|()| DONE.into()).map_err(|e| format!("no pseudo-terminal is to be had: {e}"))
}

fn insert(hall: &SimulatedHall, line: &str) -> Result<String, String> {
    // The rest of the line is the file's name: it may hold blanks.
    let rest = line.trim_start().trim_start_matches("card").trim_start();
    let file = rest.trim_start_matches("insert").trim();
    if file.is_empty() {
        return Err("card insert takes the file that describes the card".into());
    }
    hall.insert(card_file::read(Path::new(file))?);
    Ok(DONE.into())
}

fn printer(hall: &SimulatedHall, words: &[&str]) -> Option<String> {
    let device = hall.printer();
    match words {
        ["paper", "in"] => device.with(|p, now| p.load_paper(now, ROLL_MM)),
        ["paper", "low"] => device.with(|p, now| p.load_paper(now, ROLL_LOW_MM)),
        ["paper", "out"] => device.with(|p, now| p.fault(now, Fault::PaperOut)),
        ["cover", "open"] => device.with(|p, now| p.fault(now, Fault::CoverOpen)),
        ["cover", "close"] => device.with(|p, now| p.close_cover(now)),
        ["cutter", "jam"] => device.with(|p, now| p.fault(now, Fault::CutterJam)),
        ["cutter", "free"] => device.with(|p, now| p.free_cutter(now)),
        ["off"] => device.with(|p, now| p.fault(now, Fault::PowerOff)),
        ["on"] => device.with(|p, now| p.power_on(now)),
        ["mute"] => device.with(|p, now| p.fault(now, Fault::Mute)),
        ["unmute"] => device.with(|p, now| p.unmute(now)),
        _ => None,
    }
    .map(|()| DONE.into())
}

fn printer_fault(name: &str) -> Option<Fault> {
    match name {
        "paper-out" => Some(Fault::PaperOut),
        "cover-open" => Some(Fault::CoverOpen),
        "cutter-jam" => Some(Fault::CutterJam),
        "head-hot" => Some(Fault::HeadHot { ms: 3000 }),
        "mute" => Some(Fault::Mute),
        "off" => Some(Fault::PowerOff),
        _ => None,
    }
}
