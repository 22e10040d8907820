//! What the host asks of the driver.

use super::{IdCardDriver, Phase};
use crate::{
    driver::DeviceState,
    idcard::{
        error::IdCardError,
        event::{IdCardEvent, IdCardRefusal},
        framing::Framing,
        limits::COMMAND_LIMIT,
    },
    time::Instant,
};

impl<F: Framing> IdCardDriver<F> {
    pub(super) fn set_accepts(&mut self, on: bool) {
        self.accepts = on;
        if !on {
            self.queue.drop_read();
            if let Some(job) = &mut self.job {
                job.mute();
            }
        }
        self.queue.push(IdCardEvent::Accepting(on));
    }

    pub(super) fn reset(&mut self, now: Instant) -> Result<(), IdCardRefusal> {
        let is_opening = matches!(self.phase, Phase::Resetting | Phase::Asking | Phase::Naming);
        if self.reset_deadline.is_some() || self.queue.holds_reset() {
            return Err(IdCardRefusal::Busy);
        }
        match (self.phase, self.state) {
            (Phase::Closed | Phase::Away(_), _) => return Err(IdCardRefusal::NoReader),
            // The rest of a reset that was cancelled.
            (_, DeviceState::Online) if is_opening => return Err(IdCardRefusal::Busy),
            _ if is_opening => return Err(IdCardRefusal::NoReader),
            _ => {}
        }
        self.end_job(IdCardError::Cancelled);
        self.channel.abandon();
        self.reset_deadline = Some(now + COMMAND_LIMIT);
        self.phase = Phase::Resetting;
        self.advance(now);
        Ok(())
    }

    pub(super) fn cancel(&mut self) {
        self.end_reset(Err(IdCardError::Cancelled));
        if self.is_first_reading() {
            self.queue.push(IdCardEvent::Read(Err(IdCardError::Cancelled)));
            self.presence.leave_alone();
        }
        if let Some(job) = &mut self.job {
            job.mute();
        }
    }

    pub(super) fn end_reset(&mut self, result: Result<(), IdCardError>) {
        if self.reset_deadline.take().is_some() {
            self.queue.push(IdCardEvent::Reset(result));
        }
    }
}
