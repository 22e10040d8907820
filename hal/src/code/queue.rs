//! Events that wait for the host.

use super::{
    event::ScannerEvent,
    limits::EVENTS_MAX,
    scan::{Scan, ScanError},
};
use crate::{
    driver::DeviceState,
    marks::{self, Marks},
};

/// An event without its contents.
#[derive(Clone, Copy)]
enum Mark {
    State(DeviceState),
    Accepting(bool),
    Scanned,
    Dropped(ScanError),
}

impl marks::Mark for Mark {
    fn state(self) -> Option<DeviceState> {
        if let Self::State(state) = self { Some(state) } else { None }
    }

    fn is_final(self) -> bool {
        matches!(self, Self::Accepting(_) | Self::Scanned)
    }
}

/// The queue: small marks in order, and the one scan beside it.
#[derive(Default)]
pub(super) struct Queue {
    marks: Marks<Mark, EVENTS_MAX>,
    scan: Option<Scan>,
}

impl Queue {
    /// Drops and wipes a scan that was not taken.
    pub(super) fn drop_scan(&mut self) {
        self.scan = None;
        self.marks.remove(|mark| matches!(mark, Mark::Scanned));
    }

    pub(super) fn push(&mut self, event: ScannerEvent) {
        let mark = match event {
            ScannerEvent::State(state) => Mark::State(state),
            ScannerEvent::Accepting(on) => {
                self.marks.remove(|mark| matches!(mark, Mark::Accepting(_)));
                Mark::Accepting(on)
            }
            ScannerEvent::Scanned(scan) => {
                self.drop_scan();
                self.scan = Some(scan);
                Mark::Scanned
            }
            ScannerEvent::Dropped(error) => Mark::Dropped(error),
        };
        self.marks.push(mark);
    }

    pub(super) fn pop(&mut self) -> Option<ScannerEvent> {
        Some(match self.marks.pop()? {
            Mark::State(state) => ScannerEvent::State(state),
            Mark::Accepting(on) => ScannerEvent::Accepting(on),
            Mark::Dropped(error) => ScannerEvent::Dropped(error),
            Mark::Scanned => {
                let scan = self.scan.clone();
                // Dropped in place, which wipes it; a move would leave the bytes behind.
                self.scan = None;
                ScannerEvent::Scanned(scan?)
            }
        })
    }
}
