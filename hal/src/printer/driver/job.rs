//! One job: its pages, its proofs, and how it ends.

use super::{
    CLEAR, EVENTS_MAX, EVENTS_PER_COMMAND, Event, JobId, JobState, PrinterDriver, ProcessIds,
    Proof, Reason, Refusal,
    bands::{Bander, GROWTH_MAX},
    opening::{PROBE_TIME, Phase},
    page::{Awaited, Page},
};
use crate::{
    printer::{counts::Tally, profile::DOTS_PER_MM, status::Hold},
    time::{Duration, Instant},
};

/// Time that a page may take beyond what its bytes and its length need.
pub const JOB_GRACE: Duration = Duration::from_secs(10);

#[derive(Debug)]
pub(super) struct Job {
    pub(super) id: JobId,
    pub(super) state: JobState,
    pub(super) page: Page,
    /// A byte of the present page has left.
    pub(super) begun: bool,
    pub(super) printed: u16,
    pub(super) proof: Proof,
    pub(super) finishing: bool,
    pub(super) cancelled: bool,
    /// A status asked for since this moment must be in order before the first byte.
    pub(super) preflight: Option<Instant>,
    pub(super) hold: Option<Hold>,
    pub(super) told_hold: Option<Hold>,
    pub(super) wants_data: bool,
    /// When all that is owed should be on paper.
    pub(super) horizon: Instant,
    pub(super) held_since: Instant,
    /// When the printer is asked next although nothing is sent.
    pub(super) guard_at: Instant,
}

impl Job {
    pub(super) fn poll_event(&mut self) -> Option<Event> {
        if self.hold != self.told_hold {
            self.told_hold = self.hold;
            return Some(Event::Held { job: self.id, hold: self.hold });
        }
        let open = matches!(self.page, Page::Open { .. }) && !self.finishing;
        (core::mem::take(&mut self.wants_data) && open).then_some(Event::WantsData(self.id))
    }

    pub(super) fn owes(&self, stream_is_empty: bool) -> bool {
        self.preflight.is_some() || !stream_is_empty || matches!(self.page, Page::Ended(_))
    }
}

impl PrinterDriver {
    /// Gives bytes of the present page; returns how many were taken. None are taken without a job,
    /// after [`Command::EndPage`](super::Command::EndPage) until the page is proven, or while the
    /// buffer is full; [`Event::WantsData`] tells when to go on.
    pub fn write(&mut self, now: Instant, bytes: &[u8]) -> usize {
        let Some(job) = &mut self.job else { return 0 };
        let Page::Open { written } = &mut job.page else { return 0 };
        if job.finishing || job.cancelled {
            return 0;
        }
        let (mut count, mut sent, mut dots) = (0, 0, 0u32);
        for &byte in bytes {
            if self.out.room() < GROWTH_MAX {
                break;
            }
            let chunk = self.bander.push(byte);
            self.out.append(&chunk);
            count += 1;
            sent += chunk.len();
            for &byte in &chunk {
                dots = dots.saturating_add(self.tally.push(byte));
            }
        }
        *written |= count > 0;
        if count > 0 {
            self.owe(now, sent, dots);
        }
        count
    }

    pub(super) fn start_job(&mut self, now: Instant, id: JobId) -> Result<(), Refusal> {
        if self.job.is_some() {
            return Err(Refusal::Busy);
        }
        if self.phase != Phase::Ready {
            return Err(Refusal::NotReady(self.state()));
        }
        if self.events.len() + EVENTS_PER_COMMAND > EVENTS_MAX {
            return Err(Refusal::EventsWaiting);
        }
        let state = JobState::Queued;
        self.job = Some(Job {
            id,
            state,
            page: Page::Open { written: false },
            begun: false,
            printed: 0,
            proof: Proof::ProcessId,
            finishing: false,
            cancelled: false,
            preflight: Some(now),
            hold: None,
            told_hold: None,
            wants_data: true,
            horizon: now,
            held_since: now,
            guard_at: now,
        });
        self.bander = Bander::new();
        self.tally = Tally::new();
        self.tell(Event::Job { job: id, state });
        self.out.gate_open = false;
        self.hurry_round(now);
        self.job_status(now);
        Ok(())
    }

    pub(super) fn end_page(&mut self, now: Instant) -> Result<(), Refusal> {
        let Some(job) = &self.job else { return Err(Refusal::NoJob) };
        match job.page {
            Page::Ended(_) => return Err(Refusal::Page),
            Page::Open { .. } if job.finishing => return Err(Refusal::Page),
            Page::Open { written: false } => return Err(Refusal::Empty),
            Page::Open { written: true } if !self.bander.is_whole() => {
                return Err(Refusal::CutShort);
            }
            Page::Open { written: true } => {}
        }
        if self.events.len() + EVENTS_PER_COMMAND > EVENTS_MAX {
            return Err(Refusal::EventsWaiting);
        }
        self.out.ask_at_end();
        let cut = self.append_cut();
        let dots = cut.iter().fold(0u32, |dots, &byte| dots.saturating_add(self.tally.push(byte)));
        let awaited = if self.config.process_ids == ProcessIds::Supported {
            let (id, command) = self.questions.process_id();
            self.out.append(&command);
            Awaited::ProcessId { id, fence: self.append_fence() }
        } else {
            Awaited::Fence(self.append_fence())
        };
        if let Some(job) = &mut self.job {
            job.page = Page::Ended(awaited);
        }
        self.owe(now, 0, dots);
        Ok(())
    }

