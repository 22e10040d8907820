//! The reader's end of the line.

use std::{collections::BTreeMap, vec::Vec};

use super::{
    card::SimCard,
    fault::{CardFault, FaultPoint, Faults},
    kind::ReaderKind,
};
use crate::{
    card::{
        frame::lrc,
        limits::{DATA_BYTES_MAX, HEADER_BYTES},
        protocol::Protocol,
    },
    driver::Machine,
    outbox::Outbox,
    time::{Duration, Instant},
};

/// Silence after which the reader forgets half a command.
const INPUT_GAP: Duration = Duration::from_millis(100);

pub(super) struct Slot {
    pub(super) card: SimCard,
    pub(super) powered: bool,
    /// Protocol and rate factors that the host has set since the last reset.
    pub(super) parameters: Option<(Protocol, u8)>,
}

/// A simulated card reader.
///
/// Deterministic: what it sends, and when, depends only on what it was told.
pub struct SimReader {
    pub(super) kind: ReaderKind,
    linked: bool,
    pub(super) events_on: bool,
    pub(super) slot: Option<Slot>,
    pub(super) faults: Faults,
    input: Vec<u8>,
    input_at: Instant,
    pub(super) outbox: Outbox,
    pub(super) counts: BTreeMap<u8, u64>,
}

impl SimReader {
    /// A reader with an empty slot.
    pub fn new(kind: ReaderKind) -> Self {
        Self {
            kind,
            linked: false,
            events_on: false,
            slot: None,
            faults: Faults::default(),
            input: Vec::new(),
            input_at: Instant::default(),
            outbox: Outbox::default(),
            counts: BTreeMap::new(),
        }
    }

    /// Puts a card in, in place of the one that is in.
    pub fn insert(&mut self, now: Instant, card: SimCard) {
        self.remove(now);
        self.slot = Some(Slot { card, powered: false, parameters: None });
        self.tell_event(now, 0x03);
    }

    /// Takes the card out and returns it.
    pub fn remove(&mut self, now: Instant) -> Option<SimCard> {
        let slot = self.slot.take()?;
        self.tell_event(now, 0x02);
        Some(slot.card)
    }

    /// The card that is in.
    pub fn card(&self) -> Option<&SimCard> {
        self.slot.as_ref().map(|slot| &slot.card)
    }

    /// Whether a card is in.
    pub fn has_card(&self) -> bool {
        self.slot.is_some()
    }

    /// Whether the card that is in has power.
    pub fn is_powered(&self) -> bool {
        self.slot.as_ref().is_some_and(|slot| slot.powered)
    }

    /// Spoils the next command; a fault of the card spoils the next block for it.
    pub fn inject(&mut self, fault: CardFault) {
        self.inject_at(fault.usual_point(), fault);
    }

    /// Spoils the command that `point` names.
    pub fn inject_at(&mut self, point: FaultPoint, fault: CardFault) {
        self.faults.add(point, fault);
    }

    /// Forgets the faults that have not happened yet.
    pub fn clear_faults(&mut self) {
        self.faults.clear();
    }

    /// How many faults have not happened yet.
    pub fn faults_left(&self) -> usize {
        self.faults.len()
    }

    /// How many commands of message type `kind` came, those that were spoilt included.
    pub fn commands_of(&self, kind: u8) -> u64 {
        self.counts.get(&kind).copied().unwrap_or(0)
    }

    fn tell_event(&mut self, now: Instant, event: u8) {
        if self.events_on && self.linked {
            self.outbox.schedule(now, [0x50, event]);
        }
    }

    /// The first whole frame of the input: its message, or `None` when its LRC is wrong.
    fn take_frame(&mut self) -> Option<Option<Vec<u8>>> {
        let start = self.input.windows(2).position(|pair| pair == [0x03, 0x06]);
        match start {
            Some(start) => self.input.drain(..start),
            None => {
                let keep = usize::from(self.input.last() == Some(&0x03));
                self.input.drain(..self.input.len() - keep)
            }
        };
        let &[_, _, _, l0, l1, l2, l3, ..] = self.input.as_slice() else {
            return None;
        };
        let data = usize::try_from(u32::from_le_bytes([l0, l1, l2, l3])).unwrap_or(usize::MAX);
        if data > DATA_BYTES_MAX {
            self.input.drain(..2);
            return Some(None);
        }
        let total = 2 + HEADER_BYTES + data + 1;
        if self.input.len() < total {
            return None;
        }
        let frame: Vec<u8> = self.input.drain(..total).collect();
        let good = lrc(&frame) == 0;
        Some(good.then(|| frame[2..total - 1].to_vec()))
    }
}

impl Machine for SimReader {
    fn link_opened(&mut self, _now: Instant) {
        self.linked = true;
    }

    /// The host is gone: what was to be sent is lost, the card stays in.
    fn link_lost(&mut self, _now: Instant) {
        self.linked = false;
        self.events_on = false;
        self.input.clear();
        self.outbox.clear();
    }

    fn receive(&mut self, now: Instant, bytes: &[u8]) {
        if !self.linked {
            return;
        }
        if now.since(self.input_at) > INPUT_GAP {
            self.input.clear();
        }
        self.input_at = now;
        self.input.extend(bytes);
        while let Some(frame) = self.take_frame() {
            match frame {
                Some(message) => self.command(now, &message),
                None => self.nak(now),
            }
        }
    }

    fn pending_output(&mut self, now: Instant) -> &[u8] {
        self.outbox.pending(now)
    }

    fn output_taken(&mut self, _now: Instant, count: usize) {
        self.outbox.taken(count);
    }

    fn next_timeout(&self) -> Option<Instant> {
        self.outbox.next_due()
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.outbox.release(now);
    }
}
