//! The printer's life, event by event.

use std::vec::Vec;

use super::{PrintedLine, PrintedPaper, SimPrinter, Trigger, interpret::Op, wire::RealTime};
use crate::{printer::profile::DOTS_PER_MM, time::Instant};

/// Dots from the head to the cutter.
const CUT_DOTS: u32 = 120;
const MICROS_PER_SECOND: u64 = 1_000_000;

impl SimPrinter {
    /// Lets time pass up to `now`, event by event.
    pub(super) fn advance(&mut self, now: Instant) {
        let now = now.as_millis().saturating_mul(1000);
        self.fire_now();
        while let Some(at) = self.next_event().filter(|&at| at <= now) {
            self.clock = self.clock.max(at);
            self.event();
            self.tell_asb();
        }
        self.clock = self.clock.max(now);
    }

    pub(super) fn next_event(&self) -> Option<u64> {
        let arrival = self.wire.next_arrival(&self.config);
        let alone = [self.hot_until, self.booted_at, self.late_at].into_iter().flatten().min();
        let head = self.can_work().then(|| self.head_free.max(self.clock));
        [arrival, alone, head].into_iter().flatten().min()
    }

    fn can_work(&self) -> bool {
        !self.is_stopped() && (!self.ops.is_empty() || self.wire.has_data())
    }

    fn event(&mut self) {
        if self.hot_until.is_some_and(|at| at <= self.clock) {
            self.hot_until = None;
        } else if self.booted_at.is_some_and(|at| at <= self.clock) {
            self.booted_at = None;
            self.powered = true;
        } else if self.late_at.is_some_and(|at| at <= self.clock) {
            self.late_at = None;
            self.answer_late();
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
                super::remember(&mut self.processed, &[byte]);
                self.interpreter.push(byte, self.font.as_ref(), &mut self.ops);
                if !self.interpreter.has_lost_place() {
                    self.wire.find_place();
                }
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
            Op::ProcessId([a, b, c, d]) if self.config.process_ids && !self.mute_ids => {
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

    /// Lets the faults come that wait for nothing.
    fn fire_now(&mut self) {
        while let Some(at) = self.faults.iter().position(|(when, _)| *when == Trigger::Now) {
            let (_, fault) = self.faults.remove(at);
            self.apply(fault);
            self.tell_asb();
        }
    }

    /// Lets a fault come that waits for what is next; whether one came.
    fn fire(&mut self) -> bool {
        self.split_raster();
        let Some(op) = self.ops.front() else { return false };
        let (prints, rows) = (matches!(op, Op::Print(..)), op.raster_rows());
        let due = |trigger: &Trigger| match trigger {
            Trigger::Now => true,
            Trigger::AfterLines(lines) => prints && *lines == 0,
            Trigger::InRasterRow(left) => rows > 0 && *left == 0,
            Trigger::BeforeCut => matches!(op, Op::Cut(_)),
            Trigger::BeforeProof => matches!(op, Op::Fence | Op::ProcessId(_)),
        };
        if let Some(at) = self.faults.iter().position(|(trigger, _)| due(trigger)) {
            let (_, fault) = self.faults.remove(at);
            self.apply(fault);
            return true;
        }
        for (trigger, _) in &mut self.faults {
            match trigger {
                Trigger::AfterLines(lines) if prints => *lines = lines.saturating_sub(1),
                Trigger::InRasterRow(left) => *left = left.saturating_sub(rows),
                _ => {}
            }
        }
        false
    }

    /// Parts the image that is next at the row at which a fault waits.
    fn split_raster(&mut self) {
        let rows = self.ops.front().map_or(0, Op::raster_rows);
        let waits = self.faults.iter().filter_map(|(trigger, _)| match trigger {
            Trigger::InRasterRow(left) if (1..rows).contains(left) => Some(*left),
            _ => None,
        });
        let Some(row) = waits.min() else { return };
        let Some(Op::Print(mut rest, _)) = self.ops.pop_front() else { return };
        let top = rest.split_top(row);
        for bitmap in [rest, top] {
            let rows = bitmap.height();
            self.ops.push_front(Op::Print(bitmap, PrintedLine::Raster { rows }));
        }
    }
}
