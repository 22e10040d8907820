//! The cover is opened in mid-slip.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::Rig;
use gongji_kiosk::view::model::PageView;

#[test]
fn the_slip_goes_on_when_the_cover_is_closed_and_comes_once() {
    let mut rig = Rig::start();
    rig.go_home();
    rig.preview_account_slip();
    rig.order("fault printer cover-open after 5 lines");
    rig.tap("开始打印");
    let held = rig.wait_title("打印机的盖子开着");
    assert!(matches!(&held.page, PageView::Message(p) if p.lines.len() <= 4));
    rig.order("printer cover close");
    rig.wait_title("单据打好了");
    let text: String = rig.hall.take_papers().iter().map(|p| p.text()).collect();
    assert_eq!(text.matches("期初余额").count(), 1, "printed once: {text}");
}
