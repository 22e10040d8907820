//! The printer's plug is pulled in mid-slip: what is on paper cannot be known, and is not guessed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::Rig;
#[test]
fn the_outcome_is_unknown_and_nothing_is_sent_again_by_itself() {
    let mut rig = Rig::start();
    rig.go_home();
    rig.preview_account_slip();
    rig.order("fault printer cover-open after 5 lines");
    rig.tap("开始打印");
    rig.wait_title("打印机的盖子开着");
    rig.order("printer unplug");
    let ended = rig.wait_title("不能确定单据有没有打全");
    assert!(!format!("{ended:?}").contains("打好了"));
    assert_eq!(rig.seen.iter().filter(|v| common::title(v).contains("打好了")).count(), 0);

    rig.order("printer cover close");
    rig.order("printer replug");
    rig.hall.take_papers();
    rig.tap("再打一次");
    rig.wait_title("单据打好了");
    let papers = rig.hall.take_papers();
    let text: String = papers.iter().map(|p| p.text()).collect();
    assert!(text.contains("补打"), "a copy says so: {text}");
}

#[test]
fn the_visit_goes_on_without_a_printer_and_finds_it_again() {
    let mut rig = Rig::start();
    rig.go_home();
    rig.order("printer unplug");
    rig.wait("the notice", |v| v.notice.as_deref().is_some_and(|n| n.contains("不能打印")));
    rig.tap("家人用了多少");
    rig.wait_title("家人用了多少");
    rig.order("printer replug");
    rig.wait("no notice", |v| v.notice.is_none());
    rig.tap("返回");
    rig.preview_account_slip();
    rig.tap("开始打印");
    rig.wait_title("单据打好了");
}
