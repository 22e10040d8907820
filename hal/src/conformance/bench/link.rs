//! The pipe between driver and device, and how the host at its end behaves.

use std::vec::Vec;

use crate::{
    conformance::random::Random,
    time::{Duration, Instant},
};

/// On a bad line one answer in so many has a flipped bit.
const FLIP_ONE_IN: usize = 3;
/// Pause between two flips: longer than a frame takes.
const FLIP_PAUSE: Duration = Duration::from_millis(200);

/// How the pipe and the host behave.
#[derive(Clone, Debug)]
pub(in crate::conformance) struct Link {
    /// Sizes of the pieces in which bytes reach the driver, round and round.
    pub(in crate::conformance) pieces: Vec<usize>,
    /// How many bytes a write takes, round and round.
    pub(in crate::conformance) writes: Vec<usize>,
    /// Bytes reach the device.
    pub(in crate::conformance) to_device: bool,
    /// Bytes reach the driver.
    pub(in crate::conformance) to_driver: bool,
    /// Whether the host polls events.
    pub(in crate::conformance) polls: bool,
    /// Whether the host handles timeouts that are not due.
    pub(in crate::conformance) early: bool,
    /// Flips a bit of some answers.
    pub(in crate::conformance) flips: Option<Random>,
    next_flip: Instant,
}

impl Default for Link {
    fn default() -> Self {
        Self {
            pieces: [usize::MAX].into(),
            writes: [usize::MAX].into(),
            to_device: true,
            to_driver: true,
            polls: true,
            early: false,
            flips: None,
            next_flip: Instant::from_millis(0),
        }
    }
}

impl Link {
    /// The bytes as they come out at the other end: one flipped bit at most in a while, as a
    /// checksum of one byte is made for.
    pub(super) fn carry(&mut self, now: Instant, bytes: &[u8]) -> Vec<u8> {
        let mut carried = bytes.to_vec();
        if let Some(random) = &mut self.flips
            && now >= self.next_flip
            && random.below(FLIP_ONE_IN) == 0
        {
            self.next_flip = now + FLIP_PAUSE;
            let at = random.below(carried.len());
            if let Some(byte) = carried.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        carried
    }
}
