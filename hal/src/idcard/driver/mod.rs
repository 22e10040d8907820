//! The ID card reader as the host sees it.

mod commands;
mod reading;
mod steps;

use super::{
    channel::Channel,
    error::IdCardError,
    event::{IdCardCommand, IdCardEvent, IdCardRefusal},
    frame::SamVFraming,
    framing::Framing,
    job::Job,
    presence::Presence,
    queue::Queue,
    sam_id::SamId,
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
    /// It does not answer, or cannot work; the next try comes then.
    Away(Instant),
    /// Its security module is started anew.
    Resetting,
    /// It is asked how it is.
    Asking,
    /// It is asked who it is.
    Naming,
    /// It is asked again and again whether a document lies there.
    Watching,
    /// It is reset, to see whether a document that it hides still lies there.
    Waking,
    /// A document is read.
    Reading,
    /// After an answer that did not come: it must answer something else first, so that the late
    /// answer is not taken for that of another document.
    Fencing,
}

/// How an ID card reader is dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdCardConfig {
    /// Reset the security module after a reading to learn whether the document still lies there.
    ///
    /// Some readers do not find a document again that they have read; without this, its lifting is
    /// then told only when the next document comes.
    pub probes_by_reset: bool,
}

impl Default for IdCardConfig {
    /// Probes.
    fn default() -> Self {
        Self { probes_by_reset: true }
    }
}

/// Driver of a reader of second-generation ID cards (GA 450, GA 467).
///
/// Open the port with 115200 baud (or as the reader is set), 8 data bits, no parity, 1 stop bit,
/// raw, then follow [`Machine`].
///
/// Contracts:
/// - while documents are not accepted (as at first), they are noticed and never read; whether they
///   are accepted outlives a lost link;
/// - a document is told once while it lies there; one that took its place is told as
///   [`IdCardEvent::Lifted`], [`IdCardEvent::Placed`] and read, at the latest after
///   [`RECHECK_INTERVAL`](super::limits::RECHECK_INTERVAL) if nobody saw the change;
/// - a reading ends within [`COMMAND_LIMIT`](super::limits::COMMAND_LIMIT), of one document;
/// - a reader that stops answering is told within two seconds, in mid-reading together with the end of
///   the reading; it is addressed until it answers;
/// - while a result waits to be taken, no other document is read.
pub struct IdCardDriver<F = SamVFraming> {
    channel: Channel<F>,
    phase: Phase,
    state: DeviceState,
    presence: Presence,
    accepts: bool,
    poll_at: Instant,
    job: Option<Job>,
    /// The end of the host's reset under way.
    reset_deadline: Option<Instant>,
    sam_id: Option<SamId>,
    queue: Queue,
}

impl Default for IdCardDriver {
    fn default() -> Self {
        Self::new(IdCardConfig::default())
    }
}

impl IdCardDriver {
    /// A driver without a link, for a reader with the usual frames.
    pub fn new(config: IdCardConfig) -> Self {
        Self::with_framing(config, SamVFraming::new())
    }
}

impl<F: Framing> IdCardDriver<F> {
    /// A driver without a link, for a reader with frames of its own.
    pub fn with_framing(config: IdCardConfig, framing: F) -> Self {
        Self {
            channel: Channel::new(framing),
            phase: Phase::Closed,
            state: DeviceState::NoDevice,
            presence: Presence::new(config.probes_by_reset),
            accepts: false,
            poll_at: Instant::default(),
            job: None,
            reset_deadline: None,
            sam_id: None,
            queue: Queue::default(),
        }
    }

    /// How the reader is; [`DeviceState::Busy`] while it reads or is started anew.
    pub fn state(&self) -> DeviceState {
        let works = self.is_first_reading() || self.reset_deadline.is_some();
        match self.state {
            DeviceState::Online if works => DeviceState::Busy,
            state => state,
        }
    }

    /// Whether a document lies on the reader, debounced.
    pub fn is_document_present(&self) -> bool {
        self.presence.is_told()
    }

    /// Whether documents are read.
    pub fn accepts(&self) -> bool {
        self.accepts
    }

    /// The reading under way, unless it only waits to know whether the reader is there.
    fn running_job(&self) -> Option<&Job> {
        self.job.as_ref().filter(|_| self.phase == Phase::Reading)
    }

    fn set_state(&mut self, state: DeviceState) {
        if self.state != state {
            self.state = state;
            self.queue.push(IdCardEvent::State(state));
        }
    }
}

impl<F: Framing> Machine for IdCardDriver<F> {
    fn link_opened(&mut self, now: Instant) {
        self.end_commands(IdCardError::ReaderLost);
        self.presence.lose_sight(now);
        self.channel.reset();
        self.phase = Phase::Resetting;
        self.set_state(DeviceState::PowerOff);
        self.advance(now);
    }

    fn link_lost(&mut self, now: Instant) {
        self.end_commands(IdCardError::ReaderLost);
        self.channel.reset();
        self.phase = Phase::Closed;
        self.presence.lose_sight(now);
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
        let idle = self.channel.is_idle();
        let phase = match self.phase {
            Phase::Closed => return None,
            Phase::Away(until) => Some(until),
            Phase::Watching if idle => Some(self.poll_at),
            Phase::Reading if idle => self.job.as_ref().map(Job::not_before),
            _ => None,
        };
        let job = self.running_job().map(Job::deadline);
        let others = [job, self.reset_deadline, self.channel.next_timeout()];
        phase.into_iter().chain(others.into_iter().flatten()).min()
    }

    fn handle_timeout(&mut self, now: Instant) {
        if self.phase == Phase::Closed {
            return;
        }
        if self.running_job().is_some_and(|job| job.deadline() <= now) {
            self.channel.abandon();
            self.phase = Phase::Fencing;
        }
        if self.reset_deadline.is_some_and(|at| at <= now) {
            self.end_reset(Err(IdCardError::TimedOut));
        }
        self.channel.handle_timeout(now);
        self.run(now);
    }
}

impl<F: Framing> Driver for IdCardDriver<F> {
    type Command = IdCardCommand;
    type Event = IdCardEvent;
    type Refusal = IdCardRefusal;

    fn submit(&mut self, now: Instant, command: IdCardCommand) -> Result<(), IdCardRefusal> {
        match command {
            IdCardCommand::Accept(on) => self.set_accepts(on),
            IdCardCommand::Reset => return self.reset(now),
            IdCardCommand::Cancel => self.cancel(),
        }
        Ok(())
    }

    fn poll_event(&mut self) -> Option<IdCardEvent> {
        self.queue.pop()
    }
}
