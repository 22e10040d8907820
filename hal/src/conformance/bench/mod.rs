//! A driver and a simulated device, joined by a pipe that can be broken, in told time.

mod watch;

use std::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::{
    Check,
    random::Random,
    report::Breach,
    subject::{Outcome, Subject},
};
use crate::{
    driver::{DeviceState, Driver, Machine},
    time::{Duration, Instant},
};

/// Moves of bytes at one moment after which the two are said to go round and round.
const MOVES_AT_ONCE_MAX: usize = 10_000;
/// Handled timeouts after which one that is still due is said not to move on.
const TIMEOUTS_AT_ONCE_MAX: usize = 200;
/// How often a host tries to submit a command that is refused.
const SUBMIT_PAUSE: Duration = Duration::from_millis(50);
/// How far time goes at most between two calls when timeouts are handled early.
const EARLY_STEP: Duration = Duration::from_millis(7);
/// On a bad line one answer in so many has a flipped bit.
const FLIP_ONE_IN: usize = 3;
/// Pause between two flips: longer than a frame takes.
const FLIP_PAUSE: Duration = Duration::from_millis(200);
/// When every bench begins; not 0, which a driver might mistake for "never".
const START: Instant = Instant::from_millis(1000);

/// How the pipe and the host behave.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// Sizes of the pieces in which bytes reach the driver, round and round.
    pub(super) pieces: Vec<usize>,
    /// How many bytes a write takes, round and round.
    pub(super) writes: Vec<usize>,
    /// Bytes reach the device.
    pub(super) to_device: bool,
    /// Bytes reach the driver.
    pub(super) to_driver: bool,
    /// Whether the host polls events.
    pub(super) polls: bool,
    /// Whether the host handles timeouts that are not due.
    pub(super) early: bool,
    /// Flips a bit of some answers.
    pub(super) flips: Option<Random>,
    next_flip: Instant,
}

impl Default for Link {
    fn default() -> Self {
        Self {
            pieces: [usize::MAX].into(),
            writes: [usize::MAX].into(),
            to_device: true,
            to_driver: true,
            polls: true,
            early: false,
            flips: None,
            next_flip: START,
        }
    }
}

impl Link {
    /// The bytes as they come out at the other end: one flipped bit at most in a while, as a
    /// checksum of one byte is made for.
    fn carry(&mut self, now: Instant, bytes: &[u8]) -> Vec<u8> {
        let mut carried = bytes.to_vec();
        if let Some(random) = &mut self.flips
            && now >= self.next_flip
            && random.below(FLIP_ONE_IN) == 0
        {
            self.next_flip = now + FLIP_PAUSE;
            let at = random.below(carried.len());
            if let Some(byte) = carried.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        carried
    }
}

pub(super) struct Bench<'a, S: Subject> {
    pub(super) subject: &'a S,
    pub(super) driver: S::Driver,
    pub(super) simulator: S::Simulator,
    pub(super) now: Instant,
    pub(super) link: Link,
    /// What is being tried, for the sentences.
    pub(super) scene: String,
    /// When, and what the driver told.
    pub(super) told: Vec<(Instant, String)>,
    pub(super) outcomes: Vec<(usize, Outcome)>,
    pub(super) breaches: Vec<Breach>,
    /// What a success of each command must claim; `None` when that is not checked.
    pub(super) claims: Vec<Option<String>>,
    /// What was read unasked.
    pub(super) found: Vec<String>,
    /// What must be read unasked; `None` when that is not checked.
    pub(super) findable: Option<String>,
    /// Bytes that were handed to the driver.
    pub(super) heard: Vec<u8>,
    /// Bytes that the driver wrote.
    pub(super) said: Vec<u8>,
    /// How often bytes moved or a timeout was handled.
    pub(super) moves: usize,
    /// The bench stops when so many moves were made.
    pub(super) stop_at: Option<usize>,
    accepted: Vec<usize>,
    ended: Vec<usize>,
    state: DeviceState,
    is_open: bool,
    turn: usize,
    timeouts_at_once: usize,
}

