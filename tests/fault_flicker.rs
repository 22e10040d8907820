//! A device is away for a moment: the patron is not bothered, and is not mistaken for another.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::Rig;
use gongji_kiosk::devices::supervise::{Device, What};
use gongji_kiosk::view::model::{PageView, ViewModel};

/// Pulls the plug and puts it back; returns what was shown until the kiosk has seen it.
fn flicker(rig: &mut Rig, device: Device, between: impl FnOnce(&Rig)) -> usize {
    let before = rig.seen.len();
    rig.order(&format!("{device} unplug"));
    between(rig);
    rig.order(&format!("{device} replug"));
    before
}

fn wait_seen(rig: &Rig, device: Device, count: u64) {
    let until = std::time::Instant::now() + common::PATIENCE;
    let seen =
        || rig.devices().count(device, What::Flickered) + rig.devices().count(device, What::Lost);
    while seen() < count {
        assert!(std::time::Instant::now() < until, "{device} was not seen to be away");
        std::thread::yield_now();
    }
}

#[test]
fn nothing_of_it_is_shown() {
    let mut rig = Rig::start();
    let home = rig.go_home();
    for (count, device) in [(1, Device::Card), (1, Device::Printer), (2, Device::Card)] {
        let before = flicker(&mut rig, device, |_| {});
        wait_seen(&rig, device, count);
        // The next page comes after all that the flicker could show.
        rig.tap("使用帮助");
        rig.wait("help", |v| v.page != home.page);
        rig.tap("返回");
        rig.wait("home", |v| v.page == home.page);
        if rig.devices().count(device, What::Lost) == 0 {
            let notices = rig.seen[before..].iter().filter(|v| v.notice.is_some()).count();
            assert_eq!(notices, 0, "{device}: a flicker is no news");
        }
    }
    rig.hall.remove();
    rig.wait("idle", |v| *v == ViewModel::default());
}

#[test]
fn a_card_exchanged_meanwhile_ends_the_visit() {
    let mut rig = Rig::start();
    rig.go_home();
    let other = rig.card_file("lost").card().unwrap();
    flicker(&mut rig, Device::Card, |rig| rig.hall.insert(other));
    rig.wait("no page of the first patron", |v| {
        !matches!(v.page, PageView::Home(_) | PageView::List(_))
    });
}

#[test]
fn a_card_taken_meanwhile_ends_the_visit() {
    let mut rig = Rig::start();
    rig.go_home();
    flicker(&mut rig, Device::Card, |rig| rig.hall.remove());
    rig.wait("idle", |v| *v == ViewModel::default());
}
