//! A command on its way: its attempts, its patience, and what counts as its answer.

use super::{
    document::IdDocument,
    framing::{Answer, Content, Request},
    limits::{ATTEMPTS_MAX, FRAME_GAP, READ_SILENCE, RESET_SILENCE, STATUS_SILENCE},
    sam_id::SamId,
    status::SamStatus,
    text::{self, TextError},
};
use crate::{
    digest::Digest,
    time::{Duration, Instant},
};

/// Why a command came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// The reader said nothing.
    Silent,
    /// What came or went was disturbed.
    Disturbed,
}

/// What the reader answered.
pub(super) struct Reply {
    pub(super) status: SamStatus,
    pub(super) sam_id: Option<SamId>,
    pub(super) text: Option<Reading>,
}

/// A text that was read: what it says, and how to know it again.
pub(super) struct Reading {
    pub(super) document: Result<IdDocument, TextError>,
    pub(super) digest: Digest,
}

/// The command in flight.
pub(super) struct Flight {
    request: Request,
    attempts: u8,
    deadline: Instant,
    silent_at: Instant,
    disturbed: bool,
}

impl Flight {
    pub(super) fn new(now: Instant, request: Request, deadline: Instant) -> Self {
        Self { request, attempts: 0, deadline, silent_at: now, disturbed: false }
    }

    pub(super) const fn request(&self) -> Request {
        self.request
    }

    pub(super) fn start_attempt(&mut self, now: Instant) {
        self.attempts = self.attempts.saturating_add(1);
        self.disturbed = false;
        self.silent_at = now + patience(self.request);
    }

    pub(super) fn may_try_again(&self, now: Instant) -> bool {
        self.attempts < ATTEMPTS_MAX && now < self.deadline
    }

    /// Why the attempt has failed, now that its time is over.
    pub(super) const fn failure(&self) -> Failure {
        if self.disturbed { Failure::Disturbed } else { Failure::Silent }
    }

    /// Something broken came: junk before the answer, or the answer; wait a moment to know.
    pub(super) fn doubt(&mut self, now: Instant) {
        self.disturbed = true;
        self.silent_at = self.silent_at.min(now + FRAME_GAP);
    }

    /// An answer that has begun may take longer: then its own gaps count, up to the deadline.
    pub(super) fn next_timeout(&self, has_begun: bool) -> Instant {
        if has_begun { self.deadline } else { self.silent_at.min(self.deadline) }
    }

    /// Whether `answer` can be the answer to this command, not a late one to another: answers do not
    /// say what they answer.
    pub(super) fn is_answered_by(&self, answer: &Answer<'_>) -> bool {
        let data = match answer.content {
            Content::Short(data) => Some(data.len()),
            Content::Text(_) => None,
        };
        let good = match self.request {
            Request::Reset | Request::Status => (SamStatus::Done, Some(0)),
            Request::SamId => (SamStatus::Done, Some(16)),
            Request::Find => (SamStatus::Found, Some(4)),
            Request::Select => (SamStatus::Done, Some(8)),
            Request::ReadText => (SamStatus::Done, None),
        };
        if matches!(answer.status, SamStatus::Done | SamStatus::Found) {
            return (answer.status, data) == good;
        }
        let of_sam = answer.status.is_hardware_fault()
            || answer.status.is_disturbance()
            || answer.status.is_refusal()
            || matches!(answer.status, SamStatus::Other(_));
        let of_document =
            matches!(self.request, Request::Find | Request::Select | Request::ReadText);
        data == Some(0) && (of_sam || of_document)
    }
}

const fn patience(request: Request) -> Duration {
    match request {
        Request::Reset => RESET_SILENCE,
        Request::ReadText => READ_SILENCE,
        Request::Status | Request::SamId | Request::Find | Request::Select => STATUS_SILENCE,
    }
}

impl Reply {
    pub(super) fn take(answer: &Answer<'_>) -> Self {
        let (sam_id, text) = match answer.content {
            Content::Short(data) => (<[u8; 16]>::try_from(data).ok().map(SamId::from_bytes), None),
            Content::Text(bytes) => {
                (None, Some(Reading { document: text::parse(bytes), digest: Digest::of(bytes) }))
            }
        };
        Self { status: answer.status, sam_id, text }
    }
}
