//! One CCID command in flight: its echo, its sequence number, its retries and its deadlines.

use zeroize::Zeroize;

use super::{
    flight::{Failure, Flight, Patience},
    frame::{FrameDecoder, Received, encode},
    limits::{FRAME_GAP, OUTPUT_BYTES_MAX},
    message::{Reply, Request},
};
use crate::{outgoing::Outgoing, time::Instant};

/// What the line brings.
#[allow(clippy::large_enum_variant, reason = "short-lived, and no heap")]
pub(super) enum Signal {
    /// `50 02` or `50 03`.
    CardMoved,
    /// The answer to the command in flight.
    Replied(Reply),
    /// There will be none.
    Failed(Failure),
}

/// The line to the reader.
#[derive(Default)]
pub(super) struct Channel {
    decoder: FrameDecoder,
    gap_at: Option<Instant>,
    output: Outgoing<OUTPUT_BYTES_MAX>,
    sequence: u8,
    flight: Option<Flight>,
    echo: bool,
    /// An attempt failed while bytes were taken in; acted on once they are all looked at.
    failed: Option<Failure>,
}

impl Channel {
    /// Forgets everything but the sequence number, so that late answers stay recognisable.
    pub(super) fn reset(&mut self) {
        self.decoder.reset();
        self.output.clear();
        self.gap_at = None;
        self.flight = None;
        self.failed = None;
        self.echo = false;
    }

    pub(super) fn is_idle(&self) -> bool {
        self.flight.is_none()
    }

    /// Whether the reader sent the last answered command back before its answer.
    pub(super) fn echo(&self) -> bool {
        self.echo
    }

    pub(super) fn begin(&mut self, now: Instant, request: Request, patience: Patience) {
        self.failed = None;
        self.flight = Some(Flight::new(now, request, patience));
        self.send(now);
    }

    /// Gives up the command in flight; its answer, should it come, is dropped.
    pub(super) fn abandon(&mut self) {
        self.flight = None;
    }

    pub(super) fn push(&mut self, now: Instant, byte: u8) {
        self.decoder.push(byte);
        self.gap_at = Some(now + FRAME_GAP);
    }

    /// The next signal in the bytes so far.
    pub(super) fn next_signal(&mut self, now: Instant) -> Option<Signal> {
        loop {
            let Some(received) = self.decoder.next() else {
                let failure = self.failed.take()?;
                if let Some(failure) = self.attempt_failed(now, failure) {
                    return Some(Signal::Failed(failure));
                }
                continue;
            };
            match (received, &mut self.flight) {
                (Received::CardIn | Received::CardOut, _) => return Some(Signal::CardMoved),
                (_, None) => {}
                (Received::TimeRequest, Some(flight)) => flight.extend(now),
                (Received::Nak, Some(_)) => self.failed = Some(Failure::Disturbed),
                (Received::Broken, Some(flight)) => flight.doubt(now),
                (Received::Message(message), Some(flight)) => {
                    if let Some(reply) = flight.reply(now, message) {
                        self.echo = flight.is_echoed();
                        self.flight = None;
                        self.failed = None;
                        return Some(Signal::Replied(reply));
                    }
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
        let gap = self.gap_at.filter(|_| self.decoder.is_waiting());
        let flight = self.flight.as_ref().map(Flight::next_timeout);
        gap.into_iter().chain(flight).min()
    }

    /// Acts on what is due; take [`next_signal`](Self::next_signal) afterwards.
    pub(super) fn handle_timeout(&mut self, now: Instant) {
        if self.decoder.is_waiting() && self.gap_at.is_some_and(|at| at <= now) {
            if self.decoder.give_up() {
                self.failed = self.flight.as_ref().map(|_| Failure::Disturbed);
            }
        } else if let Some(flight) = &self.flight {
            self.failed = flight.failure(now);
        }
    }

    /// Sends again what may be sent again; else the command has failed.
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
        let Some(flight) = &mut self.flight else {
            return;
        };
        // A number of its own for each attempt: the answer to an earlier one is then recognised.
        self.sequence = self.sequence.wrapping_add(1);
        flight.start_attempt(now, self.sequence);
        if let Some(mut message) = flight.message()
            && let Some(mut frame) = encode(&message)
        {
            // When not even the frame before has been written, silence will end the command.
            self.output.send(&frame);
            // It may carry a PIN.
            message.zeroize();
            frame.zeroize();
        }
    }
}
