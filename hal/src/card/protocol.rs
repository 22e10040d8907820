//! Which protocol is spoken with a card, and what the reader is told about it.
//!
//! The card's own order decides: what it offers first needs no agreement and works with every
//! reader. T=0 is taken from a card that offers neither T=0 nor T=1 first, if it offers both.
//! A card in specific mode (TA2) is taken at its word.
//!
//! Like `libccid` at TPDU level, a PPS is exchanged when the card can do better than the default
//! rate (TA1), and when the protocol is not the card's first; SetParameters follows either way.
//! A card that refuses stays at the default.

use super::{
    atr::Atr,
    message::{Command, Request},
    pps::{FI_DI_DEFAULT, Pps},
    t1::block::Edc,
};

/// A transmission protocol of ISO 7816-3.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// Byte by byte.
    #[default]
    T0,
    /// In blocks.
    T1,
}

impl Protocol {
    /// The protocol of this number, if the driver speaks it.
    pub const fn from_number(t: u8) -> Option<Self> {
        match t {
            0 => Some(Self::T0),
            1 => Some(Self::T1),
            _ => None,
        }
    }

    /// Its number T.
    pub const fn number(self) -> u8 {
        match self {
            Self::T0 => 0,
            Self::T1 => 1,
        }
    }
}

/// What is to be done after a card has answered reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The protocol.
    pub protocol: Protocol,
    /// What to agree on first.
    pub pps: Option<Pps>,
    /// The rate factors that hold unless something else is agreed on.
    pub fi_di: u8,
}

/// Chooses; `None` when the card offers nothing that the driver speaks.
///
/// `speed`: whether a better rate is asked for; `agrees`: whether there can be a PPS at all.
pub fn choose(atr: &Atr, speed: bool, agrees: bool) -> Option<Choice> {
    if let Some(ta2) = atr.specific_mode() {
        // With bit 5 the factors are implied, and nobody told us which.
        let named = atr.fi_di().filter(|_| ta2 & 0x10 == 0);
        let protocol = Protocol::from_number(ta2 & 0x0F)?;
        return Some(Choice { protocol, pps: None, fi_di: named.unwrap_or(FI_DI_DEFAULT) });
    }
    let first = Protocol::from_number(atr.first_offered());
    let any = [Protocol::T0, Protocol::T1].into_iter().find(|p| atr.offers(p.number()));
    let protocol = first.or(any.filter(|_| agrees))?;
    let fi_di = atr.fi_di().filter(|&fi_di| speed && agrees && is_faster(fi_di));
    let needed = first.is_none() || fi_di.is_some();
    let pps = needed.then_some(Pps { protocol, fi_di });
    Some(Choice { protocol, pps, fi_di: FI_DI_DEFAULT })
}

/// Whether a rate is better than the default and not beyond what these readers do at 4 MHz
/// (344086 baud, 32 / 372).
fn is_faster(fi_di: u8) -> bool {
    let (Some(f), Some(d)) = (frequency(fi_di >> 4), divisor(fi_di & 0x0F)) else {
        return false;
    };
    d * 372 > f && d * 372 <= 32 * f
}

/// Fi of ISO 7816-3 table 7.
const fn frequency(index: u8) -> Option<u32> {
    Some(match index {
        0 | 1 => 372,
        2 => 558,
        3 => 744,
        4 => 1116,
        5 => 1488,
        6 => 1860,
        9 => 512,
        10 => 768,
        11 => 1024,
        12 => 1536,
        13 => 2048,
        _ => return None,
    })
}

/// Di of ISO 7816-3 table 8.
const fn divisor(index: u8) -> Option<u32> {
    Some(match index {
        1 => 1,
        2 => 2,
        3 => 4,
        4 => 8,
        5 => 16,
        6 => 32,
        7 => 64,
        8 => 12,
        9 => 20,
        _ => return None,
    })
}

