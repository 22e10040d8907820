//! What must hold at every moment of every run.

use std::{format, string::String};

use super::Bench;
use crate::{
    conformance::{
        Check,
        report::Breach,
        subject::{News, Outcome, Subject},
    },
    driver::{DeviceState, Driver, Machine},
};

impl<S: Subject> Bench<'_, S> {
    pub(in crate::conformance) fn breach(&mut self, check: Check, how: String) {
        let (at, scene) = (self.now.as_millis(), &self.scene);
        let sentence = format!("with {scene}, at {at} ms: {how}");
        self.breaches.push(Breach { check, sentence });
    }

    /// Takes all events, if the host polls.
    pub(super) fn take_events(&mut self) {
        self.take_events_told();
    }

    /// As [`take_events`](Self::take_events); whether there was any.
    pub(super) fn take_events_told(&mut self) -> bool {
        let mut any = false;
        while self.link.polls
            && let Some(event) = self.driver.poll_event()
        {
            any = true;
            self.subject.follow(&mut self.driver, self.now, &event);
            let news = self.subject.news(&event);
            self.told.push((self.now, format!("{news:?}")));
            match news {
                News::State(state) => self.told_state(state),
                News::Done { command, outcome } => self.told_end(command, outcome),
                News::Found(claim) => self.told_find(claim),
                News::Other(_) => {}
            }
        }
        if any && !self.is_open && self.state != DeviceState::NoDevice {
            let state = self.state;
            self.breach(Check::LossIsTold, format!("{state:?} was told last without a link"));
        }
        any
    }

    fn told_state(&mut self, state: DeviceState) {
        if state == self.state {
            self.breach(Check::StateChanges, format!("{state:?} was told twice"));
        }
        self.state = state;
    }

    fn told_end(&mut self, command: usize, outcome: Outcome) {
        let accepted = self.accepted.get(command).copied().unwrap_or(0);
        let Some(ended) = self.ended.get_mut(command) else {
            let how = format!("command {command} ended, which there is not");
            return self.breach(Check::OneFinalEvent, how);
        };
        let first = *ended < accepted;
        *ended = if first && self.subject.is_setting(command) { accepted } else { *ended + 1 };
        if !first {
            let how = format!("command {command} ended once more than it was accepted");
            self.breach(Check::OneFinalEvent, how);
        }
        if let (Outcome::Success(claim), Some(Some(expected))) =
            (&outcome, self.claims.get(command))
        {
            if claim != expected {
                let how = format!("command {command} claimed '{claim}' instead of '{expected}'");
                self.breach(Check::Truth, how);
            } else if !self.subject.is_true(&mut self.simulator, claim) {
                let how = format!("command {command} claimed '{claim}', which is not true");
                self.breach(Check::Truth, how);
            }
        }
        self.outcomes.push((command, outcome));
    }

    fn told_find(&mut self, claim: String) {
        if let Some(expected) = &self.findable
            && *expected != claim
        {
            let how = format!("'{claim}' was read instead of '{expected}'");
            self.breach(Check::Truth, how);
        }
        self.found.push(claim);
    }

    /// Every accepted command must have ended now.
    pub(in crate::conformance) fn all_ended(&mut self, check: Check, when: &str) {
        let open = self.open_commands();
        if open > 0 {
            self.breach(check, format!("{open} accepted commands had not ended {when}"));
            // Not to be told again for the same command.
            self.accepted.clone_from(&self.ended);
        }
    }

    /// Whether the last state told is one in which the device works.
    pub(in crate::conformance) fn is_online(&self) -> bool {
        matches!(self.state, DeviceState::Online | DeviceState::Busy)
    }

    /// The state told last.
    pub(in crate::conformance) fn state(&self) -> DeviceState {
        self.state
    }

    pub(super) fn look_when_closed(&mut self) {
        if !self.driver.pending_output(self.now).is_empty() {
            self.breach(Check::SilentWhenClosed, "there was pending output without a link".into());
        }
        if self.driver.next_timeout().is_some() {
            self.breach(Check::SilentWhenClosed, "a timeout was due without a link".into());
        }
    }
}
