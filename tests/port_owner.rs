//! The owner of a port: what its driver is told when links come, go, and cannot be had.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::path::Path;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, unbounded};
use gongji_hal::driver::Machine;
use gongji_hal::time::Instant;
use gongji_kiosk::devices::pty::PtyDevice;
use gongji_kiosk::devices::serial::{OpenError, SerialSettings};
use gongji_kiosk::devices::worker::{Duty, Worker};

const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug, PartialEq, Eq)]
enum Told {
    Opened,
    Lost,
    Received(Vec<u8>),
    CannotOpen(&'static str),
}

/// Says what it is told; writes what it is ordered to.
struct Parrot {
    tell: Sender<Told>,
    output: Vec<u8>,
    fresh: bool,
}

impl Machine for Parrot {
    fn link_opened(&mut self, _now: Instant) {
        self.tell.send(Told::Opened).unwrap();
    }
    fn link_lost(&mut self, _now: Instant) {
        self.output.clear();
        self.tell.send(Told::Lost).unwrap();
    }
    fn receive(&mut self, _now: Instant, bytes: &[u8]) {
        self.tell.send(Told::Received(bytes.to_vec())).unwrap();
    }
    fn pending_output(&mut self, _now: Instant) -> &[u8] {
        &self.output
    }
    fn output_taken(&mut self, _now: Instant, count: usize) {
        self.output.drain(..count);
    }
    fn next_timeout(&self) -> Option<Instant> {
        None
    }
    fn handle_timeout(&mut self, _now: Instant) {}
}

enum Order {
    Write(Vec<u8>),
    FreshPort,
}

impl Duty for Parrot {
    type Driver = Self;
    type Order = Order;

    fn driver(&mut self) -> &mut Self {
        self
    }
    fn order(&mut self, _now: Instant, order: Order) {
        match order {
            Order::Write(bytes) => self.output = bytes,
            Order::FreshPort => self.fresh = true,
        }
    }
    fn settle(&mut self, _now: Instant) {}
    fn next_timeout(&self) -> Option<Instant> {
        None
    }
    fn wants_fresh_port(&mut self) -> bool {
        std::mem::take(&mut self.fresh)
    }
    fn cannot_open(&mut self, _now: Instant, error: &OpenError) {
        let kind = match error {
            OpenError::Missing(_) => "missing",
            OpenError::Taken(_) => "taken",
            OpenError::Other(_) => "other",
        };
        self.tell.send(Told::CannotOpen(kind)).unwrap();
    }
}

/// Answers everything with the same bytes.
#[derive(Default)]
struct Echo(Vec<u8>);

impl Machine for Echo {
    fn link_opened(&mut self, _now: Instant) {}
    fn link_lost(&mut self, _now: Instant) {
        self.0.clear();
    }
    fn receive(&mut self, _now: Instant, bytes: &[u8]) {
        self.0.extend(bytes);
    }
    fn pending_output(&mut self, _now: Instant) -> &[u8] {
        &self.0
    }
    fn output_taken(&mut self, _now: Instant, count: usize) {
        self.0.drain(..count);
    }
    fn next_timeout(&self) -> Option<Instant> {
        None
    }
    fn handle_timeout(&mut self, _now: Instant) {}
}

fn own(port: &Path) -> (Worker<Order>, Receiver<Told>) {
    let (tell, told) = unbounded();
    let settings =
        SerialSettings { path: port.into(), baud: 115_200, two_stop_bits: false, xon_xoff: false };
    let parrot = Parrot { tell, output: Vec::new(), fresh: false };
    (Worker::start("parrot", settings, parrot).unwrap(), told)
}

#[track_caller]
fn next(told: &Receiver<Told>) -> Told {
    told.recv_timeout(PATIENCE).expect("something is told")
}

/// Sends bytes and waits until all have come back.
fn echo(worker: &Worker<Order>, told: &Receiver<Told>, bytes: &[u8]) {
    worker.order(Order::Write(bytes.to_vec()));
    let mut back = Vec::new();
    while back.len() < bytes.len() {
        match next(told) {
            Told::Received(piece) => back.extend(piece),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(back, bytes);
}

#[test]
fn a_link_is_lost_once_and_opened_once_however_often() {
    let folder = tempfile::tempdir().unwrap();
    let port = folder.path().join("port");
    let (worker, told) = own(&port);
    assert_eq!(next(&told), Told::CannotOpen("missing"));
    let device = PtyDevice::serve(Echo::default(), &port).unwrap();
    for _ in 0..5 {
        assert_eq!(next(&told), Told::Opened);
        // More than a tty takes at once.
        echo(&worker, &told, &[0x5A; 20_000]);
        device.unplug();
        assert_eq!(next(&told), Told::Lost);
        assert_eq!(next(&told), Told::CannotOpen("missing"), "once for each reason");
        device.replug().unwrap();
    }
    assert_eq!(next(&told), Told::Opened);
    drop(worker);
    assert_eq!(next(&told), Told::Lost, "its end is an end of the link");
    assert_eq!(told.recv_timeout(PATIENCE), Err(crossbeam_channel::RecvTimeoutError::Disconnected));
}

#[test]
fn each_reason_is_told_once_until_the_port_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let port = folder.path().join("port");
    std::fs::write(&port, "no terminal").unwrap();
    let (_worker, told) = own(&port);
    assert_eq!(next(&told), Told::CannotOpen("other"));
    std::fs::remove_file(&port).unwrap();
    assert_eq!(next(&told), Told::CannotOpen("missing"));
    let _device = PtyDevice::serve(Echo::default(), &port).unwrap();
    assert_eq!(next(&told), Told::Opened);
}

#[test]
fn a_fresh_port_is_had_when_it_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let port = folder.path().join("port");
    let _device = PtyDevice::serve(Echo::default(), &port).unwrap();
    let (worker, told) = own(&port);
    assert_eq!(next(&told), Told::Opened);
    for _ in 0..3 {
        worker.order(Order::FreshPort);
        assert_eq!(next(&told), Told::Lost);
        assert_eq!(next(&told), Told::Opened);
    }
    echo(&worker, &told, b"well");
}
