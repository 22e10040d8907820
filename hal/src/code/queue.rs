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
    /// The state told last.
    state: DeviceState,
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
                // Between two equal states another was dropped: it is no news any more.
                Mark::State(state) if state == self.state => continue,
                Mark::State(state) => {
                    self.state = state;
                    ScannerEvent::State(state)
                }
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

#[cfg(test)]
mod tests {
    use super::{EVENTS_MAX, Queue};
    use crate::{
        code::{event::ScannerEvent, scan::ScanError},
        driver::DeviceState,
    };

    #[test]
    fn no_state_is_told_twice_when_news_were_dropped() {
        let mut queue = Queue::default();
        queue.push(ScannerEvent::State(DeviceState::Online));
        assert!(matches!(queue.pop(), Some(ScannerEvent::State(DeviceState::Online))));
        queue.push(ScannerEvent::State(DeviceState::NoDevice));
        queue.push(ScannerEvent::State(DeviceState::Online));
        for _ in 1..EVENTS_MAX {
            queue.push(ScannerEvent::Dropped(ScanError::Garbage));
        }
        assert!(matches!(queue.pop(), Some(ScannerEvent::Dropped(_))));
        assert_eq!(core::iter::from_fn(|| queue.pop()).count(), EVENTS_MAX - 2);
    }
}
