//! How the host's commands begin and end.

use core::mem;

use super::{CardDriver, Phase, VerifyError, Verifying, Work};
use crate::{
    card::{
        error::CardError,
        event::{CardCommand, CardCommandKind, CardEvent},
        flight::Failure,
        job::Job,
        message::Reply,
        social_card::SocialCard,
        verify::End,
    },
    driver::DeviceState,
    time::Instant,
};

impl CardDriver {
    pub(super) fn begin_pending(&mut self, now: Instant) {
        let Some(kind) = self.pending.as_ref().map(CardCommand::kind) else { return };
        match kind {
            CardCommandKind::Read if !self.presence.is_present() => {
                self.deadline = None;
                self.queue.push(CardEvent::Read(Err(CardError::Removed)));
            }
            CardCommandKind::Read => {
                self.presence.set_powered(false);
                // A reader that does not tell its firmware (SEC1210) agrees with the card itself.
                let agrees = !self.firmware.is_empty();
                self.work =
                    self.deadline.map_or(Work::Nothing, |at| Work::Reading(Job::new(at, agrees)));
                self.phase = Phase::Reading;
            }
            CardCommandKind::Verify => self.begin_verify(now),
            CardCommandKind::PowerOff => {
                self.presence.set_powered(false);
                self.work = Work::Nothing;
                self.phase = Phase::PoweringOff;
            }
        }
        // Dropped in place, which wipes a PIN; a move would leave its digits behind.
        self.pending = None;
    }

    fn begin_verify(&mut self, now: Instant) {
        match (mem::replace(&mut self.work, Work::Nothing), &self.pending) {
            (Work::Bound(transport), Some(CardCommand::Verify(pin))) => {
                let check = Verifying::new(now, transport, pin, self.config.pin_format);
                self.work = Work::Verifying(check);
                self.phase = Phase::Verifying;
            }
            _ => {
                self.deadline = None;
                self.queue.push(CardEvent::Verified(Err(VerifyError::Removed)));
            }
        }
    }

    pub(super) fn work_replied(&mut self, now: Instant, reply: &Reply) {
        match &mut self.work {
            Work::Reading(job) => {
                if let Err(error) = job.receive(reply) {
                    self.end_read(now, Err(error));
                }
            }
            Work::Verifying(check) => {
                if let Some(end) = check.receive(reply) {
                    self.end_verify(now, end);
                }
            }
            Work::Nothing | Work::Bound(_) => {}
        }
    }

    pub(super) fn work_failed(&mut self, now: Instant, failure: Failure) {
        match &mut self.work {
            Work::Reading(job) => {
                if let Err(error) = job.failed(now, failure) {
                    self.end_read(now, Err(error));
                }
            }
            Work::Verifying(check) => {
                if let Some(end) = check.failed(now, failure) {
                    self.end_verify(now, end);
                }
            }
            Work::Nothing | Work::Bound(_) => {}
        }
    }

    /// The time of a command is over.
    pub(super) fn overdue(&mut self, now: Instant) {
        self.deadline = None;
        let error = VerifyError::TimedOut;
        match &self.work {
            Work::Reading(_) => return self.end_read(now, Err(CardError::TimedOut)),
            Work::Verifying(check) => {
                let result = Err(check.abandoned(error));
                return self.end_verify(now, End { result, is_card_gone: false });
            }
            Work::Nothing | Work::Bound(_) => {}
        }
        match &self.pending {
            Some(CardCommand::Read) => self.queue.push(CardEvent::Read(Err(CardError::TimedOut))),
            Some(CardCommand::Verify(_)) => self.queue.push(CardEvent::Verified(Err(error))),
            Some(CardCommand::PowerOff) | None => return,
        }
        self.pending = None;
    }

    pub(super) fn end_read(&mut self, now: Instant, result: Result<SocialCard, CardError>) {
        let transport = match &mut self.work {
            Work::Reading(job) if result.is_ok() => job.take_transport(),
            _ => None,
        };
        // What was read is dropped in place, which wipes it.
        self.work = transport.map_or(Work::Nothing, Work::Bound);
        self.deadline = None;
        self.channel.abandon();
        self.presence.set_powered(result.is_ok());
        let error = result.as_ref().err().copied();
        self.queue.push(CardEvent::Read(result));
        self.poll_at = now;
        match error {
            None => self.phase = Phase::Idle,
            Some(CardError::Removed) => self.card_gone(),
            Some(CardError::ReaderLost) => self.reader_away(now, DeviceState::PowerOff),
            Some(_) => self.phase = Phase::Tidying,
        }
    }

    fn end_verify(&mut self, now: Instant, end: End) {
        if let Work::Verifying(check) = &mut self.work {
            check.forget();
        }
        let work = mem::replace(&mut self.work, Work::Nothing);
        self.deadline = None;
        self.channel.abandon();
        self.queue.push(CardEvent::Verified(end.result));
        self.poll_at = now;
        self.phase = Phase::Idle;
        match end.result {
            _ if end.is_card_gone => self.card_gone(),
            Err(VerifyError::ReaderLost) => self.reader_away(now, DeviceState::PowerOff),
            // Where the card stands is unknown: it starts over, and is read again first.
            Err(VerifyError::Unknown | VerifyError::TimedOut) => {
                self.presence.set_powered(false);
                self.phase = Phase::Tidying;
            }
            _ => {
                if let Work::Verifying(check) = work {
                    self.work = Work::Bound(check.into_transport());
                }
            }
        }
    }

    fn card_gone(&mut self) {
        self.phase = Phase::Idle;
        if self.presence.card_lost() {
            self.queue.push(CardEvent::Removed);
        }
    }

    /// Every command under way ends, with an event each.
    pub(super) fn end_commands(&mut self) {
        self.deadline = None;
        let (work, pending) = (&self.work, &self.pending);
        if matches!(work, Work::Reading(_)) || matches!(pending, Some(CardCommand::Read)) {
            self.queue.push(CardEvent::Read(Err(CardError::ReaderLost)));
        }
        let lost = VerifyError::ReaderLost;
        let verify = match (work, pending) {
            (Work::Verifying(check), _) => Some(check.abandoned(lost)),
            (_, Some(CardCommand::Verify(_))) => Some(lost),
            _ => None,
        };
        if let Some(error) = verify {
            self.queue.push(CardEvent::Verified(Err(error)));
        }
        if self.phase == Phase::PoweringOff || matches!(pending, Some(CardCommand::PowerOff)) {
            self.queue.push(CardEvent::PowerOff(Err(CardError::ReaderLost)));
        }
        // Dropped in place, which wipes what was read, and a PIN.
        self.work = Work::Nothing;
        self.pending = None;
    }
}
