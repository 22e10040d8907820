//! The head is too hot in mid-slip: the printer rests and goes on by itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::Rig;

#[test]
fn a_hot_head_cools_and_goes_on_by_itself() {
    let mut rig = Rig::start();
    rig.go_home();
    rig.preview_account_slip();
    rig.order("fault printer head-hot after 5 lines");
    rig.tap("开始打印");
    rig.wait_title("打印机太热");
    rig.wait_title("单据打好了");
    let text: String = rig.hall.take_papers().iter().map(|p| p.text()).collect();
    assert_eq!(text.matches("期初余额").count(), 1, "printed once: {text}");
}
