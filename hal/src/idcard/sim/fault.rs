//! What a simulated ID card reader can be asked to do wrong.

use core::{fmt, str::FromStr};
use std::{boxed::Box, string::String, vec::Vec};

use super::document::SimIdDocument;
use crate::{
    fault_words::FaultWords,
    idcard::{
        framing::Request,
        status::{SAM_STATUSES, SamStatus},
    },
    time::Duration,
};

/// A fault; each is used up by the commands that it spoils.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum IdCardFault {
    /// Junk comes before the answer.
    JunkBeforeFrame,
    /// The answer stops in the middle.
    HalfFrameThenSilence,
    /// So many answers have a wrong checksum.
    WrongChecksum(u32),
    /// This bit of the answer is flipped, counted from the first; round and round.
    FlipBit(u32),
    /// So many commands are not answered at all.
    DropAnswers(u32),
    /// No command is answered until the faults are cleared.
    Silence,
    /// The answer comes so much later.
    Late(Duration),
    /// The command ends with this status (SW3) and nothing else.
    Status(u8),
    /// The document is lifted before the command is carried out.
    Lift,
    /// The document is lifted before the command is carried out, and this one put in its place.
    Swap(Box<SimIdDocument>),
}

impl IdCardFault {
    /// Where the fault strikes unless told otherwise: where the status belongs, the reading of the
    /// text, or any command.
    pub fn usual_point(&self) -> FaultPoint {
        let request = match self {
            Self::Status(code) => match SamStatus::from_code(*code) {
                SamStatus::NotFound => Some(Request::Find),
                SamStatus::NotSelected => Some(Request::Select),
                status if status.is_hardware_fault() => None,
                _ => Some(Request::ReadText),
            },
            Self::Lift | Self::Swap(_) => Some(Request::ReadText),
            _ => None,
        };
        FaultPoint { request, skip: 0 }
    }
}

/// Which command a fault spoils.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FaultPoint {
    /// Only this command; `None` for any.
    pub request: Option<Request>,
    /// So many of them pass unharmed first.
    pub skip: u32,
}

impl FaultPoint {
    /// The next command of this sort.
    pub const fn next(request: Request) -> Self {
        Self { request: Some(request), skip: 0 }
    }
}

/// Text that names no fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFault(String);

impl fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "'{}' is no fault of the ID card reader; say junk, half, checksum [N], flip [BIT], \
             drop [N], silence, late [MS], lift, or sw3 HEX with HEX one of",
            self.0
        )?;
        SAM_STATUSES.iter().try_for_each(|(code, _)| write!(f, " {code:02X}"))
    }
}

impl core::error::Error for UnknownFault {}

impl FromStr for IdCardFault {
    type Err = UnknownFault;

    /// Reads `junk`, `half`, `checksum 2`, `flip 100`, `drop 3`, `silence`, `late 800`, `lift`,
    /// `sw3 41`; a missing number is 1 (flip: bit 64, late: 1000 ms), sw3 needs its byte.
    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        let named = FaultWords::split(text).and_then(named);
        named.ok_or_else(|| UnknownFault(text.into()))
    }
}

fn named(words: FaultWords<'_>) -> Option<IdCardFault> {
    match words.name {
        "junk" => words.alone(IdCardFault::JunkBeforeFrame),
        "half" => words.alone(IdCardFault::HalfFrameThenSilence),
        "checksum" => words.count(1).map(IdCardFault::WrongChecksum),
        "flip" => words.count(64).map(IdCardFault::FlipBit),
        "drop" => words.count(1).map(IdCardFault::DropAnswers),
        "silence" => words.alone(IdCardFault::Silence),
        "late" => words.delay().map(IdCardFault::Late),
        "lift" => words.alone(IdCardFault::Lift),
        "sw3" => words.byte(None).map(IdCardFault::Status),
        _ => None,
    }
}

/// The faults that wait for their command.
#[derive(Default)]
pub(super) struct Faults(Vec<(FaultPoint, IdCardFault)>);

impl Faults {
    pub(super) fn add(&mut self, point: FaultPoint, fault: IdCardFault) {
        self.0.push((point, fault));
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The fault that spoils `request`, if any; oldest first.
    pub(super) fn take(&mut self, request: Request) -> Option<IdCardFault> {
        let fits = |point: &FaultPoint| point.request.is_none_or(|only| only == request);
        let at = self.0.iter().position(|(point, _)| fits(point))?;
        let (point, fault) = self.0.get_mut(at)?;
        if point.skip > 0 {
            point.skip -= 1;
            return None;
        }
        let is_left = match fault {
            IdCardFault::WrongChecksum(n) | IdCardFault::DropAnswers(n) => {
                *n = n.saturating_sub(1);
                *n > 0
            }
            IdCardFault::Silence => true,
            _ => false,
        };
        let fault = fault.clone();
        if !is_left {
            self.0.remove(at);
        }
        Some(fault)
    }
}
