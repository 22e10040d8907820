//! The lamp as the host sees it.

use gongji_hal::{
    driver::{DeviceState, Driver, Machine},
    time::{Duration, Instant},
};

use super::protocol::{BULB_BROKEN, FRAME_BYTES, Frame, NUMBER_MAX, Parser, What};

/// Time for an answer.
pub const ANSWER_TIME: Duration = Duration::from_millis(200);
/// How often a question is sent before the lamp counts as silent.
pub const ATTEMPTS_MAX: u8 = 3;
/// Pause between two questions while nothing is wanted.
pub const HEARTBEAT: Duration = Duration::from_secs(1);
/// The longest that a call can take: a heartbeat's question may be under way before it.
pub const CALL_LIMIT: Duration =
    Duration::from_millis(2 * ATTEMPTS_MAX as u64 * ANSWER_TIME.as_millis());

/// What the host may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call(pub u16);

/// What the lamp tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LampEvent {
    /// The device's state changed.
    State(DeviceState),
    /// The end of a [`Call`]: the number that is lit now.
    Called(Result<u16, LampError>),
    /// Somebody pressed the button under the lamp.
    Pressed,
}

/// Why a number is not lit, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LampError {
    /// The link was lost.
    LinkLost,
    /// The lamp does not answer.
    NotAnswering,
    /// The bulb is broken.
    Bulb,
}

/// Why a call was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LampRefusal {
    /// No lamp answers.
    NoLamp,
    /// A call is under way, or its end was not polled yet.
    Busy,
    /// The number is above [`NUMBER_MAX`].
    TooHigh,
}

enum Phase {
    Closed,
    /// Nothing is asked until then.
    Resting(Instant),
    Asking {
        question: Frame,
        attempts: u8,
        until: Instant,
    },
}

/// The lamp's driver: no heap, no clock, no port.
pub struct Lamp {
    phase: Phase,
    state: DeviceState,
    told: DeviceState,
    call: Option<u16>,
    ended: Option<Result<u16, LampError>>,
    pressed: bool,
    number: u8,
    parser: Parser,
    output: [u8; FRAME_BYTES],
    /// Bytes of the output that were written.
    written: usize,
}

impl Default for Lamp {
    fn default() -> Self {
        Self::new()
    }
}

impl Lamp {
    /// A driver without a link.
    pub fn new() -> Self {
        Self {
            phase: Phase::Closed,
            state: DeviceState::NoDevice,
            told: DeviceState::NoDevice,
            call: None,
            ended: None,
            pressed: false,
            number: 0,
            parser: Parser::default(),
            output: [0; FRAME_BYTES],
            written: FRAME_BYTES,
        }
    }

    /// The device's state.
    pub fn state(&self) -> DeviceState {
        match self.state {
            DeviceState::Online if self.call.is_some() => DeviceState::Busy,
            state => state,
        }
    }

    /// Asks what is wanted next: the call, or how the lamp is.
    fn ask(&mut self, now: Instant) {
        let (what, value) = self.call.map_or((What::Status, 0), |number| (What::Show, number));
        self.number = self.number.wrapping_add(1);
        let question = Frame { number: self.number, what, is_answer: false, value };
        self.send(now, question, 1);
    }

    fn send(&mut self, now: Instant, question: Frame, attempts: u8) {
        // A frame that is partly written stays whole on the line; the next attempt is this one.
        if self.written >= FRAME_BYTES {
            self.output = question.encode();
            self.written = 0;
        }
        self.phase = Phase::Asking { question, attempts, until: now + ANSWER_TIME };
    }

    fn received(&mut self, now: Instant, frame: Frame) {
        if frame.what == What::Button && !frame.is_answer {
            self.pressed = true;
            return;
        }
        let Phase::Asking { question, .. } = self.phase else { return };
        let shown = frame.value & !BULB_BROKEN;
        let fits =
            frame.is_answer && (frame.number, frame.what) == (question.number, question.what);
        if !fits || (question.what == What::Show && shown != question.value) {
            return;
        }
        let is_broken = frame.value & BULB_BROKEN != 0;
        self.state = if is_broken { DeviceState::HardwareError } else { DeviceState::Online };
        if is_broken {
            self.end_call(Err(LampError::Bulb));
        } else if question.what == What::Show {
            self.end_call(Ok(shown));
        }
        self.phase = Phase::Resting(now + HEARTBEAT);
        if self.call.is_some() {
            self.ask(now);
        }
    }

    fn end_call(&mut self, result: Result<u16, LampError>) {
        if self.call.take().is_some() {
            self.ended = Some(result);
        }
    }
}

impl Machine for Lamp {
    fn link_opened(&mut self, now: Instant) {
        self.link_lost(now);
        self.state = DeviceState::PowerOff;
        self.ask(now);
    }

    fn link_lost(&mut self, _now: Instant) {
        self.end_call(Err(LampError::LinkLost));
        self.phase = Phase::Closed;
        self.state = DeviceState::NoDevice;
        self.parser = Parser::default();
        self.written = FRAME_BYTES;
    }

    fn receive(&mut self, now: Instant, bytes: &[u8]) {
        if matches!(self.phase, Phase::Closed) {
            return;
        }
        for &byte in bytes {
            if let Some(frame) = self.parser.push(byte) {
                self.received(now, frame);
            }
        }
    }

    fn pending_output(&mut self, _now: Instant) -> &[u8] {
        self.output.get(self.written..).unwrap_or_default()
    }

    fn output_taken(&mut self, _now: Instant, count: usize) {
        self.written = self.written.saturating_add(count).min(FRAME_BYTES);
    }

    fn next_timeout(&self) -> Option<Instant> {
        match self.phase {
            Phase::Closed => None,
            Phase::Resting(until) | Phase::Asking { until, .. } => Some(until),
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        if self.next_timeout().is_none_or(|at| at > now) {
            return;
        }
        match self.phase {
            Phase::Asking { question, attempts, .. } if attempts < ATTEMPTS_MAX => {
                self.send(now, question, attempts + 1);
            }
            Phase::Asking { .. } => {
                self.state = DeviceState::PowerOff;
                self.end_call(Err(LampError::NotAnswering));
                self.phase = Phase::Resting(now + HEARTBEAT);
            }
            Phase::Resting(_) => self.ask(now),
            Phase::Closed => {}
        }
    }
}

impl Driver for Lamp {
    type Command = Call;
    type Event = LampEvent;
    type Refusal = LampRefusal;

    fn submit(&mut self, now: Instant, Call(number): Call) -> Result<(), LampRefusal> {
        if self.state != DeviceState::Online {
            return Err(LampRefusal::NoLamp);
        }
        if self.call.is_some() || self.ended.is_some() {
            return Err(LampRefusal::Busy);
        }
        if number > NUMBER_MAX {
            return Err(LampRefusal::TooHigh);
        }
        self.call = Some(number);
        if let Phase::Resting(_) = self.phase {
            self.ask(now);
        }
        Ok(())
    }

    fn poll_event(&mut self) -> Option<LampEvent> {
        if let Some(result) = self.ended.take() {
            return Some(LampEvent::Called(result));
        }
        if core::mem::take(&mut self.pressed) {
            return Some(LampEvent::Pressed);
        }
        let state = self.state();
        (state != self.told).then(|| {
            self.told = state;
            LampEvent::State(state)
        })
    }
}
