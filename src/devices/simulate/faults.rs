//! Orders that spoil the line to a device, whatever the device is.

use std::collections::BTreeMap;

use gongji_hal::printer::baud::RATES;

use super::super::line::{Flips, LineFaults};
use super::super::supervise::Device;

/// The orders, as `help` lists them.
pub(super) const HELP: &str = "\
DEVICE speed BAUD | any DEVICE understands only this speed (card, idcard, code, printer)
fault DEVICE flips N    one byte in N loses a bit on its way, always the same for the same seed
fault DEVICE flips N seed S
fault DEVICE clear      the line is well again, and faults still to come are forgotten
hall seed S             the seed of faults that take none, 1 at the start";

/// The lines of a hall as they were made last.
pub(super) struct Lines {
    seed: u64,
    faults: BTreeMap<Device, LineFaults>,
}

impl Default for Lines {
    fn default() -> Self {
        Self { seed: 1, faults: BTreeMap::new() }
    }
}

/// What an order about lines means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Nothing but what [`Lines`] keeps.
    Kept,
    /// This line is so from now on.
    Line(Device, LineFaults),
    /// The same, and the device's own faults that are still to come are forgotten.
    Clear(Device),
}

impl Lines {
    /// Takes an order; `None` when it is not about lines.
    pub(super) fn take(&mut self, words: &[&str]) -> Option<Result<Change, String>> {
        match words {
            ["hall", "seed", seed] => Some(number(seed, "hall seed").map(|seed| {
                self.seed = seed;
                Change::Kept
            })),
            ["fault", device, "clear"] => {
                let device = device_named(device)?;
                self.faults.remove(&device);
                Some(Ok(Change::Clear(device)))
            }
            [device, "speed", speed] => {
                let device = device_named(device)?;
                Some(baud(speed).map(|speed| self.change(device, |line| line.speed = speed)))
            }
            ["fault", device, "flips", rest @ ..] => {
                let device = device_named(device)?;
                Some(
                    self.flips(rest)
                        .map(|flips| self.change(device, |line| line.flips = Some(flips))),
                )
            }
            _ => None,
        }
    }

    fn change(&mut self, device: Device, with: impl FnOnce(&mut LineFaults)) -> Change {
        let line = self.faults.entry(device).or_default();
        with(line);
        Change::Line(device, *line)
    }

    fn flips(&self, words: &[&str]) -> Result<Flips, String> {
        let (one_in, seed) = match words {
            [one_in] => (one_in, self.seed),
            [one_in, "seed", seed] => (one_in, number(seed, "seed")?),
            _ => return Err("flips takes one byte in how many, and perhaps `seed S`".into()),
        };
        match one_in.parse() {
            Ok(one_in) if one_in > 0 => Ok(Flips { seed, one_in }),
            _ => Err(format!("flips {one_in}: takes a number of bytes, 1 to {}", u32::MAX)),
        }
    }
}

fn device_named(name: &str) -> Option<Device> {
    Device::ALL.into_iter().find(|device| device.word() == name)
}

fn number(text: &str, what: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("{what} {text}: takes a number, 0 to {}", u64::MAX))
}

fn baud(text: &str) -> Result<Option<u32>, String> {
    if text == "any" {
        return Ok(None);
    }
    let known = text.parse().ok().filter(|speed| RATES.contains(speed));
    known.map(Some).ok_or_else(|| format!("speed {text}: takes `any` or one of {RATES:?}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn take(lines: &mut Lines, line: &str) -> Option<Result<Change, String>> {
        lines.take(&line.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn each_order_changes_its_own_line() {
        let mut lines = Lines::default();
        let flips = |seed, one_in| Some(Flips { seed, one_in });
        let speed = Some(9600);
        let table = [
            ("card speed 9600", Change::Line(Device::Card, LineFaults { speed, flips: None })),
            (
                "fault card flips 50",
                Change::Line(Device::Card, LineFaults { speed, flips: flips(1, 50) }),
            ),
            ("hall seed 7", Change::Kept),
            (
                "fault idcard flips 9",
                Change::Line(Device::IdCard, LineFaults { speed: None, flips: flips(7, 9) }),
            ),
            (
                "fault card flips 50 seed 3",
                Change::Line(Device::Card, LineFaults { speed, flips: flips(3, 50) }),
            ),
            ("fault card clear", Change::Clear(Device::Card)),
            ("card speed any", Change::Line(Device::Card, LineFaults::default())),
        ];
        for (line, expected) in table {
            assert_eq!(take(&mut lines, line), Some(Ok(expected)), "{line}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_and_what_is_no_order_is_left() {
        let mut lines = Lines::default();
        for (line, words) in [
            ("card speed 1", "speed 1: takes `any` or one of"),
            ("fault printer flips 0", "flips 0: takes"),
            ("fault printer flips", "flips takes one byte in how many"),
            ("fault code flips 5 seed x", "seed x: takes a number"),
            ("hall seed -1", "hall seed -1: takes a number"),
        ] {
            let sentence = take(&mut lines, line).unwrap().unwrap_err();
            assert!(sentence.starts_with(words), "{line}: {sentence}");
        }
        for line in
            ["fault lamp flips 5", "lamp speed 9600", "card remove", "help", "fault card lrc"]
        {
            assert_eq!(take(&mut lines, line), None, "{line}");
        }
    }
}
