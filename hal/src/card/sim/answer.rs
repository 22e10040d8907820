//! What the simulated reader answers, and how it is spoilt.

use std::{vec, vec::Vec};

use super::{fault::CardFault, kind::ReaderKind, reader::SimReader, t1_fault::T1Fault};
use crate::{
    card::{
        frame::lrc,
        limits::HEADER_BYTES,
        message::{ERROR_MUTE, ERROR_POWER_SELECT, ERROR_SLOT, ERROR_UNSUPPORTED},
    },
    time::{Duration, Instant},
};

/// How long the reader itself takes.
const READER_TIME: Duration = Duration::from_millis(2);
/// How long a card takes for a command or for its answer to reset.
pub(super) const CARD_TIME: Duration = Duration::from_millis(20);
/// After how long the reader calls a card mute.
const MUTE_TIME: Duration = Duration::from_secs(1);
/// How often the reader asks for time.
const ASK_INTERVAL: Duration = Duration::from_millis(400);
/// Error byte for a wrong length: the offset of the field.
pub(super) const ERROR_LENGTH: u8 = 0x01;
/// Bytes of an Escape that are sent back at most.
const ESCAPE_ECHO_MAX: usize = 20;
/// How long before the answer junk comes.
const JUNK_LEAD: Duration = Duration::from_millis(30);
/// Junk with the beginnings of everything that has a meaning in it.
const JUNK: [u8; 9] = [0x00, 0x03, 0x50, 0x03, 0x15, 0x42, 0x03, 0x06, 0x33];

/// An answer before it is framed.
pub(super) struct Draft {
    pub(super) kind: u8,
    pub(super) error: Option<u8>,
    pub(super) data: Vec<u8>,
    pub(super) time: Duration,
}

impl SimReader {
    /// Carries out a command whose LRC was right.
    pub(super) fn command(&mut self, now: Instant, message: &[u8]) {
        let Some((&[kind, _, _, _, _, slot, seq, power, ..], data)) =
            message.split_first_chunk::<HEADER_BYTES>()
        else {
            return;
        };
        *self.counts.entry(kind).or_default() += 1;
        let fault = self.faults.take(kind);
        match fault {
            Some(CardFault::DropAnswers(_)) => return,
            Some(CardFault::Nak(_)) => return self.nak(now),
            _ => {}
        }
        if self.kind.echoes() {
            self.outbox.schedule(now, echo(message));
        }
        if matches!(fault, Some(CardFault::Pull | CardFault::Swap(_))) {
            self.remove(now);
        }
        let t1_fault = match fault {
            Some(CardFault::T1(fault)) => Some(fault),
            _ => None,
        };
        let mut draft = match slot {
            0 => self.answer(kind, power, data, t1_fault),
            _ if slot < self.kind.slots() => empty_slot(kind),
            _ => failed(0x81, ERROR_SLOT),
        };
        if let Some(CardFault::Swap(card)) = &fault {
            self.insert(now, (**card).clone());
        }
        match fault {
            Some(CardFault::Mute) => draft = mute(draft.kind),
            Some(CardFault::CardError(error)) => draft = failed(draft.kind, error),
            _ => {}
        }
        let used = self.slot.as_ref().filter(|_| slot == 0);
        let status = used.map_or(2, |slot| u8::from(!slot.powered));
        self.send(now, &draft, fault, [slot, seq, status]);
    }

    /// Says that a frame was not understood.
    pub(super) fn nak(&mut self, now: Instant) {
        self.outbox.schedule(now + READER_TIME, [0x03, 0x15, 0x16]);
    }

    /// Frames an answer, spoils it if asked, and schedules it.
    fn send(&mut self, now: Instant, draft: &Draft, fault: Option<CardFault>, id: [u8; 3]) {
        let [slot, seq, icc] = id;
        let status = icc | if draft.error.is_some() { 0x40 } else { 0x00 };
        let length = u32::try_from(draft.data.len()).unwrap_or(0).to_le_bytes();
        let mut message = vec![draft.kind];
        message.extend(length);
        message.extend([slot, seq, status, draft.error.unwrap_or(0), 0]);
        message.extend(&draft.data);
        let mut frame = framed(&message);
        let mut at = now + draft.time;
        match fault {
            Some(CardFault::WrongLrc(_)) => {
                if let Some(last) = frame.last_mut() {
                    *last ^= 0x5A;
                }
            }
            Some(CardFault::HalfFrameThenSilence) => frame.truncate(frame.len() / 2),
            Some(CardFault::JunkBeforeFrame) => {
                self.outbox.schedule(at, JUNK);
                at = at + JUNK_LEAD;
            }
            Some(CardFault::OtherSlot) => {
                self.outbox.schedule(at, framed(&[draft.kind, 0, 0, 0, 0, slot + 1, seq, 2, 0, 0]));
            }
            Some(CardFault::Late(delay)) => at = at + delay,
            Some(CardFault::AskTime(count)) => {
                for _ in 0..count {
                    at = at + ASK_INTERVAL;
                    self.outbox.schedule(at, [0x82]);
                }
            }
            Some(CardFault::AskTimeFramed(count)) => {
                let wait = framed(&[draft.kind, 0, 0, 0, 0, slot, seq, icc | 0x80, 1, 0]);
                for _ in 0..count {
                    at = at + ASK_INTERVAL;
                    self.outbox.schedule(at, wait.clone());
                }
            }
            _ => {}
        }
        self.outbox.schedule(at, frame);
    }

