//! What the printer says of itself.

use super::SimPrinter;
use crate::printer::profile::DOTS_PER_MM;

impl SimPrinter {
    fn near_end(&self) -> bool {
        self.roll_dots <= u64::from(self.config.near_end_mm) * u64::from(DOTS_PER_MM)
    }

    pub(super) fn real_time(&self, n: u8) -> u8 {
        let out = self.roll_dots == 0;
        let error = self.cutter_jam || self.unrecoverable || self.hot_until.is_some();
        let bits = match n {
            1 => bit(self.is_stopped(), 0x08),
            2 => bit(self.cover_open, 0x04) | bit(out, 0x20) | bit(error, 0x40),
            3 => {
                bit(self.cutter_jam, 0x08)
                    | bit(self.unrecoverable, 0x20)
                    | bit(self.hot_until.is_some(), 0x40)
            }
            _ => bit(self.near_end(), 0x0C) | bit(out, 0x60),
        };
        0x12 | bits
    }

    pub(super) fn roll_byte(&self) -> u8 {
        bit(self.near_end(), 0x03) | bit(self.roll_dots == 0, 0x0C)
    }

    fn asb(&self) -> [u8; 4] {
        let first = 0x10 | bit(self.is_stopped(), 0x08) | bit(self.cover_open, 0x20);
        let error = bit(self.cutter_jam, 0x08)
            | bit(self.unrecoverable, 0x20)
            | bit(self.hot_until.is_some(), 0x40);
        [first, error, self.roll_byte(), 0]
    }

    pub(super) fn tell_asb(&mut self) {
        let packet = self.asb();
        if self.asb_on && packet != self.asb_told {
            self.asb_told = packet;
            self.answer(&packet);
        }
    }
}

const fn bit(set: bool, mask: u8) -> u8 {
    if set { mask } else { 0 }
}
