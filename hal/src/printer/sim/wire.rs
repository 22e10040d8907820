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

const XOFF: u8 = 0x13;
const XON: u8 = 0x11;

/// A command that acts when it is received, not when it is interpreted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RealTime {
    /// Status `n`.
    Status(u8),
    /// Drop both buffers.
    Clear,
}

/// The serial line and the receive buffer.
#[derive(Debug)]
pub(super) struct Wire {
    line: VecDeque<u8>,
    buffer: VecDeque<u8>,
    /// When the next byte of the line is received, in microseconds.
    due: u64,
    xoff: bool,
    framer: Framer,
    request: Vec<u8>,
    tail: [u8; 2],
    pub(super) lost: u64,
}

impl Wire {
    pub(super) fn new() -> Self {
        Self {
            line: VecDeque::new(),
            buffer: VecDeque::new(),
            due: 0,
            xoff: false,
            framer: Framer::new(),
            request: Vec::new(),
            tail: [0; 2],
            lost: 0,
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
        let stopped = config.flow_control && self.xoff;
        (!self.line.is_empty() && !stopped).then_some(self.due)
    }

    /// Receives one byte; flow control goes to `out`.
    pub(super) fn arrive(&mut self, config: &SimConfig, out: &mut Vec<u8>) -> Option<RealTime> {
        let byte = self.line.pop_front()?;
        self.due += byte_time(config);
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

    fn sort(&mut self, config: &SimConfig, byte: u8) -> Option<RealTime> {
        if self.framer.in_payload() {
            let [a, b] = self.tail;
            self.tail = [b, byte];
            self.enter(config, byte);
            let phantom = config.phantoms && [a, b] == [0x10, 0x04] && matches!(byte, 1..=4);
            return phantom.then_some(RealTime::Status(byte));
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
