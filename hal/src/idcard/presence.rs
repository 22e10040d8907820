//! What is known of the document that lies on the reader.
//!
//! After a completed reading some readers find the same document again, and some answer "nothing
//! found" until it was lifted: then it is hidden, and only a reset of the security module tells
//! whether it still lies there. Which reader it is, is learnt.

use super::limits::{DEBOUNCE, POLL_INTERVAL, RECHECK_INTERVAL, WAKE_PAUSE};
use crate::{digest::Digest, time::Instant};

/// What to tell the host; both when one document gave way to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    /// The document that lay there is gone; comes first.
    pub(super) lifted: bool,
    /// A document was put down.
    pub(super) placed: bool,
}

/// How the document that lies there was dealt with.
struct Settled {
    /// What was read; `None` when it could not be.
    digest: Option<Digest>,
    /// When to compare it again.
    recheck_at: Option<Instant>,
}

/// How a text that was read compares with what was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    /// Nothing was told of a text.
    New,
    /// The same document still lies there.
    Same,
    /// Another document lies there now.
    Other,
}

/// Folds what the reader finds into changes worth telling.
pub(super) struct Presence {
    probes: bool,
    told: bool,
    changing_since: Option<Instant>,
    settled: Option<Settled>,
    /// It was read to the end since the reader was last reset.
    consumed: bool,
    /// The reader does not find it any more, which may mean nothing.
    hidden: bool,
    wake_at: Instant,
    woken: bool,
    /// The reader finds a document again that it has read.
    repeats: bool,
}

impl Presence {
    /// `probes`: a reset may be used to see a hidden document.
    pub(super) const fn new(probes: bool) -> Self {
        Self {
            probes,
            told: false,
            changing_since: None,
            settled: None,
            consumed: false,
            hidden: false,
            wake_at: Instant::from_millis(0),
            woken: false,
            repeats: false,
        }
    }

    /// Whether the host believes that a document lies there.
    pub(super) const fn is_told(&self) -> bool {
        self.told
    }

    /// Whether the document that lies there was read, or given up.
    pub(super) const fn is_settled(&self) -> bool {
        self.settled.is_some()
    }

    /// The reader found a document.
    pub(super) fn found(&mut self, now: Instant) -> Change {
        let mut change = Change::default();
        let woken = core::mem::take(&mut self.woken);
        if self.hidden && !self.repeats {
            // Such a reader finds only what was put down anew.
            change.lifted = self.lost();
        } else if self.hidden || (woken && self.repeats) {
            // It was out of sight for a moment; and after a reset it should not have been.
            self.repeats &= self.hidden;
            self.doubt(now);
        } else if self.consumed {
            self.repeats = true;
        }
        self.hidden = false;
        self.debounce(now, true, &mut change);
        change
    }

    /// The reader found nothing.
    pub(super) fn not_found(&mut self, now: Instant) -> Change {
        let mut change = Change::default();
        self.woken = false;
        self.doubt(now);
        if self.consumed && (self.probes || !self.repeats) {
            if !core::mem::replace(&mut self.hidden, true) {
                self.wake_at = now + if self.repeats { DEBOUNCE } else { WAKE_PAUSE };
            }
            return change;
        }
        self.debounce(now, false, &mut change);
        if change.lifted {
            self.lost();
        }
        change
    }

    /// A document answered: it is there for certain; whether that is news.
    pub(super) fn confirm(&mut self) -> bool {
        self.changing_since = None;
        !core::mem::replace(&mut self.told, true)
    }

    /// The document is known to be gone; whether that is news.
    pub(super) fn lost(&mut self) -> bool {
        self.changing_since = None;
        self.settled = None;
        self.consumed = false;
        self.hidden = false;
        core::mem::take(&mut self.told)
    }

    /// The reader is away: documents may be changed unseen.
    pub(super) fn lose_sight(&mut self, now: Instant) {
        self.changing_since = None;
        self.woken();
        self.woken = false;
        self.doubt(now);
    }

    /// The reader was reset, so it finds whatever lies there.
    pub(super) fn woken(&mut self) {
        self.consumed = false;
        self.hidden = false;
        self.woken = true;
    }

    /// The reader has read the document to the end.
    pub(super) fn consumed(&mut self) {
        self.consumed = true;
    }

    /// Whether a reset shall tell now if the hidden document still lies there.
    pub(super) fn wants_waking(&self, now: Instant) -> bool {
        self.probes && self.hidden && self.wake_at <= now
    }

    /// Whether the document that was found is to be read, or compared.
    pub(super) fn wants_reading(&self, now: Instant) -> bool {
        let settled = self.settled.as_ref();
        settled.is_none_or(|settled| settled.recheck_at.is_some_and(|at| at <= now))
    }

    /// Compares a text with the one that was told.
    pub(super) fn compare(&self, digest: &Digest) -> Comparison {
        match self.settled.as_ref().and_then(|settled| settled.digest.as_ref()) {
            None => Comparison::New,
            Some(known) if known == digest => Comparison::Same,
            Some(_) => Comparison::Other,
        }
    }

    /// The document was read, or given up without a digest.
    pub(super) fn settle(&mut self, now: Instant, digest: Option<Digest>) {
        self.settled = Some(Settled { digest, recheck_at: Some(now + RECHECK_INTERVAL) });
    }

    /// The document shall be left alone until it is lifted.
    pub(super) fn leave_alone(&mut self) {
        self.settled = Some(Settled { digest: None, recheck_at: None });
    }

    /// A comparison was made or failed: the next one later.
    pub(super) fn recheck_later(&mut self, now: Instant) {
        if let Some(settled) = &mut self.settled {
            settled.recheck_at = Some(now + RECHECK_INTERVAL);
        }
    }

    /// When to look again.
    pub(super) fn next_look(&self, now: Instant) -> Instant {
        let usual = now + POLL_INTERVAL;
        let change = self.changing_since.map(|since| since + DEBOUNCE);
        let wake = Some(self.wake_at).filter(|at| self.probes && self.hidden && *at > now);
        [change, wake].into_iter().flatten().fold(usual, Instant::min)
    }

    /// The document may have been changed: compare it when it is found next.
    fn doubt(&mut self, now: Instant) {
        if let Some(settled) = &mut self.settled {
            settled.recheck_at = settled.recheck_at.map(|_| now);
        }
    }

    fn debounce(&mut self, now: Instant, there: bool, change: &mut Change) {
        if there == self.told {
            self.changing_since = None;
            return;
        }
        let since = *self.changing_since.get_or_insert(now);
        if now.since(since) >= DEBOUNCE {
            self.changing_since = None;
            self.told = there;
            change.placed |= there;
            change.lifted |= !there;
        }
    }
}
