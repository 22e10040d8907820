//! How a page is sent and proven.

use super::{Event, JobState, PrinterDriver, Proof, Reason, outgoing::PAGE_BYTES};
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
    ProcessId([u8; 4]),
    Fence(u8),
    /// The fence was answered; a status asked for since then must be in order.
    Verify(Instant),
}

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
        let awaited = self.job.as_ref().map(|job| job.page);
        if awaited == Some(Page::Ended(Awaited::ProcessId(id))) {
            self.page_proven(now, Proof::ProcessId);
        }
    }

    pub(super) fn job_fenced(&mut self, now: Instant, run: u8) {
        let awaited = self.job.as_ref().map(|job| job.page);
        if awaited == Some(Page::Ended(Awaited::Fence(run))) && self.out.stream_is_empty() {
            self.set_awaited(Awaited::Verify(now));
            self.hurry_round(now);
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
        self.tell(Event::PagePrinted { job: id, page, proof });
        if finishing {
            self.set_job_state(state);
        } else if cancelled {
            self.end_job(now, Reason::Cancelled);
        }
    }

    /// Bytes of the stream have left.
    pub(super) fn job_bytes_left(&mut self) {
        let room = self.out.room();
        let Some(job) = &mut self.job else { return };
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
