//! Where the parts of an answer stand in its frame, and which lengths answers have.

use heapless::Vec;

use super::{
    frame::{FINGERPRINT_BYTES, PREAMBLE, SHORT_DATA_BYTES},
    limits::{PHOTO_BYTES, TEXT_BYTES},
};

/// Bytes of LEN.
const LENGTH_BYTES: usize = 2;
/// Bytes of SW1 SW2 SW3.
const STATUS_BYTES: usize = 3;
/// Bytes before the data of an answer.
pub(super) const HEADER_BYTES: usize = PREAMBLE.len() + LENGTH_BYTES + STATUS_BYTES;
/// What LEN counts besides the data: status and checksum.
const OVERHEAD_BYTES: usize = STATUS_BYTES + 1;

/// The parts of an answer that LEN and the lengths in the data name.
pub(super) struct Layout {
    /// Where the text or the short data begins, and how long it is.
    pub(super) content_at: usize,
    pub(super) content: usize,
    /// Bytes after it that are dropped, the checksum aside.
    pub(super) dropped: usize,
}

impl Layout {
    pub(super) const fn kept(&self) -> usize {
        self.content_at + self.content
    }

    pub(super) const fn is_text(&self) -> bool {
        self.content == TEXT_BYTES
    }
}

/// No answer has this length.
pub(super) struct Wrong;

/// What is in a frame that begins like `held`; `None` while too little of it is there.
pub(super) fn layout(held: &[u8]) -> Result<Option<Layout>, Wrong> {
    let Some(&[high, low]) = held.get(PREAMBLE.len()..PREAMBLE.len() + LENGTH_BYTES) else {
        return Ok(None);
    };
    let length = usize::from(u16::from_be_bytes([high, low]));
    let data = length.checked_sub(OVERHEAD_BYTES).ok_or(Wrong)?;
    if SHORT_DATA_BYTES.contains(&data) {
        return Ok(Some(Layout { content_at: HEADER_BYTES, content: data, dropped: 0 }));
    }
    let lengths = long_lengths(data).ok_or(Wrong)?;
    let expected = lengths.iter().flat_map(|length| length.to_be_bytes());
    let content_at = HEADER_BYTES + 2 * lengths.len();
    match held.get(HEADER_BYTES..content_at) {
        None => Ok(None),
        Some(found) if found.iter().copied().eq(expected) => {
            let dropped = lengths.iter().skip(1).map(|&length| usize::from(length)).sum();
            Ok(Some(Layout { content_at, content: TEXT_BYTES, dropped }))
        }
        Some(_) => Err(Wrong),
    }
}

/// The lengths that stand before the text in an answer with so much data.
fn long_lengths(data: usize) -> Option<Vec<u16, 3>> {
    let usual = [TEXT_BYTES as u16, PHOTO_BYTES as u16];
    let with = |bytes: usize| bytes == data.wrapping_sub(6 + TEXT_BYTES + PHOTO_BYTES);
    let mut lengths = Vec::from_slice(&usual).ok()?;
    if data != 4 + TEXT_BYTES + PHOTO_BYTES {
        let fingerprint = FINGERPRINT_BYTES.into_iter().find(|&bytes| with(bytes))?;
        lengths.push(fingerprint as u16).ok()?;
    }
    Some(lengths)
}
