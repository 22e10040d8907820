//! How a reading goes on and how it ends.

use super::{IdCardDriver, Phase};
use crate::{
    driver::DeviceState,
    idcard::{
        error::IdCardError,
        event::IdCardEvent,
        flight::{Failure, Reading, Reply},
        framing::{Framing, Request},
        job::Progress,
        presence::{Change, Comparison},
    },
    time::Instant,
};

impl<F: Framing> IdCardDriver<F> {
    /// Whether a reading is under way whose end the host waits for: not one that only compares.
    pub(super) fn is_first_reading(&self) -> bool {
        self.job.as_ref().is_some_and(|job| !job.is_muted()) && !self.presence.is_settled()
    }

    /// Takes in an answer that belongs to the reading.
    pub(super) fn received(&mut self, now: Instant, reply: Reply) {
        if reply.text.is_some() {
            self.presence.consumed();
        }
        match self.job.as_mut().map(|job| job.receive(now, reply)) {
            None => self.watch(now),
            Some(Progress::Going) => {}
            Some(Progress::Selected) => {
                let placed = self.presence.confirm();
                self.tell(Change { lifted: false, placed });
            }
            Some(Progress::Ended(result)) => self.end_reading(now, result),
        }
    }

    pub(super) fn reading_failed(&mut self, now: Instant, failure: Failure) {
        let request = self.job.as_ref().map(|job| job.request());
        match (failure, request) {
            (Failure::Disturbed, _) => {
                self.end_reading(now, Err(IdCardError::Transmission));
                self.phase = Phase::Fencing;
            }
            // A document may be the cause: the reading ends when it is known whether the reader is
            // there.
            (Failure::Silent, Some(Request::ReadText)) => self.phase = Phase::Fencing,
            (Failure::Silent, _) => {
                self.away(now, DeviceState::PowerOff, IdCardError::ReaderLost);
            }
        }
    }

    /// The reader answers again after it was silent: a reading that waits for that ends.
    pub(super) fn fenced(&mut self, now: Instant) {
        match self.job {
            Some(_) => self.end_reading(now, Err(IdCardError::TimedOut)),
            None => self.watch(now),
        }
    }

    /// Ends the reading because of what happened elsewhere.
    pub(super) fn end_job(&mut self, error: IdCardError) {
        if self.is_first_reading() {
            self.queue.push(IdCardEvent::Read(Err(error)));
        }
        self.job = None;
    }

    /// Ends the reading and watches again.
    pub(super) fn end_reading(&mut self, now: Instant, result: Result<Reading, IdCardError>) {
        self.watch(now);
        let is_first = self.is_first_reading();
        if self.job.take().is_none_or(|job| job.is_muted()) {
            return;
        }
        match result {
            Ok(reading) => self.end_with_text(now, reading),
            Err(IdCardError::LiftedOff) => {
                if !self.presence.is_told() {
                    return;
                }
                if is_first {
                    self.queue.push(IdCardEvent::Read(Err(IdCardError::LiftedOff)));
                }
                let lifted = self.presence.lost();
                self.tell(Change { lifted, placed: false });
            }
            Err(_) if !is_first => self.presence.recheck_later(now),
            Err(error) => {
                let placed = self.presence.confirm();
                self.tell(Change { lifted: false, placed });
                self.presence.settle(now, None);
                self.told_of_document(Some(error));
                self.queue.push(IdCardEvent::Read(Err(error)));
            }
        }
    }

    fn end_with_text(&mut self, now: Instant, reading: Reading) {
        let comparison = self.presence.compare(&reading.digest);
        if comparison == Comparison::Same {
            return self.presence.recheck_later(now);
        }
        let mut change = Change::default();
        if comparison == Comparison::Other {
            change.lifted = self.presence.lost();
            // It was just read, whatever lay there before.
            self.presence.consumed();
        }
        change.placed = self.presence.confirm();
        self.tell(change);
        self.presence.settle(now, Some(reading.digest));
        let result = reading.document.map_err(IdCardError::Text);
        self.told_of_document(result.as_ref().err().copied());
        self.queue.push(IdCardEvent::Read(result));
    }

    /// The state that the document on the reader puts the device in, until it is lifted.
    fn told_of_document(&mut self, error: Option<IdCardError>) {
        self.set_state(match error {
            Some(error) if error.is_suspicious() => DeviceState::SuspectedFraud,
            Some(IdCardError::Sam(_) | IdCardError::Text(_)) => DeviceState::UserError,
            _ => DeviceState::Online,
        });
    }
}
