//! How long a device takes to answer, measured on the link.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many of the latest exchanges are kept.
const KEPT_MAX: usize = 16;

/// The latest exchanges with a device; clones share one memory.
#[derive(Clone, Debug, Default)]
pub struct RoundTrips(Arc<Mutex<VecDeque<Duration>>>);

impl RoundTrips {
    /// How many exchanges are known, at most 16, and the median of their times: from the first byte of
    /// a question to the last byte that came before the next one.
    pub fn median(&self) -> (usize, Option<Duration>) {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut times: Vec<Duration> = kept.iter().copied().collect();
        times.sort_unstable();
        (times.len(), times.get(times.len() / 2).copied())
    }

    fn keep(&self, time: Duration) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.truncate(KEPT_MAX - 1);
        kept.push_front(time);
    }
}

/// Takes the times of what passes over one link.
pub(super) struct Stopwatch {
    round_trips: RoundTrips,
    asked: Option<Instant>,
    answered: Option<Instant>,
}

impl Stopwatch {
    pub(super) fn new(round_trips: RoundTrips) -> Self {
        Self { round_trips, asked: None, answered: None }
    }

    /// Bytes were written.
    pub(super) fn wrote(&mut self, now: Instant) {
        if self.answered.is_some() {
            self.finish();
        }
        self.asked.get_or_insert(now);
    }

    /// Bytes came.
    pub(super) fn read(&mut self, now: Instant) {
        if self.asked.is_some() {
            self.answered = Some(now);
        }
    }

    /// Nothing more belongs to the last question.
    pub(super) fn finish(&mut self) {
        if let (Some(asked), Some(answered)) = (self.asked.take(), self.answered.take()) {
            self.round_trips.keep(answered.saturating_duration_since(asked));
        }
    }

    /// The link is another one.
    pub(super) fn forget(&mut self) {
        (self.asked, self.answered) = (None, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_in_pieces_and_an_answer_in_pieces_are_one_exchange() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let trips = RoundTrips::default();
        let mut watch = Stopwatch::new(trips.clone());
        watch.read(at(0));
        for (asked, answered) in [(10, 12), (100, 105), (200, 203)] {
            watch.wrote(at(asked));
            watch.wrote(at(asked + 1));
            watch.read(at(asked + 1));
            watch.read(at(answered));
        }
        assert_eq!(trips.median(), (2, Some(Duration::from_millis(5))), "the third is not over");
        watch.finish();
        assert_eq!(trips.median(), (3, Some(Duration::from_millis(3))));
        watch.wrote(at(300));
        watch.forget();
        watch.read(at(900));
        watch.finish();
        assert_eq!(trips.median().0, 3, "an answer over another link is nobody's");
        for n in 0..40 {
            watch.wrote(at(1000 + 10 * n));
            watch.read(at(1001 + 10 * n));
        }
        assert_eq!(trips.median(), (KEPT_MAX, Some(Duration::from_millis(1))));
    }
}
