//! Tells contents apart without keeping them.

use zeroize::{Zeroize, ZeroizeOnDrop};

/// FNV-1a, 64 bit.
const OFFSET: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01B3;

/// A number that two equal contents share, and two different ones practically never.
///
/// No protection: whoever can guess the content can confirm it, so it is wiped like the content.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Digest(u64);

impl Digest {
    pub(crate) fn of(content: &[u8]) -> Self {
        Self(content.iter().fold(OFFSET, |sum, &byte| (sum ^ u64::from(byte)).wrapping_mul(PRIME)))
    }
}

#[cfg(test)]
mod tests {
    use super::Digest;

    #[test]
    fn the_published_values_come_out() {
        assert_eq!(Digest::of(b"").0, 0xCBF2_9CE4_8422_2325);
        assert_eq!(Digest::of(b"a").0, 0xAF63_DC4C_8601_EC8C);
        assert_eq!(Digest::of(b"foobar").0, 0x8594_4171_F739_67E8);
    }
}
