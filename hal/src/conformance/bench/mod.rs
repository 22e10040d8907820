//! A driver and a simulated device, joined by a pipe that can be broken, in told time.

mod link;
mod run;
mod watch;

pub(super) use link::Link;

use std::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::{
    Check,
    report::Breach,
    subject::{Outcome, Subject},
};
use crate::{
    driver::{DeviceState, Driver, Machine},
    time::{Duration, Instant},
};

/// How often a host tries to submit a command that is refused.
const SUBMIT_PAUSE: Duration = Duration::from_millis(50);
/// When every bench begins; not 0, which a driver might mistake for "never".
const START: Instant = Instant::from_millis(1000);

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

    /// Accepted commands that have not ended.
    pub(super) fn open_commands(&self) -> usize {
        self.accepted.iter().zip(&self.ended).map(|(a, e)| a.saturating_sub(*e)).sum()
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stop_at.is_some_and(|at| self.moves >= at)
    }
}
