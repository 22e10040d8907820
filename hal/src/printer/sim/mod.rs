//! A printer of bytes, time and virtual paper.
//!
//! It behaves as the real one: a receive buffer filled at line speed and emptied at head speed,
//! answers that wait while it is stopped, real-time requests that do not, and paper that ends. Each
//! cut piece is kept as dots and as text. All time is told; the same calls give the same paper.

mod config;
mod draw;
mod interpret;
mod paper;
mod run;
mod sense;
mod wire;

use std::{boxed::Box, collections::VecDeque, vec::Vec};

pub use config::{Fault, SimConfig, Trigger};
pub use paper::{Bitmap, GlyphSource, NoGlyphs, PrintedLine, PrintedPaper};

use interpret::{Interpreter, Op};
use wire::Wire;

use super::profile::DOTS_PER_MM;
use crate::{driver::Machine, time::Instant};

/// The simulated printer.
pub struct SimPrinter {
    config: SimConfig,
    font: Box<dyn GlyphSource + Send>,
    clock: u64,
    head_free: u64,
    wire: Wire,
    interpreter: Interpreter,
    ops: VecDeque<Op>,
    out: Vec<u8>,
    received: Vec<u8>,
    processed: Vec<u8>,
    present: PrintedPaper,
    papers: Vec<PrintedPaper>,
    roll_dots: u64,
    cover_open: bool,
    cutter_jam: bool,
    unrecoverable: bool,
    hot_until: Option<u64>,
    mute: bool,
    powered: bool,
    /// When a printer that was switched on is ready, in microseconds.
    booted_at: Option<u64>,
    linked: bool,
    asb_on: bool,
    asb_told: [u8; 4],
    faults: Vec<(Trigger, Fault)>,
}

impl core::fmt::Debug for SimPrinter {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        // What is on the paper may be personal.
        f.debug_struct("SimPrinter").field("papers", &self.papers.len()).finish_non_exhaustive()
    }
}

impl SimPrinter {
    /// A printer that is switched on, has paper, and draws with `font`.
    pub fn new(config: SimConfig, font: Box<dyn GlyphSource + Send>) -> Self {
        let dots = u32::from(config.paper.dots());
        Self {
            font,
            clock: 0,
            head_free: 0,
            wire: Wire::new(),
            interpreter: Interpreter::new(dots),
            ops: VecDeque::new(),
            out: Vec::new(),
            received: Vec::new(),
            processed: Vec::new(),
            present: PrintedPaper::new(dots),
            papers: Vec::new(),
            roll_dots: u64::from(config.roll_mm) * u64::from(DOTS_PER_MM),
            cover_open: false,
            cutter_jam: false,
            unrecoverable: false,
            hot_until: None,
            mute: false,
            powered: true,
            booted_at: None,
            linked: false,
            asb_on: false,
            asb_told: [0; 4],
            faults: Vec::new(),
            config,
        }
    }

    /// The pieces of paper that were cut off, oldest first.
    pub fn papers(&self) -> &[PrintedPaper] {
        &self.papers
    }

    /// The paper that is printed and not yet cut.
    pub const fn uncut(&self) -> &PrintedPaper {
        &self.present
    }

    /// Takes the cut pieces away, as a patron does.
    pub fn take_papers(&mut self) -> Vec<PrintedPaper> {
        core::mem::take(&mut self.papers)
    }

    /// Every byte that came over the link since the last [`take_received`](Self::take_received).
    pub fn received(&self) -> &[u8] {
        &self.received
    }

    /// Takes out the bytes that the printer has worked on: what came over the link without
    /// real-time requests and without what was lost.
    pub fn take_processed(&mut self) -> Vec<u8> {
        core::mem::take(&mut self.processed)
    }

    /// Takes the received bytes out.
    pub fn take_received(&mut self) -> Vec<u8> {
        core::mem::take(&mut self.received)
    }

    /// Bytes that came when the buffer was full.
    pub const fn lost_bytes(&self) -> u64 {
        self.wire.lost
    }

    /// Bytes in the receive buffer.
    pub fn buffered(&self) -> usize {
        self.wire.buffered()
    }

    /// Whether the printer does not print now: paper, cover, cutter, heat, fault or power.
    pub fn is_stopped(&self) -> bool {
        !self.powered
            || self.cover_open
            || self.cutter_jam
            || self.unrecoverable
            || self.hot_until.is_some()
            || self.roll_dots == 0
    }

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

    fn change(&mut self, now: Instant, with: impl FnOnce(&mut Self)) {
        self.advance(now);
        with(self);
        self.head_free = self.head_free.max(self.clock);
        self.tell_asb();
    }

    fn apply(&mut self, fault: Fault) {
        match fault {
            Fault::PaperOut => self.roll_dots = 0,
            Fault::CoverOpen => self.cover_open = true,
            Fault::HeadHot { ms } => self.hot_until = Some(self.clock + ms * 1000),
            Fault::CutterJam => self.cutter_jam = true,
            Fault::Unrecoverable => self.unrecoverable = true,
            Fault::Mute => self.mute = true,
            Fault::PowerOff => self.lose_power(),
            Fault::Noise(bytes) => self.answer(&bytes),
        }
    }

    fn lose_power(&mut self) {
        self.powered = false;
        self.forget();
        self.wire.cut();
        self.hot_until = None;
        self.booted_at = None;
        self.unrecoverable = false;
        self.asb_on = false;
    }

    /// Drops both buffers and the line being built.
    fn forget(&mut self) {
        self.ops.clear();
        self.interpreter = Interpreter::new(u32::from(self.config.paper.dots()));
        let mut flow = Vec::new();
        self.wire.clear(self.clock, &mut flow);
        self.answer(&flow);
    }

    fn answer(&mut self, bytes: &[u8]) {
        if self.linked && self.powered && !self.mute {
            self.out.extend_from_slice(bytes);
        }
    }
}

/// Bytes of the past that are kept for whoever asks.
const BYTES_KEPT_MAX: usize = 4 << 20;

/// Keeps `bytes`, and of those before no more than is useful.
fn remember(kept: &mut Vec<u8>, bytes: &[u8]) {
    if kept.len() > BYTES_KEPT_MAX {
        kept.drain(..BYTES_KEPT_MAX / 2);
    }
    kept.extend_from_slice(bytes);
}

impl Machine for SimPrinter {
    fn link_opened(&mut self, now: Instant) {
        self.advance(now);
        self.linked = true;
    }

    fn link_lost(&mut self, now: Instant) {
        self.advance(now);
        self.linked = false;
        self.wire.cut();
        self.out.clear();
    }

    fn receive(&mut self, now: Instant, bytes: &[u8]) {
        self.advance(now);
        if self.linked {
            remember(&mut self.received, bytes);
        }
        if self.linked && self.powered {
            self.wire.send(&self.config, self.clock, bytes);
        }
    }

    fn pending_output(&mut self, now: Instant) -> &[u8] {
        self.advance(now);
        &self.out
    }

    fn output_taken(&mut self, _now: Instant, count: usize) {
        self.out.drain(..count.min(self.out.len()));
    }

    fn next_timeout(&self) -> Option<Instant> {
        let at = self.next_event().filter(|_| self.linked)?;
        Some(Instant::from_millis(at.div_ceil(1000)))
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.advance(now);
    }
}
