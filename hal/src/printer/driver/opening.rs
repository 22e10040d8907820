//! From an open link to a printer that answers our own questions.

use super::{
    CLEAR, Event, PrinterDriver, ProcessIds, Reason,
    proof::{FENCE, FENCE_END},
};
use crate::{
    printer::status::{Hold, Status},
    time::{Duration, Instant},
};

/// What comes in this long after the link opened belongs to an earlier life.
const DRAIN_TIME: Duration = Duration::from_millis(100);
/// A fence unanswered for so long, by a printer in order, is asked again from the start.
const FENCE_TIME: Duration = Duration::from_secs(30);
/// As [`FENCE_TIME`] after a fence whose answers were not as many as asked for.
pub(super) const REFENCE_TIME: Duration = Duration::from_secs(1);
/// How much longer than a fence the answer to a process id may take while the printer is idle.
pub(super) const PROBE_TIME: Duration = Duration::from_millis(1500);
/// Resets the modes and selects Chinese.
const INIT: [u8; 4] = [0x1B, 0x40, 0x1C, 0x26];
/// Zero bytes that complete any command head; a request in its place would be taken for the size
/// of an image.
const CUT_HEAD_NULS: [u8; 16] = [0; 16];

/// Feeds past the cutter and cuts (`GS V 66`).
const CUT: [u8; 4] = [0x1D, 0x56, 0x42, 0];
/// Padding is repeated after 1, 2, 4, … silent rounds up to so many: at another line speed it is
/// printed as scribble.
const PAD_ROUND_MAX: u8 = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// No link.
    Closed,
    /// Dropping answers to questions of an earlier life.
    Draining { until: Instant },
    /// Asking the printer how it is until it is in order.
    Asking,
    /// Set up, and waiting for the answer to our own questions.
    Fencing { fence: u8, probe: Option<[u8; 4]>, until: Instant, step: Step },
    /// Takes jobs.
    Ready,
}

/// Which of the opening's questions is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// None yet.
    Asked,
    /// The first fence; what was left in the printer is being cut off, with a fence behind it.
    Cutting,
    /// All fences; the process id may follow.
    Fenced,
    /// The process id.
    Proven,
}

impl PrinterDriver {
    pub(super) fn open(&mut self, now: Instant) {
        if self.phase != Phase::Closed {
            self.close(now);
        }
        self.phase = Phase::Draining { until: now + DRAIN_TIME };
    }

    pub(super) fn close(&mut self, now: Instant) {
        if self.phase == Phase::Closed {
            return;
        }
        self.end_job(now, Reason::LinkLost);
        if self.checking.take().is_some() {
            self.tell(Event::Checked(Status::UNKNOWN));
        }
        self.phase = Phase::Closed;
        self.out.link_lost();
        self.round = super::Round::new();
        self.decoder = super::Decoder::new();
        self.questions.end_run();
        self.quiet_at = None;
        self.silent_rounds = 0;
        self.status = Status::UNKNOWN;
    }

    pub(super) const fn is_draining(&self) -> bool {
        matches!(self.phase, Phase::Draining { .. })
    }

    /// Back to asking: after silence, or after a job that ended in doubt.
    pub(super) fn begin_asking(&mut self) {
        self.phase = Phase::Asking;
        self.out.abandon();
        self.out.xoff = false;
        self.out.padding_open = false;
        self.out.gate_open = false;
    }

    pub(super) fn opening_timeout(&self) -> Option<Instant> {
        match self.phase {
            Phase::Draining { until } | Phase::Fencing { until, .. } => Some(until),
            _ => None,
        }
    }

    pub(super) fn opening_tick(&mut self, now: Instant) {
        match self.phase {
            Phase::Draining { until } if until <= now => {
                self.decoder = super::Decoder::new();
                self.begin_asking();
                if self.out.owes_padding() {
                    self.out.request(&CUT_HEAD_NULS);
                }
                self.hurry_round(now);
            }
            Phase::Fencing { fence, probe, until, step } if until <= now => {
                let waits = self.status.hold().is_some() || !self.out.stream_is_empty();
                if step == Step::Fenced && waits {
                    // It stopped before it could answer.
                    self.phase = Phase::Fencing { fence, probe, until: now + PROBE_TIME, step };
                } else if step == Step::Fenced {
                    self.opened(ProcessIds::Unsupported);
                } else {
                    self.begin_asking();
                    self.hurry_round(now);
                }
            }
            _ => {}
        }
    }

