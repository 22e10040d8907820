//! Where one ESC/POS command ends and the next begins.

mod extent;

use extent::{Extent, extent};

pub(super) use extent::word;

/// Longest command head that is kept, in bytes (`DLE DC4 8` with its seven constants).
const HEAD_BYTES: usize = 10;

/// Follows a byte stream command by command, keeping only the head of the present command.
#[derive(Clone, Debug)]
pub(super) struct Framer {
    head: heapless::Vec<u8, HEAD_BYTES>,
    payload_left: u32,
    /// The payload goes on to the next NUL.
    until_nul: bool,
    lead: bool,
    chinese: bool,
    open: bool,
}

/// What a byte belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A character (perhaps half of one) or a control such as LF.
    Text,
    /// A command's name and fixed parameters.
    Head,
    /// A command's variable data.
    Payload,
}

impl Framer {
    pub(super) const fn new() -> Self {
        Self {
            head: heapless::Vec::new(),
            payload_left: 0,
            until_nul: false,
            lead: false,
            chinese: true,
            open: false,
        }
    }

    /// Takes the next byte of the stream.
    pub(super) fn push(&mut self, byte: u8) -> Role {
        if self.until_nul {
            self.until_nul = byte != 0;
            self.open = self.until_nul;
            return Role::Payload;
        }
        if self.payload_left > 0 {
            self.payload_left -= 1;
            self.open = self.payload_left > 0;
            return Role::Payload;
        }
        if self.open {
            if self.head.push(byte).is_err() {
                self.open = false;
            }
            self.settle();
            return Role::Head;
        }
        self.head.clear();
        if matches!(byte, 0x10 | 0x1B | 0x1C | 0x1D) {
            self.lead = false;
            self.open = true;
            let _ = self.head.push(byte);
            return Role::Head;
        }
        self.lead = !(self.lead && byte >= 0x40) && self.chinese && (0x81..=0xFE).contains(&byte);
        Role::Text
    }

    /// Whether the next byte begins a character or a command.
    pub(super) const fn at_boundary(&self) -> bool {
        !self.open && !self.lead
    }

    /// Whether the present command's payload is under way or about to begin.
    pub(super) const fn in_payload(&self) -> bool {
        self.payload_left > 0 || self.until_nul
    }

    /// Zero bytes that end the payload.
    pub(super) const fn payload_left(&self) -> u32 {
        if self.until_nul { 1 } else { self.payload_left }
    }

    /// The head of the present or just finished command; empty in text.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    fn settle(&mut self) {
        match extent(&self.head) {
            Extent::Head => {}
            Extent::Payload(length) => {
                self.payload_left = length;
                self.open = length > 0;
            }
            Extent::UntilNul => self.until_nul = true,
        }
        match self.head.as_slice() {
            [0x1C, 0x26] | [0x1B, 0x40] => self.chinese = true,
            [0x1C, 0x2E] => self.chinese = false,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_end_where_they_should() {
        let commands: &[&[u8]] = &[
            b"A",
            b"\n",
            &[0xD2, 0xBD],
            &[0x1B, 0x40],
            &[0x1B, 0x61, 1],
            &[0x1B, 0x32],
            &[0x1C, 0x26],
            &[0x1D, 0x21, 0x11],
            &[0x1D, 0x56, 0x42, 0],
            &[0x1D, 0x56, 0],
            &[0x1D, 0x72, 1],
            &[0x1D, 0x76, 0x30, 0, 2, 0, 2, 0, 0x1B, 0x40, 0x10, 0x04],
            &[0x1D, 0x28, 0x48, 6, 0, 0x30, 0x30, 1, 2, 3, 4],
            &[0x10, 0x04, 1],
            &[0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8],
            &[0x1B, 0x2A, 33, 2, 0, 1, 2, 3, 4, 5, 6],
            &[0x1B, 0x2A, 1, 2, 0, 0x1D, 0x1D],
            &[0x1B, 0x44, 8, 16, 0],
            &[0x1B, 0x57, 0, 0, 0, 0, 0, 2, 0, 3],
            &[0x1B, 0x70, 0, 50, 50],
            &[0x1B, 0x69],
            &[0x1C, 0x70, 1, 0],
            &[0x1D, 0x2A, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8],
            &[0x1D, 0x38, 0x4C, 3, 0, 0, 0, 0x30, 0x70, 0x30],
            &[0x1D, 0x6B, 4, b'4', b'2', 0],
            &[0x1D, 0x6B, 73, 2, b'{', b'B'],
        ];
        for command in commands {
            let mut framer = Framer::new();
            for (index, &byte) in command.iter().enumerate() {
                framer.push(byte);
                assert_eq!(
                    framer.at_boundary(),
                    index + 1 == command.len(),
                    "{command:02X?} after {index}"
                );
            }
        }
    }

    #[test]
    fn every_head_is_complete_before_its_room_is_full() {
        for control in [0x10, 0x1B, 0x1C, 0x1D] {
            for pair in 0..=u16::MAX {
                let [name, first] = pair.to_be_bytes();
                for fill in [0, 0x30] {
                    let mut head = [fill; HEAD_BYTES];
                    head[..3].copy_from_slice(&[control, name, first]);
                    let complete = (2..=HEAD_BYTES).any(|n| extent(&head[..n]) != Extent::Head);
                    assert!(complete, "{head:02X?}");
                }
            }
        }
    }
}
