//! What may go wrong with the simulated printer, when, and how a person or a script asks for it.

use core::fmt;
use core::str::FromStr;
use std::{string::String, string::ToString, vec, vec::Vec};

/// Something that goes wrong. [`mend`](super::SimPrinter::mend) ends all that has an end.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The roll ends; ended by [`load_paper`](super::SimPrinter::load_paper).
    PaperOut,
    /// The roll ends and the printer loses its place in the image under way: it takes all that
    /// follows for dots, until `ESC @` or 8192 zero bytes.
    PaperOutInImage,
    /// The roll is nearly used up.
    PaperLow,
    /// The cover is opened; ended by [`close_cover`](super::SimPrinter::close_cover).
    CoverOpen,
    /// The head is hot for so many milliseconds and then goes on by itself.
    HeadHot {
        /// How long.
        ms: u64,
    },
    /// The cutter jams; ended by [`free_cutter`](super::SimPrinter::free_cutter).
    CutterJam,
    /// A fault that only a power cycle ends.
    Unrecoverable,
    /// Answers nothing, prints on; ended by [`unmute`](super::SimPrinter::unmute).
    Mute,
    /// Answers no process id any more; ended by [`mend`](super::SimPrinter::mend) only.
    MuteIds,
    /// Loses power and all it had not printed; ended by [`power_on`](super::SimPrinter::power_on).
    PowerOff,
    /// As [`PowerOff`](Self::PowerOff), and is ready again after so many milliseconds.
    PowerDip {
        /// From the loss to the first byte taken.
        ms: u64,
    },
    /// Says XOFF and never XON: nothing more comes through the line; ended by
    /// [`release_flow`](super::SimPrinter::release_flow).
    StuckXoff,
    /// Works at another line speed than the host: both understand nothing of each other; ended by
    /// [`right_baud`](super::SimPrinter::right_baud).
    WrongBaud,
    /// So many milliseconds after the link is opened the next time, answers to questions of an
    /// earlier life come.
    LateAnswers {
        /// After the opening.
        ms: u64,
    },
    /// The next bytes it answers come with one bit turned over.
    FlippedAnswers {
        /// How many.
        bytes: u32,
    },
    /// The next bytes for it are lost on the line.
    LostBytes {
        /// How many.
        bytes: u32,
    },
    /// Sends bytes that nobody asked for.
    Noise(Vec<u8>),
}

/// When a fault comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// At once.
    Now,
    /// After so many more lines, raster bands or QR symbols are printed.
    AfterLines(u32),
    /// After so many more rows of raster are printed, inside the image.
    InRasterRow(u32),
    /// Before the next cut.
    BeforeCut,
    /// Before the next answer to a fence or process id.
    BeforeProof,
}

/// The faults that can be asked for by name, with what they are.
pub const FAULT_NAMES: [(&str, &str); 18] = [
    ("paper-out", "the roll ends"),
    ("paper-out-in-image", "the roll ends and the printer loses its place in the image"),
    ("paper-low", "the roll is nearly used up"),
    ("cover-open", "the cover is opened"),
    ("head-hot", "the head is hot for [MS] milliseconds"),
    ("cutter-jam", "the cutter jams"),
    ("unrecoverable", "a fault that only a power cycle ends"),
    ("mute", "answers nothing, prints on"),
    ("mute-ids", "answers no process id any more"),
    ("off", "loses power"),
    ("power-dip", "loses power and is ready again after [MS] milliseconds"),
    ("stuck-xoff", "says XOFF and never XON"),
    ("wrong-baud", "works at another line speed"),
    ("late-answers", "answers of an earlier life come [MS] milliseconds after the next replug"),
    ("flipped-answers", "the next [N] bytes answered have one bit wrong"),
    ("lost-bytes", "the next [N] bytes for it are lost on the line"),
    ("phantom", "sends a status byte that nobody asked for"),
    ("noise", "sends bytes that are no answer"),
];

/// What [`FAULT_NAMES`] leaves open when no number is given.
const HOT_MS: u64 = 3000;
const DIP_MS: u64 = 600;
const LATE_MS: u64 = 150;
const FLIPPED_BYTES: u32 = 4;
const LOST_BYTES: u32 = 100;

/// A fault or a trigger that nobody knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFault {
    text: String,
}

