//! The line to the reader: bytes out, answers in, repeats.

use super::{
    flight::{Failure, Flight, Reply},
    framing::{Framing, Received, Request},
    limits::{FRAME_GAP, OUTPUT_BYTES_MAX},
};
use crate::{outgoing::Outgoing, time::Instant};

/// What the line brings.
#[allow(clippy::large_enum_variant, reason = "short-lived, and no heap")]
pub(super) enum Signal {
    /// The answer to the command in flight.
    Replied(Reply),
    /// There will be none.
    Failed(Failure),
}

/// The line to the reader.
pub(super) struct Channel<F> {
    framing: F,
    gap_at: Instant,
    output: Outgoing<OUTPUT_BYTES_MAX>,
    flight: Option<Flight>,
    /// An attempt failed; acted on once all bytes are looked at.
    failed: Option<Failure>,
}

impl<F: Framing> Channel<F> {
    pub(super) fn new(framing: F) -> Self {
        Self {
            framing,
            gap_at: Instant::default(),
            output: Outgoing::new(),
            flight: None,
            failed: None,
        }
    }

    /// Forgets everything.
    pub(super) fn reset(&mut self) {
        self.framing.reset();
        self.output.clear();
        self.flight = None;
        self.failed = None;
    }

    pub(super) fn is_idle(&self) -> bool {
        self.flight.is_none()
    }

    pub(super) fn begin(&mut self, now: Instant, request: Request, deadline: Instant) {
        self.failed = None;
        self.flight = Some(Flight::new(now, request, deadline));
        self.send(now);
    }

    /// Gives up the command in flight; its answer, should it come, is dropped.
    pub(super) fn abandon(&mut self) {
        self.flight = None;
        self.failed = None;
    }

    pub(super) fn push(&mut self, now: Instant, byte: u8) {
        self.framing.push(byte);
        self.gap_at = now + FRAME_GAP;
    }

    /// The next signal in the bytes so far.
    pub(super) fn next_signal(&mut self, now: Instant) -> Option<Signal> {
        loop {
            let Some(received) = self.framing.next() else {
                let failure = self.failed.take()?;
                if let Some(failure) = self.attempt_failed(now, failure) {
                    return Some(Signal::Failed(failure));
                }
                continue;
            };
            let Some(flight) = &mut self.flight else { continue };
            match received {
                Received::Broken => flight.doubt(now),
                Received::Answer(answer) if !flight.is_answered_by(&answer) => {}
                Received::Answer(answer) if answer.status.is_disturbance() => {
                    self.failed = Some(Failure::Disturbed);
                }
                Received::Answer(answer) => {
                    let reply = Reply::take(&answer);
                    self.abandon();
                    return Some(Signal::Replied(reply));
                }
            }
        }
    }

    pub(super) fn output(&self) -> &[u8] {
        self.output.pending()
    }

    pub(super) fn output_taken(&mut self, count: usize) {
        self.output.taken(count);
    }

    pub(super) fn next_timeout(&self) -> Option<Instant> {
        let is_waiting = self.framing.is_waiting();
        let flight = self.flight.as_ref().map(|flight| flight.next_timeout(is_waiting));
        is_waiting.then_some(self.gap_at).into_iter().chain(flight).min()
    }

    /// Acts on what is due; take [`next_signal`](Self::next_signal) afterwards.
    pub(super) fn handle_timeout(&mut self, now: Instant) {
        let is_waiting = self.framing.is_waiting();
        if is_waiting && self.gap_at <= now {
            if self.framing.give_up() {
                self.failed = self.flight.as_ref().map(|_| Failure::Disturbed);
            }
        } else if let Some(flight) = &self.flight
            && flight.next_timeout(is_waiting) <= now
        {
            self.failed = Some(flight.failure());
        }
    }

    /// Sends again, which every command of this reader bears; else the command has failed.
    fn attempt_failed(&mut self, now: Instant, failure: Failure) -> Option<Failure> {
        let flight = self.flight.as_ref()?;
        if flight.may_try_again(now) {
            self.send(now);
            return None;
        }
        self.flight = None;
        Some(failure)
    }

    fn send(&mut self, now: Instant) {
        let Some(flight) = &mut self.flight else { return };
        flight.start_attempt(now);
        // When not even the frame before has been written, silence will end the command.
        self.output.send(&self.framing.encode(flight.request()));
    }
}
