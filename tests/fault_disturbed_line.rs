//! The line to the card reader is disturbed: the card is read all the same, or honestly not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::{Rig, title};
use gongji_hal::card::sim::{CardFault, FaultPoint};
use gongji_kiosk::devices::line::{Flips, LineFaults};
use gongji_kiosk::devices::supervise::{Device, What};
use gongji_kiosk::view::model::{PageView, ViewModel};

/// Every way of devices.md to spoil a frame that a good driver lives with.
const PASSING: [&str; 9] =
    ["lrc", "lrc 2", "nak", "time 2", "time-framed", "half", "junk", "drop", "late 200"];

#[test]
fn a_disturbed_frame_is_asked_for_again() {
    let mut rig = Rig::start();
    for fault in PASSING {
        rig.order(&format!("fault card {fault}"));
        rig.go_home();
        rig.hall.remove();
        rig.wait("idle", |v| *v == ViewModel::default());
    }
    assert_eq!(rig.devices().count(Device::Card, What::Lost), 0, "no disturbance is a loss");
}

#[test]
fn a_disturbed_frame_in_mid_card_is_asked_for_again() {
    let mut rig = Rig::start();
    for fault in PASSING {
        // What is sent to a card twice could be done twice: the card is powered and read anew.
        let fault: CardFault = fault.parse().unwrap();
        rig.hall.card().with(move |reader, _| reader.inject_at(FaultPoint::transfer(2), fault));
        rig.go_home();
        rig.hall.remove();
        rig.wait("idle", |v| *v == ViewModel::default());
    }
}

#[test]
fn turned_bits_never_show_another_person() {
    let mut rig = Rig::start();
    let greeting = title(&rig.go_home()).to_owned();
    rig.hall.remove();
    rig.wait("idle", |v| *v == ViewModel::default());
    for seed in 1..=6 {
        let flips = Some(Flips { seed, one_in: 150 });
        rig.hall.card().set_line(LineFaults { flips, ..LineFaults::default() });
        rig.insert("showcase");
        let end = rig.wait("home, or a page that says what is wrong", |v| {
            matches!(v.page, PageView::Home(_) | PageView::Message(_))
        });
        if matches!(end.page, PageView::Home(_)) {
            assert_eq!(title(&end), greeting, "seed {seed}");
        }
        rig.hall.card().set_line(LineFaults::default());
        rig.hall.remove();
        rig.wait("idle", |v| *v == ViewModel::default());
    }
    rig.go_home();
}
