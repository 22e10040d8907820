//! Events that wait for the host.

use heapless::Vec;

use super::{
    document::IdDocument, error::IdCardError, event::IdCardEvent, limits::EVENTS_MAX, sam_id::SamId,
};
use crate::driver::DeviceState;

/// An event without its contents.
#[derive(Clone, Copy)]
enum Mark {
    State(DeviceState),
    Reader(Option<SamId>),
    Placed,
    Read,
    Lifted,
    Accepting(bool),
    Reset(Result<(), IdCardError>),
}

impl Mark {
    /// The end of a command or of a reading: never dropped.
    const fn is_final(&self) -> bool {
        matches!(self, Self::Read | Self::Accepting(_) | Self::Reset(_))
    }
}

/// The queue: small marks in order, and the one result beside it.
///
/// When the host does not take events, the oldest news is dropped; a result never is.
#[derive(Default)]
pub(super) struct Queue {
    marks: Vec<Mark, EVENTS_MAX>,
    read: Option<Result<IdDocument, IdCardError>>,
    /// The state told last.
    state: DeviceState,
}

impl Queue {
    /// Whether a reading's result waits to be taken.
    pub(super) fn holds_read(&self) -> bool {
        self.read.is_some()
    }

    /// Whether the end of a reset waits to be taken.
    pub(super) fn holds_reset(&self) -> bool {
        self.marks.iter().any(|mark| matches!(mark, Mark::Reset(_)))
    }

    /// Drops and wipes a result that was not taken.
    pub(super) fn drop_read(&mut self) {
        self.read = None;
        self.marks.retain(|mark| !matches!(mark, Mark::Read));
    }

    fn is_told(&self, mark: Mark) -> bool {
        matches!(mark, Mark::State(state) if state == self.state)
    }

    pub(super) fn push(&mut self, event: IdCardEvent) {
        let mark = match event {
            IdCardEvent::State(state) => Mark::State(state),
            IdCardEvent::Reader { sam_id } => Mark::Reader(sam_id),
            IdCardEvent::Placed => Mark::Placed,
            IdCardEvent::Read(result) => {
                self.drop_read();
                self.read = Some(result);
                Mark::Read
            }
            IdCardEvent::Lifted => Mark::Lifted,
            IdCardEvent::Accepting(on) => {
                // Only the last one counts.
                self.marks.retain(|mark| !matches!(mark, Mark::Accepting(_)));
                Mark::Accepting(on)
            }
            IdCardEvent::Reset(result) => Mark::Reset(result),
        };
        if self.marks.is_full()
            && let Some(at) = self.marks.iter().position(|mark| !mark.is_final())
        {
            self.marks.remove(at);
        }
        // There is room: at most three marks are final.
        let _ = self.marks.push(mark);
    }

    pub(super) fn pop(&mut self) -> Option<IdCardEvent> {
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
                IdCardEvent::State(state)
            }
            Mark::Reader(sam_id) => IdCardEvent::Reader { sam_id },
            Mark::Placed => IdCardEvent::Placed,
            Mark::Read => {
                let result = self.read.clone();
                // Dropped in place, which wipes it; a move would leave the bytes behind.
                self.read = None;
                IdCardEvent::Read(result.unwrap_or(Err(IdCardError::ReaderLost)))
            }
            Mark::Lifted => IdCardEvent::Lifted,
            Mark::Accepting(on) => IdCardEvent::Accepting(on),
            Mark::Reset(result) => IdCardEvent::Reset(result),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{EVENTS_MAX, Queue};
    use crate::{driver::DeviceState, idcard::event::IdCardEvent};

    #[test]
    fn the_end_of_a_command_is_kept_and_no_state_is_told_twice_when_news_are_dropped() {
        let mut queue = Queue::default();
        queue.push(IdCardEvent::State(DeviceState::Online));
        assert!(matches!(queue.pop(), Some(IdCardEvent::State(DeviceState::Online))));
        queue.push(IdCardEvent::Accepting(true));
        queue.push(IdCardEvent::State(DeviceState::PowerOff));
        queue.push(IdCardEvent::State(DeviceState::Online));
        for _ in 2..EVENTS_MAX {
            queue.push(IdCardEvent::Lifted);
        }
        assert!(matches!(queue.pop(), Some(IdCardEvent::Accepting(true))));
        assert!(matches!(queue.pop(), Some(IdCardEvent::Lifted)));
        assert_eq!(core::iter::from_fn(|| queue.pop()).count(), EVENTS_MAX - 3);
    }
}
