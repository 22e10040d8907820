//! Events that wait for the host.

use super::{
    document::IdDocument, error::IdCardError, event::IdCardEvent, limits::EVENTS_MAX, sam_id::SamId,
};
use crate::{
    driver::DeviceState,
    marks::{self, Marks},
};

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

impl marks::Mark for Mark {
    fn state(self) -> Option<DeviceState> {
        if let Self::State(state) = self { Some(state) } else { None }
    }

    fn is_final(self) -> bool {
        matches!(self, Self::Read | Self::Accepting(_) | Self::Reset(_))
    }
}

/// The queue: small marks in order, and the one result beside it.
#[derive(Default)]
pub(super) struct Queue {
    marks: Marks<Mark, EVENTS_MAX>,
    read: Option<Result<IdDocument, IdCardError>>,
}

impl Queue {
    /// Whether a reading's result waits to be taken.
    pub(super) fn holds_read(&self) -> bool {
        self.read.is_some()
    }

    /// Whether the end of a reset waits to be taken.
    pub(super) fn holds_reset(&self) -> bool {
        self.marks.holds(|mark| matches!(mark, Mark::Reset(_)))
    }

    /// Drops and wipes a result that was not taken.
    pub(super) fn drop_read(&mut self) {
        self.read = None;
        self.marks.remove(|mark| matches!(mark, Mark::Read));
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
                self.marks.remove(|mark| matches!(mark, Mark::Accepting(_)));
                Mark::Accepting(on)
            }
            IdCardEvent::Reset(result) => Mark::Reset(result),
        };
        self.marks.push(mark);
    }

    pub(super) fn pop(&mut self) -> Option<IdCardEvent> {
        Some(match self.marks.pop()? {
            Mark::State(state) => IdCardEvent::State(state),
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
