//! The printer stops the line and never lets it go on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::{Rig, title};
use gongji_kiosk::view::model::{PageView, ViewModel};

#[test]
fn a_slip_stuck_in_the_line_is_not_called_printed_and_blocks_nobody() {
    let mut rig = Rig::start();
    rig.go_home();
    rig.preview_account_slip();
    let before = rig.seen.len();
    rig.order("fault printer stuck-xoff");
    rig.print_preview();
    rig.wait("the truth about the slip", |v| matches!(v.page, PageView::Message(_)));
    assert!(!rig.seen[before..].iter().any(|v| title(v).contains("打好了")));
    // The card reader is not held up.
    rig.hall.remove();
    rig.wait("idle", |v| matches!(v.page, PageView::Idle(_)));
    rig.go_home();
    rig.wait("the notice", |v| v.notice.as_deref().is_some_and(|n| n.contains("不能打印")));
    rig.hall.printer().with(|printer, now| printer.release_flow(now));
    rig.wait("a printer in order", |v| v.notice.is_none());
    rig.hall.take_papers();
    rig.preview_account_slip();
    rig.print_preview();
    rig.wait_title("单据打好了");
    let text: String = rig.hall.take_papers().iter().map(|p| p.text()).collect();
    assert_eq!(text.matches("期初余额").count(), 1, "one whole slip: {text}");
    rig.hall.remove();
    rig.wait("idle", |v| *v == ViewModel::default());
}
