//! Properties of the parsers that see raw bytes: frames and answers to reset.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use gongji_hal::card::{
    atr::{Atr, AtrError},
    frame::{FrameDecoder, Received, encode, lrc},
};
use proptest::prelude::*;

/// What a decoder finds in `bytes`; after silence, if `silence`.
fn decode(bytes: &[u8], silence: bool) -> Vec<String> {
    let mut decoder = FrameDecoder::new();
    let mut found = Vec::new();
    let mut drain = |decoder: &mut FrameDecoder| {
        while let Some(received) = decoder.next() {
            found.push(format!("{received:02X?}"));
        }
    };
    for &byte in bytes {
        decoder.push(byte);
        drain(&mut decoder);
    }
    while silence && decoder.is_waiting() {
        decoder.give_up();
        drain(&mut decoder);
    }
    found
}

fn message() -> impl Strategy<Value = Vec<u8>> {
    let data = prop::collection::vec(any::<u8>(), 0..=261);
    (0x80u8..=0x83, any::<[u8; 5]>(), data).prop_map(|(kind, rest, data)| {
        let mut message = vec![kind];
        message.extend((data.len() as u32).to_le_bytes());
        message.extend(rest);
        message.extend(data);
        message
    })
}

fn found(message: &[u8]) -> String {
    format!("{:02X?}", Received::Message(message))
}

#[test]
fn the_line_is_read_as_it_should() {
    let status = [0x81, 0, 0, 0, 0, 0, 1, 2, 0, 0];
    let frame = encode(&status).unwrap();
    let mut wrong = frame.clone();
    *wrong.last_mut().unwrap() ^= 1;
    let table: Vec<(Vec<u8>, Vec<String>)> = vec![
        (frame.to_vec(), vec![found(&status)]),
        (vec![0x03, 0x15, 0x16], vec!["Nak".into()]),
        (vec![0x50, 0x02, 0x50, 0x03], vec!["CardOut".into(), "CardIn".into()]),
        (vec![0x80, 0xFF, 0x7F, 0x00], vec!["TimeRequest".into(), "TimeRequest".into()]),
        ([&wrong[..], &frame[..]].concat(), vec!["Broken".into(), found(&status)]),
        // A stray 50 before a frame costs no frame.
        ([&[0x50], &frame[..]].concat(), vec!["CardIn".into(), found(&status)]),
        ([&[0x03], &frame[..]].concat(), vec![found(&status)]),
        ([&[0x50, 0x03], &frame[..]].concat(), vec!["CardIn".into(), found(&status)]),
        // A length beyond every message.
        (vec![0x03, 0x06, 0x80, 0x06, 0x01, 0x00, 0x00], vec!["Broken".into()]),
        (vec![0x03, 0x06, 0x80, 0xFF, 0xFF, 0xFF, 0xFF], vec!["Broken".into()]),
    ];
    for (bytes, expected) in table {
        assert_eq!(decode(&bytes, false), expected, "{bytes:02X?}");
    }
    assert_eq!(encode(&[0x6F; 271]).unwrap().len(), 274);
    assert!(encode(&[0x6F; 272]).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn a_good_frame_is_found_behind_any_junk(
        junk in prop::collection::vec(
            prop_oneof![3 => any::<u8>(), 1 => Just(3u8), 1 => Just(6), 1 => Just(0x50)], 0..700,
        ),
        message in message(),
    ) {
        let bytes = [&junk[..], &encode(&message).unwrap()[..]].concat();
        let seen = decode(&bytes, true);
        prop_assert!(seen.contains(&found(&message)), "{:?}", seen);
    }

    #[test]
    fn a_good_frame_is_found_behind_one_cut_short(
        first in message(),
        kept in 0usize..274,
        second in message(),
    ) {
        let first = encode(&first).unwrap();
        let bytes = [&first[..kept.min(first.len())], &encode(&second).unwrap()[..]].concat();
        // One splice in 256 has a right LRC; its sequence number is then the old command's.
        prop_assume!(kept >= first.len() || bytes.get(..first.len()).is_none_or(|b| lrc(b) != 0));
        let seen = decode(&bytes, true);
        prop_assert!(seen.contains(&found(&second)), "{:?}", seen);
    }

    #[test]
    fn one_flipped_bit_is_never_taken_for_a_message(
        message in message(),
        at in any::<prop::sample::Index>(),
        bit in 0u8..8,
    ) {
        let mut frame = encode(&message).unwrap();
        let at = at.index(frame.len());
        frame[at] ^= 1 << bit;
        let seen = decode(&frame, true);
        prop_assert!(!seen.contains(&found(&message)));
    }

    #[test]
    fn an_answer_to_reset_is_read_as_it_was_made(
        inverse: bool,
        rounds in prop::collection::vec((any::<[Option<u8>; 3]>(), 0u8..16), 0..4),
        first in any::<[Option<u8>; 3]>(),
        historical in prop::collection::vec(any::<u8>(), 0..=15),
    ) {
        let mask = |bytes: &[Option<u8>; 3], last: bool| {
            let named = bytes.iter().enumerate().map(|(i, b)| u8::from(b.is_some()) << (4 + i));
            named.sum::<u8>() | if last { 0 } else { 0x80 }
        };
        let mut bytes = vec![if inverse { 0x3F } else { 0x3B }];
        bytes.push(mask(&first, rounds.is_empty()) | historical.len() as u8);
        bytes.extend(first.iter().flatten());
        for (index, (round, protocol)) in rounds.iter().enumerate() {
            bytes.push(mask(round, index + 1 == rounds.len()) | protocol);
            bytes.extend(round.iter().flatten());
        }
        bytes.extend(&historical);
        if rounds.iter().any(|(_, protocol)| *protocol != 0) {
            bytes.push(bytes[1..].iter().fold(0, |sum, byte| sum ^ byte));
        }
        match Atr::parse(&bytes) {
            Err(error) => {
                prop_assert_eq!(error, AtrError::TooLong);
                prop_assert!(bytes.len() > 33);
            }
            Ok(atr) => {
                prop_assert_eq!(atr.historical(), &historical[..]);
                prop_assert_eq!(atr.rounds().count(), rounds.len() + 1);
                let read: Vec<_> = atr.rounds().map(|r| [r.ta, r.tb, r.tc]).collect();
                let made: Vec<_> =
                    std::iter::once(first).chain(rounds.iter().map(|(round, _)| *round)).collect();
                prop_assert_eq!(read, made);
                for t in 0..15 {
                    let named = rounds.iter().any(|(_, protocol)| *protocol == t);
                    let none = rounds.iter().all(|(_, protocol)| *protocol == 15);
                    prop_assert_eq!(atr.offers(t), named || (none && t == 0));
                }
            }
        }
    }

    #[test]
    fn no_bytes_make_the_answer_to_reset_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..40),
        valid_start: bool,
    ) {
        let mut bytes = bytes;
        if let (true, Some(first)) = (valid_start, bytes.first_mut()) {
            *first = 0x3B;
        }
        if let Ok(atr) = Atr::parse(&bytes) {
            prop_assert_eq!(atr.bytes(), &bytes[..]);
            let _ = (atr.rounds().count(), atr.historical(), atr.waiting_integer());
        }
    }
}
