//! What a bad cable or a wrong setting does to the bytes of a simulated device.

/// Faults of the line itself; the device at its end is well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineFaults {
    /// The device's own speed in bits a second: at any other nothing but garbage passes. `None`: at
    /// any speed, as a pseudo-terminal does.
    pub speed: Option<u32>,
    /// Bits that turn over.
    pub flips: Option<Flips>,
}

/// Bits that turn over, always the same ones for the same seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flips {
    /// Which ones.
    pub seed: u64,
    /// One byte in so many loses a bit, on the average; 0 counts as 1.
    pub one_in: u32,
}

/// One direction of a line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Direction {
    /// Bytes that have passed.
    passed: u64,
}

impl Direction {
    /// Does to `bytes`, the next ones to pass, what the line does; `speed` is that of the other end.
    pub(super) fn spoil(self, faults: &LineFaults, speed: Option<u32>, bytes: &mut [u8]) {
        let garbled = faults.speed.is_some() && faults.speed != speed;
        for (at, byte) in (self.passed..).zip(bytes.iter_mut()) {
            if garbled {
                // Bits sampled at the wrong times: never the byte itself, never plain text.
                *byte = !byte.rotate_left(3) | 0x80;
            }
            if let Some(flips) = faults.flips {
                let chance = mix(flips.seed.wrapping_add(at.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
                if (chance >> 32).is_multiple_of(u64::from(flips.one_in.max(1))) {
                    *byte ^= 1 << (chance % 8);
                }
            }
        }
    }

    /// So many bytes have passed.
    pub(super) fn pass(&mut self, count: usize) {
        self.passed = self.passed.wrapping_add(count as u64);
    }
}

/// The finalizer of SplitMix64 (Steele, Lea, Flood 2014).
const fn mix(seed: u64) -> u64 {
    let x = (seed ^ (seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLEAN: [u8; 4096] = [0x55; 4096];

    fn flipped(seed: u64, pieces: usize) -> Vec<u8> {
        let faults = LineFaults { speed: None, flips: Some(Flips { seed, one_in: 100 }) };
        let (mut direction, mut all) = (Direction::default(), CLEAN.to_vec());
        for piece in all.chunks_mut(pieces) {
            direction.spoil(&faults, None, piece);
            direction.pass(piece.len());
        }
        all
    }

    #[test]
    fn the_same_seed_turns_the_same_bits_however_the_bytes_are_cut() {
        let spoilt = flipped(7, 4096);
        assert_eq!(spoilt, flipped(7, 13));
        assert_ne!(spoilt, flipped(8, 13));
        let bits: u32 = spoilt.iter().zip(CLEAN).map(|(a, b)| (a ^ b).count_ones()).sum();
        assert!((20..80).contains(&bits), "{bits} of about 41");
    }

    #[test]
    fn only_the_right_speed_is_understood() {
        let faults = LineFaults { speed: Some(9600), flips: None };
        for (speed, clean) in [(Some(9600), true), (Some(115_200), false), (None, false)] {
            let mut bytes: Vec<u8> = (0..=255).collect();
            Direction::default().spoil(&faults, speed, &mut bytes);
            assert_eq!(bytes.iter().copied().eq(0..=255), clean, "{speed:?}");
            assert!(clean || !bytes.contains(&0x03));
        }
        let mut bytes = vec![1, 2, 3];
        Direction::default().spoil(&LineFaults::default(), Some(300), &mut bytes);
        assert_eq!(bytes, [1, 2, 3]);
    }
}
