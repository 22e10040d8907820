//! Deliberately bad drivers: the lamp's good one with one flaw each.

use std::{cell::Cell, collections::VecDeque};

use gongji_hal::{
    conformance::{Check, Limits, News, Subject},
    driver::{DeviceState, Driver, Machine},
    time::{Duration, Instant},
};

use super::{
    driver::{Call, Lamp, LampError, LampEvent, LampRefusal},
    sim::SimLamp,
    subject::LampSubject,
};

/// What a driver does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    NeverAnswers,
    SpeaksWhenClosed,
    WaitsWhenClosed,
    AcceptsWhenClosed,
    EndsTwice,
    ForgetsWhenLost,
    EndsUnasked,
    NeverEndsInSilence,
    NeedsWholePieces,
    PanicsOnJunk,
    TrustsSilence,
    LosesShortWrites,
    ShowsOtherBytes,
    TimeoutStaysDue,
    PanicsOnLeap,
    CountsTimeouts,
    TellsStateAgain,
    KeepsOnlineWhenLost,
    KeepsOnlineInSilence,
    NeverRecovers,
    DropsOldEvents,
    Moody,
}

/// Every flaw with the check that it breaks.
pub const FLAWS: [(Flaw, Check); 22] = [
    (Flaw::NeverAnswers, Check::Works),
    (Flaw::SpeaksWhenClosed, Check::SilentWhenClosed),
    (Flaw::WaitsWhenClosed, Check::SilentWhenClosed),
    (Flaw::AcceptsWhenClosed, Check::RefusedWhenClosed),
    (Flaw::EndsTwice, Check::OneFinalEvent),
    (Flaw::ForgetsWhenLost, Check::OneFinalEvent),
    (Flaw::EndsUnasked, Check::OneFinalEvent),
    (Flaw::NeverEndsInSilence, Check::InTime),
    (Flaw::NeedsWholePieces, Check::AnySplit),
    (Flaw::PanicsOnJunk, Check::Junk),
    (Flaw::TrustsSilence, Check::Truth),
    (Flaw::LosesShortWrites, Check::ShortWrites),
    (Flaw::ShowsOtherBytes, Check::StableOutput),
    (Flaw::TimeoutStaysDue, Check::TimeMovesOn),
    (Flaw::PanicsOnLeap, Check::TimeLeap),
    (Flaw::CountsTimeouts, Check::EarlyTimeout),
    (Flaw::TellsStateAgain, Check::StateChanges),
    (Flaw::KeepsOnlineWhenLost, Check::LossIsTold),
    (Flaw::KeepsOnlineInSilence, Check::SilenceIsTold),
    (Flaw::NeverRecovers, Check::Recovery),
    (Flaw::DropsOldEvents, Check::LateHost),
    (Flaw::Moody, Check::Repeatable),
];

thread_local! {
    /// How many moody drivers there were.
    static MOODS: Cell<u64> = const { Cell::new(0) };
}

/// A frame's bytes with a right check that no lamp sends.
const ODD: u8 = 0xEE;
/// Timeouts after which a driver that counts them gives up.
const TIMEOUTS_MAX: u32 = 40;
/// A step of time that a driver does not expect.
const LEAP: Duration = Duration::from_secs(600);

/// The good driver with a flaw.
pub struct Bad {
    flaw: Flaw,
    lamp: Lamp,
    is_open: bool,
    was_silent: bool,
    calling: bool,
    looks: u8,
    timeouts: u32,
    mood: u64,
    last: Instant,
    shown: Vec<u8>,
    events: VecDeque<LampEvent>,
    told: Vec<DeviceState>,
}

impl Bad {
    fn new(flaw: Flaw) -> Self {
        let mood = MOODS.with(|moods| moods.replace(moods.get() + 1));
        Self {
            flaw,
            lamp: Lamp::new(),
            is_open: false,
            was_silent: false,
            calling: false,
            looks: 0,
            timeouts: 0,
            mood,
            last: Instant::default(),
            shown: Vec::new(),
            events: VecDeque::new(),
            told: Vec::new(),
        }
    }

    fn is(&self, flaw: Flaw) -> bool {
        self.flaw == flaw
    }

    fn time(&mut self, now: Instant) {
        let step = now.since(self.last);
        assert!(!self.is(Flaw::PanicsOnLeap) || step < LEAP || self.last == Instant::default());
        self.last = now;
    }

    /// Takes the good driver's events and spoils them.
    fn spoil(&mut self) {
        while let Some(event) = self.lamp.poll_event() {
            let state = match event {
                LampEvent::State(state) => Some(state),
                LampEvent::Called(result) => {
                    self.ended(result);
                    continue;
                }
                LampEvent::Pressed => None,
            };
            self.was_silent |= state == Some(DeviceState::PowerOff) && self.told.len() > 2;
            let hidden = match state {
                Some(DeviceState::NoDevice) => self.is(Flaw::KeepsOnlineWhenLost),
                Some(DeviceState::PowerOff) => self.is(Flaw::KeepsOnlineInSilence),
                _ => false,
            };
            if hidden || (state.is_some() && state == self.told.last().copied()) {
                continue;
            }
            self.told.extend(state);
            self.events.push_back(event);
            if self.is(Flaw::TellsStateAgain) {
                self.events.push_back(event);
            }
            if self.is(Flaw::EndsUnasked) && state == Some(DeviceState::Online) {
                self.events.push_back(LampEvent::Called(Err(LampError::NotAnswering)));
            }
        }
        if self.is(Flaw::DropsOldEvents) && self.events.len() > 2 {
            self.events.drain(..1);
        }
    }

