//! What a simulated device sends, and when.

use std::{collections::VecDeque, vec::Vec};

use crate::time::{Duration, Instant};

/// Bytes that a simulated device sends when their time has come, in order.
#[derive(Default)]
pub(crate) struct Outbox {
    scheduled: VecDeque<(Instant, Vec<u8>)>,
    due: Vec<u8>,
}

impl Outbox {
    /// Sends `bytes` at `at`, but never before what is to be sent earlier.
    pub(crate) fn schedule(&mut self, at: Instant, bytes: impl Into<Vec<u8>>) {
        let at = self.scheduled.back().map_or(at, |(last, _)| at.max(*last));
        self.scheduled.push_back((at, bytes.into()));
    }

    /// Sends `bytes` from `at` on, so many at a time, each piece so long after the one before.
    pub(crate) fn schedule_pieces(
        &mut self,
        at: Instant,
        bytes: &[u8],
        piece: usize,
        time: Duration,
    ) {
        let mut at = at;
        for piece in bytes.chunks(piece) {
            self.schedule(at, piece);
            at = at + time;
        }
    }

    /// What is to be sent now.
    pub(crate) fn pending(&mut self, now: Instant) -> &[u8] {
        self.release(now);
        &self.due
    }

    /// The first `count` bytes of [`pending`](Self::pending) were sent.
    pub(crate) fn taken(&mut self, count: usize) {
        self.due.drain(..count.min(self.due.len()));
    }

    /// When there is more to be sent.
    pub(crate) fn next_due(&self) -> Option<Instant> {
        self.scheduled.front().map(|(at, _)| *at)
    }

    /// Hands over what is due.
    pub(crate) fn release(&mut self, now: Instant) {
        while self.next_due().is_some_and(|at| at <= now) {
            let due = self.scheduled.pop_front();
            self.due.extend(due.into_iter().flat_map(|(_, bytes)| bytes));
        }
    }

    /// Nothing is sent any more.
    pub(crate) fn clear(&mut self) {
        self.scheduled.clear();
        self.due.clear();
    }
}
