//! The number of a reader's security module.

use core::fmt;

/// The number of a reader's security module (GA 467); it names the reader, not a person.
///
/// Shown as `05.01-20050908-0001234567-0123456789`: type, day of making, serial numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SamId([u8; 16]);

impl SamId {
    /// The number that the reader tells.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes on the wire.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0
    }
}

impl fmt::Display for SamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a0, a1, b0, b1, d0, d1, d2, d3, s0, s1, s2, s3, t0, t1, t2, t3] = self.0;
        let kind = u16::from_le_bytes([a0, a1]);
        let edition = u16::from_le_bytes([b0, b1]);
        let day = u32::from_le_bytes([d0, d1, d2, d3]);
        let serial = u32::from_le_bytes([s0, s1, s2, s3]);
        let tail = u32::from_le_bytes([t0, t1, t2, t3]);
        write!(f, "{kind:02}.{edition:02}-{day:08}-{serial:010}-{tail:010}")
    }
}

#[cfg(test)]
mod tests {
    use super::SamId;

    #[test]
    fn the_number_is_shown_as_readers_print_it() {
        let id = SamId::from_bytes([
            5, 0, 1, 0, 0x9C, 0xF0, 0x31, 0x01, 0x87, 0xD6, 0x12, 0x00, 0x15, 0xCD, 0x5B, 0x07,
        ]);
        assert_eq!(std::format!("{id}"), "05.01-20050076-0001234567-0123456789");
    }
}
