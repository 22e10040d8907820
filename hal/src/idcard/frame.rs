//! Frames of GA 467: `AA AA AA 96 69 | LEN | … | CHK`.
//!
//! LEN is two bytes, high byte first, and counts all after itself, CHK included; CHK is the XOR of
//! all from LEN to the byte before it. A command has two bytes, an answer three of status (the last
//! one tells, [`SamStatus`]) and its data. The answer with a document's text has 1288 bytes after
//! LEN; with fingerprints, which are never asked for, it has 1290, 1802 or 2314.

use heapless::Vec;
use zeroize::Zeroize;

use super::{
    answer_layout::{HEADER_BYTES, Wrong, layout},
    framing::{Answer, Content, Framing, Received, Request},
    limits::{HEAD_BYTES_MAX, REQUEST_BYTES_MAX, TEXT_BYTES},
    status::SamStatus,
};

/// How every frame begins.
pub const PREAMBLE: [u8; 5] = [0xAA, 0xAA, 0xAA, 0x96, 0x69];
/// Data of the short answers: status alone, find, select, the security module's number.
pub const SHORT_DATA_BYTES: [usize; 4] = [0, 4, 8, 16];
/// Fingerprint bytes that an answer with fingerprints may bring.
pub const FINGERPRINT_BYTES: [usize; 3] = [0, 512, 1024];

/// The XOR of `bytes`.
pub fn checksum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum ^ byte)
}

/// The frames that Chinese ID card readers agree on.
#[derive(Default)]
pub struct SamVFraming {
    held: Vec<u8, HEAD_BYTES_MAX>,
    consumed: usize,
    /// Bytes of the frame begun that were checked and dropped, and their XOR.
    dropped: usize,
    dropped_sum: u8,
    /// After a broken frame the search for the next one is told as one find.
    searching: bool,
}

enum Step {
    Wait,
    Skip(usize),
    Break,
    Take(usize),
}

impl SamVFraming {
    /// A framing that has seen nothing.
    pub const fn new() -> Self {
        Self { held: Vec::new(), consumed: 0, dropped: 0, dropped_sum: 0, searching: false }
    }

    /// What the bytes so far are.
    fn step(&self) -> Step {
        let held = self.held.as_slice();
        let begun = held.len().min(PREAMBLE.len());
        if held.is_empty() {
            return Step::Wait;
        }
        if held.get(..begun) != PREAMBLE.get(..begun) {
            let next = held.iter().skip(1).position(|&byte| byte == PREAMBLE[0]);
            return Step::Skip(next.map_or(held.len(), |at| at + 1));
        }
        let layout = match layout(held) {
            Ok(Some(layout)) => layout,
            Ok(None) => return Step::Wait,
            Err(Wrong) => return Step::Break,
        };
        // The checksum is held with a short answer and dropped with a text. What is held behind a
        // short answer, after half a text was given up, is not of it.
        let (end, whole, sum) = if layout.is_text() {
            (layout.kept(), self.dropped > layout.dropped, self.dropped_sum)
        } else {
            (layout.kept() + 1, true, 0)
        };
        match held.get(PREAMBLE.len()..end) {
            Some(counted) if whole && checksum(counted) == sum => Step::Take(end),
            Some(_) if whole => Step::Break,
            _ => Step::Wait,
        }
    }

    /// Whether the next byte belongs to the part of a frame that is not held.
    fn is_dropping(&self) -> bool {
        let held = self.held.get(self.consumed..).unwrap_or_default();
        held.starts_with(&PREAMBLE)
            && matches!(layout(held), Ok(Some(l)) if l.is_text() && held.len() >= l.kept())
    }

    fn discard_consumed(&mut self) {
        if self.consumed == 0 {
            return;
        }
        let kept = self.held.len().saturating_sub(self.consumed);
        if kept == 0 {
            self.held.zeroize();
            self.searching = false;
        } else {
            let total = self.held.len();
            self.held.copy_within(self.consumed..total, 0);
            if let Some(rest) = self.held.get_mut(kept..) {
                rest.zeroize();
            }
            self.held.truncate(kept);
        }
        self.consumed = 0;
    }

    fn forget_dropped(&mut self) {
        self.dropped = 0;
        self.dropped_sum = 0;
    }
}

impl Framing for SamVFraming {
    fn encode(&self, request: Request) -> Vec<u8, REQUEST_BYTES_MAX> {
        let [command, parameter] = request.code();
        let mut frame = Vec::new();
        // Ten bytes always fit.
        let _ = frame.extend_from_slice(&PREAMBLE);
        let _ = frame.extend_from_slice(&[0x00, 0x03, command, parameter]);
        let _ = frame.push(checksum(&[0x00, 0x03, command, parameter]));
        frame
    }

