//! Tells the printer's answers apart in one byte stream.
//!
//! Four kinds of answer share the line without a common frame; their fixed bits differ: automatic
//! status `0xx1 0000`-like four bytes, real-time status `0xx1 xx10`, ordered answers `0xx0 xxxx`,
//! and blocks `37 … 00`.

/// Longest answer in bytes (`37 22 d1 d2 d3 d4 00`).
const WINDOW_BYTES: usize = 7;

/// One answer of the printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Automatic status back (`GS a`), four bytes.
    Asb([u8; 4]),
    /// Real-time status (`DLE EOT n`); which `n` it answers only the order tells.
    RealTime(u8),
    /// Everything before the process id with these four characters is printed (`GS ( H`).
    ProcessId([u8; 4]),
    /// The buffers were cleared (`DLE DC4 8`).
    Cleared,
    /// Everything before a `GS r` was processed; the byte is the paper sensor's.
    Fence(u8),
    /// Stop sending (DC3). A kernel with IXON takes it out before.
    Xoff,
    /// Send again (DC1).
    Xon,
}

/// A stream decoder that drops what is no answer and finds the next one.
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    window: heapless::Vec<u8, WINDOW_BYTES>,
    junk: u32,
}

enum Front {
    Whole(Answer, usize),
    Part,
    Junk,
}

impl Decoder {
    /// A decoder that has seen nothing.
    pub const fn new() -> Self {
        Self { window: heapless::Vec::new(), junk: 0 }
    }

    /// Takes bytes and hands every complete answer to `found`, in order.
    pub fn feed(&mut self, bytes: &[u8], mut found: impl FnMut(Answer)) {
        for &byte in bytes {
            // Flow control may come in the middle of another answer and is never a part of one.
            match byte {
                0x11 => {
                    found(Answer::Xon);
                    continue;
                }
                0x13 => {
                    found(Answer::Xoff);
                    continue;
                }
                _ => {}
            }
            if self.window.push(byte).is_err() {
                self.drop_front(1);
                self.junk = self.junk.saturating_add(1);
                let _ = self.window.push(byte);
            }
            self.settle(&mut found);
        }
    }

    /// The line has been quiet for longer than an answer pauses: an answer begun and not finished
    /// is none, but may hide a shorter one.
    pub fn quiet(&mut self, mut found: impl FnMut(Answer)) {
        while !self.window.is_empty() {
            self.drop_front(1);
            self.junk = self.junk.saturating_add(1);
            self.settle(&mut found);
        }
    }

    /// Whether an answer is begun and not finished.
    pub fn is_partial(&self) -> bool {
        !self.window.is_empty()
    }

    /// Bytes dropped so far because they were no answer.
    pub const fn junk(&self) -> u32 {
        self.junk
    }

    fn settle(&mut self, found: &mut impl FnMut(Answer)) {
        while !self.window.is_empty() {
            match front(&self.window) {
                Front::Whole(answer, length) => {
                    self.drop_front(length);
                    found(answer);
                }
                Front::Part => return,
                Front::Junk => {
                    self.drop_front(1);
                    self.junk = self.junk.saturating_add(1);
                }
            }
        }
    }

    fn drop_front(&mut self, count: usize) {
        let rest = heapless::Vec::from_slice(self.window.get(count..).unwrap_or(&[]));
        self.window = rest.unwrap_or_default();
    }
}

fn front(window: &[u8]) -> Front {
    match *window {
        [0x37, ref rest @ ..] => block(rest),
        [first, ref rest @ ..] if first & 0x93 == 0x10 => asb(first, rest),
        [byte, ..] if byte & 0x93 == 0x12 => Front::Whole(Answer::RealTime(byte), 1),
        [byte, ..] if byte & 0x90 == 0 => Front::Whole(Answer::Fence(byte), 1),
        _ => Front::Junk,
    }
}

fn asb(first: u8, rest: &[u8]) -> Front {
    if rest.iter().take(3).any(|byte| byte & 0x90 != 0) {
        return Front::Junk;
    }
    match *rest {
        [a, b, c, ..] => Front::Whole(Answer::Asb([first, a, b, c]), 4),
        _ => Front::Part,
    }
}

fn block(rest: &[u8]) -> Front {
    match *rest {
        [] | [0x25] => Front::Part,
        [0x25, 0, ..] => Front::Whole(Answer::Cleared, 3),
        [0x22, ref id @ ..] if id.iter().take(4).all(|byte| matches!(byte, 0x20..=0x7E)) => {
            match *id {
                [a, b, c, d, 0, ..] => Front::Whole(Answer::ProcessId([a, b, c, d]), 7),
                [_, _, _, _, _, ..] => Front::Junk,
                _ => Front::Part,
            }
        }
        _ => Front::Junk,
    }
}
