//! Answer to reset (ISO 7816-3, chapter 8).

use heapless::Vec;

use super::{limits::ATR_BYTES_MAX, t1::block::Edc};

/// Waiting integer when the card names none (TC2).
pub const WAITING_INTEGER_DEFAULT: u8 = 10;

/// Information field size of a T=1 card that names none (TA3).
pub const INFORMATION_SIZE_DEFAULT: u8 = 32;
/// Waiting times of a T=1 card that names none (TB3): BWI 4, CWI 13.
pub const BLOCK_WAITING_DEFAULT: u8 = 0x4D;

/// Why bytes are no answer to reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AtrError {
    /// It ends before what it announces.
    Truncated,
    /// TS is neither 3B nor 3F.
    Convention,
    /// More than 33 bytes, or bytes after its end.
    TooLong,
    /// TCK does not fit.
    Checksum,
}

/// The bytes TAi, TBi, TCi and TDi of one round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InterfaceBytes {
    /// The protocol T that TD of the round before named; `None` in the first round.
    pub protocol: Option<u8>,
    /// TAi.
    pub ta: Option<u8>,
    /// TBi.
    pub tb: Option<u8>,
    /// TCi.
    pub tc: Option<u8>,
    /// TDi.
    pub td: Option<u8>,
}

/// A valid answer to reset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Atr {
    bytes: Vec<u8, ATR_BYTES_MAX>,
    historical_at: usize,
    historical_len: usize,
}

impl Atr {
    /// Parses and checks an answer to reset.
    ///
    /// A TCK that is right is also accepted where none is due, because some cards send one.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(bytes: &[u8]) -> Result<Self, AtrError> {
        match bytes {
            [0x3B | 0x3F, _, ..] => {}
            [] | [0x3B | 0x3F] => return Err(AtrError::Truncated),
            _ => return Err(AtrError::Convention),
        }
        let kept = Vec::from_slice(bytes).map_err(|_| AtrError::TooLong)?;
        let mut rounds = Rounds::of(bytes);
        let mut needs_check = false;
        while let Some(round) = rounds.advance().ok_or(AtrError::Truncated)? {
            needs_check |= round.td.is_some_and(|td| td & 0x0F != 0);
        }
        let historical_len = usize::from(bytes.get(1).unwrap_or(&0) & 0x0F);
        let end = rounds.at + historical_len;
        let checked = bytes.get(1..).unwrap_or_default();
        match (bytes.len().checked_sub(end), needs_check) {
            (None, _) | (Some(0), true) => return Err(AtrError::Truncated),
            (Some(0), false) => {}
            (Some(1), _) if super::frame::lrc(checked) == 0 => {}
            (Some(1), true) => return Err(AtrError::Checksum),
            (Some(_), _) => return Err(AtrError::TooLong),
        }
        Ok(Self { bytes: kept, historical_at: rounds.at, historical_len })
    }

    /// All of it, TS first.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether bits are sent inverted (TS = 3F).
    pub fn is_inverse(&self) -> bool {
        self.bytes.first() == Some(&0x3F)
    }

    /// The interface bytes, round by round.
    pub fn rounds(&self) -> impl Iterator<Item = InterfaceBytes> + '_ {
        let mut rounds = Rounds::of(&self.bytes);
        core::iter::from_fn(move || rounds.advance().flatten())
    }

    /// The historical bytes.
    pub fn historical(&self) -> &[u8] {
        self.bytes
            .get(self.historical_at..self.historical_at + self.historical_len)
            .unwrap_or_default()
    }

    /// Whether protocol `t` is offered; T=0 is when none is named.
    pub fn offers(&self, t: u8) -> bool {
        let mut none = true;
        for protocol in self.rounds().filter_map(|round| round.td.map(|td| td & 0x0F)) {
            // T=15 stands for global bytes, not for a protocol.
            none &= protocol == 15;
            if protocol == t {
                return true;
            }
        }
        none && t == 0
    }

    /// The protocol that a card in negotiable mode runs unless another is agreed on: the first
    /// offered; T=0 when none is named.
    pub fn first_offered(&self) -> u8 {
        let mut offered = self.rounds().filter_map(|round| round.td.map(|td| td & 0x0F));
        offered.find(|&t| t != 15).unwrap_or(0)
    }

    /// TA1, the clock and baud rate factors (Fi, Di) the card can work with.
    pub fn fi_di(&self) -> Option<u8> {
        self.rounds().next()?.ta
    }

    /// TC1, the extra guard time in etu.
    pub fn extra_guard_time(&self) -> u8 {
        self.rounds().next().and_then(|round| round.tc).unwrap_or(0)
    }

    /// TA2, present when the card is in specific mode and does not negotiate.
    pub fn specific_mode(&self) -> Option<u8> {
        self.rounds().nth(1)?.ta
    }

    /// TC2, the waiting integer WI of T=0.
    pub fn waiting_integer(&self) -> u8 {
        let wi = self.rounds().nth(1).filter(|r| r.protocol == Some(0)).and_then(|r| r.tc);
        wi.filter(|&wi| wi != 0).unwrap_or(WAITING_INTEGER_DEFAULT)
    }

    /// TA3, the longest information field that the card takes over T=1 (IFSC), 1 to 254.
    pub fn information_size(&self) -> u8 {
        let named = self.t1_rounds().find_map(|round| round.ta);
        named.filter(|size| (1..=0xFE).contains(size)).unwrap_or(INFORMATION_SIZE_DEFAULT)
    }

    /// TB3, the waiting times BWI (high half) and CWI of T=1.
    pub fn block_waiting(&self) -> u8 {
        let named = self.t1_rounds().find_map(|round| round.tb);
        named.filter(|bwi_cwi| bwi_cwi >> 4 <= 9).unwrap_or(BLOCK_WAITING_DEFAULT)
    }

    /// TC3, the error detection code of T=1.
    pub fn error_detection(&self) -> Edc {
        match self.t1_rounds().find_map(|round| round.tc) {
            Some(1) => Edc::Crc,
            _ => Edc::Lrc,
        }
    }

    /// The rounds whose bytes are of T=1: from the third on.
    fn t1_rounds(&self) -> impl Iterator<Item = InterfaceBytes> + '_ {
        self.rounds().skip(2).filter(|round| round.protocol == Some(1))
    }
}

/// Walks over the interface bytes.
struct Rounds<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Which of TA to TD follow (high half), and the protocol they are of; `None` after the last.
    announced: Option<u8>,
    protocol: Option<u8>,
}

impl<'a> Rounds<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 2, announced: bytes.get(1).copied(), protocol: None }
    }

    /// The next round, `Some(None)` after the last, `None` when bytes are missing.
    fn advance(&mut self) -> Option<Option<InterfaceBytes>> {
        let Some(announced) = self.announced else {
            return Some(None);
        };
        let ta = self.take(announced & 0x10 != 0)?;
        let tb = self.take(announced & 0x20 != 0)?;
        let tc = self.take(announced & 0x40 != 0)?;
        let td = self.take(announced & 0x80 != 0)?;
        let round = InterfaceBytes { protocol: self.protocol, ta, tb, tc, td };
        self.announced = td;
        self.protocol = td.map(|td| td & 0x0F);
        Some(Some(round))
    }

    fn take(&mut self, present: bool) -> Option<Option<u8>> {
        if !present {
            return Some(None);
        }
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(Some(byte))
    }
}

#[cfg(test)]
mod tests;
