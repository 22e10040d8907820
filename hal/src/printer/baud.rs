//! Finding the line speed of a device that does not answer at the configured one.
//!
//! The owner of the port does the re-opening: for each speed of [`others`] it opens the port, sends
//! [`REQUEST`], hands what comes within [`ANSWER_TIME`] to a new [`BaudProbe`], and stops at the first
//! `true`. A printer is asked with nothing but this: at another speed it would print all the rest.

use crate::time::Duration;

/// Line speeds that printers, readers and scanners have, the usual ones first, in bits a second.
pub const RATES: [u32; 6] = [115_200, 9600, 19_200, 38_400, 57_600, 230_400];
/// The question at each speed, twice: one answer alone may be noise (`DLE EOT 1`).
pub const REQUEST: [u8; 6] = [0x10, 0x04, 1, 0x10, 0x04, 1];
/// Answers that [`REQUEST`] brings.
const ANSWERS: u8 = 2;
/// How long to wait for the answers after the request has left: longer than a status round waits, for
/// what is missed here is not asked again.
pub const ANSWER_TIME: Duration = Duration::from_millis(600);

/// The speeds to try when a device is silent at the `configured` one, in bits a second, each once.
pub fn others(configured: u32) -> impl Iterator<Item = u32> {
    RATES.into_iter().filter(move |&rate| rate != configured)
}

/// Whether what comes at one speed is a printer's answer to [`REQUEST`].
#[derive(Clone, Debug, Default)]
pub struct BaudProbe {
    heard: u8,
    junk: bool,
}

impl BaudProbe {
    /// A probe that has heard nothing.
    pub const fn new() -> Self {
        Self { heard: 0, junk: false }
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    #[test]
    fn every_other_speed_is_tried_once_the_usual_ones_first() {
        let tried: Vec<u32> = others(19_200).collect();
        assert_eq!(tried, [115_200, 9600, 38_400, 57_600, 230_400]);
        assert_eq!(others(1200).count(), RATES.len());
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
            let mut probe = BaudProbe::new();
            let last = pieces.iter().map(|piece| probe.hears(piece)).last();
            assert_eq!(last.unwrap_or(false), believed, "{pieces:02X?}");
        }
    }
}
