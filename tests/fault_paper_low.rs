//! The roll is nearly used up: staff should know, the patron need not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::Rig;
use gongji_kiosk::devices::supervise::{Device, What};

#[test]
fn printing_goes_on_and_it_is_told_once() {
    let mut rig = Rig::start();
    rig.go_home();
    for _ in 0..2 {
        // As much again: a roll near its end all the time.
        rig.order("printer paper low");
        rig.preview_account_slip();
        rig.print_preview();
        rig.wait_title("单据打好了");
        rig.tap("回到首页");
    }
    assert!(rig.view.notice.is_none(), "{:?}", rig.view.notice);
    assert_eq!(rig.devices().count(Device::Printer, What::PaperLow), 1);
    rig.order("printer paper in");
    rig.preview_account_slip();
    rig.print_preview();
    rig.wait_title("单据打好了");
    assert!(rig.devices().is_working(Device::Printer));
}
