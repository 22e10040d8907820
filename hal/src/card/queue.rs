//! Events that wait for the host.

use heapless::Vec;

use super::{
    error::CardError,
    event::CardEvent,
    limits::{EVENTS_MAX, FIRMWARE_CHARS_MAX},
    social_card::SocialCard,
    verify::VerifyError,
};
use crate::driver::DeviceState;

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

/// The queue: small marks in order, and the results beside it.
///
/// When the host does not take events, the oldest news is dropped; the end of a command never is.
#[derive(Default)]
pub(super) struct Queue {
    marks: Vec<Mark, EVENTS_MAX>,
    read: Option<Result<SocialCard, CardError>>,
    verified: Option<Result<(), VerifyError>>,
    power_off: Option<Result<(), CardError>>,
    firmware: heapless::String<FIRMWARE_CHARS_MAX>,
    echo: bool,
    /// The state told last.
    state: DeviceState,
}

impl Queue {
    /// Whether the end of a command waits to be taken.
    pub(super) fn holds_result(&self) -> bool {
        self.read.is_some() || self.verified.is_some() || self.power_off.is_some()
    }

    fn is_told(&self, mark: Mark) -> bool {
        matches!(mark, Mark::State(state) if state == self.state)
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
        if self.marks.is_full()
            && let Some(at) = self
                .marks
                .iter()
                .position(|m| !matches!(m, Mark::Read | Mark::Verified | Mark::PowerOff))
        {
            self.marks.remove(at);
        }
        // There is room: at most three marks are results.
        let _ = self.marks.push(mark);
    }

    pub(super) fn pop(&mut self) -> Option<CardEvent> {
        // Between two equal states another was dropped: it is no news any more.
        while self.marks.first().is_some_and(|mark| self.is_told(*mark)) {
            self.marks.remove(0);
        }
        if self.marks.is_empty() {
            return None;
        }
        Some(match self.marks.remove(0) {
            Mark::State(state) => {
                self.state = state;
                CardEvent::State(state)
            }
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

#[cfg(test)]
mod tests {
    use super::{EVENTS_MAX, Queue};
    use crate::{card::event::CardEvent, driver::DeviceState};

    #[test]
    fn no_state_is_told_twice_when_news_were_dropped() {
        let mut queue = Queue::default();
        queue.push(CardEvent::State(DeviceState::Online));
        assert!(matches!(queue.pop(), Some(CardEvent::State(DeviceState::Online))));
        queue.push(CardEvent::State(DeviceState::PowerOff));
        queue.push(CardEvent::State(DeviceState::Online));
        for _ in 1..EVENTS_MAX {
            queue.push(CardEvent::Removed);
        }
        assert!(matches!(queue.pop(), Some(CardEvent::Removed)));
        assert_eq!(core::iter::from_fn(|| queue.pop()).count(), EVENTS_MAX - 2);
    }
}