    fn ended(&mut self, result: Result<u16, LampError>) {
        self.calling = false;
        let event = match result {
            Err(LampError::LinkLost) if self.is(Flaw::ForgetsWhenLost) => return,
            Err(LampError::NotAnswering) if self.is(Flaw::NeverEndsInSilence) => return,
            Err(LampError::NotAnswering) if self.is(Flaw::TrustsSilence) => Ok(42),
            Ok(number) if self.is(Flaw::Moody) => Ok(number + u16::from(self.mood % 2 == 1)),
            Ok(_) if self.is(Flaw::NeverRecovers) && self.was_silent => Err(LampError::Bulb),
            other => other,
        };
        self.events.push_back(LampEvent::Called(event));
        if self.is(Flaw::EndsTwice) {
            self.events.push_back(LampEvent::Called(event));
        }
    }
}

impl Machine for Bad {
    fn link_opened(&mut self, now: Instant) {
        self.time(now);
        self.is_open = true;
        self.lamp.link_opened(now);
    }

    fn link_lost(&mut self, now: Instant) {
        self.time(now);
        self.is_open = false;
        self.lamp.link_lost(now);
        self.spoil();
    }

    fn receive(&mut self, now: Instant, bytes: &[u8]) {
        self.time(now);
        assert!(!self.is(Flaw::PanicsOnJunk) || !bytes.contains(&ODD), "an odd byte");
        let whole = bytes.len().is_multiple_of(6);
        if !self.is(Flaw::NeverAnswers) && (whole || !self.is(Flaw::NeedsWholePieces)) {
            self.lamp.receive(now, bytes);
        }
    }

    fn pending_output(&mut self, now: Instant) -> &[u8] {
        if !self.is_open && self.is(Flaw::SpeaksWhenClosed) {
            return b"?";
        }
        self.looks = self.looks.wrapping_add(1);
        self.shown = self.lamp.pending_output(now).to_vec();
        if let (Some(number), Flaw::ShowsOtherBytes) = (self.shown.get_mut(1), self.flaw) {
            *number ^= self.looks;
        }
        &self.shown
    }

    fn output_taken(&mut self, now: Instant, count: usize) {
        let all = self.is(Flaw::LosesShortWrites) && count > 0;
        self.lamp.output_taken(now, if all { usize::MAX } else { count });
    }

    fn next_timeout(&self) -> Option<Instant> {
        let calling = self.calling && self.is(Flaw::TimeoutStaysDue);
        match self.lamp.next_timeout() {
            None if self.is(Flaw::WaitsWhenClosed) => Some(self.last),
            Some(_) if calling => Some(self.last),
            other => other,
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.time(now);
        self.timeouts += 1;
        self.lamp.handle_timeout(now);
        if self.is(Flaw::CountsTimeouts) && self.timeouts > TIMEOUTS_MAX {
            self.timeouts = 0;
            self.lamp.link_opened(now);
        }
    }
}

impl Driver for Bad {
    type Command = Call;
    type Event = LampEvent;
    type Refusal = LampRefusal;

    fn submit(&mut self, now: Instant, call: Call) -> Result<(), LampRefusal> {
        if !self.is_open && self.is(Flaw::AcceptsWhenClosed) {
            self.events.push_back(LampEvent::Called(Err(LampError::LinkLost)));
            return Ok(());
        }
        self.lamp.submit(now, call).inspect(|()| self.calling = true)
    }

    fn poll_event(&mut self) -> Option<LampEvent> {
        self.spoil();
        self.events.pop_front()
    }
}

/// The bad driver in the lamp's place.
pub struct Flawed(pub Flaw);

impl Subject for Flawed {
    type Driver = Bad;
    type Simulator = SimLamp;

    fn driver(&self) -> Bad {
        Bad::new(self.0)
    }

    fn simulator(&self) -> SimLamp {
        LampSubject.simulator()
    }

    fn limits(&self) -> Limits {
        LampSubject.limits()
    }

    fn command(&self, index: usize) -> Call {
        LampSubject.command(index)
    }

    fn news(&self, event: &LampEvent) -> News {
        LampSubject.news(event)
    }

    fn faults(&self) -> usize {
        LampSubject.faults()
    }

    fn fail(&self, lamp: &mut SimLamp, now: Instant, index: usize) {
        LampSubject.fail(lamp, now, index);
    }

    fn mend(&self, lamp: &mut SimLamp, now: Instant) {
        LampSubject.mend(lamp, now);
    }

    fn is_true(&self, lamp: &mut SimLamp, claim: &str) -> bool {
        LampSubject.is_true(lamp, claim)
    }
}
