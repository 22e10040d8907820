//! Where one ESC/POS command ends and the next begins.

use super::profile::{CHINESE_DOTS, LINE_DOTS};

/// Longest command head that is kept, in bytes (`DLE DC4 8` with its seven constants).
const HEAD_BYTES: usize = 10;

/// Assumed height of a printer-drawn QR symbol in dots, for time limits.
const QR_DOTS: u32 = 500;

/// Follows a byte stream command by command, keeping only the head of the present command.
#[derive(Clone, Debug)]
pub(super) struct Framer {
    head: heapless::Vec<u8, HEAD_BYTES>,
    payload_left: u32,
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
            lead: false,
            chinese: true,
            open: false,
        }
    }

    /// Takes the next byte of the stream.
    pub(super) fn push(&mut self, byte: u8) -> Role {
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
        self.payload_left > 0
    }

    /// Bytes of payload still to come.
    pub(super) const fn payload_left(&self) -> u32 {
        self.payload_left
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
        }
        match self.head.as_slice() {
            [0x1C, 0x26] | [0x1B, 0x40] => self.chinese = true,
            [0x1C, 0x2E] => self.chinese = false,
            _ => {}
        }
    }
}

enum Extent {
    /// The head is not complete.
    Head,
    /// The head is complete; so many bytes of data follow.
    Payload(u32),
}

/// How long a command is, from what is there of its head.
fn extent(head: &[u8]) -> Extent {
    let fixed = |length: usize| {
        if head.len() < length { Extent::Head } else { Extent::Payload(0) }
    };
    match *head {
        [] | [_] => Extent::Head,
        [0x1B, 0x40 | 0x32 | 0x53 | 0x4C | 0x0C, ..] | [0x1C, 0x26 | 0x2E, ..] => fixed(2),
        [0x1B, 0x24 | 0x5C, ..] | [0x1C, 0x53, ..] | [0x1D, 0x4C | 0x57 | 0x50, ..] => fixed(4),
        [0x10, 0x14, 0x08, ..] => fixed(10),
        [0x10, 0x14, 0x01, ..] => fixed(5),
        [0x1D, 0x56, 0x41..=0x68, ..] => fixed(4),
        [0x1D, 0x76, 0x30, _, xl, xh, yl, yh] => {
            Extent::Payload(word(xl, xh).saturating_mul(word(yl, yh)))
        }
        [0x1D, 0x76, ..] => Extent::Head,
        [0x1D, 0x28, _, low, high] => Extent::Payload(word(low, high)),
        [0x1D, 0x28, ..] => Extent::Head,
        _ => fixed(3),
    }
}

const fn word(low: u8, high: u8) -> u32 {
    low as u32 | (high as u32) << 8
}

/// Estimates how far a byte stream moves the paper, never too little for what the encoder writes.
#[derive(Clone, Debug)]
pub(super) struct Ruler {
    framer: Framer,
    spacing: u32,
    height: u32,
}

impl Ruler {
    pub(super) const fn new() -> Self {
        Self { framer: Framer::new(), spacing: LINE_DOTS as u32, height: 1 }
    }

    /// Dots that the paper advances because of `byte`.
    pub(super) fn push(&mut self, byte: u8) -> u32 {
        let role = self.framer.push(byte);
        let line = self.spacing.max(self.height * CHINESE_DOTS as u32);
        if role == Role::Text {
            return if byte == b'\n' { line } else { 0 };
        }
        if role == Role::Payload || (self.framer.open && !self.framer.in_payload()) {
            return 0;
        }
        match *self.framer.head() {
            [0x1B, 0x40] => {
                self.spacing = u32::from(LINE_DOTS);
                self.height = 1;
                0
            }
            [0x1B, 0x32] => {
                self.spacing = u32::from(LINE_DOTS);
                0
            }
            [0x1B, 0x33, dots] => {
                self.spacing = u32::from(dots);
                0
            }
            [0x1D, 0x21, size] => {
                self.height = u32::from(size & 7) + 1;
                0
            }
            [0x1B, 0x64, lines] => u32::from(lines) * line,
            [0x1B, 0x4A, dots] => u32::from(dots),
            [0x1D, 0x76, 0x30, mode, _, _, low, high] => word(low, high) << (mode >> 1 & 1),
            [0x1D, 0x28, 0x6B, low, high] if word(low, high) > 4 => QR_DOTS,
            _ => 0,
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
    fn the_ruler_adds_up() {
        let measure = |bytes: &[u8]| {
            let mut ruler = Ruler::new();
            bytes.iter().map(|&byte| ruler.push(byte)).sum::<u32>()
        };
        assert_eq!(measure(b"ab\ncd\n"), 60);
        assert_eq!(measure(&[0x1D, 0x21, 0x11, b'\n', 0x1B, 0x40, b'\n']), 48 + 30);
        assert_eq!(measure(&[0x1B, 0x64, 3]), 90);
        assert_eq!(measure(&[0x1D, 0x76, 0x30, 0, 1, 0, 3, 0, 10, 10, 10]), 3);
    }
}
