//! What the driver does when something came, and what it begins next.

use super::{IdCardDriver, Phase};
use crate::{
    driver::DeviceState,
    idcard::{
        channel::Signal,
        error::IdCardError,
        event::IdCardEvent,
        flight::{Failure, Reply},
        framing::{Framing, Request},
        job::Job,
        limits::{COMMAND_LIMIT, REOPEN_PAUSE},
        presence::Change,
        status::SamStatus,
    },
    time::Instant,
};

impl<F: Framing> IdCardDriver<F> {
    /// Looks at all bytes that came, then begins what is to be done next.
    pub(super) fn run(&mut self, now: Instant) {
        while let Some(signal) = self.channel.next_signal(now) {
            match signal {
                Signal::Replied(reply) => self.replied(now, reply),
                Signal::Failed(failure) => self.failed(now, failure),
            }
            self.advance(now);
        }
        self.advance(now);
    }

    fn replied(&mut self, now: Instant, reply: Reply) {
        // What a reset answers does not matter: how the module is, it is asked next.
        if reply.status.is_hardware_fault() && self.phase != Phase::Resetting {
            let error = IdCardError::Sam(reply.status);
            return self.away(now, DeviceState::HardwareError, error);
        }
        match self.phase {
            Phase::Resetting => self.phase = Phase::Asking,
            Phase::Asking if reply.status == SamStatus::Done => self.phase = Phase::Naming,
            Phase::Asking => {
                self.away(now, DeviceState::Offline, IdCardError::Sam(reply.status));
            }
            Phase::Naming => {
                self.sam_id = reply.sam_id;
                self.opened(now);
            }
            Phase::Watching => self.looked(now, reply.status),
            Phase::Waking => {
                self.presence.woken();
                self.watch(now);
            }
            Phase::Fencing => self.fenced(now),
            Phase::Reading => self.received(now, reply),
            Phase::Closed | Phase::Away(_) => {}
        }
    }

    fn opened(&mut self, now: Instant) {
        self.presence.woken();
        self.set_state(DeviceState::Online);
        self.queue.push(IdCardEvent::Reader { sam_id: self.sam_id });
        self.end_reset(Ok(()));
        self.watch(now);
    }

    /// Looks for a document, now.
    pub(super) fn watch(&mut self, now: Instant) {
        self.phase = Phase::Watching;
        self.poll_at = now;
    }

    /// What the reader said when it was asked whether a document lies there.
    fn looked(&mut self, now: Instant, status: SamStatus) {
        if status.is_refusal() {
            return self.away(now, DeviceState::Offline, IdCardError::Sam(status));
        }
        let found = status == SamStatus::Found;
        let change = if found { self.presence.found(now) } else { self.presence.not_found(now) };
        self.tell(change);
        let wanted = self.accepts && !self.queue.holds_read();
        if found && wanted && self.presence.wants_reading(now) {
            self.job = Some(Job::new(now));
            self.phase = Phase::Reading;
        } else if self.presence.wants_waking(now) {
            self.phase = Phase::Waking;
        } else {
            self.poll_at = self.presence.next_look(now);
        }
    }

    pub(super) fn tell(&mut self, change: Change) {
        if change.lifted {
            self.queue.push(IdCardEvent::Lifted);
            self.set_state(DeviceState::Online);
        }
        if change.placed {
            self.queue.push(IdCardEvent::Placed);
        }
    }

    fn failed(&mut self, now: Instant, failure: Failure) {
        match self.phase {
            Phase::Resetting => self.phase = Phase::Asking,
            Phase::Waking => self.phase = Phase::Fencing,
            Phase::Reading => self.reading_failed(now, failure),
            _ => {
                let (state, error) = match failure {
                    Failure::Silent => (DeviceState::PowerOff, IdCardError::ReaderLost),
                    Failure::Disturbed => (DeviceState::HardwareError, IdCardError::Transmission),
                };
                self.away(now, state, error);
            }
        }
    }

    /// The reader cannot be used: ends what is under way and tries again later.
    pub(super) fn away(&mut self, now: Instant, state: DeviceState, error: IdCardError) {
        self.end_commands(error);
        self.channel.abandon();
        self.phase = Phase::Away(now + REOPEN_PAUSE);
        self.presence.lose_sight(now);
        self.set_state(state);
    }

    /// Every command and reading under way ends, with an event each.
    pub(super) fn end_commands(&mut self, error: IdCardError) {
        self.end_job(error);
        self.end_reset(Err(error));
    }

    /// Begins what is to be done next, if nothing is in flight.
    pub(super) fn advance(&mut self, now: Instant) {
        if !self.channel.is_idle() {
            return;
        }
        if let Phase::Away(until) = self.phase
            && until <= now
        {
            self.phase = Phase::Resetting;
        }
        let mut deadline = now + COMMAND_LIMIT;
        let request = match self.phase {
            Phase::Closed | Phase::Away(_) => return,
            Phase::Resetting | Phase::Waking => Request::Reset,
            Phase::Asking => Request::Status,
            Phase::Fencing => {
                deadline = self.job.as_ref().map_or(deadline, Job::end);
                Request::Status
            }
            Phase::Naming => Request::SamId,
            Phase::Watching if self.poll_at > now => return,
            Phase::Watching => Request::Find,
            Phase::Reading => match &self.job {
                Some(job) if job.not_before() > now => return,
                Some(job) => {
                    deadline = job.deadline();
                    job.request()
                }
                None => return self.watch(now),
            },
        };
        self.channel.begin(now, request, deadline);
    }
}