    /// A fresh status is known.
    pub(super) fn opening_believed(&mut self, now: Instant) {
        if self.phase != Phase::Asking {
            return;
        }
        match self.status.hold() {
            None => self.set_up(now),
            Some(Hold::Unknown) => {}
            Some(_) if self.clear_when_held => {
                self.clear_when_held = false;
                self.out.request(&CLEAR);
            }
            Some(_) => {}
        }
    }

    /// A round was not answered: a printer that waits for image data takes requests for image.
    pub(super) fn opening_silent(&mut self) {
        if self.phase == Phase::Asking {
            let again = self.silent_rounds.is_power_of_two() && self.silent_rounds <= PAD_ROUND_MAX;
            self.out.free_image(again);
        }
    }

    fn set_up(&mut self, now: Instant) {
        self.clear_when_held = false;
        self.out.gate_open = true;
        self.out.append(&INIT);
        // The first ends a run of answers to earlier questions.
        self.out.append(&FENCE_END);
        let fence = self.append_fence();
        let until = now + FENCE_TIME;
        self.phase = Phase::Fencing { fence, probe: None, until, step: Step::Asked };
    }

    /// The printer's buffer has room, and nothing of what follows is lost: cut off what may be left
    /// of an earlier page.
    fn cut_off(&mut self, now: Instant) {
        self.append_cut();
        let fence = self.append_fence();
        let until = now + FENCE_TIME;
        self.phase = Phase::Fencing { fence, probe: None, until, step: Step::Cutting };
    }

    /// Finds out whether process ids are answered, unless they are known not to be.
    fn probe(&mut self, now: Instant, fence: u8) {
        let probe = (self.config.process_ids != ProcessIds::Unsupported).then(|| {
            let (id, command) = self.questions.process_id();
            self.out.append(&command);
            self.out.append(&INIT);
            id
        });
        let until = now + PROBE_TIME;
        self.phase = Phase::Fencing { fence, probe, until, step: Step::Fenced };
        self.opening_check();
    }

    /// Queues the cut of a page, where there is a cutter, and gives its bytes.
    pub(super) fn append_cut(&mut self) -> heapless::Vec<u8, { CUT.len() }> {
        let bytes: &[u8] = if self.config.cutter { &CUT } else { &[] };
        self.out.append(bytes);
        // It holds a whole cut.
        heapless::Vec::from_slice(bytes).unwrap_or_default()
    }

    /// Queues a fence and gives its number of answers.
    pub(super) fn append_fence(&mut self) -> u8 {
        let fence = self.questions.fence();
        for _ in 0..fence {
            self.out.append(&FENCE);
        }
        self.out.append(&FENCE_END);
        fence
    }

    pub(super) fn opening_id(&mut self, id: [u8; 4]) {
        if let Phase::Fencing { probe, step, .. } = &mut self.phase
            && *probe == Some(id)
        {
            *step = Step::Proven;
            self.opening_check();
        }
    }

    /// Ready once all that was asked is answered and the rest of the set-up has left.
    pub(super) fn opening_check(&mut self) {
        let Phase::Fencing { probe, step, .. } = self.phase else { return };
        if !self.out.stream_is_empty() {
            return;
        }
        match step {
            Step::Proven => self.opened(ProcessIds::Supported),
            Step::Fenced if probe.is_none() => self.opened(ProcessIds::Unsupported),
            _ => {}
        }
    }

    pub(super) fn opening_fenced(&mut self, now: Instant, run: u8) {
        let Phase::Fencing { fence, probe, until, step } = self.phase else { return };
        if !matches!(step, Step::Asked | Step::Cutting) {
            return;
        }
        if run != fence {
            // Answers were lost, or ran into late ones to earlier questions: ask again soon.
            let until = until.min(now + REFENCE_TIME);
            self.phase = Phase::Fencing { fence, probe, until, step };
            return;
        }
        if step == Step::Asked && self.cut_owed {
            return self.cut_off(now);
        }
        self.cut_owed = false;
        self.out.window.switch_on();
        self.probe(now, fence);
    }

    fn opened(&mut self, process_ids: ProcessIds) {
        self.phase = Phase::Ready;
        self.out.page_over();
        self.missed_ids = 0;
        self.learn_process_ids(process_ids);
    }

    pub(super) fn learn_process_ids(&mut self, process_ids: ProcessIds) {
        if self.config.process_ids != process_ids {
            self.config.process_ids = process_ids;
            self.tell(Event::ProcessIds(process_ids));
        }
    }
}
