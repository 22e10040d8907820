//! What the driver makes of answers, and of their absence.

use super::{
    EVENTS_MAX, EVENTS_PER_COMMAND, Event, IDLE_POLL, PrinterDriver, RETRY_PAUSE, Reason, Refusal,
    SILENT_ROUNDS_MAX, WORK_POLL,
    opening::Phase,
    round::{Outcome, REQUESTS},
};
use crate::{
    printer::{
        decode::Answer,
        status::{Paper, Status},
    },
    time::Instant,
};

/// The bits of an answer to `GS r 1` that tell of the roll's end.
const ROLL_END: u8 = 0x0C;

impl PrinterDriver {
    pub(super) fn on_answer(&mut self, now: Instant, answer: Answer) {
        match answer {
            Answer::Xon => self.out.xoff = false,
            Answer::Xoff => self.out.xoff = true,
            _ if self.is_draining() => {}
            Answer::Asb(packet) => {
                self.end_fence_run(now);
                if let Some(status) = Status::from_asb(packet) {
                    self.silent_rounds = 0;
                    self.set_status(now, status);
                }
            }
            Answer::RealTime(byte) => {
                if self.out.take_phantoms() {
                    self.round.doubt();
                }
                if let Some(outcome) = self.round.answer(now, byte) {
                    self.on_round(now, outcome);
                }
            }
            Answer::ProcessId(id) => {
                self.end_fence_run(now);
                self.opening_id(id);
                self.job_id_answered(now, id);
            }
            Answer::Fence(roll) => {
                if !self.out.window.answered() {
                    let run = self.questions.fence_answer();
                    self.job_fenced(now, run);
                }
                self.put_off_guard(now);
                if roll & ROLL_END != 0 && self.status.paper != Paper::Out {
                    self.hurry_round(now);
                }
            }
            Answer::Cleared => self.end_fence_run(now),
        }
    }

    fn end_fence_run(&mut self, now: Instant) {
        let run = self.questions.end_run();
        if run > 0 {
            self.opening_fenced(now, run);
            self.job_run_ended(now);
        }
    }

    fn on_round(&mut self, now: Instant, outcome: Outcome) {
        let began = self.round.began;
        let status = match outcome {
            Outcome::Believed(answers) => Status::from_real_time(answers),
            Outcome::Spoiled => None,
            Outcome::Silent => {
                self.silent_rounds = self.silent_rounds.saturating_add(1);
                None
            }
            // A printer that takes no bytes cannot be asked. A job has its own time limit, which
            // stands still while the printer is known to be held.
            Outcome::Stalled if self.job.is_some() => {
                return self.finish_check(began, Status::UNKNOWN);
            }
            Outcome::Stalled => {
                self.silent_rounds = SILENT_ROUNDS_MAX;
                None
            }
        };
        let pause = match status {
            None if self.silent_rounds < SILENT_ROUNDS_MAX => RETRY_PAUSE,
            None => IDLE_POLL,
            Some(_) if self.job.is_some() || self.phase != Phase::Ready => WORK_POLL,
            Some(_) => IDLE_POLL,
        };
        self.next_round = now + pause;
        if let Some(status) = status {
            self.silent_rounds = 0;
            self.set_status(now, status);
            if status.hold().is_none() && self.out.window.all_answered() {
                // It has taken in everything and is in order: an XON must have been lost.
                self.out.xoff = false;
            }
            self.job_believed(now, began);
            self.opening_believed(now);
            self.finish_check(began, status);
        } else if self.silent_rounds >= SILENT_ROUNDS_MAX {
            self.fell_silent(now);
            self.finish_check(began, Status::UNKNOWN);
        }
        if outcome == Outcome::Silent {
            self.opening_silent();
        }
    }

    fn fell_silent(&mut self, now: Instant) {
        self.status = Status::UNKNOWN;
        self.end_job(now, Reason::NotAnswering);
        // At another line speed it may have printed our questions.
        self.cut_owed = true;
        self.begin_asking();
    }

    fn finish_check(&mut self, began: Instant, status: Status) {
        if self.checking.is_some_and(|asked| began >= asked) {
            self.checking = None;
            self.tell(Event::Checked(status));
        }
    }

    fn set_status(&mut self, now: Instant, status: Status) {
        self.status = status;
        self.job_status(now);
    }

    pub(super) fn begin_round(&mut self, now: Instant) {
        if self.round.is_resting() {
            self.round.begin(now);
            self.out.request_once(&REQUESTS);
        }
    }

    /// Wants a status round as soon as the present one is over.
    pub(super) fn hurry_round(&mut self, now: Instant) {
        self.next_round = now;
    }

    pub(super) fn tick(&mut self, now: Instant) {
        if self.quiet_at.is_some_and(|at| at <= now) {
            self.quiet_at = None;
            let mut decoder = core::mem::take(&mut self.decoder);
            decoder.quiet(|answer| self.on_answer(now, answer));
            self.decoder = decoder;
            self.end_fence_run(now);
        }
        if let Some(outcome) = self.round.handle_timeout(now) {
            self.on_round(now, outcome);
        }
        self.opening_tick(now);
        self.job_tick(now);
        if self.polls() && self.next_round <= now {
            self.begin_round(now);
        }
    }

    pub(super) fn polls(&self) -> bool {
        !matches!(self.phase, Phase::Closed | Phase::Draining { .. }) && self.round.is_resting()
    }

    pub(super) fn check_status(&mut self, now: Instant) -> Result<(), Refusal> {
        if matches!(self.phase, Phase::Closed | Phase::Draining { .. }) {
            return Err(Refusal::NotReady(self.state()));
        }
        if self.checking.is_some() {
            return Err(Refusal::Busy);
        }
        if self.events.len() + EVENTS_PER_COMMAND > EVENTS_MAX {
            return Err(Refusal::EventsWaiting);
        }
        self.checking = Some(now);
        self.hurry_round(now);
        Ok(())
    }
}
