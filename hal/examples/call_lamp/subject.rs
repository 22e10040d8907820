//! The lamp as the conformance suite sees it.

use gongji_hal::{
    conformance::{Limits, News, Outcome, Subject},
    time::{Duration, Instant},
};

use super::{
    driver::{CALL_LIMIT, Call, Lamp, LampEvent},
    sim::{FAULTS, SimLamp},
};

/// The number that is called.
const CALLED: u16 = 42;

/// The lamp, and calls of one number.
pub struct LampSubject;

impl Subject for LampSubject {
    type Driver = Lamp;
    type Simulator = SimLamp;

    fn driver(&self) -> Lamp {
        Lamp::new()
    }

    fn simulator(&self) -> SimLamp {
        SimLamp::default()
    }

    fn limits(&self) -> Limits {
        Limits {
            // A question that nobody answers, a pause, and one that is answered.
            ready: Duration::from_secs(3),
            command: CALL_LIMIT,
            gone: Some(Duration::from_secs(3)),
        }
    }

    fn command(&self, _index: usize) -> Call {
        Call(CALLED)
    }

    fn news(&self, event: &LampEvent) -> News {
        let done = |outcome| News::Done { command: 0, outcome };
        match event {
            LampEvent::State(state) => News::State(*state),
            LampEvent::Called(Ok(number)) => done(Outcome::Success(number.to_string())),
            LampEvent::Called(Err(error)) => done(Outcome::Failure(format!("{error:?}"))),
            LampEvent::Pressed => News::Other("pressed".into()),
        }
    }

    /// There is no medium; somebody presses the button.
    fn present(&self, lamp: &mut SimLamp, now: Instant) {
        lamp.press(now);
    }

    fn faults(&self) -> usize {
        FAULTS.len()
    }

    fn fail(&self, lamp: &mut SimLamp, _now: Instant, index: usize) {
        if let Some(fault) = FAULTS.get(index) {
            lamp.fail(*fault);
        }
    }

    fn mend(&self, lamp: &mut SimLamp, _now: Instant) {
        lamp.mend();
    }

    fn is_true(&self, lamp: &mut SimLamp, claim: &str) -> bool {
        lamp.last_lit().to_string() == claim
    }
}
