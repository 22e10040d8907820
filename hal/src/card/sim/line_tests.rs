//! Both ends of T=1 over a line that loses and spoils blocks.
#![allow(clippy::unwrap_used)]

use std::{vec, vec::Vec};

use proptest::prelude::*;

use super::t1_card::T1Card;
use crate::card::{
    apdu::Apdu,
    t1::{
        Repeat, T1, T1Error, T1Step,
        block::{Edc, Topic},
    },
};

/// What becomes of a block on its way.
#[derive(Clone, Copy, Debug)]
enum Way {
    Lost,
    /// The bit of this number is flipped.
    Flipped(usize),
    /// Only so many bytes of a hundred arrive.
    Cut(usize),
}

impl Way {
    fn take(self, mut block: Vec<u8>) -> Option<Vec<u8>> {
        match self {
            Self::Lost => return None,
            Self::Flipped(bit) => {
                let bit = bit % (block.len() * 8);
                block[bit / 8] ^= 1 << (bit % 8);
            }
            Self::Cut(percent) => {
                // Half a block with the right length and code is a block; an empty one is lost.
                block.truncate(block.len() * percent / 100);
                if block.is_empty() {
                    return None;
                }
            }
        }
        Some(block)
    }
}

/// Troubles by the number of the block they strike, counted in both directions.
type Troubles = Vec<(usize, Way)>;

struct Run {
    outcome: Result<(), T1Error>,
    response: Vec<u8>,
    /// What the card took for commands.
    taken: Vec<Vec<u8>>,
    blocks: usize,
}

fn exchange(t1: &mut T1, card: &mut T1Card, answer: &[u8], troubles: &Troubles) -> Run {
    let mut run = Run { outcome: Ok(()), response: Vec::new(), taken: Vec::new(), blocks: 0 };
    let trouble = |number: usize| troubles.iter().find(|(at, _)| *at == number).map(|t| t.1);
    loop {
        let there = t1.block().to_vec();
        let spoil = |way: Option<Way>, block: Vec<u8>| match way {
            Some(way) => way.take(block),
            None => Some(block),
        };
        let arrived = spoil(trouble(run.blocks), there);
        let back = arrived.map(|block| {
            card.receive(&block, |apdu| {
                run.taken.push(apdu.to_vec());
                answer.to_vec()
            })
        });
        let heard = back.and_then(|block| spoil(trouble(run.blocks + 1), block));
        run.blocks += 2;
        assert!(run.blocks < 4000, "without end");
        let step = match heard {
            Some(block) => t1.receive(&block),
            None => t1.lost(false),
        };
        match step {
            Ok(T1Step::Send) => {}
            Ok(T1Step::Done(_)) => break,
            Err(error) => {
                run.outcome = Err(error);
                break;
            }
        }
    }
    run.response = t1.response().to_vec();
    run
}

fn apdu(data: &[u8]) -> Apdu {
    let data = heapless::Vec::from_slice(data).unwrap();
    Apdu { header: [0x00, 0xDA, 0x01, 0x02], data, le: None }
}

fn card(edc: Edc) -> T1Card {
    let atr: &[u8] = match edc {
        Edc::Lrc => &[0x3B, 0x80, 0x01, 0x81],
        Edc::Crc => &[0x3B, 0x80, 0x81, 0x41, 0x01, 0x41],
    };
    let card = T1Card::new(atr);
    assert_eq!(card.edc(), edc);
    card
}

fn way() -> impl Strategy<Value = Way> {
    prop_oneof![
        Just(Way::Lost),
        any::<usize>().prop_map(Way::Flipped),
        (0usize..100).prop_map(Way::Cut),
    ]
}

fn edc() -> impl Strategy<Value = Edc> {
    prop::sample::select(&[Edc::Lrc, Edc::Crc][..])
}

fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..=most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// On a good line commands and answers of every size arrive whole, one after another.
    #[test]
    fn any_size_arrives_whole(
        edc in edc(),
        ifsc in 1u8..=254,
        exchanges in prop::collection::vec((bytes(255), bytes(256)), 1..4),
        wishes in prop::collection::vec(prop_oneof![
            (1u8..9).prop_map(Topic::Wtx), (1u8..=254).prop_map(Topic::Ifs),
        ], 0..3),
    ) {
        let (mut t1, mut card) = (T1::with(ifsc, edc), card(edc));
        for wish in wishes {
            card.want(wish, 1);
        }
        for (data, answer) in exchanges {
            let command = apdu(&data);
            t1.begin(&command, Repeat::Never);
            let with_status = [&answer[..], &[0x90, 0x00]].concat();
            let run = exchange(&mut t1, &mut card, &with_status, &vec![]);
            prop_assert_eq!(run.outcome, Ok(()));
            prop_assert_eq!(run.response, answer);
            prop_assert_eq!(run.taken, vec![command.bytes().to_vec()]);
        }
    }

    /// On a bad one they arrive whole, or the exchange ends with an error; and a command that must
    /// not be repeated is carried out once at most.
    #[test]
    fn a_bad_line_loses_nothing_unnoticed(
        edc in edc(),
        ifsc in 8u8..=254,
        data in bytes(255),
        answer in bytes(256),
        never: bool,
        troubles in prop::collection::vec((0usize..40, way()), 0..9),
    ) {
        let (mut t1, mut card) = (T1::with(ifsc, edc), card(edc));
        let repeat = if never { Repeat::Never } else { Repeat::Allowed };
        let command = apdu(&data);
        t1.begin(&command, repeat);
        let with_status = [&answer[..], &[0x90, 0x00]].concat();
        let run = exchange(&mut t1, &mut card, &with_status, &troubles);
        for taken in &run.taken {
            prop_assert_eq!(taken, &command.bytes().to_vec());
        }
        let most = if never { 1 } else { 2 };
        prop_assert!(run.taken.len() <= most);
        if run.outcome.is_ok() {
            prop_assert_eq!(run.response, answer);
            prop_assert!(!run.taken.is_empty());
        }
        if troubles.is_empty() {
            prop_assert_eq!(run.outcome, Ok(()));
        }
    }

    /// Two failures in a row are always made good, wherever they strike.
    #[test]
    fn two_failures_in_a_row_are_made_good(
        edc in edc(),
        data in bytes(120),
        answer in bytes(120),
        at in 0usize..30,
        first in way(),
        second in way(),
    ) {
        let (mut t1, mut card) = (T1::with(32, edc), card(edc));
        t1.begin(&apdu(&data), Repeat::Never);
        let with_status = [&answer[..], &[0x90, 0x00]].concat();
        let troubles = vec![(at, first), (at + 2, second)];
        let run = exchange(&mut t1, &mut card, &with_status, &troubles);
        prop_assert_eq!(run.outcome, Ok(()));
        prop_assert_eq!(run.response, answer);
        prop_assert_eq!(run.taken.len(), 1);
    }
}
