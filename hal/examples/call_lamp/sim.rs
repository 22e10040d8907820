//! A simulated lamp, with what can go wrong.

use std::collections::VecDeque;

use gongji_hal::{
    driver::Machine,
    time::{Duration, Instant},
};

use super::protocol::{BULB_BROKEN, FRAME_BYTES, Frame, Parser, What};

/// How long the lamp takes to answer.
const LAMP_TIME: Duration = Duration::from_millis(20);

/// Something that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LampFault {
    /// It hears and does, but does not answer.
    Mute,
    /// The bulb is broken.
    Bulb,
    /// It is without power: it neither hears nor answers, and is dark.
    PowerOff,
    /// Its next answer has a wrong check byte.
    WrongCheck,
    /// Its next answer stops in the middle.
    HalfFrame,
}

/// Every fault.
pub const FAULTS: [LampFault; 5] = [
    LampFault::Mute,
    LampFault::Bulb,
    LampFault::PowerOff,
    LampFault::WrongCheck,
    LampFault::HalfFrame,
];

/// The lamp.
#[derive(Default)]
pub struct SimLamp {
    shown: u16,
    last_lit: u16,
    fault: Option<LampFault>,
    parser: Parser,
    linked: bool,
    scheduled: VecDeque<(Instant, Vec<u8>)>,
    output: Vec<u8>,
}

impl SimLamp {
    /// The number that was lit last; 0 when it was never.
    pub fn last_lit(&self) -> u16 {
        self.last_lit
    }

    /// Presses the button.
    pub fn press(&mut self, now: Instant) {
        let frame = Frame { number: 0, what: What::Button, is_answer: false, value: 0 };
        self.say(now, frame.encode().to_vec());
    }

    /// Makes something go wrong.
    pub fn fail(&mut self, fault: LampFault) {
        if fault == LampFault::PowerOff {
            self.shown = 0;
            self.output.clear();
            self.scheduled.clear();
        }
        self.fault = Some(fault);
    }

    /// Puts everything right.
    pub fn mend(&mut self) {
        self.fault = None;
    }

    fn say(&mut self, at: Instant, mut bytes: Vec<u8>) {
        match self.fault {
            Some(LampFault::Mute | LampFault::PowerOff) => return,
            Some(LampFault::WrongCheck) => {
                self.fault = None;
                bytes.iter_mut().skip(FRAME_BYTES - 1).for_each(|check| *check ^= 0x10);
            }
            Some(LampFault::HalfFrame) => {
                self.fault = None;
                bytes.truncate(FRAME_BYTES / 2);
            }
            Some(LampFault::Bulb) | None => {}
        }
        if self.linked {
            self.scheduled.push_back((at, bytes));
        }
    }

    fn heard(&mut self, now: Instant, question: Frame) {
        if question.is_answer || self.fault == Some(LampFault::PowerOff) {
            return;
        }
        if question.what == What::Show {
            self.shown = question.value;
        }
        let is_broken = self.fault == Some(LampFault::Bulb);
        if !is_broken {
            self.last_lit = self.shown;
        }
        let value = self.shown | if is_broken { BULB_BROKEN } else { 0 };
        let answer = Frame { is_answer: true, value, ..question };
        self.say(now + LAMP_TIME, answer.encode().to_vec());
    }
}

impl Machine for SimLamp {
    fn link_opened(&mut self, _now: Instant) {
        self.linked = true;
    }

    fn link_lost(&mut self, _now: Instant) {
        self.linked = false;
        self.scheduled.clear();
        self.output.clear();
    }

    fn receive(&mut self, now: Instant, bytes: &[u8]) {
        for &byte in bytes {
            if let Some(frame) = self.parser.push(byte) {
                self.heard(now, frame);
            }
        }
    }

    fn pending_output(&mut self, now: Instant) -> &[u8] {
        while self.scheduled.front().is_some_and(|(at, _)| *at <= now) {
            let due = self.scheduled.pop_front();
            self.output.extend(due.into_iter().flat_map(|(_, bytes)| bytes));
        }
        &self.output
    }

    fn output_taken(&mut self, _now: Instant, count: usize) {
        self.output.drain(..count.min(self.output.len()));
    }

    fn next_timeout(&self) -> Option<Instant> {
        self.scheduled.front().map(|(at, _)| *at)
    }

    fn handle_timeout(&mut self, _now: Instant) {}
}
