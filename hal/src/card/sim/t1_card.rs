//! T=1 as a card speaks it.

use std::{collections::VecDeque, vec::Vec};

use crate::card::{
    atr::Atr,
    t1::block::{Block, BlockError, Cause, Edc, Kind, Topic},
};

/// The size of our blocks until the host tells another.
const IFSD_FIRST: u8 = 32;

/// The card's end of the line; a reset makes a new one.
#[derive(Clone, Default)]
pub(super) struct T1Card {
    edc: Edc,
    ifsd: u8,
    /// N(S) of our next new block, and of the host's.
    ours: bool,
    theirs: bool,
    received: Vec<u8>,
    answer: Vec<u8>,
    /// Bytes of the answer in the block that is not acknowledged yet.
    piece: Option<usize>,
    /// What is asked of the host before it gets its answer, and what was asked and not granted.
    wants: VecDeque<Topic>,
    asked: Option<Topic>,
    /// Only resynchronisation helps.
    is_confused: bool,
}

impl T1Card {
    pub(super) fn new(atr: &[u8]) -> Self {
        let edc = Atr::parse(atr).map(|atr| atr.error_detection()).unwrap_or_default();
        Self { edc, ifsd: IFSD_FIRST, ..Self::default() }
    }

    pub(super) const fn edc(&self) -> Edc {
        self.edc
    }

    /// Asks this of the host before the next answer.
    pub(super) fn want(&mut self, topic: Topic, times: u32) {
        self.wants.extend((0..times).map(|_| topic));
    }

    /// Understands nothing but resynchronisation from now on.
    pub(super) fn confuse(&mut self) {
        self.is_confused = true;
    }

    /// Answers a block; `run` carries out a whole command.
    pub(super) fn receive(&mut self, block: &[u8], run: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
        let block = match Block::parse(block, self.edc) {
            Ok(block) => block,
            Err(BlockError::Edc) => return self.receipt(Cause::Edc),
            Err(BlockError::Form) => return self.receipt(Cause::Other),
        };
        if self.is_confused && block.kind != Kind::Request(Topic::Resynch) {
            return self.receipt(Cause::Other);
        }
        match block.kind {
            Kind::Information { sequence, more } => {
                if sequence != self.theirs {
                    return self.receipt(Cause::Other);
                }
                self.theirs = !self.theirs;
                self.acknowledged();
                self.received.extend(block.information);
                if more {
                    return self.receipt(Cause::None);
                }
                self.answer = run(&std::mem::take(&mut self.received));
                self.next()
            }
            Kind::Receipt { sequence, .. } => self.host_receipt(sequence),
            Kind::Request(topic) => self.requested(topic),
            Kind::Response(topic) => self.granted(topic),
        }
    }

    fn host_receipt(&mut self, sequence: bool) -> Vec<u8> {
        match self.piece {
            _ if self.asked.is_some() => self.ask_again(),
            Some(_) if sequence == self.ours => self.information(),
            Some(piece) if piece < self.answer.len() => {
                self.acknowledged();
                self.information()
            }
            _ => self.receipt(Cause::Other),
        }
    }

    fn requested(&mut self, topic: Topic) -> Vec<u8> {
        match topic {
            Topic::Ifs(size) => self.ifsd = size,
            Topic::Resynch => *self = Self { edc: self.edc, ifsd: self.ifsd, ..Self::default() },
            Topic::Abort => self.answer.clear(),
            Topic::Wtx(_) => return self.receipt(Cause::Other),
        }
        self.encode(Block::bare(Kind::Response(topic)))
    }

    fn granted(&mut self, topic: Topic) -> Vec<u8> {
        if self.asked != Some(topic) {
            return self.receipt(Cause::Other);
        }
        self.asked = None;
        if topic == Topic::Abort {
            self.answer.clear();
            return self.receipt(Cause::None);
        }
        self.next()
    }

    /// What is still to be asked, then the answer.
    fn next(&mut self) -> Vec<u8> {
        self.asked = self.wants.pop_front();
        if self.asked.is_some() { self.ask_again() } else { self.information() }
    }

    fn ask_again(&self) -> Vec<u8> {
        self.asked.map(|topic| self.encode(Block::bare(Kind::Request(topic)))).unwrap_or_default()
    }

    /// The host has our last information block.
    fn acknowledged(&mut self) {
        if let Some(piece) = self.piece.take() {
            self.ours = !self.ours;
            self.answer.drain(..piece);
        }
    }

    fn information(&mut self) -> Vec<u8> {
        let piece = self.answer.len().min(self.ifsd.into());
        self.piece = Some(piece);
        let kind = Kind::Information { sequence: self.ours, more: piece < self.answer.len() };
        self.encode(Block { kind, information: &self.answer[..piece] })
    }

    fn receipt(&self, cause: Cause) -> Vec<u8> {
        self.encode(Block::bare(Kind::Receipt { sequence: self.theirs, cause }))
    }

    fn encode(&self, block: Block<'_>) -> Vec<u8> {
        block.encode(self.edc).map(|bytes| bytes.to_vec()).unwrap_or_default()
    }
}
