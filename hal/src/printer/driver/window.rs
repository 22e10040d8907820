//! Bounds the bytes that the printer has not taken in, by asking now and then whether it has.

/// Bytes after which the printer is asked, at the next command's end, whether it took them in.
const ACK_BYTES: usize = 512;
/// Bytes that the printer may not yet have taken in, plus one command: less than its buffer, so
/// that it neither loses bytes nor says XOFF, and always has room to hear real-time requests.
const WINDOW_BYTES: usize = 1536;
/// Questions that can be open at once.
const ACKS: usize = 8;

/// Bytes on their way, between questions.
#[derive(Debug)]
pub(super) struct Window {
    on: bool,
    /// Bytes sent since the last question, and before each open question.
    unasked: usize,
    open: heapless::Deque<usize, ACKS>,
    /// Open questions at the end of the page.
    open_at_end: usize,
}

impl Window {
    pub(super) const fn new() -> Self {
        Self { on: false, unasked: 0, open: heapless::Deque::new(), open_at_end: 0 }
    }

    /// The printer answers fences: bound the bytes from now on.
    pub(super) const fn switch_on(&mut self) {
        self.on = true;
    }

    pub(super) fn question_is_due(&self) -> bool {
        self.on && self.unasked >= ACK_BYTES && !self.open.is_full()
    }

    /// Bytes, at least one, that may leave before the next question; `None` when none is asked.
    pub(super) fn bytes_to_question(&self) -> Option<usize> {
        self.on.then(|| ACK_BYTES.saturating_sub(self.unasked).max(1))
    }

    pub(super) fn is_full(&self) -> bool {
        self.on && self.open.iter().sum::<usize>() + self.unasked >= WINDOW_BYTES
    }

    pub(super) const fn sent(&mut self, bytes: usize) {
        self.unasked += bytes;
    }

    /// A question has left.
    pub(super) fn asked(&mut self) {
        let _ = self.open.push_back(core::mem::take(&mut self.unasked));
    }

    /// Counts a question at the end of the page; whether one is to be asked.
    pub(super) const fn ask_at_end(&mut self) -> bool {
        if self.on {
            self.open_at_end += 1;
        }
        self.on
    }

    /// A fence answer came: whether it answers one of these questions.
    pub(super) fn answered(&mut self) -> bool {
        if self.open.pop_front().is_some() {
            return true;
        }
        let at_end = self.open_at_end > 0;
        self.open_at_end = self.open_at_end.saturating_sub(1);
        at_end
    }

    /// Whether every question is answered.
    pub(super) fn all_answered(&self) -> bool {
        self.open.is_empty() && self.open_at_end == 0
    }

    /// The page is proven.
    pub(super) fn page_over(&mut self) {
        self.unasked = 0;
        self.open.clear();
        self.open_at_end = 0;
    }
}
