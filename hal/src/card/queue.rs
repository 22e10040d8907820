//! Events that wait for the host.

use super::{
    error::CardError,
    event::CardEvent,
    limits::{EVENTS_MAX, FIRMWARE_CHARS_MAX},
    social_card::SocialCard,
    verify::VerifyError,
};
use crate::{
    driver::DeviceState,
    marks::{self, Marks},
};

/// An event without its contents, of which there is one of each kind at most.
#[derive(Clone, Copy)]
enum Mark {
    State(DeviceState),
    Reader,
    Present,
    Removed,
    Read,
    Verified,
    PowerOff,
}

impl marks::Mark for Mark {
    fn state(self) -> Option<DeviceState> {
        if let Self::State(state) = self { Some(state) } else { None }
    }

    fn is_final(self) -> bool {
        matches!(self, Self::Read | Self::Verified | Self::PowerOff)
    }
}

/// The queue: small marks in order, and the results beside it.
#[derive(Default)]
pub(super) struct Queue {
    marks: Marks<Mark, EVENTS_MAX>,
    read: Option<Result<SocialCard, CardError>>,
    verified: Option<Result<(), VerifyError>>,
    power_off: Option<Result<(), CardError>>,
    firmware: heapless::String<FIRMWARE_CHARS_MAX>,
    echo: bool,
}

impl Queue {
    /// Whether the end of a command waits to be taken.
    pub(super) fn holds_result(&self) -> bool {
        self.read.is_some() || self.verified.is_some() || self.power_off.is_some()
    }

    pub(super) fn push(&mut self, event: CardEvent) {
        let mark = match event {
            CardEvent::State(state) => Mark::State(state),
            CardEvent::Reader { firmware, echo } => {
                self.firmware = firmware;
                self.echo = echo;
                Mark::Reader
            }
            CardEvent::Present => Mark::Present,
            CardEvent::Removed => Mark::Removed,
            CardEvent::Read(result) => {
                self.read = Some(result);
                Mark::Read
            }
            CardEvent::Verified(result) => {
                self.verified = Some(result);
                Mark::Verified
            }
            CardEvent::PowerOff(result) => {
                self.power_off = Some(result);
                Mark::PowerOff
            }
        };
        self.marks.push(mark);
    }

    pub(super) fn pop(&mut self) -> Option<CardEvent> {
        Some(match self.marks.pop()? {
            Mark::State(state) => CardEvent::State(state),
            Mark::Reader => CardEvent::Reader { firmware: self.firmware.clone(), echo: self.echo },
            Mark::Present => CardEvent::Present,
            Mark::Removed => CardEvent::Removed,
            Mark::Read => {
                let result = self.read.clone();
                // Dropped in place, which wipes it; a move would leave the bytes behind.
                self.read = None;
                CardEvent::Read(result.unwrap_or(Err(CardError::ReaderLost)))
            }
            Mark::Verified => {
                let result = self.verified.take();
                CardEvent::Verified(result.unwrap_or(Err(VerifyError::Unknown)))
            }
            Mark::PowerOff => {
                let result = self.power_off.take();
                CardEvent::PowerOff(result.unwrap_or(Err(CardError::ReaderLost)))
            }
        })
    }
}
