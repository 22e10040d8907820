//! Orders to the printer.

use gongji_hal::printer::sim::{Fault, Trigger};

use super::super::{ROLL_LOW_MM, ROLL_MM, SimulatedHall};
use super::{Answer, done, plug};

pub(super) const HELP: &str = "\
printer paper out | in | low
printer cover open | close
printer cutter jam | free
printer off | on | mute | unmute
printer unplug | replug
fault printer NAME after N lines
                        NAME is paper-out, cover-open, cutter-jam, head-hot, mute or off";

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

pub(super) fn fault(hall: &SimulatedHall, words: &[&str]) -> Answer {
    let [name, "after", count, "lines"] = words else { return None };
    let fault = fault_named(name)?;
    let trigger = Trigger::AfterLines(count.parse().ok()?);
    hall.printer().with(move |printer, _| printer.fault_at(trigger, fault));
    Some(done())
}

fn fault_named(name: &str) -> Option<Fault> {
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
