//! What can go wrong between a reader and a card that speak T=1.

use std::vec::Vec;

use super::t1_card::T1Card;
use crate::{
    card::t1::block::{Block, Edc, Kind, Topic},
    fault_words::FaultWords,
};

/// A fault of T=1; it spoils the next block for the card, and so many in all where it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum T1Fault {
    /// So many blocks of the card have a wrong error detection code.
    BadEdc(u32),
    /// So many blocks do not reach the card; the reader waits and says that it is mute.
    LostBlock(u32),
    /// So many blocks of the card do not reach the reader.
    LostAnswer(u32),
    /// So many blocks reach the card with a flipped bit.
    Garbled(u32),
    /// So many blocks of the card bear the wrong number.
    WrongSequence(u32),
    /// So many blocks of the card stop in the middle.
    HalfBlock(u32),
    /// The card asks so many times for time before it answers.
    Wtx(u32),
    /// The card takes only so many bytes a block from now on (1 to 254).
    Ifs(u8),
    /// The card gives the command up.
    Abort,
    /// The card understands nothing but resynchronisation.
    Resynch,
}

impl T1Fault {
    /// How many blocks it still spoils; `None` when one is all.
    pub(super) fn count(&mut self) -> Option<&mut u32> {
        match self {
            Self::BadEdc(n)
            | Self::LostBlock(n)
            | Self::LostAnswer(n)
            | Self::Garbled(n)
            | Self::WrongSequence(n)
            | Self::HalfBlock(n) => Some(n),
            Self::Wtx(_) | Self::Ifs(_) | Self::Abort | Self::Resynch => None,
        }
    }

    /// The fault that `t1-edc 2` and the like name; a missing number is 1.
    pub(super) fn named(words: FaultWords<'_>) -> Option<Self> {
        match words.name {
            "t1-edc" => words.count(1).map(Self::BadEdc),
            "t1-lost" => words.count(1).map(Self::LostBlock),
            "t1-lost-answer" => words.count(1).map(Self::LostAnswer),
            "t1-garbled" => words.count(1).map(Self::Garbled),
            "t1-sequence" => words.count(1).map(Self::WrongSequence),
            "t1-half" => words.count(1).map(Self::HalfBlock),
            "t1-wtx" => words.count(1).map(Self::Wtx),
            "t1-ifs" => words.count(1).filter(|size| (1..=254).contains(size)).map(Self::Ifs),
            "t1-abort" => words.alone(Self::Abort),
            "t1-resynch" => words.alone(Self::Resynch),
            _ => None,
        }
    }

    /// Strikes before the card sees the block; `None` when it sees nothing.
    pub(super) fn before(self, card: &mut T1Card, block: &[u8]) -> Option<Vec<u8>> {
        let mut block = block.to_vec();
        match self {
            Self::LostBlock(_) => return None,
            Self::Garbled(_) => flip_last(&mut block),
            Self::Wtx(times) => card.want(Topic::Wtx(2), times),
            Self::Ifs(size) => card.want(Topic::Ifs(size), 1),
            Self::Abort => card.want(Topic::Abort, 1),
            Self::Resynch => card.confuse(),
            _ => {}
        }
        Some(block)
    }

    /// Strikes on the card's answer; `None` when nothing of it arrives.
    pub(super) fn after(self, mut answer: Vec<u8>, edc: Edc) -> Option<Vec<u8>> {
        match self {
            Self::LostAnswer(_) => return None,
            Self::BadEdc(_) => flip_last(&mut answer),
            Self::HalfBlock(_) => answer.truncate(answer.len() / 2),
            Self::WrongSequence(_) => return Some(renumbered(answer, edc)),
            _ => {}
        }
        Some(answer)
    }
}

fn flip_last(block: &mut [u8]) {
    if let Some(last) = block.last_mut() {
        *last ^= 0x10;
    }
}

fn renumbered(answer: Vec<u8>, edc: Edc) -> Vec<u8> {
    let wrong = Block::parse(&answer, edc).ok().and_then(|mut block| {
        match &mut block.kind {
            Kind::Information { sequence, .. } | Kind::Receipt { sequence, .. } => {
                *sequence = !*sequence;
            }
            Kind::Request(_) | Kind::Response(_) => {}
        }
        block.encode(edc)
    });
    wrong.map_or(answer, |block| block.to_vec())
}