    pub(super) fn finish_job(&mut self) -> Result<(), Refusal> {
        let Some(job) = &mut self.job else { return Err(Refusal::NoJob) };
        match job.page {
            _ if job.finishing => return Err(Refusal::Page),
            Page::Open { written: true } => return Err(Refusal::Page),
            Page::Open { written: false } if job.printed == 0 => return Err(Refusal::Empty),
            Page::Open { written: false } => {
                let state = JobState::Printed { pages: job.printed, proof: job.proof };
                self.set_job_state(state);
            }
            Page::Ended(_) => {
                job.finishing = true;
                self.tell_if_sent();
            }
        }
        Ok(())
    }

    pub(super) fn cancel_job(&mut self, now: Instant) -> Result<(), Refusal> {
        let Some(job) = &mut self.job else { return Err(Refusal::NoJob) };
        let all_sent = matches!(job.page, Page::Ended(_)) && self.out.stream_is_empty();
        if all_sent && job.hold.is_none() {
            job.cancelled = true;
        } else {
            self.end_job(now, Reason::Cancelled);
        }
        Ok(())
    }

    /// Time in which the paper advances by so many dots.
    pub(super) fn printing_time(&self, dots: u32) -> Duration {
        let speed = u64::from(self.config.speed_mm_s.max(1)) * u64::from(DOTS_PER_MM);
        Duration::from_millis((u64::from(dots) * 1000).div_ceil(speed))
    }

    /// Adds to the time by which all should be on paper.
    pub(super) fn owe(&mut self, now: Instant, bytes: usize, dots: u32) {
        let sending = Duration::from_millis(self.line_time_us(bytes).div_ceil(1000));
        let printing = self.printing_time(dots);
        if let Some(job) = &mut self.job {
            job.horizon = job.horizon.max(now) + sending + printing;
        }
    }

    pub(super) fn job_timeout(&self) -> Option<Instant> {
        let job = self.job.as_ref()?;
        let counts = job.hold.is_none() && job.owes(self.out.stream_is_empty());
        let deadline = counts.then(|| job.horizon + JOB_GRACE);
        [deadline, self.page_timeout()].into_iter().flatten().min()
    }

    pub(super) fn job_tick(&mut self, now: Instant) {
        if self.page_timeout().is_some_and(|at| at <= now) {
            return self.page_tick(now);
        }
        if self.job_timeout().is_some_and(|at| at <= now) {
            self.end_job(now, Reason::Deadline);
        }
    }

    /// The status may have changed: hold the job or let it go on.
    pub(super) fn job_status(&mut self, now: Instant) {
        let hold = self.status.hold();
        let Some(job) = &mut self.job else { return };
        if hold == Some(Hold::Unrecoverable) {
            return self.end_job(now, Reason::Unrecoverable);
        }
        let was_held = job.hold.is_some();
        job.hold = hold;
        match (was_held, hold) {
            (false, Some(_)) => job.held_since = now,
            (true, None) => job.horizon = job.horizon.max(job.held_since) + (now - job.held_since),
            _ => {}
        }
        self.out.gate_open = hold.is_none() && job.preflight.is_none();
        if hold.is_some() && job.cancelled {
            return self.end_job(now, Reason::Cancelled);
        }
        if was_held
            && hold.is_none()
            && let Page::Ended(Awaited::Missed { until, .. }) = &mut job.page
        {
            *until = (*until).max(now + PROBE_TIME);
        }
        let ask_again =
            was_held && hold.is_none() && matches!(job.page, Page::Ended(Awaited::Verify(_)));
        if ask_again {
            let fence = self.append_fence();
            self.set_awaited(Awaited::Fence(fence));
        }
    }

    pub(super) fn set_job_state(&mut self, state: JobState) {
        let Some(job) = &mut self.job else { return };
        job.state = state;
        let id = job.id;
        self.tell(Event::Job { job: id, state });
        if state.is_final() {
            self.job = None;
            self.out.gate_open = true;
        }
    }

    /// Ends the job without its present page, and prepares the printer for the next one.
    pub(super) fn end_job(&mut self, now: Instant, reason: Reason) {
        let Some(job) = &self.job else { return };
        let (printed, begun) = (job.printed, job.begun);
        let state = if begun {
            JobState::Unknown { printed, reason }
        } else {
            JobState::Failed { printed, reason }
        };
        self.set_job_state(state);
        if reason == Reason::LinkLost {
            self.clear_when_held |= begun;
            self.cut_owed |= begun;
            return;
        }
        self.out.abandon();
        if begun {
            self.cut_owed = true;
            self.clear_when_held = false;
            self.out.request(&CLEAR);
        }
        self.begin_asking();
        self.hurry_round(now);
    }
}
