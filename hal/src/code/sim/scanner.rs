//! The scanner's end of the line.

use std::{collections::VecDeque, vec::Vec};

use super::fault::ScannerFault;
use crate::{
    code::{
        driver::{TRIGGER_OFF, TRIGGER_ON},
        limits::{FRAME_BYTES_MAX, FRAME_SILENCE},
    },
    driver::Machine,
    outbox::Outbox,
    time::{Duration, Instant},
};

/// Bytes that come at a time, and the time that they take at 9600 baud.
const PIECE_BYTES: usize = 16;
const PIECE_TIME: Duration = Duration::from_millis(17);
/// How long a code takes to be seen.
const SEEING_TIME: Duration = Duration::from_millis(50);
/// Noise that comes before a scan, and is over before it.
const JUNK: [u8; 5] = [0x00, 0xFF, 0x80, 0x16, 0x07];

/// When the scanner's light is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Trigger {
    /// From a command to put it on until the next code, or a command to put it out.
    Commanded,
    /// Always.
    AlwaysOn,
}

/// What ends a scan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Terminator {
    /// CR.
    #[default]
    Cr,
    /// CR LF.
    CrLf,
    /// Silence.
    Nothing,
}

/// A simulated code scanner.
///
/// Deterministic: what it sends, and when, depends only on what it was told.
pub struct SimScanner {
    trigger: Trigger,
    terminator: Terminator,
    aim_prefix: bool,
    linked: bool,
    lit: bool,
    faults: VecDeque<ScannerFault>,
    input: Vec<u8>,
    outbox: Outbox,
}

impl SimScanner {
    /// A scanner that ends scans with CR and sends no prefix.
    pub fn new(trigger: Trigger) -> Self {
        Self {
            trigger,
            terminator: Terminator::Cr,
            aim_prefix: false,
            linked: false,
            lit: false,
            faults: VecDeque::new(),
            input: Vec::new(),
            outbox: Outbox::default(),
        }
    }

    /// When the light is on, from now on.
    pub fn set_trigger(&mut self, trigger: Trigger) {
        self.trigger = trigger;
    }

    /// What ends a scan from now on.
    pub fn set_terminator(&mut self, terminator: Terminator) {
        self.terminator = terminator;
    }

    /// Whether scans begin with `]Q1` from now on.
    pub fn set_aim_prefix(&mut self, on: bool) {
        self.aim_prefix = on;
    }

    /// Whether the light is on.
    pub fn is_lit(&self) -> bool {
        self.linked && (self.lit || self.trigger == Trigger::AlwaysOn)
    }

    /// Spoils the next scan.
    pub fn inject(&mut self, fault: ScannerFault) {
        self.faults.push_back(fault);
    }

    /// Forgets the faults that have not happened yet.
    pub fn clear_faults(&mut self) {
        self.faults.clear();
    }

    /// How many faults have not happened yet.
    pub fn faults_left(&self) -> usize {
        self.faults.len()
    }

    /// Holds a code before the scanner; whether it was seen, for which the light must be on.
    pub fn scan(&mut self, now: Instant, content: &str) -> bool {
        if !self.is_lit() {
            return false;
        }
        self.lit = false;
        let mut bytes = Vec::new();
        if self.aim_prefix {
            bytes.extend(b"]Q1");
        }
        bytes.extend(content.as_bytes());
        bytes.extend(match self.terminator {
            Terminator::Cr => &b"\r"[..],
            Terminator::CrLf => b"\r\n",
            Terminator::Nothing => b"",
        });
        self.send(now + SEEING_TIME, bytes);
        true
    }

    fn send(&mut self, at: Instant, mut bytes: Vec<u8>) {
        let mut at = at;
        match self.faults.pop_front() {
            Some(ScannerFault::JunkBeforeScan) => {
                self.outbox.schedule(at, JUNK);
                at = at + FRAME_SILENCE + FRAME_SILENCE;
            }
            Some(ScannerFault::HalfThenSilence) => bytes.truncate(bytes.len() / 2),
            Some(ScannerFault::TooLong) => {
                bytes = bytes.iter().cycle().take(2 * FRAME_BYTES_MAX).copied().collect();
                bytes.retain(|byte| !matches!(byte, b'\r' | b'\n'));
                bytes.push(b'\r');
            }
            Some(ScannerFault::FlipBit(bit)) if !bytes.is_empty() => {
                let bit = bit as usize % (bytes.len() * 8);
                if let Some(byte) = bytes.get_mut(bit / 8) {
                    *byte ^= 1 << (bit % 8);
                }
            }
            Some(ScannerFault::Late(delay)) => at = at + delay,
            Some(ScannerFault::FlipBit(_)) | None => {}
        }
        self.outbox.schedule_pieces(at, &bytes, PIECE_BYTES, PIECE_TIME);
    }
}

impl Machine for SimScanner {
    fn link_opened(&mut self, _now: Instant) {
        self.linked = true;
    }

    /// The host is gone: what was to be sent is lost.
    fn link_lost(&mut self, _now: Instant) {
        self.linked = false;
        self.lit = false;
        self.input.clear();
        self.outbox.clear();
    }

    fn receive(&mut self, _now: Instant, bytes: &[u8]) {
        if !self.linked {
            return;
        }
        for &byte in bytes {
            self.input.push(byte);
            if self.input.ends_with(&TRIGGER_ON) {
                self.lit = true;
            } else if self.input.ends_with(&TRIGGER_OFF) {
                self.lit = false;
            }
            let surplus = self.input.len().saturating_sub(TRIGGER_ON.len());
            self.input.drain(..surplus);
        }
    }

    fn pending_output(&mut self, now: Instant) -> &[u8] {
        self.outbox.pending(now)
    }

    fn output_taken(&mut self, _now: Instant, count: usize) {
        self.outbox.taken(count);
    }

    fn next_timeout(&self) -> Option<Instant> {
        self.outbox.next_due()
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.outbox.release(now);
    }
}
