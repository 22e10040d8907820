//! One reading: find again if need be, select, read; starts again when something goes wrong.

use super::{
    error::IdCardError,
    flight::{Reading, Reply},
    framing::Request,
    limits::{COMMAND_LIMIT, DEBOUNCE, READING_LIMIT, RESTARTS_MAX},
    status::SamStatus,
};
use crate::time::Instant;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Reset the security module, so that it finds the document again.
    Wake,
    Find,
    Select,
    Text,
}

/// What an answer leads to.
#[allow(clippy::large_enum_variant, reason = "short-lived, and no heap")]
pub(super) enum Progress {
    /// More is to be asked.
    Going,
    /// The document answered, so it lies there.
    Selected,
    /// The end.
    Ended(Result<Reading, IdCardError>),
}

/// A reading under way, of a document that was just found.
pub(super) struct Job {
    step: Step,
    restarts: u8,
    deadline: Instant,
    end: Instant,
    not_before: Instant,
    /// Nothing was found when it was looked for last.
    missed: bool,
    muted: bool,
}

impl Job {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            step: Step::Select,
            restarts: 0,
            deadline: now + READING_LIMIT,
            end: now + COMMAND_LIMIT,
            not_before: now,
            missed: false,
            muted: false,
        }
    }

    /// When the document is given up.
    pub(super) const fn deadline(&self) -> Instant {
        self.deadline
    }

    /// The end of everything, the question whether the reader is there included.
    pub(super) const fn end(&self) -> Instant {
        self.end
    }

    /// When the next request may be sent.
    pub(super) const fn not_before(&self) -> Instant {
        self.not_before
    }

    /// Nobody wants the result any more; the answer under way is waited for and dropped.
    pub(super) fn mute(&mut self) {
        self.muted = true;
    }

    pub(super) const fn is_muted(&self) -> bool {
        self.muted
    }

    pub(super) const fn request(&self) -> Request {
        match self.step {
            Step::Wake => Request::Reset,
            Step::Find => Request::Find,
            Step::Select => Request::Select,
            Step::Text => Request::ReadText,
        }
    }

    /// Takes in the answer to [`request`](Self::request).
    pub(super) fn receive(&mut self, now: Instant, reply: Reply) -> Progress {
        if self.muted {
            return Progress::Ended(Err(IdCardError::Cancelled));
        }
        match (self.step, reply.status, reply.text) {
            (Step::Wake, ..) => self.step = Step::Find,
            (Step::Find, SamStatus::Found, _) => {
                self.missed = false;
                self.step = Step::Select;
            }
            (Step::Find, status, _) if status.is_nothing_found() => {
                if core::mem::replace(&mut self.missed, true) {
                    return Progress::Ended(Err(IdCardError::LiftedOff));
                }
                self.not_before = now + DEBOUNCE;
            }
            (Step::Select, SamStatus::Done, _) => {
                self.step = Step::Text;
                return Progress::Selected;
            }
            (Step::Text, SamStatus::Done, Some(reading)) => return Progress::Ended(Ok(reading)),
            (_, status, _) => return self.restart(status),
        }
        Progress::Going
    }

    fn restart(&mut self, status: SamStatus) -> Progress {
        if self.restarts >= RESTARTS_MAX || status.is_refusal() {
            return Progress::Ended(Err(IdCardError::Sam(status)));
        }
        self.restarts += 1;
        self.step = Step::Wake;
        self.missed = false;
        Progress::Going
    }
}
