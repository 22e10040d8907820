//! The lamp's frames: `02 number what high low check`, the same both ways.
//!
//! The check byte is the sum of the five bytes before it, inverted. An answer has the number of its
//! question and its `what` with the highest bit set.

/// Bytes of every frame.
pub const FRAME_BYTES: usize = 6;
/// Highest number that the lamp can show.
pub const NUMBER_MAX: u16 = 999;
/// In an answer's value: the bulb is broken.
pub const BULB_BROKEN: u16 = 0x8000;

const START: u8 = 0x02;
const ANSWER: u8 = 0x80;

/// What a frame is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum What {
    /// Show the value; 0 is dark.
    Show = b'N',
    /// Tell what is shown.
    Status = b'S',
    /// The button was pressed; comes unasked and is not answered.
    Button = b'B',
}

/// One frame without its first and last byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Number of the question.
    pub number: u8,
    /// What it is about.
    pub what: What,
    /// Whether it answers a question.
    pub is_answer: bool,
    /// The number shown or to be shown, in an answer perhaps with [`BULB_BROKEN`].
    pub value: u16,
}

impl Frame {
    /// The frame as bytes.
    pub fn encode(self) -> [u8; FRAME_BYTES] {
        let [high, low] = self.value.to_be_bytes();
        let what = self.what as u8 | if self.is_answer { ANSWER } else { 0 };
        let head = [START, self.number, what, high, low];
        [START, self.number, what, high, low, check(&head)]
    }

    /// The frame that `bytes` are, if they are one.
    pub fn decode(bytes: &[u8; FRAME_BYTES]) -> Option<Self> {
        let [head @ .., last] = bytes;
        let &[START, number, what, high, low] = head else { return None };
        if check(head) != *last {
            return None;
        }
        let is_answer = what & ANSWER != 0;
        let what = match what & !ANSWER {
            b'N' => What::Show,
            b'S' => What::Status,
            b'B' => What::Button,
            _ => return None,
        };
        Some(Self { number, what, is_answer, value: u16::from_be_bytes([high, low]) })
    }
}

fn check(head: &[u8]) -> u8 {
    !head.iter().fold(0u8, |sum, byte| sum.wrapping_add(*byte))
}

/// Finds frames among any bytes: it looks at the last six, so junk that is no frame hides none.
#[derive(Default)]
pub struct Parser {
    last: [u8; FRAME_BYTES],
}

impl Parser {
    /// Takes the next byte; the frame that it completes, if it does.
    pub fn push(&mut self, byte: u8) -> Option<Frame> {
        self.last.rotate_left(1);
        if let Some(end) = self.last.last_mut() {
            *end = byte;
        }
        let frame = Frame::decode(&self.last)?;
        self.last = [0; FRAME_BYTES];
        Some(frame)
    }
}