    fn push(&mut self, byte: u8) {
        self.discard_consumed();
        if self.is_dropping() {
            self.dropped += 1;
            self.dropped_sum ^= byte;
        } else if self.held.push(byte).is_err() {
            // Cannot be when `next` was drained: whatever is this long is being dropped.
            self.reset();
        }
    }

    fn next(&mut self) -> Option<Received<'_>> {
        loop {
            self.discard_consumed();
            match self.step() {
                Step::Wait => return None,
                Step::Skip(count) => self.consumed = count,
                Step::Break => {
                    // Behind the dropped part nothing that is held hangs together.
                    self.consumed = if self.dropped > 0 { self.held.len() } else { 1 };
                    self.forget_dropped();
                    if !core::mem::replace(&mut self.searching, true) {
                        return Some(Received::Broken);
                    }
                }
                Step::Take(count) => {
                    self.consumed = count;
                    self.forget_dropped();
                    self.searching = false;
                    return answer(&self.held).map(Received::Answer);
                }
            }
        }
    }

    fn is_waiting(&self) -> bool {
        self.held.len() > self.consumed
    }

    fn give_up(&mut self) -> bool {
        self.discard_consumed();
        let begun = self.held.starts_with(&PREAMBLE);
        if !self.held.is_empty() {
            self.consumed = if self.dropped > 0 { self.held.len() } else { 1 };
            self.searching = true;
        }
        self.forget_dropped();
        self.discard_consumed();
        begun
    }

    fn reset(&mut self) {
        self.held.zeroize();
        self.consumed = 0;
        self.forget_dropped();
        self.searching = false;
    }
}

impl Drop for SamVFraming {
    fn drop(&mut self) {
        self.held.zeroize();
    }
}

/// The answer in a frame that was found right.
fn answer(held: &[u8]) -> Option<Answer<'_>> {
    let layout = layout(held).ok().flatten()?;
    let status = SamStatus::from_code(*held.get(HEADER_BYTES - 1)?);
    let content = held.get(layout.content_at..layout.kept())?;
    let content = match <&[u8; TEXT_BYTES]>::try_from(content) {
        Ok(text) => Content::Text(text),
        Err(_) => Content::Short(content),
    };
    Some(Answer { status, content })
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::{Framing, PREAMBLE, Received, SamVFraming, checksum};

    /// An answer with a text of 11 and a photo of 5A.
    fn answer() -> Vec<u8> {
        let mut counted = std::vec![0x05, 0x08, 0x00, 0x00, 0x90, 0x01, 0x00, 0x04, 0x00];
        counted.extend([0x11; 256]);
        counted.extend([0x5A; 1024]);
        counted.push(checksum(&counted));
        [&PREAMBLE[..], &counted].concat()
    }

    #[test]
    fn a_short_answer_in_half_a_text_is_checked_by_itself() {
        let short = [0x00, 0x08, 0x00, 0x00, 0x9F, 1, 2, 3, 4];
        let right = checksum(&short);
        // Behind a wrong checksum a byte that makes the sum of all that follows right.
        for (check, behind, expected) in [(right, 0x11, 1), (right ^ 0xF7, 0xF7, 0)] {
            let frame = [&PREAMBLE[..], &short, &[check]].concat();
            let half = answer().into_iter().take(60);
            let mut framing = SamVFraming::new();
            let mut found = 0;
            let mut drain = |framing: &mut SamVFraming| {
                while let Some(received) = framing.next() {
                    found += usize::from(matches!(received, Received::Answer(_)));
                }
            };
            for byte in half.chain(frame).chain([behind]) {
                framing.push(byte);
                drain(&mut framing);
            }
            while framing.is_waiting() {
                framing.give_up();
                drain(&mut framing);
            }
            assert_eq!(found, expected, "{check:02X}");
        }
    }

    #[test]
    fn not_one_byte_of_a_photo_is_held_and_a_text_not_longer_than_needed() {
        for spoilt in [None, Some(700)] {
            let mut framing = SamVFraming::new();
            let mut bytes = answer();
            if let Some(at) = spoilt {
                bytes[at] ^= 1;
            }
            let mut found = 0;
            for byte in bytes {
                framing.push(byte);
                assert!(!framing.held.contains(&0x5A));
                while let Some(received) = framing.next() {
                    assert_eq!(matches!(received, Received::Answer(_)), spoilt.is_none());
                    found += 1;
                }
            }
            assert_eq!((found, framing.held.len()), (1, 0));
        }
        let mut framing = SamVFraming::new();
        for byte in answer().into_iter().take(900) {
            framing.push(byte);
            assert!(framing.next().is_none());
        }
        assert!(framing.give_up() && !framing.is_waiting());
        assert!(framing.held.is_empty());
    }
}
