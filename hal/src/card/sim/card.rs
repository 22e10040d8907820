//! A simulated 社会保障卡: its files, its PIN, and the commands it understands, as T=0 brings them.

use core::fmt;
use std::{collections::BTreeMap, vec, vec::Vec};

use super::{builder::SimCardBuilder, line::Line};
use crate::card::{
    message::POWER_3_V,
    social::{APPLICATION_NAME, FILE_CARD, FILE_HOLDER},
};

/// A record as it lies on the card: tag, length, value.
pub(super) type Records = BTreeMap<u8, Vec<u8>>;

/// A card to put into a [`SimReader`](super::SimReader).
///
/// Holds generated persons only; formatting it shows nothing all the same.
#[derive(Clone)]
pub struct SimCard {
    /// The answer to reset; `None` when the card is mute.
    pub(super) atr: Option<Vec<u8>>,
    /// Answers at 3 V only.
    pub(super) needs_3_v: bool,
    pub(super) has_application: bool,
    pub(super) is_locked: bool,
    /// Knows SELECT of a file only with P1 = 00.
    pub(super) selects_by_p1_00: bool,
    /// Gives the holder's file only after a PSAM has vouched for the host.
    pub(super) withholds_holder: bool,
    pub(super) card_file: Records,
    pub(super) holder_file: Records,
    pub(super) manner: Manner,
    pub(super) pin: Option<SimPin>,
    /// Instructions that are answered by a status word and nothing else.
    pub(super) refusals: BTreeMap<u8, u16>,
    pub(super) line: Line,
    pub(super) state: CardState,
}

/// What a card says to a PPS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    Agrees,
    /// To the protocol only.
    KeepsRate,
    /// Falls silent.
    Refuses,
}

/// The PIN of a card; unlike the rest it outlives a reset.
#[derive(Clone)]
pub(super) struct SimPin {
    /// As VERIFY brings it.
    pub(super) block: Vec<u8>,
    pub(super) tries_max: u8,
    pub(super) tries_left: u8,
}

/// What a reset forgets.
#[derive(Clone, Default)]
pub(super) struct CardState {
    in_application: bool,
    file: Option<[u8; 2]>,
    waiting: Vec<u8>,
    is_verified: bool,
}

impl SimCard {
    /// A card to be described.
    pub fn builder() -> SimCardBuilder {
        SimCardBuilder::default()
    }

    /// How often a PIN may still be tried; `None` when the card has none.
    pub fn pin_tries_left(&self) -> Option<u8> {
        self.pin.as_ref().map(|pin| pin.tries_left)
    }

    /// Whether the right PIN was given since the last reset.
    pub const fn is_verified(&self) -> bool {
        self.state.is_verified
    }

    /// Power comes: the answer to reset, if the card answers at that voltage.
    pub(super) fn reset(&mut self, power: u8) -> Option<Vec<u8>> {
        self.state = CardState::default();
        self.line = Line::after(self.atr.as_deref().unwrap_or_default());
        self.atr.clone().filter(|_| !self.needs_3_v || power == POWER_3_V)
    }

    /// Answers a TPDU: data and status word.
    pub(super) fn transmit(&mut self, tpdu: &[u8]) -> Vec<u8> {
        let Some((&[class, instruction, p1, p2, p3], data)) = tpdu.split_first_chunk::<5>() else {
            return status(0x6700);
        };
        let waiting = std::mem::take(&mut self.state.waiting);
        if class != 0x00 {
            return status(0x6E00);
        }
        if let Some(&refusal) = self.refusals.get(&instruction) {
            return status(refusal);
        }
        match instruction {
            0x20 => self.verify(p1, p2, data),
            0xA4 => self.select(p1, data),
            0xB2 => self.read_record(p1, p2, p3),
            0xC0 => self.get_response(waiting, p3),
            _ => status(0x6D00),
        }
    }

    fn select(&mut self, p1: u8, data: &[u8]) -> Vec<u8> {
        match (p1, data) {
            (_, []) => status(0x6700),
            (0x04, name) if name == APPLICATION_NAME && self.has_application => {
                self.state = CardState { in_application: true, ..CardState::default() };
                self.state.waiting = vec![0x6F, 0x11, 0x84, 0x0F];
                self.state.waiting.extend(APPLICATION_NAME);
                if self.is_locked { status(0x6283) } else { status(0x6113) }
            }
            (0x04, _) => status(0x6A82),
            (0x02, _) if self.selects_by_p1_00 => status(0x6A86),
            (0x00 | 0x02, &[hi, lo]) if self.state.in_application => {
                if [hi, lo] != FILE_CARD && [hi, lo] != FILE_HOLDER {
                    return status(0x6A82);
                }
                self.state.file = Some([hi, lo]);
                status(0x9000)
            }
            (0x00 | 0x02, _) => status(0x6A82),
            _ => status(0x6A86),
        }
    }

    /// By tag; P2 names the current file (00) or a short file identifier (28: EF05, 30: EF06).
    fn read_record(&mut self, tag: u8, p2: u8, le: u8) -> Vec<u8> {
        let file = match p2 {
            0x00 => self.state.file,
            0x28 => Some(FILE_CARD),
            0x30 => Some(FILE_HOLDER),
            _ => return status(0x6A86),
        };
        let records = match file {
            _ if !self.state.in_application => return status(0x6985),
            None => return status(0x6985),
            Some(FILE_HOLDER) if self.withholds_holder => return status(0x6982),
            Some(FILE_HOLDER) => &self.holder_file,
            Some(_) => &self.card_file,
        };
        let Some(record) = records.get(&tag) else {
            return status(0x6A83);
        };
        let exact = u8::try_from(record.len()).unwrap_or(0);
        if le != exact {
            return status(0x6C00 | u16::from(exact));
        }
        with_status(record, 0x9000)
    }

    fn verify(&mut self, p1: u8, p2: u8, block: &[u8]) -> Vec<u8> {
        let Some(pin) = self.pin.as_mut().filter(|_| self.state.in_application) else {
            return status(0x6985);
        };
        if [p1, p2] != [0x00, 0x00] {
            return status(0x6A86);
        }
        let tries = |left: u8| status(0x63C0 | u16::from(left & 0x0F));
        match block {
            _ if pin.tries_left == 0 => status(0x6983),
            [] => tries(pin.tries_left),
            right if right == pin.block => {
                pin.tries_left = pin.tries_max;
                self.state.is_verified = true;
                status(0x9000)
            }
            _ => {
                pin.tries_left -= 1;
                self.state.is_verified = false;
                tries(pin.tries_left)
            }
        }
    }

    fn get_response(&mut self, mut waiting: Vec<u8>, le: u8) -> Vec<u8> {
        let wanted = if le == 0 { 256 } else { usize::from(le) };
        if waiting.is_empty() {
            return status(0x6985);
        }
        if wanted > waiting.len() {
            let exact = u8::try_from(waiting.len()).unwrap_or(0);
            self.state.waiting = waiting;
            return status(0x6C00 | u16::from(exact));
        }
        let rest = waiting.split_off(wanted);
        let left = u8::try_from(rest.len()).unwrap_or(0);
        let code = if rest.is_empty() { 0x9000 } else { 0x6100 | u16::from(left) };
        self.state.waiting = rest;
        with_status(&waiting, code)
    }
}

impl fmt::Debug for SimCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SimCard").finish_non_exhaustive()
    }
}

fn status(code: u16) -> Vec<u8> {
    code.to_be_bytes().to_vec()
}

fn with_status(data: &[u8], code: u16) -> Vec<u8> {
    [data, &code.to_be_bytes()].concat()
}
