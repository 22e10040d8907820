//! Orders to the printer.

use gongji_hal::printer::sim::{FAULT_NAMES, Fault, Trigger, parse_fault};

use super::super::{ROLL_LOW_MM, ROLL_MM, SimulatedHall};
use super::{Answer, DONE, done, plug};

pub(super) const HELP: &str = "\
printer paper out | in | low
printer cover open | close
printer cutter jam | free
printer off | on | mute | unmute
printer unplug | replug
fault printer NAME [N] [WHEN]
                        WHEN is after N lines, in raster row N, before cut or before proof; at once
                        without it; NAME is one of";

pub(super) fn carry_out(hall: &SimulatedHall, words: &[&str]) -> Answer {
    let device = hall.printer();
    match words {
        ["unplug"] => {
            device.unplug();
            return Some(done());
        }
        ["replug"] => return Some(plug(device.replug())),
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
    .map(|()| done())
}

pub(super) fn fault(hall: &SimulatedHall, words: &[&str]) -> Result<String, String> {
    let (trigger, fault) = parse_fault(&words.join(" ")).map_err(|e| e.to_string())?;
    hall.printer().with(move |printer, now| match trigger {
        Trigger::Now => printer.fault(now, fault),
        trigger => printer.fault_at(trigger, fault),
    });
    Ok(DONE.into())
}

/// The faults by name, one a line.
pub(super) fn fault_help() -> String {
    let lines = FAULT_NAMES.iter().map(|(name, what)| format!("    {name:20}{what}"));
    lines.collect::<Vec<_>>().join("\n")
}