    fn answer(&mut self, kind: u8, specific: u8, data: &[u8], fault: Option<T1Fault>) -> Draft {
        match (kind, data) {
            (0x65, []) => done(0x81, &[]),
            (0x63, []) => {
                if let Some(slot) = &mut self.slot {
                    slot.powered = false;
                }
                done(0x81, &[])
            }
            (0x62, []) if !(0x01..=0x03).contains(&specific) => failed(0x80, ERROR_POWER_SELECT),
            (0x62, []) => self.power_on(specific),
            (0x61, data) => self.set_parameters(specific, data),
            (0x6F, block) => self.transfer(block, fault),
            (0x6B, data) => self.escape(data),
            (0x62 | 0x63 | 0x65, _) => failed(0x81, ERROR_LENGTH),
            _ => failed(0x81, ERROR_UNSUPPORTED),
        }
    }

    /// The reader's own commands, as far as `libccidtwin` sends them.
    fn escape(&mut self, data: &[u8]) -> Draft {
        match (self.kind, data) {
            // What it asks is not known; only that it is answered.
            (ReaderKind::Sec1210, [0x06]) => done(0x83, &[0x00]),
            (ReaderKind::Sec1210, _) => failed(0x83, ERROR_UNSUPPORTED),
            (kind, [0x02]) => {
                kind.firmware().map_or(failed(0x83, ERROR_UNSUPPORTED), |text| done(0x83, text))
            }
            (_, [0x01, 0x01, on]) => {
                self.events_on = *on != 0;
                done(0x83, &[])
            }
            // To 115200 baud; texts for the display.
            (ReaderKind::GemCoreSimPro2, [0x01, 0x10, 0x20])
            | (ReaderKind::GemPcPinPad, [0xB2, 0xA0, ..]) => done(0x83, &[]),
            _ => failed(0x83, ERROR_UNSUPPORTED),
        }
    }

    fn power_on(&mut self, power: u8) -> Draft {
        let Some(slot) = &mut self.slot else {
            return failed(0x80, ERROR_MUTE);
        };
        let atr = slot.card.reset(power);
        slot.powered = atr.is_some();
        slot.parameters = None;
        match atr {
            Some(atr) => Draft { time: CARD_TIME, ..done(0x80, &atr) },
            None => mute(0x80),
        }
    }
}

pub(super) fn done(kind: u8, data: &[u8]) -> Draft {
    Draft { kind, error: None, data: data.to_vec(), time: READER_TIME }
}

pub(super) fn failed(kind: u8, error: u8) -> Draft {
    Draft { kind, error: Some(error), data: Vec::new(), time: READER_TIME }
}

/// What a slot answers that never holds a card.
fn empty_slot(kind: u8) -> Draft {
    match kind {
        0x63 | 0x65 => done(0x81, &[]),
        0x61 => failed(0x82, ERROR_MUTE),
        0x62 | 0x6F => failed(0x80, ERROR_MUTE),
        _ => failed(0x81, ERROR_UNSUPPORTED),
    }
}

pub(super) fn mute(kind: u8) -> Draft {
    Draft { time: MUTE_TIME, ..failed(kind, ERROR_MUTE) }
}

/// A command as it is sent back.
///
/// Of a long Escape, such as the texts for a PinPad's display, only the header: `libccid` 1.5.2 has
/// room for its own answer there, and gives the reader up when more comes. How a real PinPad
/// passes that is not known.
fn echo(message: &[u8]) -> Vec<u8> {
    match message.split_first_chunk::<HEADER_BYTES>() {
        Some((&[0x6B, _, _, _, _, rest @ ..], data)) if data.len() > ESCAPE_ECHO_MAX => {
            framed(&[&[0x6B, 0, 0, 0, 0], &rest[..]].concat())
        }
        _ => framed(message),
    }
}

fn framed(message: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x03, 0x06];
    frame.extend(message);
    frame.push(lrc(&frame));
    frame
}
