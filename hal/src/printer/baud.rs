//! Finding the line speed of a printer that does not answer at the configured one.
//!
//! The owner of the port does the re-opening: for each speed that [`BaudProbe::next`] names, it
//! opens the port, sends [`REQUEST`], hands what comes within [`ANSWER_TIME`] to
//! [`BaudProbe::hears`], and stops at the first `true`.

use crate::time::Duration;

/// Line speeds of receipt printers, the usual ones first, in bits a second.
pub const RATES: [u32; 6] = [115_200, 9600, 19_200, 38_400, 57_600, 4800];
/// The question at each speed, twice: one answer alone may be noise (`DLE EOT 1`).
pub const REQUEST: [u8; 6] = [0x10, 0x04, 1, 0x10, 0x04, 1];
/// Answers that [`REQUEST`] brings.
const ANSWERS: u8 = 2;
/// How long to wait for the answers after the request has left.
pub const ANSWER_TIME: Duration = Duration::from_millis(300);

/// Which speed to try next, and whether what comes is a printer's answer.
#[derive(Clone, Debug)]
pub struct BaudProbe {
    configured: u32,
    tried: usize,
    heard: u8,
    junk: bool,
}

impl BaudProbe {
    /// A probe that begins with the speed that is configured.
    pub const fn new(configured: u32) -> Self {
        Self { configured, tried: 0, heard: 0, junk: false }
    }

    /// Takes received bytes, in any pieces; whether the printer has answered at this speed: as many
    /// status bytes as were asked for and nothing else but flow control.
    pub fn hears(&mut self, bytes: &[u8]) -> bool {
        for &byte in bytes {
            match byte {
                0x11 | 0x13 => {}
                _ if byte & 0x93 == 0x12 => self.heard = self.heard.saturating_add(1),
                _ => self.junk = true,
            }
        }
        self.heard == ANSWERS && !self.junk
    }
}

impl Iterator for BaudProbe {
    type Item = u32;

    /// The next speed to try, each once; `None` when all were tried.
    fn next(&mut self) -> Option<u32> {
        self.heard = 0;
        self.junk = false;
        let others = RATES.into_iter().filter(|&rate| rate != self.configured);
        let rate = core::iter::once(self.configured).chain(others).nth(self.tried)?;
        self.tried += 1;
        Some(rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    #[test]
    fn every_speed_is_tried_once_the_configured_one_first() {
        let tried: Vec<u32> = BaudProbe::new(19_200).collect();
        assert_eq!(tried, [19_200, 115_200, 9600, 38_400, 57_600, 4800]);
        assert_eq!(BaudProbe::new(1200).count(), RATES.len() + 1);
    }

    #[test]
    fn only_the_answers_asked_for_and_nothing_else_are_believed() {
        let table: [(&[&[u8]], bool); 8] = [
            (&[&[0x12, 0x12]], true),
            (&[&[0x1A], &[0x11], &[0x1A]], true),
            (&[&[0x12]], false),
            (&[&[0x12, 0x12, 0x12]], false),
            (&[&[0x12, 0x12, 0x80]], false),
            (&[&[0xF8, 0x12, 0x12]], false),
            (&[&[0x00, 0x00]], false),
            (&[], false),
        ];
        for (pieces, believed) in table {
            let mut probe = BaudProbe::new(9600);
            probe.next();
            let last = pieces.iter().map(|piece| probe.hears(piece)).last();
            assert_eq!(last.unwrap_or(false), believed, "{pieces:02X?}");
        }
        let mut probe = BaudProbe::new(9600);
        probe.next();
        assert!(!probe.hears(&[0x80]));
        probe.next();
        assert!(probe.hears(&[0x12, 0x12]), "another speed begins anew");
    }
}
