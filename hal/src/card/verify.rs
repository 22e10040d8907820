//! Having the card check a PIN.
//!
//! A wrong PIN costs a try, and after a few the card is blocked. So VERIFY is sent once: when its
//! bytes may have reached the card and no answer came back, the outcome is unknown and stays so.
//! Only T=1's own repetition is used, by which a card takes a command once.

use core::fmt;

use super::{
    apdu::Apdu,
    flight::{Failure, Patience},
    limits::{COMMAND_LIMIT, STATUS_SILENCE},
    message::{Command, ERROR_PARITY, IccState, Reply, Request},
    pin::{Pin, PinFormat},
    status_word::StatusWord,
    t1::Repeat,
    transport::{Step, Transport},
};
use crate::time::Instant;

/// Why a PIN is not known to be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// It is wrong (`63Cx`).
    WrongPin {
        /// How often it may be tried again, at least once.
        tries_left: u8,
    },
    /// The card takes no PIN any more (`6983`, or no try is left): its issuer must help.
    Blocked,
    /// The card does not allow it now (`6982`, `6985`).
    NotAllowed(StatusWord),
    /// The card answers something else.
    Rejected(StatusWord),
    /// The card was pulled out, perhaps another put in; the PIN was not sent.
    Removed,
    /// The reader was unplugged or stopped answering; the PIN was not sent.
    ReaderLost,
    /// It took too long; the PIN was not sent.
    TimedOut,
    /// The PIN may have reached the card, and what the card said was lost. A try may be used up.
    Unknown,
}

/// How a check has ended.
pub(super) struct End {
    pub(super) result: Result<(), VerifyError>,
    /// The card is not there any more, or it is another.
    pub(super) is_card_gone: bool,
}

/// A check under way.
pub(super) struct Verifying {
    transport: Transport,
    deadline: Instant,
    /// Ask first whether the card still has the power it was read with.
    confirming: bool,
    /// The contacts moved while that was asked: ask again.
    moved: bool,
    sent: bool,
}

impl Verifying {
    pub(super) fn new(
        now: Instant,
        mut transport: Transport,
        pin: &Pin,
        format: PinFormat,
    ) -> Self {
        let mut block = pin.encode(format);
        if let Some(apdu) = Apdu::verify(&block) {
            transport.begin(apdu, Repeat::Never);
        }
        zeroize::Zeroize::zeroize(&mut block);
        Self {
            transport,
            deadline: now + COMMAND_LIMIT,
            confirming: true,
            moved: false,
            sent: false,
        }
    }

    /// Wipes the PIN.
    pub(super) fn forget(&mut self) {
        self.transport.forget();
    }

    /// The way to the card, when it is still good.
    pub(super) fn into_transport(self) -> Transport {
        self.transport
    }

    /// `50 02` or `50 03` came.
    pub(super) fn card_moved(&mut self) {
        self.moved = true;
    }

    /// What to ask, now that nothing is in flight.
    pub(super) fn next(&mut self) -> (Request, Patience) {
        let (request, silence) = if self.confirming {
            (Request::bare(Command::SlotStatus), STATUS_SILENCE)
        } else {
            self.sent = true;
            self.transport.request()
        };
        (request, Patience { silence, deadline: self.deadline })
    }

    /// Takes in the reply to what was asked; `None` when it goes on.
    pub(super) fn receive(&mut self, reply: &Reply) -> Option<End> {
        let is_card_gone = reply.icc != IccState::Active;
        if is_card_gone {
            let error = if self.sent { VerifyError::Unknown } else { VerifyError::Removed };
            return Some(End { result: Err(error), is_card_gone });
        }
        if !self.sent {
            self.confirming = core::mem::take(&mut self.moved);
            return None;
        }
        let step = match reply.result {
            Ok(()) => Some(self.transport.receive(&reply.data)),
            Err(error) => self.transport.lost(error == ERROR_PARITY),
        };
        self.settle(step.and_then(Result::ok))
    }

    /// What was asked came to nothing.
    pub(super) fn failed(&mut self, now: Instant, failure: Failure) -> Option<End> {
        if !self.sent {
            let error = match failure {
                Failure::Overdue => VerifyError::TimedOut,
                Failure::Silent | Failure::Disturbed => VerifyError::ReaderLost,
            };
            return Some(End { result: Err(error), is_card_gone: false });
        }
        if self.deadline <= now || failure == Failure::Overdue {
            return self.settle(None);
        }
        let step = self.transport.lost(false);
        self.settle(step.and_then(Result::ok))
    }

    /// How it ends when the host has no more patience, or no reader.
    pub(super) fn abandoned(&self, error: VerifyError) -> VerifyError {
        if self.sent { VerifyError::Unknown } else { error }
    }

    fn settle(&self, step: Option<Step>) -> Option<End> {
        let result = match step {
            Some(Step::Send) => return None,
            Some(Step::Done(status)) => outcome(status),
            None => Err(VerifyError::Unknown),
        };
        Some(End { result, is_card_gone: false })
    }
}

fn outcome(status: StatusWord) -> Result<(), VerifyError> {
    match status {
        StatusWord::Ok => Ok(()),
        StatusWord::TriesLeft(0) | StatusWord::AuthenticationBlocked => Err(VerifyError::Blocked),
        StatusWord::TriesLeft(tries_left) => Err(VerifyError::WrongPin { tries_left }),
        StatusWord::SecurityNotSatisfied | StatusWord::ConditionsNotSatisfied => {
            Err(VerifyError::NotAllowed(status))
        }
        _ => Err(VerifyError::Rejected(status)),
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongPin { tries_left } => write!(f, "the PIN is wrong; {tries_left} tries left"),
            Self::Blocked => f.write_str("the card takes no PIN any more"),
            Self::NotAllowed(status) => {
                write!(f, "the card does not allow it now: it answers {:04X}", status.code())
            }
            Self::Rejected(status) => {
                write!(f, "the card cannot check a PIN: it answers {:04X}", status.code())
            }
            Self::Removed => f.write_str("the card was removed before the PIN was sent"),
            Self::ReaderLost => f.write_str("the card reader did not answer; no PIN was sent"),
            Self::TimedOut => f.write_str("the card reader took too long; no PIN was sent"),
            Self::Unknown => f.write_str("what the card said about the PIN was lost"),
        }
    }
}

impl core::error::Error for VerifyError {}
