//! How long each ESC/POS command is.

/// How much of a command is still to come, as far as its head tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// The head is not complete.
    Head,
    /// The head is complete; so many bytes of data follow.
    Payload(u32),
    /// The head is complete; data follows up to and with a NUL.
    UntilNul,
}

/// How long a command is, from what is there of its head. Not followed: `ESC &`, `FS q` and `GS C`,
/// whose length stands inside their data; they define fonts, stored logos and counters.
pub(super) fn extent(head: &[u8]) -> Extent {
    match *head {
        [] | [_] => Extent::Head,
        [0x10, ..] => real_time(head),
        [0x1B, ..] => escape(head),
        [0x1C, ..] => file_separator(head),
        [0x1D, ..] => group_separator(head),
        _ => Extent::Payload(0),
    }
}

const fn fixed(head: &[u8], length: usize) -> Extent {
    if head.len() < length { Extent::Head } else { Extent::Payload(0) }
}

const fn real_time(head: &[u8]) -> Extent {
    match *head {
        [0x10, 0x14, 0x08, ..] => fixed(head, 10),
        [0x10, 0x14, 0x01 | 0x02, ..] => fixed(head, 5),
        [0x10, 0x04, 7 | 8 | 18, ..] => fixed(head, 4),
        _ => fixed(head, 3),
    }
}

fn escape(head: &[u8]) -> Extent {
    match *head {
        [_, 0x40 | 0x32 | 0x53 | 0x4C | 0x0C | 0x3C | 0x69 | 0x6D | 0x76, ..] => fixed(head, 2),
        [_, 0x24 | 0x5C | 0x42 | 0x63, ..] => fixed(head, 4),
        [_, 0x70, ..] => fixed(head, 5),
        [_, 0x57, ..] => fixed(head, 10),
        [_, 0x44] => Extent::UntilNul,
        [_, 0x2A, mode, low, high] => {
            let column = if mode & 0x20 == 0 { 1 } else { 3 };
            Extent::Payload(word(low, high) * column)
        }
        [_, 0x28, _, low, high] => Extent::Payload(word(low, high)),
        [_, 0x2A | 0x28, ..] => Extent::Head,
        _ => fixed(head, 3),
    }
}

const fn file_separator(head: &[u8]) -> Extent {
    /// Dots of a character that the host draws, in bytes (24 × 24).
    const CHARACTER_BYTES: u32 = 72;
    match *head {
        [_, 0x26 | 0x2E, ..] => fixed(head, 2),
        [_, 0x53 | 0x3F | 0x70, ..] => fixed(head, 4),
        [_, 0x32, _, _] => Extent::Payload(CHARACTER_BYTES),
        [_, 0x67, 0x31, _, _, _, _, _, low, high] => Extent::Payload(word(low, high)),
        [_, 0x67, 0x32, ..] => fixed(head, 10),
        [_, 0x28, _, low, high] => Extent::Payload(word(low, high)),
        [_, 0x67, 0x31, ..] | [_, 0x67] | [_, 0x32 | 0x28, ..] => Extent::Head,
        _ => fixed(head, 3),
    }
}

fn group_separator(head: &[u8]) -> Extent {
    match *head {
        [_, 0x3A | 0x63 | 0x0C, ..] => fixed(head, 2),
        [_, 0x4C | 0x57 | 0x50 | 0x5C | 0x24, ..] => fixed(head, 4),
        [_, 0x56, 0x41..=0x68, ..] => fixed(head, 4),
        [_, 0x5E | 0x7A, ..] => fixed(head, 5),
        [_, 0x67, ..] => fixed(head, 6),
        [_, 0x6B, 0..=6] => Extent::UntilNul,
        [_, 0x6B, _, length] => Extent::Payload(u32::from(length)),
        [_, 0x2A, x, y] => Extent::Payload(u32::from(x) * u32::from(y) * 8),
        [_, 0x76 | 0x51, 0x30, _, xl, xh, yl, yh] => {
            Extent::Payload(word(xl, xh).saturating_mul(word(yl, yh)))
        }
        [_, 0x28, _, low, high] => Extent::Payload(word(low, high)),
        [_, 0x38, _, a, b, c, d] => Extent::Payload(u32::from_le_bytes([a, b, c, d])),
        [_, 0x76 | 0x51, 0x30, ..] | [_, 0x76 | 0x51] => Extent::Head,
        [_, 0x6B | 0x2A | 0x28 | 0x38, ..] => Extent::Head,
        _ => fixed(head, 3),
    }
}

/// A number of two bytes, the low one first.
pub(in crate::printer) const fn word(low: u8, high: u8) -> u32 {
    low as u32 | (high as u32) << 8
}
