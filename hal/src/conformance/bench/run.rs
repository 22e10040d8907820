//! Moving bytes, events and time.

use super::Bench;
use crate::{
    conformance::{Check, Subject},
    driver::Machine,
    time::{Duration, Instant},
};

/// Moves of bytes at one moment after which the two are said to go round and round.
const MOVES_AT_ONCE_MAX: usize = 10_000;
/// Handled timeouts after which one that is still due is said not to move on.
const TIMEOUTS_AT_ONCE_MAX: usize = 200;
/// How far time goes at most between two calls when timeouts are handled early.
const EARLY_STEP: Duration = Duration::from_millis(7);

impl<S: Subject> Bench<'_, S> {
    pub(in crate::conformance) fn run_for(&mut self, time: Duration) {
        self.run_until(self.now + time);
    }

    pub(in crate::conformance) fn run_until(&mut self, end: Instant) {
        self.exchange();
        while self.now < end && !self.is_stopped() {
            self.step(end);
        }
    }

    /// Hands junk to the driver, as a disturbed line does.
    pub(in crate::conformance) fn junk(&mut self, bytes: &[u8]) {
        self.deliver(bytes);
        self.exchange();
    }

    /// Goes to the next moment that anybody waits for, `end` at the latest.
    pub(super) fn step(&mut self, end: Instant) {
        let due = self.driver.next_timeout();
        let device_due = self.simulator.next_timeout();
        let mut next = [due, device_due].into_iter().flatten().min().unwrap_or(end).min(end);
        if self.link.early {
            next = next.min(self.now + EARLY_STEP);
        }
        if next > self.now {
            self.now = next;
            self.timeouts_at_once = 0;
        }
        if due.is_some_and(|at| at <= self.now) || (self.link.early && self.is_open) {
            self.driver.handle_timeout(self.now);
            self.moves += usize::from(!self.link.early);
        }
        if device_due.is_some_and(|at| at <= self.now) {
            self.simulator.handle_timeout(self.now);
        }
        self.exchange();
        self.time_must_move_on();
    }

    fn time_must_move_on(&mut self) {
        self.timeouts_at_once += 1;
        if self.timeouts_at_once > TIMEOUTS_AT_ONCE_MAX {
            if self.driver.next_timeout().is_some_and(|at| at <= self.now) {
                self.breach(Check::TimeMovesOn, "it wants to be called again and again".into());
            }
            self.now = self.now + Duration::from_millis(1);
            self.timeouts_at_once = 0;
        }
    }

    /// Moves bytes and events until nothing moves, or the bench is to stop.
    pub(in crate::conformance) fn exchange(&mut self) {
        if !self.is_open {
            self.look_when_closed();
            return self.take_events();
        }
        for _ in 0..MOVES_AT_ONCE_MAX {
            if self.is_stopped() {
                return self.take_events();
            }
            let mut moved = self.write();
            let bytes = self.simulator.pending_output(self.now).to_vec();
            self.simulator.output_taken(self.now, bytes.len());
            if !bytes.is_empty() {
                moved = true;
                if self.link.to_driver {
                    let carried = self.link.carry(self.now, &bytes);
                    self.deliver(&carried);
                }
            }
            moved |= self.take_events_told();
            if !moved {
                return;
            }
            self.moves += 1;
        }
        self.breach(Check::TimeMovesOn, "bytes and events come without end".into());
        self.now = self.now + Duration::from_millis(1);
    }

    fn write(&mut self) -> bool {
        let most = turn_of(&mut self.turn, &self.link.writes);
        let shown = self.driver.pending_output(self.now).to_vec();
        if shown.is_empty() || most == 0 {
            return false;
        }
        self.driver.output_taken(self.now, 0);
        if self.driver.pending_output(self.now) != shown {
            self.breach(Check::StableOutput, "a second look showed other bytes".into());
        }
        let count = self.driver.pending_output(self.now).len().min(most).min(shown.len());
        self.driver.output_taken(self.now, count);
        let written = shown.get(..count).unwrap_or_default();
        self.said.extend(written);
        if self.link.to_device {
            self.simulator.receive(self.now, written);
        }
        count > 0
    }

    fn deliver(&mut self, bytes: &[u8]) {
        self.heard.extend(bytes);
        let mut rest = bytes;
        while !rest.is_empty() {
            let size = turn_of(&mut self.turn, &self.link.pieces).clamp(1, rest.len());
            let (piece, left) = rest.split_at(size);
            self.driver.receive(self.now, piece);
            rest = left;
        }
    }
}

/// The next of `sizes`, round and round.
fn turn_of(turn: &mut usize, sizes: &[usize]) -> usize {
    *turn = turn.wrapping_add(1);
    sizes.get(*turn % sizes.len().max(1)).copied().unwrap_or(usize::MAX)
}
