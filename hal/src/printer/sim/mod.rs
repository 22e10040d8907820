//! A printer of bytes, time and virtual paper.
//!
//! It behaves as the real one: a receive buffer filled at line speed and emptied at head speed,
//! answers that wait while it is stopped, real-time requests that do not, and paper that ends. Each
//! cut piece is kept as dots and as text. All time is told; the same calls give the same paper.

mod config;
mod draw;
mod fault;
mod hands;
mod interpret;
mod paper;
mod run;
mod sense;
mod wire;

use std::{boxed::Box, collections::VecDeque, vec::Vec};

pub use config::SimConfig;
pub use fault::{FAULT_NAMES, Fault, Trigger, UnknownFault, parse_fault};
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
    mute_ids: bool,
    wrong_baud: bool,
    host_baud: Option<u32>,
    /// Answer bytes yet to be spoiled.
    flips: u32,
    /// After the next opening of the link, answers of an earlier life come so much later.
    late_ms: Option<u64>,
    late_at: Option<u64>,
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
            mute_ids: false,
            wrong_baud: false,
            host_baud: None,
            flips: 0,
            late_ms: None,
            late_at: None,
            powered: true,
            booted_at: None,
            linked: false,
            asb_on: false,
            asb_told: [0; 4],
            faults: Vec::new(),
            config,
        }
    }

    /// A printer to which `bytes` were sent at once, after it has done all that it can with them.
    pub fn fed(config: SimConfig, font: Box<dyn GlyphSource + Send>, bytes: &[u8]) -> Self {
        let mut printer = Self::new(config, font);
        let start = Instant::from_millis(0);
        printer.link_opened(start);
        printer.receive(start, bytes);
        while let Some(due) = printer.next_timeout() {
            printer.handle_timeout(due);
        }
        printer
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

    /// Requests that it saw and answered inside data.
    pub const fn phantoms(&self) -> u64 {
        self.wire.phantoms
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

    /// Drops both buffers and the line being built.
    fn forget(&mut self) {
        self.ops.clear();
        self.interpreter = Interpreter::new(u32::from(self.config.paper.dots()));
        let mut flow = Vec::new();
        self.wire.clear(self.clock, &mut flow);
        self.answer(&flow);
    }

    fn answer(&mut self, bytes: &[u8]) {
        if !(self.linked && self.powered) || self.mute {
            return;
        }
        let garbled = self.is_garbled();
        for &byte in bytes {
            let mut byte = if garbled { garble(byte) } else { byte };
            if self.flips > 0 {
                byte ^= 1 << (self.flips % 8);
                self.flips -= 1;
            }
            self.out.push(byte);
        }
    }

    fn is_garbled(&self) -> bool {
        self.wrong_baud || self.host_baud.is_some_and(|baud| baud != self.config.baud)
    }

    /// Answers to questions of an earlier life.
    fn answer_late(&mut self) {
        self.answer(&[0x12, 0x12, 0x12, 0x12]);
        self.answer(b"\x37\x22!!!!\0");
        self.answer(&[0, 0, 0, 0, 0x10, 0, 0, 0]);
    }
}

/// What becomes of a byte at the wrong line speed.
const fn garble(byte: u8) -> u8 {
    byte.reverse_bits() | 0x80
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
        self.late_at = self.late_ms.take().map(|ms| self.clock + ms * 1000);
    }

    fn link_lost(&mut self, now: Instant) {
        self.advance(now);
        self.linked = false;
        self.late_at = None;
        self.wire.cut();
        self.out.clear();
    }

    fn receive(&mut self, now: Instant, bytes: &[u8]) {
        self.advance(now);
        if self.linked {
            remember(&mut self.received, bytes);
        }
        if self.linked && self.powered && self.is_garbled() {
            let garbled: Vec<u8> = bytes.iter().map(|&byte| garble(byte)).collect();
            self.wire.send(&self.config, self.clock, &garbled);
        } else if self.linked && self.powered {
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
