//! The decoder of the printer's answers: each kind, and the next true one after anything.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use gongji_hal::{
    driver::{Driver, Machine},
    printer::{
        decode::{Answer, Decoder},
        driver::{Command, Config, JobId, PrinterDriver},
    },
    time::Instant,
};
use proptest::prelude::*;

fn decode(chunks: &[&[u8]]) -> Vec<Answer> {
    let mut decoder = Decoder::new();
    let mut found = Vec::new();
    for chunk in chunks {
        decoder.feed(chunk, |answer| found.push(answer));
    }
    found
}

fn bytes_of(answer: Answer) -> Vec<u8> {
    match answer {
        Answer::Asb(packet) => packet.to_vec(),
        Answer::RealTime(byte) | Answer::Fence(byte) => vec![byte],
        Answer::ProcessId([a, b, c, d]) => vec![0x37, 0x22, a, b, c, d, 0],
        Answer::Cleared => vec![0x37, 0x25, 0],
        Answer::Xoff => vec![0x13],
        Answer::Xon => vec![0x11],
    }
}

#[test]
fn each_kind_is_told_apart() {
    let table: &[(&[u8], &[Answer])] = &[
        (&[0x12], &[Answer::RealTime(0x12)]),
        (&[0x7E], &[Answer::RealTime(0x7E)]),
        (&[0x10, 0, 0, 0], &[Answer::Asb([0x10, 0, 0, 0])]),
        (&[0x18, 0, 0x0F, 0], &[Answer::Asb([0x18, 0, 0x0F, 0])]),
        (&[0x00], &[Answer::Fence(0)]),
        (&[0x0F], &[Answer::Fence(0x0F)]),
        (&[0x37, 0x22, b'a', b'b', b'c', b'd', 0], &[Answer::ProcessId(*b"abcd")]),
        (&[0x37, 0x25, 0], &[Answer::Cleared]),
        (&[0x13, 0x11], &[Answer::Xoff, Answer::Xon]),
        // Cut short by the next answer.
        (&[0x10, 0, 0x12], &[Answer::Fence(0), Answer::RealTime(0x12)]),
        (&[0x10, 0x10, 0, 3, 0], &[Answer::Asb([0x10, 0, 3, 0])]),
        (
            &[0x37, 0x22, 0x37, 0x22, b'a', b'b', b'c', b'd', 0],
            &[Answer::Fence(0x22), Answer::ProcessId(*b"abcd")],
        ),
        // No answer at all.
        (&[0xFF, 0x80, 0x93, 0xD2], &[]),
    ];
    for (bytes, answers) in table {
        let got = decode(&[bytes]);
        if *bytes == [0x37, 0x22, 0x37, 0x22, b'a', b'b', b'c', b'd', 0] {
            assert_eq!(got.last(), answers.last());
        } else {
            assert_eq!(got, *answers, "{bytes:02X?}");
        }
    }
}

#[test]
fn quiet_ends_an_answer_begun() {
    let mut decoder = Decoder::new();
    let mut found = Vec::new();
    decoder.feed(&[0x10, 0x00], |answer| found.push(answer));
    assert!(decoder.is_partial());
    decoder.quiet(|answer| found.push(answer));
    assert!(!decoder.is_partial());
    assert_eq!((found.as_slice(), decoder.junk()), (&[Answer::Fence(0)][..], 1));
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let tail = || any::<u8>().prop_map(|b| b & 0x6F);
    let id = || 0x20u8..=0x7E;
    prop_oneof![
        (any::<u8>(), tail(), tail(), tail()).prop_map(|(a, b, c, d)| Answer::Asb([
            a & 0x6C | 0x10,
            b,
            c,
            d
        ])),
        any::<u8>().prop_map(|b| Answer::RealTime(b & 0x6C | 0x12)),
        tail().prop_map(Answer::Fence),
        (id(), id(), id(), id()).prop_map(|(a, b, c, d)| Answer::ProcessId([a, b, c, d])),
        Just(Answer::Cleared),
        Just(Answer::Xoff),
        Just(Answer::Xon),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn true_answers_are_found_however_cut(
        answers in prop::collection::vec(any_answer(), 0..20),
        cut in 1usize..9,
    ) {
        let bytes = answers.iter().flat_map(|a| bytes_of(*a)).collect::<Vec<_>>();
        let chunks = bytes.chunks(cut).collect::<Vec<_>>();
        prop_assert_eq!(decode(&chunks), answers);
    }

    #[test]
    fn after_junk_and_a_pause_the_next_answer_is_found(
        junk in prop::collection::vec(any::<u8>(), 0..64),
        answer in any_answer(),
    ) {
        let mut decoder = Decoder::new();
        decoder.feed(&junk, |_| {});
        decoder.quiet(|_| {});
        let mut found = Vec::new();
        decoder.feed(&bytes_of(answer), |answer| found.push(answer));
        prop_assert_eq!(found, vec![answer]);
    }

    #[test]
    fn after_junk_without_a_pause_an_answer_is_found_within_three(
        junk in prop::collection::vec(any::<u8>(), 0..64),
        answer in any_answer(),
    ) {
        let mut bytes = junk;
        // An answer begun in the junk takes six bytes more at most.
        for _ in 0..8 {
            bytes.extend(bytes_of(answer));
        }
        prop_assert_eq!(decode(&[&bytes]).last().copied(), Some(answer));
    }

    #[test]
    fn the_driver_survives_any_bytes_and_times(
        steps in prop::collection::vec((prop::collection::vec(any::<u8>(), 0..32), 0u64..700), 0..80),
        commands in prop::collection::vec(0u8..8, 0..80),
    ) {
        let mut driver = PrinterDriver::new(Config::default());
        let mut ms = 0;
        let mut commands = commands.into_iter();
        driver.link_opened(Instant::from_millis(ms));
        let mut pages = 0;
        for (bytes, pause) in steps {
            let now = Instant::from_millis(ms);
            driver.receive(now, &bytes);
            let command = match commands.next() {
                Some(0) => Some(Command::Start(JobId(1))),
                Some(1) => Some(Command::EndPage),
                Some(2) => Some(Command::Finish),
                Some(3) => Some(Command::Cancel),
                Some(4) => Some(Command::CheckStatus),
                Some(5) => {
                    driver.link_lost(now);
                    prop_assert!(driver.pending_output(now).is_empty());
                    prop_assert_eq!(driver.next_timeout(), None);
                    driver.link_opened(now);
                    None
                }
                _ => {
                    driver.write(now, &bytes);
                    None
                }
            };
            if let Some(command) = command {
                let _ = driver.submit(now, command);
            }
            let count = driver.pending_output(now).len();
            driver.output_taken(now, count / 2 + count % 2);
            ms += pause;
            let now = Instant::from_millis(ms);
            if driver.next_timeout().is_some_and(|at| at <= now) {
                driver.handle_timeout(now);
                // A timeout that is due again at once, for ever, would burn a core.
                let mut again = 0;
                while driver.next_timeout().is_some_and(|at| at <= now) {
                    driver.handle_timeout(now);
                    again += 1;
                    prop_assert!(again < 4);
                }
            }
            while let Some(event) = driver.poll_event() {
                use gongji_hal::printer::driver::Event;
                pages += u32::from(matches!(event, Event::PagePrinted { .. }));
            }
        }
        // Noise never makes a page.
        prop_assert_eq!(pages, 0);
    }
}
