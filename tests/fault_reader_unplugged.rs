//! The reader's plug is pulled and put back, idle and in mid-visit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::Rig;
use gongji_kiosk::view::model::{PageView, ViewModel};

#[test]
fn an_idle_kiosk_says_so_and_recovers() {
    let mut rig = Rig::start();
    rig.order("card unplug");
    rig.wait_no_slot();
    rig.order("card replug");
    rig.wait("in service again", |v| *v == ViewModel::default());
    rig.go_home();
}

#[test]
fn a_visit_survives_and_ends_when_the_card_is_taken() {
    let mut rig = Rig::start();
    rig.go_home();
    rig.order("card unplug");
    rig.wait("the notice", |v| v.notice.as_deref().is_some_and(|n| n.contains("读卡器")));
    rig.tap("账户明细");
    rig.wait_title("账户明细");
    rig.order("card replug");
    rig.wait("no notice", |v| v.notice.is_none());
    assert!(matches!(&rig.view.page, PageView::List(_)), "{:?}", rig.view);
    rig.hall.remove();
    rig.wait("idle", |v| *v == ViewModel::default());
}

#[test]
fn another_card_after_the_reader_was_away_ends_the_visit() {
    let mut rig = Rig::start();
    rig.go_home();
    rig.order("card unplug");
    rig.wait("the notice", |v| v.notice.is_some());
    let other = rig.card_file("lost").card().unwrap();
    rig.hall.insert(other);
    rig.order("card replug");
    rig.wait("no page of the first patron", |v| {
        !matches!(v.page, PageView::Home(_) | PageView::List(_))
    });
}

#[test]
fn a_card_taken_while_the_reader_was_away_ends_the_visit() {
    let mut rig = Rig::start();
    rig.go_home();
    rig.order("card unplug");
    rig.wait("the notice", |v| v.notice.is_some());
    rig.hall.remove();
    rig.order("card replug");
    rig.wait("idle", |v| *v == ViewModel::default());
}
