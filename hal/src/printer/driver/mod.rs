//! Jobs with proof of print, over a byte link that somebody else owns.
//!
//! - Silence is "unknown", never "in order".
//! - A job is never sent twice. When the link goes between a page's first byte and its proof, the
//!   job ends as [`JobState::Unknown`]; before the first byte as [`JobState::Failed`].
//! - Raster images go out in bands of at most 24 rows; after each the printer is asked, and nothing
//!   follows until it has answered. Dots that look like real-time requests are made harmless.
//! - While a page is under way a question is always open or a quarter of a second away, so that even
//!   a short loss of power loses one of them and the page is not taken for printed.
//! - A printer that ceases to answer process ids is asked with fences, and no job is lost by that.
//! - At most one page is in doubt at any time: the next one is taken when the last is proven.
//! - Paper out, open cover, hot head and a jammed cutter hold the job; it goes on by itself, for
//!   the printer keeps its buffer. How long to wait is the host's decision ([`Command::Cancel`]).
//! - After a job that ended in doubt, the printer's buffer is cleared if it is held, and the paper
//!   is cut before anything else is printed.

mod answers;
mod bands;
mod job;
mod opening;
mod outgoing;
mod page;
mod proof;
mod round;
mod types;
mod window;

pub use types::{Command, Config, Event, JobId, JobState, ProcessIds, Proof, Reason, Refusal};

use bands::Bander;
use job::Job;
use opening::Phase;
use outgoing::Outgoing;
use proof::Questions;
use round::{QUIET_TIME, Round};

use super::{
    counts::Tally,
    decode::Decoder,
    status::{Hold, Status},
};
use crate::{
    driver::{DeviceState, Driver, Machine},
    time::{Duration, Instant},
};

/// Heartbeat while idle.
pub const IDLE_POLL: Duration = Duration::from_millis(2000);
/// Heartbeat while a job or an opening is under way.
pub const WORK_POLL: Duration = Duration::from_millis(500);
/// Pause before a spoiled or unanswered status round is repeated.
pub const RETRY_PAUSE: Duration = Duration::from_millis(100);
/// Unanswered status rounds after which the printer counts as off.
pub const SILENT_ROUNDS_MAX: u8 = 2;
/// Events that can wait; [`Command::Start`] needs room for all that a job may report.
const EVENTS_MAX: usize = 16;
const EVENTS_PER_COMMAND: usize = 8;
const BITS_PER_BYTE: u64 = 10;

/// Real-time request to drop what is in the printer's buffers (`DLE DC4 8`).
const CLEAR: [u8; 10] = [0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8];

/// The printer driver.
#[derive(Debug)]
pub struct PrinterDriver {
    config: Config,
    phase: Phase,
    decoder: Decoder,
    out: Outgoing,
    questions: Questions,
    round: Round,
    next_round: Instant,
    /// When all that the link took will have left it at line speed, in microseconds.
    line_free_us: u64,
    silent_rounds: u8,
    quiet_at: Option<Instant>,
    bander: Bander,
    tally: Tally,
    status: Status,
    job: Option<Job>,
    checking: Option<Instant>,
    clear_when_held: bool,
    cut_owed: bool,
    /// Pages in a row whose process id was not answered though their fence was.
    missed_ids: u8,
    events: heapless::Deque<Event, EVENTS_MAX>,
    told_state: DeviceState,
    told_status: Status,
}

impl PrinterDriver {
    /// A driver without a link.
    pub const fn new(config: Config) -> Self {
        Self {
            phase: Phase::Closed,
            decoder: Decoder::new(),
            out: Outgoing::new(window::ack_bytes(config.baud)),
            questions: Questions::new(config.first_process_id),
            round: Round::new(),
            next_round: Instant::from_millis(0),
            line_free_us: 0,
            silent_rounds: 0,
            quiet_at: None,
            bander: Bander::new(),
            tally: Tally::new(),
            status: Status::UNKNOWN,
            job: None,
            checking: None,
            clear_when_held: false,
            cut_owed: false,
            missed_ids: 0,
            events: heapless::Deque::new(),
            told_state: DeviceState::NoDevice,
            told_status: Status::UNKNOWN,
            config,
        }
    }