impl<'a, S: Subject> Bench<'a, S> {
    /// A bench whose link is not open.
    pub(super) fn closed(subject: &'a S, scene: &str) -> Self {
        let commands = subject.commands();
        Self {
            subject,
            driver: subject.driver(),
            simulator: subject.simulator(),
            now: START,
            link: Link::default(),
            scene: scene.to_string(),
            told: Vec::new(),
            outcomes: Vec::new(),
            breaches: Vec::new(),
            claims: (0..commands).map(|_| None).collect(),
            found: Vec::new(),
            findable: None,
            heard: Vec::new(),
            said: Vec::new(),
            moves: 0,
            stop_at: None,
            accepted: (0..commands).map(|_| 0).collect(),
            ended: (0..commands).map(|_| 0).collect(),
            state: DeviceState::NoDevice,
            is_open: false,
            turn: 0,
            timeouts_at_once: 0,
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    pub(super) fn open(&mut self) {
        if !self.is_open {
            self.simulator.link_opened(self.now);
        }
        self.is_open = true;
        self.driver.link_opened(self.now);
        self.exchange();
    }

    /// Loses the link; every command must have ended when this returns.
    pub(super) fn lose(&mut self) {
        self.simulator.link_lost(self.now);
        self.driver.link_lost(self.now);
        self.is_open = false;
        self.look_when_closed();
        if self.link.polls {
            self.take_events();
            self.all_ended(Check::OneFinalEvent, "when the link was lost");
        }
    }

    /// Submits once; whether the command was accepted.
    pub(super) fn submit(&mut self, index: usize) -> bool {
        let command = self.subject.command(index);
        let accepted = self.driver.submit(self.now, command).is_ok();
        if accepted {
            if let Some(count) = self.accepted.get_mut(index) {
                *count += 1;
            }
            if !self.is_open && !self.subject.is_setting(index) {
                self.breach(Check::RefusedWhenClosed, format!("command {index} was accepted"));
            }
        }
        accepted
    }

    /// Presents the medium and submits until the command is accepted, `within` at most.
    pub(super) fn begin(&mut self, index: usize, within: Duration) -> bool {
        let limits = self.subject.limits();
        if let Some(first) = self.subject.after(index)
            && !(self.submit_until_accepted(first, within) && self.finish(limits.command))
        {
            return false;
        }
        self.submit_until_accepted(index, within)
    }

    fn submit_until_accepted(&mut self, index: usize, within: Duration) -> bool {
        self.subject.present(&mut self.simulator, self.now);
        let end = self.now + within;
        loop {
            if self.submit(index) {
                return true;
            }
            if self.now >= end || self.is_stopped() {
                return false;
            }
            self.run_until(end.min(self.now + SUBMIT_PAUSE));
        }
    }

    /// Runs until every accepted command has ended, `within` at most; whether they have.
    pub(super) fn finish(&mut self, within: Duration) -> bool {
        let end = self.now + within;
        self.exchange();
        while self.open_commands() > 0 && self.now < end && !self.is_stopped() {
            self.step(end);
        }
        self.open_commands() == 0
    }

    /// Runs one command from its beginning to its end; its outcome.
    pub(super) fn run_command(&mut self, index: usize) -> Option<Outcome> {
        let limits = self.subject.limits();
        let before = self.outcomes.len();
        if !self.begin(index, limits.ready) || !self.finish(limits.command) {
            return None;
        }
        let ends = self.outcomes.get(before..).unwrap_or_default();
        ends.iter().find(|(command, _)| *command == index).map(|(_, outcome)| outcome.clone())
    }

    /// Takes the medium away and puts it back; whether there is one.
    pub(super) fn present_again(&mut self) -> bool {
        let limits = self.subject.limits();
        let has_medium = self.subject.remove(&mut self.simulator, self.now);
        if has_medium {
            self.run_for(limits.ready);
            self.subject.present(&mut self.simulator, self.now);
        }
        has_medium
    }

    /// Runs until a medium is read unasked; whether one is.
    pub(super) fn find(&mut self) -> bool {
        let (before, end) = (self.found.len(), self.now + self.subject.limits().command);
        self.exchange();
        while self.found.len() == before && self.now < end && !self.is_stopped() {
            self.step(end);
        }
        self.found.len() > before
    }

    pub(super) fn run_for(&mut self, time: Duration) {
        self.run_until(self.now + time);
    }

    pub(super) fn run_until(&mut self, end: Instant) {
        self.exchange();
        while self.now < end && !self.is_stopped() {
            self.step(end);
        }
    }

    /// Hands junk to the driver, as a disturbed line does.
    pub(super) fn junk(&mut self, bytes: &[u8]) {
        self.deliver(bytes);
        self.exchange();
    }

    /// Accepted commands that have not ended.
    pub(super) fn open_commands(&self) -> usize {
        self.accepted.iter().zip(&self.ended).map(|(a, e)| a.saturating_sub(*e)).sum()
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stop_at.is_some_and(|at| self.moves >= at)
    }

    /// Goes to the next moment that anybody waits for, `end` at the latest.
    fn step(&mut self, end: Instant) {
        let due = self.driver.next_timeout();
        let device_due = self.simulator.next_timeout();
        let mut next = [due, device_due].into_iter().flatten().min().unwrap_or(end).min(end);
        if self.link.early {
            next = next.min(self.now + EARLY_STEP);
        }
        if next > self.now {
            self.now = next;
            self.timeouts_at_once = 0;
        }
        if due.is_some_and(|at| at <= self.now) || (self.link.early && self.is_open) {
            self.driver.handle_timeout(self.now);
            self.moves += usize::from(!self.link.early);
        }
        if device_due.is_some_and(|at| at <= self.now) {
            self.simulator.handle_timeout(self.now);
        }
        self.exchange();
        self.time_must_move_on();
    }

    fn time_must_move_on(&mut self) {
        self.timeouts_at_once += 1;
        if self.timeouts_at_once > TIMEOUTS_AT_ONCE_MAX {
            if self.driver.next_timeout().is_some_and(|at| at <= self.now) {
                self.breach(Check::TimeMovesOn, "it wants to be called again and again".into());
            }
            self.now = self.now + Duration::from_millis(1);
            self.timeouts_at_once = 0;
        }
    }

    /// Moves bytes and events until nothing moves, or the bench is to stop.
    pub(super) fn exchange(&mut self) {
        if !self.is_open {
            self.look_when_closed();
            return self.take_events();
        }
        for _ in 0..MOVES_AT_ONCE_MAX {
            if self.is_stopped() {
                return self.take_events();
            }
            let mut moved = self.write();
            let bytes = self.simulator.pending_output(self.now).to_vec();
            self.simulator.output_taken(self.now, bytes.len());
            if !bytes.is_empty() {
                moved = true;
                if self.link.to_driver {
                    let carried = self.link.carry(self.now, &bytes);
                    self.deliver(&carried);
                }
            }
            moved |= self.take_events_told();
            if !moved {
                return;
            }
            self.moves += 1;
        }
        self.breach(Check::TimeMovesOn, "bytes and events come without end".into());
        self.now = self.now + Duration::from_millis(1);
    }

    fn write(&mut self) -> bool {
        let most = turn_of(&mut self.turn, &self.link.writes);
        let shown = self.driver.pending_output(self.now).to_vec();
        if shown.is_empty() || most == 0 {
            return false;
        }
        self.driver.output_taken(self.now, 0);
        if self.driver.pending_output(self.now) != shown {
            self.breach(Check::StableOutput, "a second look showed other bytes".into());
        }
        let count = self.driver.pending_output(self.now).len().min(most).min(shown.len());
        self.driver.output_taken(self.now, count);
        let written = shown.get(..count).unwrap_or_default();
        self.said.extend(written);
        if self.link.to_device {
            self.simulator.receive(self.now, written);
        }
        count > 0
    }

    fn deliver(&mut self, bytes: &[u8]) {
        self.heard.extend(bytes);
        let mut rest = bytes;
        while !rest.is_empty() {
            let size = turn_of(&mut self.turn, &self.link.pieces).clamp(1, rest.len());
            let (piece, left) = rest.split_at(size);
            self.driver.receive(self.now, piece);
            rest = left;
        }
    }
}

/// The next of `sizes`, round and round.
fn turn_of(turn: &mut usize, sizes: &[usize]) -> usize {
    *turn = turn.wrapping_add(1);
    sizes.get(*turn % sizes.len().max(1)).copied().unwrap_or(usize::MAX)
}
