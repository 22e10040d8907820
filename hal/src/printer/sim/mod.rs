//! A printer of bytes, time and virtual paper.
//!
//! It behaves as the real one: a receive buffer filled at line speed and emptied at head speed,
//! answers that wait while it is stopped, real-time requests that do not, and paper that ends. Each
//! cut piece is kept as dots and as text. All time is told; the same calls give the same paper.

mod config;
mod interpret;
mod paper;
mod wire;

use std::{boxed::Box, collections::VecDeque, vec::Vec};

pub use config::{Fault, SimConfig, Trigger};
pub use paper::{Bitmap, GlyphSource, NoGlyphs, PrintedLine, PrintedPaper};

use interpret::{Interpreter, Op};
use wire::{RealTime, Wire};

use super::profile::DOTS_PER_MM;
use crate::{driver::Machine, time::Instant};

/// Dots from the head to the cutter.
const CUT_DOTS: u32 = 120;
/// Rows that the head prints at a time when nothing else bounds them, for time.
const MICROS_PER_SECOND: u64 = 1_000_000;

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
    present: PrintedPaper,
    papers: Vec<PrintedPaper>,
    roll_dots: u64,
    cover_open: bool,
    cutter_jam: bool,
    unrecoverable: bool,
    hot_until: Option<u64>,
    mute: bool,
    powered: bool,
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
            present: PrintedPaper::new(dots),
            papers: Vec::new(),
            roll_dots: u64::from(config.roll_mm) * u64::from(DOTS_PER_MM),
            cover_open: false,
            cutter_jam: false,
            unrecoverable: false,
            hot_until: None,
            mute: false,
            powered: true,
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

    /// Switches the printer on, with nothing in its memory.
    pub fn power_on(&mut self, now: Instant) {
        self.change(now, |sim| {
            sim.powered = true;
            sim.unrecoverable = false;
            sim.asb_on = false;
            sim.head_free = sim.clock;
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
            Fault::PowerOff => {
                self.powered = false;
                self.forget();
                self.wire.cut();
                self.hot_until = None;
            }
            Fault::Noise(bytes) => self.answer(&bytes),
        }
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

    /// Lets time pass up to `now`, event by event.
    fn advance(&mut self, now: Instant) {
        let now = now.as_millis().saturating_mul(1000);
        while let Some(at) = self.next_event().filter(|&at| at <= now) {
            self.clock = self.clock.max(at);
            self.event();
            self.tell_asb();
        }
        self.clock = self.clock.max(now);
    }

    fn next_event(&self) -> Option<u64> {
        let arrival = self.wire.next_arrival(&self.config);
        let cooled = self.hot_until;
        let head = self.can_work().then(|| self.head_free.max(self.clock));
        [arrival, cooled, head].into_iter().flatten().min()
    }

    fn can_work(&self) -> bool {
        !self.is_stopped() && (!self.ops.is_empty() || self.wire.has_data())
    }

    fn event(&mut self) {
        if self.hot_until.is_some_and(|at| at <= self.clock) {
            self.hot_until = None;
        } else if self.wire.next_arrival(&self.config).is_some_and(|at| at <= self.clock) {
            let mut flow = Vec::new();
            let request = self.wire.arrive(&self.config, &mut flow);
            self.answer(&flow);
            match request {
                Some(RealTime::Status(n)) => self.answer(&[self.real_time(n)]),
                Some(RealTime::Clear) => {
                    self.forget();
                    self.answer(&[0x37, 0x25, 0x00]);
                }
                None => {}
            }
        } else if !self.ops.is_empty() {
            self.work();
        } else {
            let mut flow = Vec::new();
            let byte = self.wire.take(&self.config, self.clock, &mut flow);
            self.answer(&flow);
            if let Some(byte) = byte {
                self.interpreter.push(byte, self.font.as_ref(), &mut self.ops);
            }
        }
    }

    /// Does the next thing, unless a fault comes first.
    fn work(&mut self) {
        if self.fire() {
            return;
        }
        let Some(op) = self.ops.front() else { return };
        let dots = match op {
            Op::Print(bitmap, _) => bitmap.height(),
            Op::Feed(dots) => *dots,
            Op::Cut(dots) => CUT_DOTS + dots,
            _ => 0,
        };
        if u64::from(dots) > self.roll_dots {
            self.roll_dots = 0;
            return;
        }
        let Some(op) = self.ops.pop_front() else { return };
        self.roll_dots -= u64::from(dots);
        let speed = u64::from(self.config.speed_mm_s.max(1)) * u64::from(DOTS_PER_MM);
        self.head_free =
            self.head_free.max(self.clock) + u64::from(dots) * MICROS_PER_SECOND / speed;
        match op {
            Op::Print(bitmap, line) => self.present.print(&bitmap, line),
            Op::Feed(dots) => self.present.feed(dots),
            Op::Cut(dots) => {
                self.present.feed(dots);
                let next = PrintedPaper::new(u32::from(self.config.paper.dots()));
                self.papers.push(core::mem::replace(&mut self.present, next));
            }
            Op::ProcessId([a, b, c, d]) if self.config.process_ids => {
                self.answer(&[0x37, 0x22, a, b, c, d, 0x00]);
            }
            Op::ProcessId(_) => {}
            Op::Fence => self.answer(&[self.roll_byte()]),
            Op::Asb(on) if self.config.asb => {
                self.asb_on = on;
                self.asb_told = if on { [0; 4] } else { self.asb_told };
            }
            Op::Asb(_) => {}
            Op::Name => self.answer(b"_GONGJI\0"),
        }
    }

    /// Lets a fault come that waits for what is next; whether one came.
    fn fire(&mut self) -> bool {
        let Some(op) = self.ops.front() else { return false };
        let prints = matches!(op, Op::Print(..));
        let due = |trigger: &Trigger| match trigger {
            Trigger::AfterLines(lines) => prints && *lines == 0,
            Trigger::BeforeCut => matches!(op, Op::Cut(_)),
            Trigger::BeforeProof => matches!(op, Op::Fence | Op::ProcessId(_)),
        };
        if let Some(at) = self.faults.iter().position(|(trigger, _)| due(trigger)) {
            let (_, fault) = self.faults.remove(at);
            self.apply(fault);
            return true;
        }
        for (trigger, _) in &mut self.faults {
            if let Trigger::AfterLines(lines) = trigger
                && prints
            {
                *lines = lines.saturating_sub(1);
            }
        }
        false
    }

    fn near_end(&self) -> bool {
        self.roll_dots <= u64::from(self.config.near_end_mm) * u64::from(DOTS_PER_MM)
    }

    fn real_time(&self, n: u8) -> u8 {
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

    fn roll_byte(&self) -> u8 {
        bit(self.near_end(), 0x03) | bit(self.roll_dots == 0, 0x0C)
    }

    fn asb(&self) -> [u8; 4] {
        let first = 0x10 | bit(self.is_stopped(), 0x08) | bit(self.cover_open, 0x20);
        let error = bit(self.cutter_jam, 0x08)
            | bit(self.unrecoverable, 0x20)
            | bit(self.hot_until.is_some(), 0x40);
        [first, error, self.roll_byte(), 0]
    }

    fn tell_asb(&mut self) {
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
            self.received.extend_from_slice(bytes);
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
