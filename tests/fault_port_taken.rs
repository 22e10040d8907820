//! Another program has a port when the kiosk starts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::path::Path;

use common::Rig;
use gongji_hal::driver::DeviceState;
use gongji_kiosk::devices::serial::{OpenError, Serial, SerialSettings};
use gongji_kiosk::devices::supervise::Device;
use gongji_kiosk::view::model::{PageView, ViewModel};

fn hold(port: &Path) -> serialport::TTYPort {
    let real = std::fs::canonicalize(port).unwrap();
    serialport::new(real.to_string_lossy(), 115_200).open_native().unwrap()
}

#[test]
fn the_kiosk_serves_with_what_it_has_and_takes_the_port_when_it_is_free() {
    let mut rig = Rig::start();
    rig.stop();
    let held = hold(&rig.hall.printer_port());
    rig.restart();
    rig.go_home();
    rig.wait("the notice", |v| v.notice.as_deref().is_some_and(|n| n.contains("不能打印")));
    let standing = rig.until("the loss told", |rig| rig.devices().standing(Device::Printer));
    assert_eq!(standing.state, DeviceState::NoDevice);
    assert!(rig.devices().is_working(Device::Card));
    drop(held);
    rig.wait("no notice", |v| v.notice.is_none());
    assert!(matches!(rig.view.page, PageView::Home(_)));

    rig.hall.remove();
    rig.wait("idle", |v| *v == ViewModel::default());
    rig.stop();
    let held = hold(&rig.hall.card_port());
    rig.restart();
    rig.wait_no_slot();
    drop(held);
    rig.go_home();
}

#[test]
fn one_sentence_names_the_port_and_what_to_do() {
    let mut rig = Rig::start();
    rig.stop();
    let port = rig.hall.card_port();
    let _held = hold(&port);
    let settings =
        SerialSettings { path: port.clone(), baud: 115_200, two_stop_bits: true, xon_xoff: false };
    let Err(OpenError::Taken(sentence)) = Serial::open(&settings) else {
        panic!("a port in use was opened")
    };
    let expected = format!("{}: the port is in use by another program; stop", port.display());
    assert!(sentence.starts_with(&expected), "{sentence}");
    assert_eq!(sentence.lines().count(), 1);
}