    /// What the printer said last; all unknown when it is silent.
    pub const fn status(&self) -> Status {
        self.status
    }

    /// Whether process ids are answered, as far as is known.
    pub const fn process_ids(&self) -> ProcessIds {
        self.config.process_ids
    }

    /// The device's state.
    pub fn state(&self) -> DeviceState {
        if self.phase == Phase::Closed {
            return DeviceState::NoDevice;
        }
        if self.silent_rounds >= SILENT_ROUNDS_MAX {
            return DeviceState::PowerOff;
        }
        match self.status.hold() {
            Some(Hold::Unknown) => DeviceState::Offline,
            Some(hold) => hold.device_state(),
            None if self.phase != Phase::Ready => DeviceState::Offline,
            None if self.job.is_some() => DeviceState::Busy,
            None => DeviceState::Online,
        }
    }

    /// Microseconds that `bytes` take on the line.
    fn line_time_us(&self, bytes: usize) -> u64 {
        let baud = u64::from(self.config.baud.max(1));
        (bytes as u64).saturating_mul(BITS_PER_BYTE * 1_000_000).div_ceil(baud)
    }

    fn tell(&mut self, event: Event) {
        let _ = self.events.push_back(event);
    }
}

impl Machine for PrinterDriver {
    fn link_opened(&mut self, now: Instant) {
        self.open(now);
    }

    fn link_lost(&mut self, now: Instant) {
        self.close(now);
    }

    fn receive(&mut self, now: Instant, bytes: &[u8]) {
        if self.phase == Phase::Closed || bytes.is_empty() {
            return;
        }
        if self.quiet_at.is_some_and(|at| at <= now) {
            self.tick(now);
        }
        let mut decoder = core::mem::take(&mut self.decoder);
        decoder.feed(bytes, |answer| self.on_answer(now, answer));
        self.decoder = decoder;
        self.quiet_at = Some(now + QUIET_TIME);
    }

    fn pending_output(&mut self, _now: Instant) -> &[u8] {
        if matches!(self.phase, Phase::Closed | Phase::Draining { .. }) {
            return &[];
        }
        self.out.show()
    }

    fn output_taken(&mut self, now: Instant, count: usize) {
        let taken = self.out.taken(count);
        let now_us = now.as_millis().saturating_mul(1000);
        self.line_free_us = self.line_free_us.max(now_us).saturating_add(self.line_time_us(count));
        if taken.urgent_done {
            let sent = Instant::from_millis(self.line_free_us.div_ceil(1000));
            self.round.requests_left(now, sent);
        }
        if taken.stream > 0 {
            self.opening_check();
            self.job_bytes_left(now);
        }
    }

    fn next_timeout(&self) -> Option<Instant> {
        if self.phase == Phase::Closed {
            return None;
        }
        let poll = self.polls().then_some(self.next_round);
        [poll, self.quiet_at, self.round.next_timeout(), self.opening_timeout(), self.job_timeout()]
            .into_iter()
            .flatten()
            .min()
    }

    fn handle_timeout(&mut self, now: Instant) {
        if self.phase != Phase::Closed {
            self.tick(now);
        }
    }
}

impl Driver for PrinterDriver {
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn submit(&mut self, now: Instant, command: Command) -> Result<(), Refusal> {
        match command {
            Command::Start(id) => self.start_job(now, id),
            Command::EndPage => self.end_page(now),
            Command::Finish => self.finish_job(),
            Command::Cancel => self.cancel_job(now),
            Command::CheckStatus => self.check_status(now),
        }
    }

    fn poll_event(&mut self) -> Option<Event> {
        if let Some(event) = self.events.pop_front() {
            return Some(event);
        }
        let state = self.state();
        if state != self.told_state {
            self.told_state = state;
            return Some(Event::State(state));
        }
        if self.status != self.told_status {
            self.told_status = self.status;
            return Some(Event::Status(self.status));
        }
        self.job.as_mut().and_then(Job::poll_event)
    }
}
