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
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Atr, AtrError, Edc};

    #[test]
    fn valid_answers_give_their_protocols() {
        /// Bytes; T=0, T=1; number of historical bytes; TC1, WI.
        type Case = (&'static [u8], bool, bool, usize, u8, u8);
        let table: &[Case] = &[
            (&[0x3B, 0x00], true, false, 0, 0, 10),
            (&[0x3F, 0x02, 0xAA, 0xBB], true, false, 2, 0, 10),
            (&[0x3B, 0x61, 0x00, 0x05, 0x99], true, false, 1, 5, 10),
            (&[0x3B, 0x80, 0x01, 0x81], false, true, 0, 0, 10),
            (&[0x3B, 0x90, 0x11, 0x00], true, false, 0, 0, 10),
            (&[0x3B, 0x80, 0x80, 0x01, 0x01], true, true, 0, 0, 10),
            (&[0x3B, 0x80, 0x40, 0x20], true, false, 0, 0, 32),
            // A check byte where none is due.
            (&[0x3B, 0x01, 0x55, 0x54], true, false, 1, 0, 10),
        ];
        for &(bytes, t0, t1, historical, guard, wi) in table {
            let atr = Atr::parse(bytes).unwrap();
            assert_eq!((atr.offers(0), atr.offers(1)), (t0, t1), "{bytes:02X?}");
            assert_eq!(atr.historical().len(), historical, "{bytes:02X?}");
            assert_eq!(
                (atr.extra_guard_time(), atr.waiting_integer()),
                (guard, wi),
                "{bytes:02X?}"
            );
            assert_eq!(atr.bytes(), bytes);
        }
    }

    #[test]
    fn the_parameters_of_t1_are_read_or_usual() {
        /// Bytes; first offered; IFSC, BWI/CWI, EDC.
        type Case = (&'static [u8], u8, u8, u8, Edc);
        let table: &[Case] = &[
            (&[0x3B, 0x80, 0x01, 0x81], 1, 32, 0x4D, Edc::Lrc),
            (&[0x3B, 0x80, 0x81, 0x31, 0xFE, 0x45, 0x8B], 1, 0xFE, 0x45, Edc::Lrc),
            (&[0x3B, 0x80, 0x81, 0x71, 0x20, 0x35, 0x01, 0x64], 1, 0x20, 0x35, Edc::Crc),
            // T=0 first; values that cannot be.
            (&[0x3B, 0x80, 0x80, 0x31, 0xFF, 0xA0, 0x6E], 0, 32, 0x4D, Edc::Lrc),
            // Global bytes are no protocol.
            (&[0x3B, 0x80, 0x8F, 0x01, 0x0E], 1, 32, 0x4D, Edc::Lrc),
            (&[0x3B, 0x00], 0, 32, 0x4D, Edc::Lrc),
        ];
        for &(bytes, first, size, waiting, edc) in table {
            let atr = Atr::parse(bytes).unwrap();
            assert_eq!(atr.first_offered(), first, "{bytes:02X?}");
            assert_eq!(
                (atr.information_size(), atr.block_waiting()),
                (size, waiting),
                "{bytes:02X?}"
            );
            assert_eq!(atr.error_detection(), edc, "{bytes:02X?}");
        }
    }

    #[test]
    fn invalid_answers_are_named() {
        let long = [0x3B; 34];
        let table: &[(&[u8], AtrError)] = &[
            (&[], AtrError::Truncated),
            (&[0x3B], AtrError::Truncated),
            (&[0x00, 0x00], AtrError::Convention),
            (&[0x3B, 0x02, 0xAA], AtrError::Truncated),
            (&[0x3B, 0x10], AtrError::Truncated),
            (&[0x3B, 0x80], AtrError::Truncated),
            (&[0x3B, 0x80, 0x01], AtrError::Truncated),
            (&[0x3B, 0x80, 0x01, 0x80], AtrError::Checksum),
            (&[0x3B, 0x00, 0x12], AtrError::TooLong),
            (&[0x3B, 0x00, 0x12, 0x34], AtrError::TooLong),
            (&long, AtrError::TooLong),
        ];
        for &(bytes, error) in table {
            assert_eq!(Atr::parse(bytes), Err(error), "{bytes:02X?}");
        }
    }
}
