//! What the driver does when something came, and what it begins next.

use super::{CardDriver, Phase};
use crate::{
    card::{
        channel::Signal,
        error::CardError,
        event::{CardCommand, CardEvent},
        flight::{Failure, Patience},
        job::{Job, Next},
        limits::{COMMAND_LIMIT, POWER_SILENCE, REOPEN_PAUSE, STATUS_SILENCE},
        message::{Command, ERROR_MUTE, IccState, Reply, Request},
        social_card::SocialCard,
    },
    driver::DeviceState,
    time::Instant,
};

/// Escape data: tell the firmware.
const ESCAPE_FIRMWARE: [u8; 1] = [0x02];
/// Escape data: send `50 02` and `50 03` when a card moves.
const ESCAPE_CARD_EVENTS: [u8; 3] = [0x01, 0x01, 0x01];

impl CardDriver {
    /// Looks at all bytes that came, then begins what is to be done next.
    pub(super) fn run(&mut self, now: Instant) {
        while let Some(signal) = self.channel.next_signal(now) {
            match signal {
                Signal::CardMoved => self.card_moved(now),
                Signal::Replied(reply) => self.replied(now, &reply),
                Signal::Failed(failure) => self.failed(now, failure),
            }
            self.advance(now);
        }
        self.advance(now);
    }

    fn card_moved(&mut self, now: Instant) {
        self.moved = true;
        self.poll_at = now;
        if let Some(job) = &mut self.job {
            job.card_moved();
        } else {
            self.presence.contacts_moved();
        }
    }

    fn replied(&mut self, now: Instant, reply: &Reply) {
        match self.phase {
            Phase::Firmware => {
                self.firmware.clear();
                let text = reply.data.iter().filter(|b| b.is_ascii_graphic() || **b == b' ');
                for &byte in text {
                    // A longer text is cut.
                    let _ = self.firmware.push(char::from(byte));
                }
                self.phase = Phase::CardEvents;
            }
            Phase::CardEvents => self.phase = Phase::FirstStatus,
            Phase::FirstStatus => {
                self.phase = Phase::Idle;
                let echo = self.channel.echo();
                self.queue.push(CardEvent::Reader { firmware: self.firmware.clone(), echo });
                self.slot_status(now, reply);
            }
            Phase::Idle => self.slot_status(now, reply),
            Phase::Reading => {
                let outcome = self.job.as_mut().map(|job| job.receive(reply));
                if let Some(Err(error)) = outcome {
                    self.end_read(now, Err(error));
                }
            }
            Phase::PoweringOff => {
                let absent = reply.icc == IccState::Absent;
                let result = if absent { Err(CardError::Removed) } else { Ok(()) };
                self.queue.push(CardEvent::PowerOff(result));
                self.phase = Phase::Idle;
                self.slot_status(now, reply);
            }
            Phase::Tidying => {
                self.phase = Phase::Idle;
                self.slot_status(now, reply);
            }
            Phase::Closed | Phase::Away(_) => {}
        }
    }

    fn slot_status(&mut self, now: Instant, reply: &Reply) {
        self.set_state(match reply.result {
            Ok(()) | Err(ERROR_MUTE) => DeviceState::Online,
            Err(_) => DeviceState::HardwareError,
        });
        let change = self.presence.observe(now, reply.icc);
        if change.removed {
            self.queue.push(CardEvent::Removed);
        }
        if change.present {
            self.queue.push(CardEvent::Present);
        }
        let moved = core::mem::take(&mut self.moved);
        self.poll_at = if moved { now } else { self.presence.next_look(now) };
    }

    fn failed(&mut self, now: Instant, failure: Failure) {
        if self.phase == Phase::Reading {
            let outcome = self.job.as_mut().map(|job| job.failed(failure));
            if let Some(Err(error)) = outcome {
                self.end_read(now, Err(error));
            }
            return;
        }
        let state = match failure {
            Failure::Silent => DeviceState::PowerOff,
            Failure::Overdue | Failure::Disturbed => DeviceState::HardwareError,
        };
        self.reader_away(now, state);
    }

