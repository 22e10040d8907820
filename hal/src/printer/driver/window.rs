//! Bounds the bytes that the printer has not taken in, by asking now and then whether it has.

use crate::time::Duration;

/// Bytes after which the printer is asked, at the next command's end, whether it took them in.
const ACK_BYTES_MAX: usize = 512;
const ACK_BYTES_MIN: usize = 64;
/// As [`ACK_BYTES_MAX`] in parts of a second of line time: a loss of power shorter than it takes to
/// send what lies between two questions would not be noticed.
const ACKS_PER_SECOND: u32 = 8;
/// While a page waits for the host, the printer is asked anyway: no loss of power that is longer
/// goes unnoticed.
pub(super) const GUARD_TIME: Duration = Duration::from_millis(250);
/// Bytes that the printer may not yet have taken in, plus one command: less than its buffer, so
/// that it neither loses bytes nor says XOFF, and always has room to hear real-time requests.
const WINDOW_BYTES: usize = 1536;
/// Questions that can be open at once.
const ACKS: usize = 8;

/// Bytes between two questions on a line of `baud` bits a second, ten bits a byte.
pub(super) const fn ack_bytes(baud: u32) -> usize {
    let bytes = (baud / 10 / ACKS_PER_SECOND) as usize;
    if bytes < ACK_BYTES_MIN {
        ACK_BYTES_MIN
    } else if bytes > ACK_BYTES_MAX {
        ACK_BYTES_MAX
    } else {
        bytes
    }
}

/// Bytes on their way, between questions.
#[derive(Debug)]
pub(super) struct Window {
    on: bool,
    ack_bytes: usize,
    /// Bytes sent since the last question, and before each open question.
    unasked: usize,
    open: heapless::Deque<usize, ACKS>,
    /// Open questions at the end of the page.
    open_at_end: usize,
    /// The last bytes sent are an image of which was not asked yet.
    image_unasked: bool,
    /// Answers that must come until the last image is known to be taken in.
    image_open: usize,
    /// A question is due whatever was sent.
    due: bool,
}

impl Window {
    pub(super) const fn new(ack_bytes: usize) -> Self {
        Self {
            on: false,
            ack_bytes,
            unasked: 0,
            open: heapless::Deque::new(),
            open_at_end: 0,
            image_unasked: false,
            image_open: 0,
            due: false,
        }
    }

    /// As new.
    pub(super) fn reset(&mut self) {
        *self = Self::new(self.ack_bytes);
    }

    pub(super) const fn ack_bytes(&self) -> usize {
        self.ack_bytes
    }

    /// The printer answers fences: bound the bytes from now on.
    pub(super) const fn switch_on(&mut self) {
        self.on = true;
    }

    pub(super) fn question_is_due(&self) -> bool {
        let due = self.due || self.image_unasked || self.unasked >= self.ack_bytes;
        self.on && due && !self.open.is_full()
    }

    /// Wants a question as soon as a command ends.
    pub(super) const fn ask(&mut self) {
        self.due = true;
    }

    /// Bytes, at least one, that may leave before the next question; `None` when none is asked.
    pub(super) fn bytes_to_question(&self) -> Option<usize> {
        self.on.then(|| self.ack_bytes.saturating_sub(self.unasked).max(1))
    }

    /// Whether nothing may leave until an answer comes: too much is under way, or an image.
    pub(super) fn is_full(&self) -> bool {
        let bytes = self.open.iter().sum::<usize>() + self.unasked;
        self.on && (bytes >= WINDOW_BYTES || self.image_in_doubt())
    }

    /// Whether an image was sent that is not known to be taken in as a whole.
    pub(super) const fn image_in_doubt(&self) -> bool {
        self.image_unasked || self.image_open > 0
    }

    pub(super) const fn sent(&mut self, bytes: usize, ends_image: bool) {
        self.unasked += bytes;
        self.image_unasked |= ends_image;
    }

    /// A question has left.
    pub(super) fn asked(&mut self) {
        let _ = self.open.push_back(core::mem::take(&mut self.unasked));
        self.due = false;
        if core::mem::take(&mut self.image_unasked) {
            self.image_open = self.open.len();
        }
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
            self.image_open = self.image_open.saturating_sub(1);
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
        let on = self.on;
        self.reset();
        self.on = on;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_lines_are_asked_oftener() {
        for (baud, bytes) in [(1200, 64), (9600, 120), (38_400, 480), (115_200, 512)] {
            assert_eq!(ack_bytes(baud), bytes, "{baud}");
        }
    }

    #[test]
    fn nothing_follows_an_image_that_is_not_taken_in() {
        let mut window = Window::new(512);
        window.switch_on();
        window.sent(600, false);
        window.asked();
        window.sent(48, true);
        assert!(window.question_is_due() && window.is_full());
        window.asked();
        assert!(window.answered() && window.is_full());
        assert!(window.answered() && !window.is_full());
        assert!(window.all_answered());
    }
}
