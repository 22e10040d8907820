//! What the driver does when something came, and what it begins next.

use super::{CardDriver, Phase, Work};
use crate::{
    card::{
        channel::Signal,
        error::CardError,
        event::CardEvent,
        flight::{Failure, Patience},
        job::Next,
        limits::{COMMAND_LIMIT, POWER_SILENCE, REOPEN_PAUSE, STATUS_SILENCE},
        message::{Command, ERROR_MUTE, IccState, Reply, Request},
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
        match &mut self.work {
            Work::Reading(job) => job.card_moved(),
            Work::Verifying(check) => check.card_moved(),
            Work::Nothing | Work::Bound(_) => self.presence.contacts_moved(),
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
            Phase::Reading | Phase::Verifying => self.work_replied(now, reply),
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
            self.work = Work::Nothing;
            self.queue.push(CardEvent::Removed);
        }
        if change.present {
            self.queue.push(CardEvent::Present);
        }
        let moved = core::mem::take(&mut self.moved);
        self.poll_at = if moved { now } else { self.presence.next_look(now) };
    }

    fn failed(&mut self, now: Instant, failure: Failure) {
        if matches!(self.phase, Phase::Reading | Phase::Verifying) {
            return self.work_failed(now, failure);
        }
        let state = match failure {
            Failure::Silent => DeviceState::PowerOff,
            Failure::Overdue | Failure::Disturbed => DeviceState::HardwareError,
        };
        self.reader_away(now, state);
    }

    /// The reader does not answer: ends what is under way and tries again later.
    pub(super) fn reader_away(&mut self, now: Instant, state: DeviceState) {
        self.end_commands();
        self.channel.abandon();
        self.phase = Phase::Away(now + REOPEN_PAUSE);
        self.presence.lose_sight();
        self.set_state(state);
    }

    /// Begins what is to be done next, if nothing is in flight.
    pub(super) fn advance(&mut self, now: Instant) {
        if !self.channel.is_idle() {
            return;
        }
        match self.phase {
            Phase::Away(until) if until <= now => self.phase = Phase::Firmware,
            Phase::Idle => self.begin_pending(now),
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
            Phase::Reading | Phase::Verifying => return self.advance_work(now),
        };
        let patience = Patience { silence, deadline: now + COMMAND_LIMIT };
        self.channel.begin(now, request, patience);
    }

    fn advance_work(&mut self, now: Instant) {
        let (request, patience) = match &mut self.work {
            Work::Reading(job) => match job.next(now) {
                Next::Ask(request, patience) => (request, patience),
                Next::Complete(card) => return self.end_read(now, Ok(card)),
            },
            Work::Verifying(check) => check.next(),
            Work::Nothing | Work::Bound(_) => {
                self.phase = Phase::Idle;
                return;
            }
        };
        self.channel.begin(now, request, patience);
    }
}

fn escape(data: &[u8]) -> Request {
    Request::new(Command::Escape, [0; 3], data).unwrap_or_else(|| Request::bare(Command::Escape))
}
