//! A command on its way: its attempts, its patience, and what counts as its answer.

use heapless::Vec;

use super::{
    limits::{ATTEMPTS_MAX, FRAME_GAP, MESSAGE_BYTES_MAX},
    message::{Answer, Command, Outcome, Reply, Request, SLOT},
};
use crate::time::{Duration, Instant};

/// Why a command came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// The reader said nothing.
    Silent,
    /// The reader kept asking for time, to the end.
    Overdue,
    /// What came or went was disturbed: a wrong LRC, a NAK, half a frame.
    Disturbed,
}

/// How long a command may take.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    /// Silence after which an attempt has failed.
    pub silence: Duration,
    /// The end of everything.
    pub deadline: Instant,
}

/// The command in flight.
pub(super) struct Flight {
    request: Request,
    sequence: u8,
    attempts: u8,
    patience: Patience,
    silent_at: Instant,
    asked_for_time: bool,
    disturbed: bool,
    echoed: bool,
}

impl Flight {
    pub(super) fn new(now: Instant, request: Request, patience: Patience) -> Self {
        Self {
            request,
            sequence: 0,
            attempts: 0,
            patience,
            silent_at: now,
            asked_for_time: false,
            disturbed: false,
            echoed: false,
        }
    }

    pub(super) fn start_attempt(&mut self, now: Instant, sequence: u8) {
        self.sequence = sequence;
        self.attempts = self.attempts.saturating_add(1);
        self.disturbed = false;
        self.silent_at = now + self.patience.silence;
    }

    pub(super) fn may_try_again(&self, now: Instant) -> bool {
        self.request.command.is_idempotent()
            && self.attempts < ATTEMPTS_MAX
            && now < self.patience.deadline
    }

    pub(super) fn message(&self) -> Option<Vec<u8, MESSAGE_BYTES_MAX>> {
        self.request.encode(self.sequence)
    }

    /// Whether the command came back before its answer.
    pub(super) fn is_echoed(&self) -> bool {
        self.echoed
    }

    pub(super) fn next_timeout(&self) -> Instant {
        self.silent_at.min(self.patience.deadline)
    }

    /// Why the attempt has failed, if its time is over.
    pub(super) fn failure(&self, now: Instant) -> Option<Failure> {
        if now < self.next_timeout() {
            None
        } else if self.patience.deadline <= now && self.asked_for_time {
            Some(Failure::Overdue)
        } else if self.disturbed {
            Some(Failure::Disturbed)
        } else {
            Some(Failure::Silent)
        }
    }

    /// The reader asks for time.
    pub(super) fn extend(&mut self, now: Instant) {
        self.asked_for_time = true;
        self.silent_at = now + self.patience.silence;
    }

    /// Something broken came: junk before the answer, or the answer; wait a moment to know.
    pub(super) fn doubt(&mut self, now: Instant) {
        self.disturbed = true;
        self.silent_at = self.silent_at.min(now + FRAME_GAP);
    }

    /// The reply, if `message` is the answer to this command.
    pub(super) fn reply(&mut self, now: Instant, message: &[u8]) -> Option<Reply> {
        if self.request.is_echoed_by(self.sequence, message) {
            self.echoed = true;
            return None;
        }
        let answer = Answer::parse(message)?;
        if answer.slot != SLOT || answer.sequence != self.sequence {
            return None;
        }
        let result = match answer.outcome {
            Outcome::Done => Ok(()),
            Outcome::Failed(error) => Err(error),
            Outcome::MoreTime => {
                self.extend(now);
                return None;
            }
        };
        // A refusal may come as a slot status; an answer of another kind with data may not.
        let command = self.request.command;
        let fits = answer.kind == command.answer_type()
            || (result.is_err() && answer.kind == Command::SlotStatus.answer_type());
        if !fits {
            return None;
        }
        let data = Vec::from_slice(answer.data).ok()?;
        Some(Reply { icc: answer.icc, result, data })
    }
}