/// SetParameters for a protocol (CCID 1.1, 6.1.7).
pub(super) fn parameters(atr: &Atr, protocol: Protocol, fi_di: u8) -> Request {
    let convention = if atr.is_inverse() { 0x02 } else { 0x00 };
    let guard = atr.extra_guard_time();
    let request = match protocol {
        Protocol::T0 => {
            let data = [fi_di, convention, guard, atr.waiting_integer(), 0x00];
            Request::new(Command::SetParameters, [0; 3], &data)
        }
        Protocol::T1 => {
            let crc = if atr.error_detection() == Edc::Crc { 0x01 } else { 0x00 };
            let checks = 0x10 | convention | crc;
            let waiting = atr.block_waiting();
            let size = atr.information_size();
            let data = [fi_di, checks, guard, waiting, 0x00, size, 0x00];
            Request::new(Command::SetParameters, [1, 0, 0], &data)
        }
    };
    request.unwrap_or_else(|| Request::bare(Command::SetParameters))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Choice, Pps, Protocol, choose, parameters};
    use crate::card::atr::Atr;

    /// Protocol, what to agree on, rate factors.
    type Chosen = Option<(u8, Option<Pps>, u8)>;

    fn chosen(bytes: &[u8], speed: bool, agrees: bool) -> Chosen {
        let choice = choose(&Atr::parse(bytes).unwrap(), speed, agrees);
        choice.map(|Choice { protocol, pps, fi_di }| (protocol.number(), pps, fi_di))
    }

    #[test]
    fn the_protocol_follows_the_card() {
        let fast = |protocol, fi_di| Some(Pps { protocol, fi_di: Some(fi_di) });
        let bare = |protocol| Some(Pps { protocol, fi_di: None });
        let (t0, t1) = (Protocol::T0, Protocol::T1);
        let table: &[(&[u8], Chosen)] = &[
            (&[0x3B, 0x00], Some((0, None, 0x11))),
            (&[0x3B, 0x80, 0x01, 0x81], Some((1, None, 0x11))),
            (&[0x3B, 0x80, 0x80, 0x01, 0x01], Some((0, None, 0x11))),
            (&[0x3B, 0x80, 0x81, 0x00, 0x01], Some((1, None, 0x11))),
            // Neither first.
            (&[0x3B, 0x80, 0x8E, 0x01, 0x0F], Some((1, bare(t1), 0x11))),
            (&[0x3B, 0x80, 0x8E, 0x80, 0x01, 0x8F], Some((0, bare(t0), 0x11))),
            (&[0x3B, 0x80, 0x0E, 0x8E], None),
            // A better rate, a worse one, one too fast, one that is reserved.
            (&[0x3B, 0x10, 0x95], Some((0, fast(t0, 0x95), 0x11))),
            (&[0x3B, 0x90, 0x18, 0x01, 0x89], Some((1, fast(t1, 0x18), 0x11))),
            (&[0x3B, 0x10, 0x11], Some((0, None, 0x11))),
            (&[0x3B, 0x10, 0x31], Some((0, None, 0x11))),
            (&[0x3B, 0x10, 0x97], Some((0, None, 0x11))),
            (&[0x3B, 0x10, 0x7F], Some((0, None, 0x11))),
            // Specific mode, with factors of its own and with implied ones.
            (&[0x3B, 0x90, 0x95, 0x10, 0x01], Some((1, None, 0x95))),
            (&[0x3B, 0x90, 0x95, 0x10, 0x11], Some((1, None, 0x11))),
            (&[0x3B, 0x90, 0x95, 0x10, 0x0E], None),
        ];
        for (bytes, expected) in table {
            assert_eq!(chosen(bytes, true, true), *expected, "{bytes:02X?}");
        }
        assert_eq!(chosen(&[0x3B, 0x10, 0x95], false, true), Some((0, None, 0x11)));
        assert_eq!(chosen(&[0x3B, 0x10, 0x95], true, false), Some((0, None, 0x11)));
        assert_eq!(chosen(&[0x3B, 0x80, 0x8E, 0x01, 0x0F], true, false), None);
    }

    #[test]
    fn the_reader_is_told_what_holds() {
        let (t0, t1) = (Protocol::T0, Protocol::T1);
        let table: &[(&[u8], Protocol, u8, &[u8])] = &[
            (&[0x3B, 0x00], t0, 0, &[0x11, 0x00, 0x00, 0x0A, 0x00]),
            (&[0x3F, 0x40, 0x05], t0, 0, &[0x11, 0x02, 0x05, 0x0A, 0x00]),
            (&[0x3B, 0x80, 0x01, 0x81], t1, 1, &[0x11, 0x10, 0, 0x4D, 0, 0x20, 0]),
            (
                &[0x3F, 0x80, 0x81, 0x71, 0xFE, 0x35, 0x01, 0xBA],
                t1,
                1,
                &[0x11, 0x13, 0, 0x35, 0, 0xFE, 0],
            ),
        ];
        for (bytes, protocol, number, data) in table {
            let request = parameters(&Atr::parse(bytes).unwrap(), *protocol, 0x11);
            assert_eq!(request.specific, [*number, 0, 0], "{bytes:02X?}");
            assert_eq!(request.encode(0).unwrap().get(10..).unwrap(), *data, "{bytes:02X?}");
        }
    }
}
