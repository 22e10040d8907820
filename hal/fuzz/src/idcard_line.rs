//! What the ID card reader's line brings, and what is on a document.

use gongji_hal::{
    date::Date,
    idcard::{
        DocumentKind,
        frame::{FINGERPRINT_BYTES, PREAMBLE, SHORT_DATA_BYTES, SamVFraming, checksum},
        framing::{Content, Framing, REQUESTS, Received},
        limits::{NUMBER_CHARS_MAX, PHOTO_BYTES, REQUEST_BYTES_MAX, TEXT_BYTES},
        status::SamStatus,
        text::parse,
    },
};

/// Bytes of an answer before its data: beginning, length, three of status.
const HEADER_BYTES: usize = 10;

/// An answer that was found: its status and its content.
type Found = (SamStatus, Vec<u8>);

fn drain(framing: &mut SamVFraming, found: &mut Vec<Found>, broken: &mut usize) {
    while let Some(received) = framing.next() {
        match received {
            Received::Answer(answer) => {
                let content = match answer.content {
                    Content::Short(bytes) => bytes.to_vec(),
                    Content::Text(text) => text.to_vec(),
                };
                found.push((answer.status, content));
            }
            Received::Broken => *broken += 1,
        }
    }
}

/// Whether a frame with this answer begins at `bytes`, whole and with a right checksum.
fn begins(bytes: &[u8], (status, content): &Found) -> bool {
    let is_text = content.len() == TEXT_BYTES;
    let lengths: Vec<usize> = if is_text {
        let with =
            |extra: &usize| 4 + usize::from(*extra > 0) * 2 + TEXT_BYTES + PHOTO_BYTES + extra;
        FINGERPRINT_BYTES.iter().flat_map(|extra| [with(extra), with(extra) + 2]).collect()
    } else {
        vec![content.len()]
    };
    lengths.into_iter().any(|data| {
        let Some(frame) = bytes.get(..HEADER_BYTES + data + 1) else { return false };
        let told = usize::from(u16::from_be_bytes([frame[5], frame[6]]));
        frame.starts_with(&PREAMBLE)
            && told == data + 4
            && SamStatus::from_code(frame[9]) == *status
            && checksum(&frame[5..]) == 0
            && frame.windows(content.len().max(1)).any(|w| content.is_empty() || w == content)
    })
}

/// Every answer found is in the bytes with its frame; after silence a frame is found at once.
pub fn frame(bytes: &[u8]) {
    let mut framing = SamVFraming::new();
    let (mut found, mut broken) = (Vec::new(), 0);
    for &byte in bytes {
        framing.push(byte);
        drain(&mut framing, &mut found, &mut broken);
    }
    let mut rounds = 0;
    while framing.is_waiting() {
        framing.give_up();
        drain(&mut framing, &mut found, &mut broken);
        rounds += 1;
        assert!(rounds <= bytes.len(), "giving up never ends");
    }
    assert!(found.len() + broken <= bytes.len(), "more was found than there is");
    let mut from = 0;
    for answer in &found {
        let short = SHORT_DATA_BYTES.contains(&answer.1.len());
        assert!(short || answer.1.len() == TEXT_BYTES, "{} bytes of content", answer.1.len());
        let at = (from..bytes.len()).find(|&at| begins(&bytes[at..], answer));
        assert!(at.is_some(), "no frame of {answer:02X?} in the bytes from {from}");
        from = at.map_or(from, |at| at + HEADER_BYTES);
    }
    let status = [&PREAMBLE[..], &[0x00, 0x04, 0x00, 0x00, 0x90, 0x94]].concat();
    let mut last = Vec::new();
    for byte in status {
        assert!(last.is_empty());
        framing.push(byte);
        drain(&mut framing, &mut last, &mut broken);
    }
    assert_eq!(last.len(), 1, "after silence a frame is found");
    for request in REQUESTS {
        let frame = framing.encode(request);
        assert!(frame.len() <= REQUEST_BYTES_MAX && checksum(&frame[PREAMBLE.len()..]) == 0);
    }
}

/// A document that is taken has a name, a number of its kind and days that exist.
pub fn text(bytes: &[u8]) {
    let mut text = [0u8; TEXT_BYTES];
    for (to, from) in text.iter_mut().zip(bytes) {
        *to = *from;
    }
    let Ok(document) = parse(&text) else { return };
    assert!(!document.name().is_empty());
    for name in [&document.chinese_name[..], &document.latin_name] {
        assert_eq!(name.trim(), name);
        assert!(!name.contains(char::is_control));
    }
    assert!(document.number.len() <= NUMBER_CHARS_MAX);
    let long = document.number.len() == NUMBER_CHARS_MAX;
    assert!(long || document.kind == DocumentKind::Foreigner2017);
    if long {
        assert!(is_check_right(document.number.as_bytes()), "GB 11643");
    }
    for day in [Some(document.birth), Some(document.valid_from), document.valid_until] {
        assert!(day.is_none_or(|d| Date::new(d.year, d.month, d.day) == Some(d)));
    }
}

/// GB 11643: the sum of all characters, weighted by powers of two, is 1 modulo 11.
fn is_check_right(number: &[u8]) -> bool {
    let value = |byte: u8| if byte == b'X' { 10 } else { u32::from(byte - b'0') };
    let weighted = number.iter().rev().enumerate().map(|(at, byte)| value(*byte) * (1 << at));
    weighted.sum::<u32>() % 11 == 1
}
