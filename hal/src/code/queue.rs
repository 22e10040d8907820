//! Events that wait for the host.

use heapless::Vec;

use super::{
    event::ScannerEvent,
    limits::EVENTS_MAX,
    scan::{Scan, ScanError},
};
use crate::driver::DeviceState;

/// An event without its contents.
#[derive(Clone, Copy)]
enum Mark {
    State(DeviceState),
    Accepting(bool),
    Scanned,
    Dropped(ScanError),
}

/// The queue: small marks in order, and the one scan beside it.
///
/// When the host does not take events, the oldest news is dropped; the scan and the end of a
/// command never are.
#[derive(Default)]
pub(super) struct Queue {
    marks: Vec<Mark, EVENTS_MAX>,
    scan: Option<Scan>,
}

impl Queue {
    /// Drops and wipes a scan that was not taken.
    pub(super) fn drop_scan(&mut self) {
        self.scan = None;
        self.marks.retain(|mark| !matches!(mark, Mark::Scanned));
    }

    pub(super) fn push(&mut self, event: ScannerEvent) {
        let mark = match event {
            ScannerEvent::State(state) => Mark::State(state),
            ScannerEvent::Accepting(on) => {
                self.marks.retain(|mark| !matches!(mark, Mark::Accepting(_)));
                Mark::Accepting(on)
            }
            ScannerEvent::Scanned(scan) => {
                self.drop_scan();
                self.scan = Some(scan);
                Mark::Scanned
            }
            ScannerEvent::Dropped(error) => Mark::Dropped(error),
        };
        let is_news = |mark: &Mark| matches!(mark, Mark::State(_) | Mark::Dropped(_));
        if self.marks.is_full()
            && let Some(at) = self.marks.iter().position(is_news)
        {
            self.marks.remove(at);
        }
        // There is room: at most two marks are no news.
        let _ = self.marks.push(mark);
    }

    pub(super) fn pop(&mut self) -> Option<ScannerEvent> {
        while !self.marks.is_empty() {
            return Some(match self.marks.remove(0) {
                Mark::State(state) => ScannerEvent::State(state),
                Mark::Accepting(on) => ScannerEvent::Accepting(on),
                Mark::Dropped(error) => ScannerEvent::Dropped(error),
                Mark::Scanned => {
                    let Some(scan) = self.scan.clone() else { continue };
                    // Dropped in place, which wipes it; a move would leave the bytes behind.
                    self.scan = None;
                    ScannerEvent::Scanned(scan)
                }
            });
        }
        None
    }
}
