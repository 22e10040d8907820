//! Frames on the serial line: `03 06 <CCID message> LRC`.
//!
//! As Debian's `libccidtwin` driver speaks it: LRC is the XOR of all bytes before it, `03 15 16` is
//! a NAK, and between frames come `50 02` (card out), `50 03` (card in) and single bytes `80..FF`
//! (the reader asks for time).

use heapless::Vec;
use zeroize::Zeroize;

use super::limits::{DATA_BYTES_MAX, FRAME_BYTES_MAX, HEADER_BYTES};

const SYNC: u8 = 0x03;
const ACK: u8 = 0x06;
const NAK: u8 = 0x15;
const NAK_LRC: u8 = SYNC ^ NAK;
const EVENT: u8 = 0x50;
const EVENT_OUT: u8 = 0x02;
const EVENT_IN: u8 = 0x03;

/// What the decoder found in the byte stream.
#[derive(Debug, PartialEq, Eq)]
pub enum Received<'a> {
    /// A CCID message whose LRC is right.
    Message(&'a [u8]),
    /// The other side did not understand the last frame.
    Nak,
    /// A card was put in.
    CardIn,
    /// A card was pulled out.
    CardOut,
    /// The reader asks for more time.
    TimeRequest,
    /// A frame whose LRC or length is wrong; the search for the next `03 06` has begun.
    Broken,
}

/// The XOR of `bytes`.
pub fn lrc(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum ^ byte)
}

/// Puts `message` into a frame; `None` when it is longer than a frame can be.
pub fn encode(message: &[u8]) -> Option<Vec<u8, FRAME_BYTES_MAX>> {
    let mut frame = Vec::new();
    frame.extend_from_slice(&[SYNC, ACK]).ok()?;
    frame.extend_from_slice(message).ok()?;
    frame.push(lrc(&frame)).ok()?;
    Some(frame)
}

/// Finds frames and events in a stream of bytes, whatever else is in it.
///
/// Push one byte, then take [`next`](Self::next) until it gives `None`.
#[derive(Default)]
pub struct FrameDecoder {
    buffer: Vec<u8, FRAME_BYTES_MAX>,
    consumed: usize,
    /// After a broken frame its content is searched for a frame, and for nothing else.
    searching: bool,
}

enum Step {
    Wait,
    Skip,
    Break,
    Take(usize, Kind),
}

#[derive(Clone, Copy)]
enum Kind {
    Message,
    Nak,
    CardIn,
    CardOut,
    TimeRequest,
}

impl FrameDecoder {
    /// A decoder that has seen nothing.
    pub const fn new() -> Self {
        Self { buffer: Vec::new(), consumed: 0, searching: false }
    }

    /// Takes in one byte.
    pub fn push(&mut self, byte: u8) {
        self.discard_consumed();
        if self.buffer.push(byte).is_err() {
            // Cannot be when `next` was drained: a full buffer is a whole frame.
            self.reset();
        }
    }

    /// The next find, if the bytes so far make one.
    #[allow(clippy::should_implement_trait, reason = "what is found borrows from the decoder")]
    pub fn next(&mut self) -> Option<Received<'_>> {
        loop {
            self.discard_consumed();
            match step(&self.buffer) {
                Step::Wait => return None,
                Step::Skip => self.consumed = 1,
                Step::Break => {
                    self.consumed = 1;
                    if !self.searching {
                        self.searching = true;
                        return Some(Received::Broken);
                    }
                }
                Step::Take(count, Kind::Message) => {
                    self.consumed = count;
                    self.searching = false;
                    return self.buffer.get(2..count - 1).map(Received::Message);
                }
                Step::Take(count, _) if self.searching => self.consumed = count,
                Step::Take(count, kind) => {
                    self.consumed = count;
                    return Some(match kind {
                        Kind::Nak => Received::Nak,
                        Kind::CardIn => Received::CardIn,
                        Kind::CardOut => Received::CardOut,
                        Kind::Message | Kind::TimeRequest => Received::TimeRequest,
                    });
                }
            }
        }
    }

    /// Whether bytes wait for more.
    pub fn is_waiting(&self) -> bool {
        self.buffer.len() > self.consumed
    }

    /// The line fell silent: gives up the frame that was begun and searches its content.
    ///
    /// Returns whether a frame (not a stray byte) was given up. Take [`next`](Self::next) and call
    /// this again while [`is_waiting`](Self::is_waiting).
    pub fn give_up(&mut self) -> bool {
        self.discard_consumed();
        let begun = self.buffer.starts_with(&[SYNC, ACK]);
        if !self.buffer.is_empty() {
            self.consumed = 1;
            self.searching = true;
        }
        begun
    }

    /// Forgets and wipes all bytes.
    pub fn reset(&mut self) {
        self.buffer.zeroize();
        self.consumed = 0;
        self.searching = false;
    }

    fn discard_consumed(&mut self) {
        let kept = self.buffer.len().saturating_sub(self.consumed);
        if kept == 0 {
            if self.consumed > 0 {
                self.reset();
            }
            return;
        }
        if self.consumed > 0 {
            let total = self.buffer.len();
            self.buffer.copy_within(self.consumed..total, 0);
            if let Some(rest) = self.buffer.get_mut(kept..) {
                rest.zeroize();
            }
            self.buffer.truncate(kept);
            self.consumed = 0;
        }
    }
}

impl Drop for FrameDecoder {
    fn drop(&mut self) {
        self.buffer.zeroize();
    }
}

/// What the first bytes of `bytes` are.
fn step(bytes: &[u8]) -> Step {
    match bytes {
        [] | [SYNC] | [EVENT] | [SYNC, NAK] => Step::Wait,
        [SYNC, ACK, ..] => frame_step(bytes),
        [SYNC, NAK, NAK_LRC, ..] => Step::Take(3, Kind::Nak),
        [EVENT, EVENT_OUT, ..] => Step::Take(2, Kind::CardOut),
        // The 03 stays: behind a stray 50 it is the start of a frame.
        [EVENT, EVENT_IN, ..] => Step::Take(1, Kind::CardIn),
        [0x80..=0xFF, ..] => Step::Take(1, Kind::TimeRequest),
        _ => Step::Skip,
    }
}

fn frame_step(bytes: &[u8]) -> Step {
    // Host to reader 6x (an echo), reader to host 8x: anything else is no frame.
    if bytes.get(2).is_some_and(|kind| !(0x60..=0x8F).contains(kind)) {
        return Step::Break;
    }
    let &[_, _, _, l0, l1, l2, l3, ..] = bytes else {
        return Step::Wait;
    };
    let data = usize::try_from(u32::from_le_bytes([l0, l1, l2, l3])).unwrap_or(usize::MAX);
    if data > DATA_BYTES_MAX {
        return Step::Break;
    }
    let total = 2 + HEADER_BYTES + data + 1;
    match bytes.get(..total) {
        None => Step::Wait,
        Some(frame) if lrc(frame) == 0 => Step::Take(total, Kind::Message),
        Some(_) => Step::Break,
    }
}
