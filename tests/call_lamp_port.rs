//! The device of `hal/ADDING_A_DEVICE.md` behind a real port owner, over a pseudo-terminal.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

use std::path::Path;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, unbounded};
use gongji_hal::driver::{DeviceState, Driver};
use gongji_hal::time::Instant;
use gongji_kiosk::devices::pty::PtyDevice;
use gongji_kiosk::devices::serial::{OpenError, SerialSettings};
use gongji_kiosk::devices::worker::{Duty, Worker};

#[path = "../hal/examples/call_lamp/driver.rs"]
mod driver;
#[path = "../hal/examples/call_lamp/protocol.rs"]
mod protocol;
#[path = "../hal/examples/call_lamp/sim.rs"]
mod sim;

use driver::{Call, Lamp, LampEvent, LampRefusal};
use sim::SimLamp;

/// Long enough for a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the lamp's thread tells the rest of the program.
#[derive(Debug, PartialEq)]
enum LampNews {
    Event(LampEvent),
    Refused(LampRefusal),
    CannotOpen(String),
}

/// What the owner of the lamp's port does besides moving bytes.
struct LampDuty {
    lamp: Lamp,
    news: Sender<LampNews>,
}

impl LampDuty {
    fn tell(&self, news: LampNews) {
        // Nobody listens any more when the program ends.
        let _ = self.news.send(news);
    }
}

impl Duty for LampDuty {
    type Driver = Lamp;
    type Order = Call;

    fn driver(&mut self) -> &mut Lamp {
        &mut self.lamp
    }

    fn order(&mut self, now: Instant, call: Call) {
        if let Err(refusal) = self.lamp.submit(now, call) {
            self.tell(LampNews::Refused(refusal));
        }
    }

    fn settle(&mut self, _now: Instant) {
        while let Some(event) = self.lamp.poll_event() {
            self.tell(LampNews::Event(event));
        }
    }

    fn cannot_open(&mut self, _now: Instant, error: &OpenError) {
        self.tell(LampNews::CannotOpen(error.to_string()));
    }
}

fn start(port: &Path) -> (Worker<Call>, Receiver<LampNews>) {
    let (news, told) = unbounded();
    let settings = SerialSettings {
        path: port.to_path_buf(),
        baud: 9600,
        two_stop_bits: false,
        xon_xoff: false,
    };
    let duty = LampDuty { lamp: Lamp::new(), news };
    (Worker::start("lamp", settings, duty).unwrap(), told)
}

/// Waits until `wanted` is told; what is told before does not matter.
fn until(told: &Receiver<LampNews>, wanted: &LampNews) {
    while told.recv_timeout(PATIENCE).unwrap() != *wanted {}
}

#[test]
fn a_number_is_called_over_a_port() {
    let folder = tempfile::tempdir().unwrap();
    let port = folder.path().join("lamp");
    let lamp = PtyDevice::serve(SimLamp::default(), &port).unwrap();
    let (worker, told) = start(&port);
    until(&told, &LampNews::Event(LampEvent::State(DeviceState::Online)));
    worker.order(Call(7));
    until(&told, &LampNews::Event(LampEvent::Called(Ok(7))));
    assert_eq!(lamp.with(|lamp, _| lamp.last_lit()), Some(7));
}

#[test]
fn a_lamp_that_was_unplugged_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let port = folder.path().join("lamp");
    let lamp = PtyDevice::serve(SimLamp::default(), &port).unwrap();
    let (worker, told) = start(&port);
    until(&told, &LampNews::Event(LampEvent::State(DeviceState::Online)));
    lamp.unplug();
    until(&told, &LampNews::Event(LampEvent::State(DeviceState::NoDevice)));
    lamp.replug().unwrap();
    until(&told, &LampNews::Event(LampEvent::State(DeviceState::Online)));
    worker.order(Call(8));
    until(&told, &LampNews::Event(LampEvent::Called(Ok(8))));
}

#[test]
fn a_missing_port_is_told_and_orders_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (worker, told) = start(&folder.path().join("none"));
    let news = told.recv_timeout(PATIENCE).unwrap();
    assert!(matches!(news, LampNews::CannotOpen(_)), "{news:?}");
    worker.order(Call(7));
    until(&told, &LampNews::Refused(LampRefusal::NoLamp));
}