impl fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "'{}' is no fault of the printer: write NAME [NUMBER], then nothing or one of ",
            { &self.text }
        )?;
        f.write_str(
            "'after N lines', 'in raster row N', 'before cut', 'before proof'; the names are ",
        )?;
        for (index, (name, _)) in FAULT_NAMES.iter().enumerate() {
            write!(f, "{}{name}", if index == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl core::error::Error for UnknownFault {}

/// Reads `NAME [NUMBER] [[at] TRIGGER]`: what is to go wrong, and when. Names are in
/// [`FAULT_NAMES`]; triggers are `once`, `immediately`, `after N lines`, `in raster row N`,
/// `before cut` and `before proof`.
///
/// # Errors
/// [`UnknownFault`] repeats the text and tells what can be asked for.
pub fn parse_fault(text: &str) -> Result<(Trigger, Fault), UnknownFault> {
    let unknown = || UnknownFault { text: text.trim().to_string() };
    let words: Vec<&str> = text.split_whitespace().collect();
    let (name, rest) = words.split_first().ok_or_else(unknown)?;
    let (number, rest) = match rest.split_first() {
        Some((word, after)) if word.starts_with(|ch: char| ch.is_ascii_digit()) => {
            (Some(word.parse::<u32>().map_err(|_| unknown())?), after)
        }
        _ => (None, rest),
    };
    let rest = match rest {
        ["at", after @ ..] if !after.is_empty() => after,
        _ => rest,
    };
    let trigger = trigger(rest).ok_or_else(unknown)?;
    let fault = fault(name, number).ok_or_else(unknown)?;
    Ok((trigger, fault))
}

impl FromStr for Fault {
    type Err = UnknownFault;

    /// Reads `NAME [NUMBER]` as in [`parse_fault`], without a trigger.
    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        match parse_fault(text) {
            Ok((Trigger::Now, fault)) => Ok(fault),
            _ => Err(UnknownFault { text: text.trim().to_string() }),
        }
    }
}

fn trigger(words: &[&str]) -> Option<Trigger> {
    match *words {
        [] | ["once"] | ["immediately"] => Some(Trigger::Now),
        ["after", count, "lines" | "line"] => count.parse().ok().map(Trigger::AfterLines),
        ["in", "raster", "row", row] => row.parse().ok().map(Trigger::InRasterRow),
        ["before", "cut"] => Some(Trigger::BeforeCut),
        ["before", "proof"] => Some(Trigger::BeforeProof),
        _ => None,
    }
}

fn fault(name: &str, number: Option<u32>) -> Option<Fault> {
    let ms = |default: u64| number.map_or(default, u64::from);
    let timed = match name {
        "head-hot" => Fault::HeadHot { ms: ms(HOT_MS) },
        "power-dip" => Fault::PowerDip { ms: ms(DIP_MS) },
        "late-answers" => Fault::LateAnswers { ms: ms(LATE_MS) },
        "flipped-answers" => Fault::FlippedAnswers { bytes: number.unwrap_or(FLIPPED_BYTES) },
        "lost-bytes" => Fault::LostBytes { bytes: number.unwrap_or(LOST_BYTES) },
        _ if number.is_some() => return None,
        "paper-out" => Fault::PaperOut,
        "paper-out-in-image" => Fault::PaperOutInImage,
        "paper-low" => Fault::PaperLow,
        "cover-open" => Fault::CoverOpen,
        "cutter-jam" => Fault::CutterJam,
        "unrecoverable" => Fault::Unrecoverable,
        "mute" => Fault::Mute,
        "mute-ids" => Fault::MuteIds,
        "off" => Fault::PowerOff,
        "stuck-xoff" => Fault::StuckXoff,
        "wrong-baud" => Fault::WrongBaud,
        "phantom" => Fault::Noise(vec![0x12]),
        "noise" => Fault::Noise(vec![0xD2, 0x37, 0x22, 0x80, 0xFF]),
        _ => return None,
    };
    Some(timed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::format;

    #[test]
    fn every_name_is_read_with_every_trigger() {
        let triggers = [
            ("", Trigger::Now),
            ("at once", Trigger::Now),
            ("immediately", Trigger::Now),
            ("after 3 lines", Trigger::AfterLines(3)),
            ("at after 0 lines", Trigger::AfterLines(0)),
            ("in raster row 17", Trigger::InRasterRow(17)),
            ("before cut", Trigger::BeforeCut),
            ("at before proof", Trigger::BeforeProof),
        ];
        for (name, what) in FAULT_NAMES {
            let fault: Fault = name.parse().unwrap_or_else(|e| unreachable!("{e}"));
            assert!(!what.is_empty());
            for (words, trigger) in triggers {
                assert_eq!(parse_fault(&format!(" {name}  {words}")), Ok((trigger, fault.clone())));
            }
        }
        assert_eq!("head-hot 250".parse(), Ok(Fault::HeadHot { ms: 250 }));
        let dip = Fault::PowerDip { ms: 90 };
        assert_eq!(parse_fault("power-dip 90 before cut"), Ok((Trigger::BeforeCut, dip)));
    }

    #[test]
    fn what_is_not_known_is_named_with_the_way_out() {
        for text in [
            "",
            "paper",
            "paper-out 3",
            "paper-out soon",
            "paper-out at",
            "mute after x lines",
            "mute after 99999999999 lines",
            "head-hot 99999999999",
            "mute before",
            "off in row 3",
        ] {
            let error = parse_fault(text).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(error.contains(&format!("'{text}'")), "{error}");
            assert!(error.contains("before proof") && error.contains("stuck-xoff"), "{error}");
        }
    }
}
