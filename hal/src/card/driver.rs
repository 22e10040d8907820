//! The card reader as the host sees it.

mod commands;
mod steps;

use super::{
    channel::Channel,
    event::{CardCommand, CardEvent, CardRefusal},
    job::Job,
    limits::{FIRMWARE_CHARS_MAX, READ_LIMIT},
    pin::PinFormat,
    presence::Presence,
    queue::Queue,
    transport::Transport,
    verify::{VerifyError, Verifying},
};
use crate::{
    driver::{DeviceState, Driver, Machine},
    time::Instant,
};

/// What is under way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// No link.
    Closed,
    /// The reader is asked who it is.
    Firmware,
    /// It is told to send card events.
    CardEvents,
    /// It is asked for the first time how the slot is.
    FirstStatus,
    /// It did not answer; the next try comes then.
    Away(Instant),
    /// Between commands, with a heartbeat.
    Idle,
    /// A card is read.
    Reading,
    /// The card checks a PIN.
    Verifying,
    /// The card's power is cut, because the host wants it.
    PoweringOff,
    /// The card's power is cut after a command that failed.
    Tidying,
}

/// The way to the card, and who uses it.
#[allow(clippy::large_enum_variant, reason = "there is one, and no heap")]
enum Work {
    /// No card is known by its power.
    Nothing,
    /// The card that was read last has kept its power.
    Bound(Transport),
    Reading(Job),
    Verifying(Verifying),
}

/// What differs from one installation to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CardConfig {
    /// How the cards want their PIN.
    pub pin_format: PinFormat,
}

impl CardConfig {
    /// Cards that want their PIN in this form.
    pub const fn with_pin_format(pin_format: PinFormat) -> Self {
        Self { pin_format }
    }
}

/// Driver of a contact card reader that speaks CCID over a serial line.
///
/// Open the port with 115200 baud, 8 data bits, no parity, **2 stop bits**, raw, then follow
/// [`Machine`]. Both kinds of reader work, those that send each command back (GemPC Twin, PinPad) and
/// those that do not (GemCore, SEC1210); of several slots the first is used.
///
/// Contracts:
/// - a reader that stops answering is told within two seconds, and addressed until it answers;
/// - [`CardCommand::Read`] ends within [`READ_LIMIT`], and its result is of one card;
/// - [`CardCommand::Verify`] reaches the card that was read and no other, and reaches it once;
/// - between a successful reading and [`CardCommand::PowerOff`], a changed card is always told as
///   [`CardEvent::Removed`], however fast the hand.
pub struct CardDriver {
    channel: Channel,
    phase: Phase,
    state: DeviceState,
    presence: Presence,
    poll_at: Instant,
    moved: bool,
    pending: Option<CardCommand>,
    /// The end of a reading or of a check, pending or under way.
    deadline: Option<Instant>,
    work: Work,
    config: CardConfig,
    queue: Queue,
    firmware: heapless::String<FIRMWARE_CHARS_MAX>,
}

impl Default for CardDriver {
    fn default() -> Self {
        Self::new()
    }
}

impl CardDriver {
    /// A driver without a link.
    pub fn new() -> Self {
        Self::with_config(CardConfig::default())
    }

    /// The same, for cards or readers that differ.
    pub fn with_config(config: CardConfig) -> Self {
        Self {
            channel: Channel::default(),
            phase: Phase::Closed,
            state: DeviceState::NoDevice,
            presence: Presence::default(),
            poll_at: Instant::default(),
            moved: false,
            pending: None,
            deadline: None,
            work: Work::Nothing,
            config,
            queue: Queue::default(),
            firmware: heapless::String::new(),
        }
    }

    /// How the reader is; [`DeviceState::Busy`] while a command is under way.
    pub fn state(&self) -> DeviceState {
        let working = matches!(self.phase, Phase::Reading | Phase::Verifying | Phase::PoweringOff);
        match self.state {
            DeviceState::Online if working || self.pending.is_some() => DeviceState::Busy,
            state => state,
        }
    }

    /// Whether a card is in the slot, debounced.
    pub fn is_card_present(&self) -> bool {
        self.presence.is_present()
    }

    fn set_state(&mut self, state: DeviceState) {
        if self.state != state {
            self.state = state;
            self.queue.push(CardEvent::State(state));
        }
    }
}

impl Machine for CardDriver {
    fn link_opened(&mut self, now: Instant) {
        self.end_commands();
        self.presence.lose_sight();
        self.channel.reset();
        self.phase = Phase::Firmware;
        self.set_state(DeviceState::PowerOff);
        self.advance(now);
    }

    fn link_lost(&mut self, _now: Instant) {
        self.end_commands();
        self.channel.reset();
        self.phase = Phase::Closed;
        self.presence.lose_sight();
        self.set_state(DeviceState::NoDevice);
    }

    fn receive(&mut self, now: Instant, bytes: &[u8]) {
        if self.phase == Phase::Closed {
            return;
        }
        for &byte in bytes {
            self.channel.push(now, byte);
            self.run(now);
        }
    }

    fn pending_output(&mut self, _now: Instant) -> &[u8] {
        self.channel.output()
    }

    fn output_taken(&mut self, _now: Instant, count: usize) {
        self.channel.output_taken(count);
    }

    fn next_timeout(&self) -> Option<Instant> {
        let phase = match self.phase {
            Phase::Closed => return None,
            Phase::Away(until) => Some(until),
            Phase::Idle if self.channel.is_idle() => Some(self.poll_at),
            _ => None,
        };
        phase.into_iter().chain(self.deadline).chain(self.channel.next_timeout()).min()
    }

    fn handle_timeout(&mut self, now: Instant) {
        if self.phase == Phase::Closed {
            return;
        }
        if self.deadline.is_some_and(|at| at <= now) {
            self.overdue(now);
        }
        self.channel.handle_timeout(now);
        self.run(now);
    }
}

impl Driver for CardDriver {
    type Command = CardCommand;
    type Event = CardEvent;
    type Refusal = CardRefusal;

    fn submit(&mut self, now: Instant, command: CardCommand) -> Result<(), CardRefusal> {
        match self.phase {
            Phase::Idle | Phase::Tidying => {}
            Phase::Reading | Phase::Verifying | Phase::PoweringOff => {
                return Err(CardRefusal::Busy);
            }
            _ => return Err(CardRefusal::NoReader),
        }
        if self.pending.is_some() || self.queue.holds_result() {
            return Err(CardRefusal::Busy);
        }
        if !self.presence.is_present() {
            return Err(CardRefusal::NoCard);
        }
        match command {
            CardCommand::Verify(_) if !matches!(self.work, Work::Bound(_)) => {
                return Err(CardRefusal::NotRead);
            }
            CardCommand::Read | CardCommand::Verify(_) => self.deadline = Some(now + READ_LIMIT),
            CardCommand::PowerOff => {}
        }
        self.pending = Some(command);
        self.advance(now);
        Ok(())
    }

    fn poll_event(&mut self) -> Option<CardEvent> {
        self.queue.pop()
    }
}
