//! Protocol and parameters selection (ISO 7816-3:2006, chapter 9): `FF PPS0 [PPS1] PCK`.

use heapless::Vec;

use super::{frame::lrc, protocol::Protocol};

/// Clock and baud rate factors before any agreement (Fi 372, Di 1).
pub const FI_DI_DEFAULT: u8 = 0x11;
/// Bytes of a request at most.
pub const PPS_BYTES_MAX: usize = 4;

const START: u8 = 0xFF;
const HAS_PPS1: u8 = 0x10;

/// What the card is asked to agree to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pps {
    /// The protocol.
    pub protocol: Protocol,
    /// PPS1, the rate factors; `None` leaves them at the default.
    pub fi_di: Option<u8>,
}

impl Pps {
    /// The request.
    pub fn request(self) -> Vec<u8, PPS_BYTES_MAX> {
        let has_rate = if self.fi_di.is_some() { HAS_PPS1 } else { 0 };
        // Fits: four bytes at most.
        let mut bytes = Vec::new();
        let _ = bytes.extend_from_slice(&[START, has_rate | self.protocol.number()]);
        bytes.extend(self.fi_di);
        let _ = bytes.push(lrc(&bytes));
        bytes
    }

    /// The rate factors that hold after the card's answer; `None` when it refuses.
    ///
    /// A card may agree to the protocol and stay at the default rate.
    pub fn agreed(self, answer: &[u8]) -> Option<u8> {
        let bare = Self { fi_di: None, ..self };
        if answer == self.request().as_slice() {
            Some(self.fi_di.unwrap_or(FI_DI_DEFAULT))
        } else if answer == bare.request().as_slice() {
            Some(FI_DI_DEFAULT)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Pps, Protocol};

    #[test]
    fn a_card_agrees_wholly_partly_or_not() {
        let fast = Pps { protocol: Protocol::T1, fi_di: Some(0x95) };
        assert_eq!(fast.request(), [0xFF, 0x11, 0x95, 0x7B]);
        let plain = Pps { protocol: Protocol::T0, fi_di: None };
        assert_eq!(plain.request(), [0xFF, 0x00, 0xFF]);
        for (answer, agreed) in [
            (&[0xFF, 0x11, 0x95, 0x7B][..], Some(0x95)),
            (&[0xFF, 0x01, 0xFE], Some(0x11)),
            (&[0xFF, 0x00, 0xFF], None),
            (&[0xFF, 0x11, 0x96, 0x78], None),
            (&[0xFF, 0x11, 0x95, 0x7A], None),
            (&[], None),
        ] {
            assert_eq!(fast.agreed(answer), agreed, "{answer:02X?}");
        }
        assert_eq!(plain.agreed(&[0xFF, 0x00, 0xFF]), Some(0x11));
        assert_eq!(plain.agreed(&[0xFF, 0x10, 0x11, 0xFE]), None);
    }
}
