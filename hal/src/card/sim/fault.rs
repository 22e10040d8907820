//! What a simulated reader or card can be asked to do wrong.

use core::{fmt, str::FromStr};
use std::{boxed::Box, string::String};

use super::{card::SimCard, t1_fault::T1Fault};
use crate::{
    card::message::{Command, ERROR_PARITY},
    fault_words::FaultWords,
    time::Duration,
};

/// A fault; each is used up by the commands that it spoils.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum CardFault {
    /// The card does not answer; the reader says so after a second.
    Mute,
    /// So many answers have a wrong LRC.
    WrongLrc(u32),
    /// So many commands are answered by a NAK and not carried out.
    Nak(u32),
    /// The reader asks so many times for time, with a single byte, before it answers.
    AskTime(u32),
    /// The same, with time-extension answers.
    AskTimeFramed(u32),
    /// The answer stops in the middle.
    HalfFrameThenSilence,
    /// Junk comes before the answer.
    JunkBeforeFrame,
    /// So many commands are not answered at all.
    DropAnswers(u32),
    /// The answer comes so much later.
    Late(Duration),
    /// The card is pulled out while it works.
    Pull,
    /// The card is pulled out while it works, and this one put in.
    Swap(Box<SimCard>),
    /// The command fails with this error byte (FD: parity).
    CardError(u8),
    /// Before its answer the reader sends one of another slot, with the same number.
    OtherSlot,
    /// A card that speaks T=1, or the line to it, does something wrong; others are spared.
    T1(T1Fault),
}

impl CardFault {
    /// Where the fault strikes unless told otherwise: any command, or the next block for the card.
    pub const fn usual_point(&self) -> FaultPoint {
        match self {
            Self::Mute | Self::Pull | Self::Swap(_) | Self::CardError(_) | Self::T1(_) => {
                FaultPoint::transfer(0)
            }
            _ => FaultPoint { command: None, skip: 0 },
        }
    }
}

/// Which command a fault spoils.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FaultPoint {
    /// Only commands of this type; `None` for any.
    pub command: Option<Command>,
    /// So many of them pass unharmed first.
    pub skip: u32,
}

impl FaultPoint {
    /// The next command of this type.
    pub const fn next(command: Command) -> Self {
        Self { command: Some(command), skip: 0 }
    }

    /// The block for the card after `skip` others.
    pub const fn transfer(skip: u32) -> Self {
        Self { command: Some(Command::Transfer), skip }
    }
}

/// Text that names no fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFault(String);

impl fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "'{}' is no fault of the card reader; say mute, lrc [N], nak [N], time [N], \
             time-framed [N], half, junk, drop [N], late [MS], pull, swap, slot, error [HEX], \
             t1-edc [N], t1-lost [N], t1-lost-answer [N], t1-garbled [N], t1-sequence [N], \
             t1-half [N], t1-wtx [N], t1-ifs [SIZE], t1-abort or t1-resynch",
            self.0
        )
    }
}

impl core::error::Error for UnknownFault {}

impl FromStr for CardFault {
    type Err = UnknownFault;

    /// Reads `mute`, `lrc 2`, `nak`, `time 3`, `time-framed`, `half`, `junk`, `drop`, `late 800`,
    /// `pull`, `swap` (for a card of another person), `slot`, `error FD`, and the names of
    /// [`T1Fault`], `t1-edc 2` and so on; a missing number is 1 (late: 1000 ms, error: FD).
    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        let named = FaultWords::split(text).and_then(named);
        named.ok_or_else(|| UnknownFault(text.into()))
    }
}

fn named(words: FaultWords<'_>) -> Option<CardFault> {
    match words.name {
        "mute" => words.alone(CardFault::Mute),
        "lrc" => words.count(1).map(CardFault::WrongLrc),
        "nak" => words.count(1).map(CardFault::Nak),
        "time" => words.count(1).map(CardFault::AskTime),
        "time-framed" => words.count(1).map(CardFault::AskTimeFramed),
        "half" => words.alone(CardFault::HalfFrameThenSilence),
        "junk" => words.alone(CardFault::JunkBeforeFrame),
        "drop" => words.count(1).map(CardFault::DropAnswers),
        "late" => words.delay().map(CardFault::Late),
        "pull" => words.alone(CardFault::Pull),
        "swap" => words.alone(CardFault::Swap(another_card()?)),
        "slot" => words.alone(CardFault::OtherSlot),
        "error" => words.byte(Some(ERROR_PARITY)).map(CardFault::CardError),
        _ => T1Fault::named(words).map(CardFault::T1),
    }
}

/// A valid card of another fictional person.
fn another_card() -> Option<Box<SimCard>> {
    let another = SimCard::builder().card_id([0x77; 16]).number("X00000002").name("李四");
    another.id_number("999999194001010021").build().ok().map(Box::new)
}

/// The faults that wait for their command.
#[derive(Default)]
pub(super) struct Faults(std::vec::Vec<(FaultPoint, CardFault)>);

impl Faults {
    pub(super) fn add(&mut self, point: FaultPoint, fault: CardFault) {
        self.0.push((point, fault));
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The fault that spoils a command of message type `kind`, if any; oldest first.
    pub(super) fn take(&mut self, kind: u8) -> Option<CardFault> {
        let fits = |point: &FaultPoint| point.command.is_none_or(|c| c as u8 == kind);
        let at = self.0.iter().position(|(point, _)| fits(point))?;
        let (point, fault) = self.0.get_mut(at)?;
        if point.skip > 0 {
            point.skip -= 1;
            return None;
        }
        let left = match fault {
            CardFault::WrongLrc(n) | CardFault::Nak(n) | CardFault::DropAnswers(n) => {
                *n = n.saturating_sub(1);
                *n
            }
            CardFault::T1(fault) => fault.count().map_or(0, |n| {
                *n = n.saturating_sub(1);
                *n
            }),
            _ => 0,
        };
        let fault = fault.clone();
        if left == 0 {
            self.0.remove(at);
        }
        Some(fault)
    }
}
