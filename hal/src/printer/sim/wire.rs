//! What happens to a byte between the line and the interpreter.

use std::{collections::VecDeque, vec::Vec};

use super::SimConfig;
use crate::printer::framing::Framer;

/// XOFF is sent when fewer bytes than this are free, XON when more than [`XON_FREE`] are.
const XOFF_FREE: usize = 256;
const XON_FREE: usize = 1024;
/// Bytes that wait at the sending side at most; more are lost.
const LINE_BYTES: usize = 1 << 16;
const MICROS_PER_BYTE_BAUD: u64 = 10_000_000;

pub(super) const XOFF: u8 = 0x13;
pub(super) const XON: u8 = 0x11;

/// A command that acts when it is received, not when it is interpreted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RealTime {
    /// Status `n`.
    Status(u8),
    /// Drop both buffers.
    Clear,
}

/// A printer that takes all for dots finds its place again after `ESC @` or so many zero bytes.
const LOST_PLACE_NULS: u32 = 8192;

/// How near a printer that takes all for dots is to finding its place again.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LostPlace {
    nuls: u32,
    last: u8,
}

impl LostPlace {
    /// Takes a byte; whether the next one is a command's again.
    pub(super) const fn finds(&mut self, byte: u8) -> bool {
        self.nuls = if byte == 0 { self.nuls + 1 } else { 0 };
        let init = self.last == 0x1B && byte == 0x40;
        self.last = byte;
        init || self.nuls >= LOST_PLACE_NULS
    }
}

/// The serial line and the receive buffer.
#[derive(Debug)]
pub(super) struct Wire {
    line: VecDeque<u8>,
    buffer: VecDeque<u8>,
    /// When the next byte of the line is received, in microseconds.
    due: u64,
    xoff: bool,
    /// XOFF was said and XON never will be.
    stuck: bool,
    lost_place: Option<LostPlace>,
    /// Bytes of the line yet to be lost.
    losing: u32,
    framer: Framer,
    request: Vec<u8>,
    tail: [u8; 2],
    pub(super) lost: u64,
    /// Requests seen inside data.
    pub(super) phantoms: u64,
}

impl Wire {
    pub(super) fn new() -> Self {
        Self {
            line: VecDeque::new(),
            buffer: VecDeque::new(),
            due: 0,
            xoff: false,
            stuck: false,
            lost_place: None,
            losing: 0,
            framer: Framer::new(),
            request: Vec::new(),
            tail: [0; 2],
            lost: 0,
            phantoms: 0,
        }
    }

    /// Bytes come onto the line.
    pub(super) fn send(&mut self, config: &SimConfig, now: u64, bytes: &[u8]) {
        if self.line.is_empty() {
            self.due = self.due.max(now) + byte_time(config);
        }
        let room = LINE_BYTES.saturating_sub(self.line.len());
        self.line.extend(bytes.iter().take(room));
        self.lost += bytes.len().saturating_sub(room) as u64;
    }

    /// When the next byte arrives, if any may.
    pub(super) fn next_arrival(&self, config: &SimConfig) -> Option<u64> {
        let stopped = self.stuck || (config.flow_control && self.xoff);
        (!self.line.is_empty() && !stopped).then_some(self.due)
    }

    /// Receives one byte; flow control goes to `out`.
    pub(super) fn arrive(&mut self, config: &SimConfig, out: &mut Vec<u8>) -> Option<RealTime> {
        let byte = self.line.pop_front()?;
        self.due += byte_time(config);
        if self.losing > 0 {
            self.losing -= 1;
            self.lost += 1;
            return None;
        }
        let request = self.sort(config, byte);
        let free = config.buffer_bytes.saturating_sub(self.buffer.len());
        if config.flow_control && !self.xoff && free < XOFF_FREE.min(config.buffer_bytes / 2) {
            self.xoff = true;
            out.push(XOFF);
        }
        request
    }

