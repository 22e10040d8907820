//! The cutter jams before the cut.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::{Rig, title};
use gongji_kiosk::devices::supervise::{Device, What};

#[test]
fn the_slip_waits_for_a_hand_and_comes_once() {
    let mut rig = Rig::start();
    rig.go_home();
    rig.preview_account_slip();
    rig.order("fault printer cutter-jam after 5 lines");
    let before = rig.seen.len();
    rig.tap("开始打印");
    rig.wait("a page that says so", |v| {
        matches!(&v.page, gongji_kiosk::view::model::PageView::Message(_))
    });
    assert!(rig.hall.take_papers().is_empty(), "nothing comes out");
    assert!(!rig.seen[before..].iter().any(|v| title(v).contains("打好了")));
    let hands =
        [What::NeedsHand, What::Fault].map(|what| rig.devices().count(Device::Printer, what));
    assert_eq!(hands.iter().sum::<u64>(), 1, "told once");
    rig.order("printer cutter free");
    rig.wait_title("单据打好了");
    let text: String = rig.hall.take_papers().iter().map(|p| p.text()).collect();
    assert_eq!(text.matches("期初余额").count(), 1, "printed once: {text}");
}
