//! Records of the 社会保障卡's files: tag, length, value, pads (LD/T 32-2015).

use encoding_rs::{DecoderResult, GBK};
use heapless::{String, Vec};
use zeroize::Zeroize;

/// Bytes of the name, tag 09.
pub const NAME_BYTES: usize = 30;
/// Bytes of the name's extension, tag 4E.
pub const NAME_EXTENSION_BYTES: usize = 20;
/// Bytes of UTF-8 that a decoded name takes at most: a GBK pair becomes three.
pub const NAME_UTF8_MAX: usize = (NAME_BYTES + NAME_EXTENSION_BYTES) / 2 * 3;

/// The value of the record `tag` at the start of `bytes`; `None` when it is another record, ends
/// too early, or anything but pads comes after it.
pub fn value(tag: u8, bytes: &[u8]) -> Option<&[u8]> {
    let (&[found, length], rest) = bytes.split_first_chunk::<2>()?;
    let (value, after) = rest.split_at_checked(length.into())?;
    (found == tag && after.iter().all(|&byte| is_pad(byte))).then_some(value)
}

/// `bytes` without the pads (FF, 00) and spaces at the end.
pub fn unpadded(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|&byte| !is_pad(byte) && byte != b' ');
    bytes.get(..end.map_or(0, |last| last + 1)).unwrap_or_default()
}

/// A text of letters, digits, point and hyphen; `None` when there is anything else in it or it is
/// longer than `N`.
pub fn text<const N: usize>(bytes: &[u8]) -> Option<String<N>> {
    let bytes = unpadded(bytes);
    let known = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    if !bytes.iter().all(known) {
        return None;
    }
    core::str::from_utf8(bytes).ok().and_then(|text| String::try_from(text).ok())
}

/// The name from its two parts, which split anywhere, even inside a character.
///
/// `None` when the bytes are no GBK or name control characters.
pub fn name(first: &[u8], extension: &[u8]) -> Option<String<NAME_UTF8_MAX>> {
    let mut bytes = Vec::<u8, { NAME_BYTES + NAME_EXTENSION_BYTES }>::new();
    // Pads end the first part only when there is no second.
    let extension = unpadded(extension);
    let first = if extension.is_empty() { unpadded(first) } else { stripped(first) };
    let fits = bytes.extend_from_slice(first).and(bytes.extend_from_slice(extension)).is_ok();
    let decoded = if fits { decode_gbk(&bytes) } else { None };
    bytes.zeroize();
    decoded
}

/// `bytes` without FF and 00 at the end; spaces stay.
fn stripped(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|&byte| !is_pad(byte));
    bytes.get(..end.map_or(0, |last| last + 1)).unwrap_or_default()
}

const fn is_pad(byte: u8) -> bool {
    matches!(byte, 0xFF | 0x00)
}

fn decode_gbk(bytes: &[u8]) -> Option<String<NAME_UTF8_MAX>> {
    let mut utf8 = [0u8; NAME_UTF8_MAX + 4];
    let (result, read, written) = GBK
        .new_decoder_without_bom_handling()
        .decode_to_utf8_without_replacement(bytes, &mut utf8, true);
    let complete = matches!(result, DecoderResult::InputEmpty) && read == bytes.len();
    let decoded = utf8
        .get(..written)
        .filter(|_| complete)
        .and_then(|utf8| core::str::from_utf8(utf8).ok())
        .map(str::trim)
        .filter(|name| !name.chars().any(char::is_control))
        .and_then(|name| String::try_from(name).ok());
    utf8.zeroize();
    decoded
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::vec;

    use proptest::prelude::*;

    use super::{name, text, unpadded, value};

    #[test]
    fn a_record_is_taken_whole_or_not_at_all() {
        for (bytes, expected) in [
            (&[0x07, 2, 0x31, 0x32][..], Some(&[0x31, 0x32][..])),
            (&[0x07, 0], Some(&[])),
            (&[0x07, 1, 0x31, 0xFF, 0x00], Some(&[0x31])),
            (&[0x07, 1, 0x31, 0x32], None),
            (&[0x07, 3, 0x31, 0x32], None),
            (&[0x08, 1, 0x31], None),
            (&[0x07], None),
            (&[], None),
        ] {
            assert_eq!(value(0x07, bytes), expected, "{bytes:02X?}");
        }
    }

    #[test]
    fn pads_and_strange_characters() {
        assert_eq!(unpadded(&[0x41, 0x20, 0xFF, 0x00]), [0x41]);
        assert_eq!(unpadded(&[0xFF, 0x00]), []);
        assert_eq!(text::<9>(b"A12345678").unwrap(), "A12345678");
        assert_eq!(text::<9>(b"A1 2"), None);
        assert_eq!(text::<9>(&[0x41, 0xB0]), None);
        assert_eq!(text::<2>(b"ABC"), None);
    }

    #[test]
    fn a_name_may_be_split_inside_a_character() {
        let (gbk, _, _) = encoding_rs::GBK.encode("买买提·阿卜杜热西提·图尔荪江·麦麦提");
        assert!(gbk.len() > 30);
        for cut in [30, 29, 28] {
            let (first, extension) = gbk.split_at(cut);
            assert_eq!(name(first, extension).unwrap(), "买买提·阿卜杜热西提·图尔荪江·麦麦提");
        }
        assert_eq!(name(&[0xD5, 0xC5, 0xFF, 0xFF], &[0xFF; 20]).unwrap(), "张");
        assert_eq!(name(&[0xD5, 0xC5, 0x00, 0x00], &[]).unwrap(), "张");
        assert_eq!(name(&[0xD5], &[]), None);
        assert_eq!(name(&[0x41, 0x07], &[]), None);
    }

    proptest! {
        #[test]
        fn nothing_on_a_card_makes_the_parsers_panic(
            tag: u8,
            bytes in prop::collection::vec(any::<u8>(), 0..80),
            more in prop::collection::vec(any::<u8>(), 0..40),
        ) {
            let _ = (value(tag, &bytes), text::<18>(&bytes), name(&bytes, &more));
        }

        #[test]
        fn every_record_written_is_read(
            tag: u8,
            content in prop::collection::vec(any::<u8>(), 0..60),
            pads in prop::collection::vec(prop::sample::select(&[0xFFu8, 0x00][..]), 0..9),
        ) {
            let mut bytes = vec![tag, content.len() as u8];
            bytes.extend(&content);
            bytes.extend(&pads);
            prop_assert_eq!(value(tag, &bytes), Some(&content[..]));
        }
    }
}