    /// The interpreter takes one byte.
    pub(super) fn take(&mut self, config: &SimConfig, now: u64, out: &mut Vec<u8>) -> Option<u8> {
        let byte = self.buffer.pop_front()?;
        let free = config.buffer_bytes.saturating_sub(self.buffer.len());
        if self.xoff && free > XON_FREE.min(config.buffer_bytes * 3 / 4) {
            self.xoff = false;
            self.due = self.due.max(now + byte_time(config));
            out.push(XON);
        }
        Some(byte)
    }

    pub(super) fn has_data(&self) -> bool {
        !self.buffer.is_empty()
    }

    pub(super) fn buffered(&self) -> usize {
        self.buffer.len()
    }

    /// Drops the receive buffer and says XON if that was off.
    pub(super) fn clear(&mut self, now: u64, out: &mut Vec<u8>) {
        self.buffer.clear();
        self.lost_place = None;
        self.framer = Framer::new();
        self.request.clear();
        if core::mem::take(&mut self.xoff) {
            self.due = self.due.max(now);
            out.push(XON);
        }
    }

    /// Bytes on the line are gone.
    pub(super) fn cut(&mut self) {
        self.line.clear();
    }

    /// The next bytes of the line are lost.
    pub(super) const fn lose(&mut self, bytes: u32) {
        self.losing = bytes;
    }

    /// Nothing more comes through.
    pub(super) const fn stick(&mut self) {
        self.stuck = true;
    }

    /// Bytes come through again; whether they did not.
    pub(super) fn release(&mut self, now: u64) -> bool {
        self.due = self.due.max(now);
        core::mem::take(&mut self.stuck)
    }

    /// All that comes is taken for dots.
    pub(super) fn lose_place(&mut self) {
        self.lost_place = Some(LostPlace::default());
    }

    pub(super) fn find_place(&mut self) {
        if self.lost_place.take().is_some() {
            self.framer = Framer::new();
            self.request.clear();
        }
    }

    /// A real-time request that is seen inside dots, which most printers do.
    fn phantom(&mut self, config: &SimConfig, byte: u8) -> Option<RealTime> {
        let [a, b] = self.tail;
        self.tail = [b, byte];
        let phantom = config.phantoms && [a, b] == [0x10, 0x04] && matches!(byte, 1..=4);
        self.phantoms += u64::from(phantom);
        phantom.then_some(RealTime::Status(byte))
    }

    fn sort(&mut self, config: &SimConfig, byte: u8) -> Option<RealTime> {
        if let Some(lost) = &mut self.lost_place {
            let found = lost.finds(byte);
            let phantom = self.phantom(config, byte);
            self.enter(config, byte);
            if found {
                self.find_place();
            }
            return phantom;
        }
        if self.framer.in_payload() {
            self.enter(config, byte);
            return self.phantom(config, byte);
        }
        self.tail = [0; 2];
        if self.request.is_empty() && !(byte == 0x10 && self.framer.at_boundary()) {
            self.enter(config, byte);
            return None;
        }
        self.request.push(byte);
        const CLEAR: [u8; 10] = [0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8];
        let found = match *self.request.as_slice() {
            [0x10] | [0x10, 0x04] => return None,
            [0x10, 0x04, n @ 1..=4] => Some(RealTime::Status(n)),
            ref bytes if config.real_time_clear && CLEAR == *bytes => Some(RealTime::Clear),
            ref bytes if config.real_time_clear && CLEAR.starts_with(bytes) => return None,
            _ => None,
        };
        let request = core::mem::take(&mut self.request);
        if found.is_none() {
            for byte in request {
                self.enter(config, byte);
            }
        }
        found
    }

    fn enter(&mut self, config: &SimConfig, byte: u8) {
        if self.buffer.len() >= config.buffer_bytes {
            self.lost += 1;
            return;
        }
        self.framer.push(byte);
        self.buffer.push_back(byte);
    }
}

fn byte_time(config: &SimConfig) -> u64 {
    MICROS_PER_BYTE_BAUD / u64::from(config.baud.max(1))
}
