//! What goes wrong with the printer and what a person does about it.

use super::{Fault, SimPrinter, Trigger, interpret::Op, wire};
use crate::{printer::profile::DOTS_PER_MM, time::Instant};

impl SimPrinter {
    /// Makes something go wrong now.
    pub fn fault(&mut self, now: Instant, fault: Fault) {
        self.advance(now);
        self.apply(fault);
        self.tell_asb();
    }

    /// Makes something go wrong later; each trigger fires once.
    pub fn fault_at(&mut self, trigger: Trigger, fault: Fault) {
        self.faults.push((trigger, fault));
    }

    /// Faults that have not come yet.
    pub const fn faults_waiting(&self) -> usize {
        self.faults.len()
    }

    /// Forgets what was to go wrong later.
    pub fn clear_faults(&mut self) {
        self.faults.clear();
    }

    /// Puts in a roll of `mm` millimetres.
    pub fn load_paper(&mut self, now: Instant, mm: u32) {
        self.change(now, |sim| sim.roll_dots = u64::from(mm) * u64::from(DOTS_PER_MM));
    }

    /// Closes the cover.
    pub fn close_cover(&mut self, now: Instant) {
        self.change(now, |sim| sim.cover_open = false);
    }

    /// Frees the cutter.
    pub fn free_cutter(&mut self, now: Instant) {
        self.change(now, |sim| sim.cutter_jam = false);
    }

    /// Lets the printer answer again.
    pub fn unmute(&mut self, now: Instant) {
        self.change(now, |sim| sim.mute = false);
    }

    /// Switches the printer on, with nothing in its memory; a printer with an unrecoverable fault is
    /// switched off before, one in order is left alone.
    pub fn power_on(&mut self, now: Instant) {
        self.change(now, |sim| {
            if sim.booted_at.is_some() || (sim.powered && !sim.unrecoverable) {
                return;
            }
            sim.lose_power();
            sim.booted_at = Some(sim.clock + sim.config.boot_ms * 1000);
        });
    }

    /// Says XON again after [`Fault::StuckXoff`]: what waits in the line comes through.
    pub fn release_flow(&mut self, now: Instant) {
        self.change(now, |sim| {
            if sim.wire.release(sim.clock) {
                sim.answer(&[wire::XON]);
            }
        });
    }

    /// Ends [`Fault::WrongBaud`].
    pub fn right_baud(&mut self, now: Instant) {
        self.change(now, |sim| sim.wrong_baud = false);
    }

    /// The host's line speed, where it is known; at another one than the printer's own, neither
    /// understands the other.
    pub fn set_host_baud(&mut self, now: Instant, baud: u32) {
        self.change(now, |sim| sim.host_baud = Some(baud));
    }

    /// Ends every fault that has an end; the roll is one of `roll_mm` millimetres.
    pub fn mend(&mut self, now: Instant, roll_mm: u32) {
        self.load_paper(now, roll_mm);
        self.close_cover(now);
        self.free_cutter(now);
        self.unmute(now);
        self.right_baud(now);
        self.release_flow(now);
        self.power_on(now);
        self.change(now, |sim| sim.mute_ids = false);
    }

    fn change(&mut self, now: Instant, with: impl FnOnce(&mut Self)) {
        self.advance(now);
        with(self);
        self.head_free = self.head_free.max(self.clock);
        self.tell_asb();
    }

    pub(super) fn apply(&mut self, fault: Fault) {
        match fault {
            Fault::PaperOut => self.roll_dots = 0,
            Fault::PaperOutInImage => {
                self.roll_dots = 0;
                if self.ops.front().is_some_and(Op::is_raster) {
                    self.ops.clear();
                    self.interpreter.lose_place();
                    self.wire.lose_place();
                }
            }
            Fault::PaperLow => {
                let near_end = u64::from(self.config.near_end_mm) * u64::from(DOTS_PER_MM);
                self.roll_dots = self.roll_dots.min(near_end);
            }
            Fault::CoverOpen => self.cover_open = true,
            Fault::HeadHot { ms } => self.hot_until = Some(self.clock + ms * 1000),
            Fault::CutterJam => self.cutter_jam = true,
            Fault::Unrecoverable => self.unrecoverable = true,
            Fault::Mute => self.mute = true,
            Fault::MuteIds => self.mute_ids = true,
            Fault::PowerOff => self.lose_power(),
            Fault::PowerDip { ms } => {
                self.lose_power();
                self.booted_at = Some(self.clock + ms * 1000);
            }
            Fault::StuckXoff => {
                self.wire.stick();
                self.answer(&[wire::XOFF]);
            }
            Fault::WrongBaud => self.wrong_baud = true,
            Fault::LateAnswers { ms } => self.late_ms = Some(ms),
            Fault::FlippedAnswers { bytes } => self.flips = bytes,
            Fault::LostBytes { bytes } => self.wire.lose(bytes),
            Fault::Noise(bytes) => self.answer(&bytes),
        }
    }

    fn lose_power(&mut self) {
        self.powered = false;
        self.forget();
        self.wire.cut();
        self.wire.release(self.clock);
        self.hot_until = None;
        self.booted_at = None;
        self.unrecoverable = false;
        self.asb_on = false;
    }
}
