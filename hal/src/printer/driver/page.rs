//! How a page is sent and proven.

use super::{
    Event, JobState, PrinterDriver, ProcessIds, Proof, Reason,
    opening::{PROBE_TIME, REFENCE_TIME},
    outgoing::PAGE_BYTES,
    window::GUARD_TIME,
};
use crate::time::Instant;

/// Where the present page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// Bytes may be written; whether any was.
    Open { written: bool },
    /// All bytes are given to the driver; how they are to be proven.
    Ended(Awaited),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Awaited {
    /// The page's own process id. A fence follows it, so that a printer that has ceased to answer
    /// ids is found out.
    ProcessId {
        id: [u8; 4],
        fence: u8,
    },
    /// The id was answered. The fence's answers are waited for a while, lest they be taken for
    /// answers to the next page's questions.
    Proven {
        fence: u8,
        until: Instant,
    },
    /// The fence was answered and the id before it was not, yet.
    Missed {
        id: [u8; 4],
        until: Instant,
    },
    Fence(u8),
    /// The fence was answered; a status asked for since then must be in order.
    Verify(Instant),
}

/// Pages in a row without an answer to their id after which none is asked any more.
const MISSED_IDS_MAX: u8 = 2;

impl PrinterDriver {
    /// A status round begun at `began` is believed; its status is set.
    pub(super) fn job_believed(&mut self, now: Instant, began: Instant) {
        let hold = self.status.hold();
        let Some(job) = &mut self.job else { return };
        if hold.is_some() {
            return;
        }
        if job.preflight.is_some_and(|asked| began >= asked) {
            job.preflight = None;
            self.out.gate_open = true;
            return;
        }
        match job.page {
            Page::Ended(Awaited::Verify(since)) if began >= since => {
                self.page_proven(now, Proof::Fence);
            }
            _ => {}
        }
    }

    pub(super) fn job_id_answered(&mut self, now: Instant, id: [u8; 4]) {
        match self.job.as_ref().map(|job| job.page) {
            Some(Page::Ended(Awaited::ProcessId { id: own, fence })) if own == id => {
                if self.out.window.all_answered() {
                    self.set_awaited(Awaited::Proven { fence, until: now + REFENCE_TIME });
                } else {
                    // Answers come in order: what was asked before was never taken in.
                    self.end_job(now, Reason::BytesLost);
                }
            }
            Some(Page::Ended(Awaited::Missed { id: own, .. })) if own == id => {
                self.page_proven(now, Proof::ProcessId);
            }
            _ => {}
        }
    }

    /// A run of fence answers is so long by now. In a job, no answer to an earlier question can come
    /// any more: answers come in order, and the opening ended with one.
    pub(super) fn job_fenced(&mut self, now: Instant, run: u8) {
        let Some(job) = &self.job else { return };
        let Page::Ended(awaited) = job.page else { return };
        let horizon = job.horizon;
        let whole = self.out.stream_is_empty();
        match awaited {
            Awaited::Proven { fence, .. } if fence == run => {
                self.page_proven(now, Proof::ProcessId);
            }
            Awaited::ProcessId { id, fence } if fence == run && whole => {
                self.set_awaited(Awaited::Missed { id, until: horizon.max(now) + PROBE_TIME });
            }
            Awaited::Fence(fence) if fence == run && whole => self.verify(now),
            _ => {}
        }
    }

    /// A run of fence answers is over, perhaps with fewer than were asked for.
    pub(super) fn job_run_ended(&mut self, now: Instant) {
        let page = self.job.as_ref().map(|job| job.page);
        if matches!(page, Some(Page::Ended(Awaited::Proven { .. }))) {
            self.page_proven(now, Proof::ProcessId);
        }
    }

    fn verify(&mut self, now: Instant) {
        self.set_awaited(Awaited::Verify(now));
        self.hurry_round(now);
    }

    /// When [`page_tick`](Self::page_tick) is due.
    pub(super) fn page_timeout(&self) -> Option<Instant> {
        let job = self.job.as_ref()?;
        match job.page {
            Page::Ended(Awaited::Proven { until, .. }) => Some(until),
            _ if job.hold.is_some() => None,
            Page::Ended(Awaited::Missed { until, .. }) => Some(until),
            Page::Open { .. } if job.begun && self.out.window.all_answered() => Some(job.guard_at),
            _ => None,
        }
    }

    pub(super) fn page_tick(&mut self, now: Instant) {
        let Some(job) = &self.job else { return };
        match job.page {
            Page::Ended(Awaited::Proven { .. }) => self.page_proven(now, Proof::ProcessId),
            Page::Ended(Awaited::Missed { .. }) => self.verify(now),
            Page::Open { .. } => {
                self.out.window.ask();
                self.put_off_guard(now);
            }
            Page::Ended(_) => {}
        }
    }

    /// The printer was asked or has answered.
    pub(super) fn put_off_guard(&mut self, now: Instant) {
        if let Some(job) = &mut self.job {
            job.guard_at = now + GUARD_TIME;
        }
    }

    pub(super) fn set_awaited(&mut self, awaited: Awaited) {
        if let Some(job) = &mut self.job {
            job.page = Page::Ended(awaited);
        }
    }

    fn page_proven(&mut self, now: Instant, proof: Proof) {
        if !self.out.window.all_answered() {
            // Answers come in order: what was asked before was never taken in.
            return self.end_job(now, Reason::BytesLost);
        }
        self.questions.end_run();
        let counts = self.tally.take();
        self.count_missed_ids(proof);
        let Some(job) = &mut self.job else { return };
        job.printed = job.printed.saturating_add(1);
        if proof == Proof::Fence {
            job.proof = proof;
        }
        job.page = Page::Open { written: false };
        job.begun = false;
        job.wants_data = true;
        self.out.page_over();
        let (id, page, finishing) = (job.id, job.printed, job.finishing);
        let state = JobState::Printed { pages: page, proof: job.proof };
        let cancelled = job.cancelled;
        self.tell(Event::PagePrinted { job: id, page, proof, counts });
        if finishing {
            self.set_job_state(state);
        } else if cancelled {
            self.end_job(now, Reason::Cancelled);
        }
    }

    fn count_missed_ids(&mut self, proof: Proof) {
        if proof == Proof::ProcessId || self.config.process_ids != ProcessIds::Supported {
            self.missed_ids = 0;
            return;
        }
        self.missed_ids = self.missed_ids.saturating_add(1);
        if self.missed_ids >= MISSED_IDS_MAX {
            self.learn_process_ids(ProcessIds::Unsupported);
        }
    }

    /// Bytes of the stream have left.
    pub(super) fn job_bytes_left(&mut self, now: Instant) {
        let room = self.out.room();
        let Some(job) = &mut self.job else { return };
        if !job.begun {
            job.guard_at = now + GUARD_TIME;
        }
        job.begun = true;
        job.wants_data |= room >= PAGE_BYTES / 2;
        if job.state == JobState::Queued {
            self.set_job_state(JobState::Sending);
        }
        self.tell_if_sent();
    }

    pub(super) fn tell_if_sent(&mut self) {
        let all_left = self.out.stream_is_empty();
        let Some(job) = &self.job else { return };
        if all_left && job.finishing && job.state != JobState::Sent {
            self.set_job_state(JobState::Sent);
        }
    }
}