    pub(super) fn end_read(&mut self, now: Instant, result: Result<SocialCard, CardError>) {
        self.job = None;
        self.read_deadline = None;
        self.channel.abandon();
        self.presence.set_powered(result.is_ok());
        let error = result.as_ref().err().copied();
        self.queue.push(CardEvent::Read(result));
        self.poll_at = now;
        self.phase = match error {
            None => Phase::Idle,
            Some(CardError::Removed) => {
                if self.presence.card_lost() {
                    self.queue.push(CardEvent::Removed);
                }
                Phase::Idle
            }
            Some(CardError::ReaderLost) => return self.reader_away(now, DeviceState::PowerOff),
            Some(_) => Phase::Tidying,
        };
    }

    /// The reader does not answer: ends what is under way and tries again later.
    fn reader_away(&mut self, now: Instant, state: DeviceState) {
        self.end_commands();
        self.channel.abandon();
        self.phase = Phase::Away(now + REOPEN_PAUSE);
        self.presence.lose_sight();
        self.set_state(state);
    }

    /// Every command under way ends, with an event each.
    pub(super) fn end_commands(&mut self) {
        self.read_deadline = None;
        if self.job.take().is_some() || self.pending == Some(CardCommand::Read) {
            self.queue.push(CardEvent::Read(Err(CardError::ReaderLost)));
        }
        if self.phase == Phase::PoweringOff || self.pending == Some(CardCommand::PowerOff) {
            self.queue.push(CardEvent::PowerOff(Err(CardError::ReaderLost)));
        }
        self.pending = None;
    }

    /// Begins what is to be done next, if nothing is in flight.
    pub(super) fn advance(&mut self, now: Instant) {
        if !self.channel.is_idle() {
            return;
        }
        match self.phase {
            Phase::Away(until) if until <= now => self.phase = Phase::Firmware,
            Phase::Idle => self.begin_pending(),
            _ => {}
        }
        let (request, silence) = match self.phase {
            Phase::Closed | Phase::Away(_) => return,
            Phase::Idle if self.poll_at > now => return,
            Phase::Idle | Phase::FirstStatus => {
                self.moved = false;
                (Request::bare(Command::SlotStatus), STATUS_SILENCE)
            }
            Phase::Firmware => (escape(&ESCAPE_FIRMWARE), POWER_SILENCE),
            Phase::CardEvents => (escape(&ESCAPE_CARD_EVENTS), POWER_SILENCE),
            Phase::PoweringOff | Phase::Tidying => {
                (Request::bare(Command::PowerOff), STATUS_SILENCE)
            }
            Phase::Reading => return self.advance_reading(now),
        };
        let patience = Patience { silence, deadline: now + COMMAND_LIMIT };
        self.channel.begin(now, request, patience);
    }

    fn begin_pending(&mut self) {
        match self.pending.take() {
            None => {}
            Some(CardCommand::Read) if !self.presence.is_present() => {
                self.read_deadline = None;
                self.queue.push(CardEvent::Read(Err(CardError::Removed)));
            }
            Some(CardCommand::Read) => {
                self.presence.set_powered(false);
                self.job = self.read_deadline.map(Job::new);
                self.phase = Phase::Reading;
            }
            Some(CardCommand::PowerOff) => {
                self.presence.set_powered(false);
                self.phase = Phase::PoweringOff;
            }
        }
    }

    fn advance_reading(&mut self, now: Instant) {
        match self.job.as_mut().map(|job| job.next(now)) {
            Some(Next::Ask(request, patience)) => self.channel.begin(now, request, patience),
            Some(Next::Complete(card)) => self.end_read(now, Ok(card)),
            None => self.phase = Phase::Idle,
        }
    }
}

fn escape(data: &[u8]) -> Request {
    Request::new(Command::Escape, [0; 3], data).unwrap_or_else(|| Request::bare(Command::Escape))
}
