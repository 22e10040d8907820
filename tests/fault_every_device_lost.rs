//! Each device is lost in turn within one visit: none ends it, none holds up another.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::Rig;
use gongji_kiosk::devices::supervise::{Device, What};
use gongji_kiosk::view::model::{PageView, ViewModel};

/// Everything that a visit offers without the lost device.
fn use_records(rig: &mut Rig) {
    for choice in ["账户明细", "家人用了多少", "家人缴费"] {
        rig.tap(choice);
        rig.wait(choice, |v| matches!(&v.page, PageView::List(l) if !l.loading));
        rig.tap("返回");
        rig.wait("home", |v| matches!(v.page, PageView::Home(_)));
    }
}

fn print(rig: &mut Rig) {
    rig.preview_account_slip();
    rig.print_preview();
    rig.wait_title("单据打好了");
    rig.tap("回到首页");
}

#[test]
fn each_in_turn_and_then_all() {
    let mut rig = Rig::start();
    rig.go_home();

    rig.order("card unplug");
    rig.wait("the notice", |v| v.notice.is_some());
    use_records(&mut rig);
    print(&mut rig);
    rig.order("card replug");
    rig.wait("no notice", |v| v.notice.is_none());

    rig.order("printer unplug");
    rig.wait("the notice", |v| v.notice.is_some());
    use_records(&mut rig);
    rig.order("printer replug");
    rig.wait("no notice", |v| v.notice.is_none());
    print(&mut rig);

    for device in ["card", "printer"] {
        rig.order(&format!("{device} unplug"));
    }
    rig.wait("the notice", |v| v.notice.is_some());
    use_records(&mut rig);
    // One that stays away does not keep the other one away.
    rig.order("card replug");
    let returned = |rig: &Rig| rig.devices().count(Device::Card, What::Returned);
    rig.until("the card reader back", |rig| (returned(rig) >= 3).then_some(()));
    rig.hall.remove();
    rig.wait("idle", |v| matches!(v.page, PageView::Idle(_)));
    rig.go_home();
    rig.order("printer replug");
    rig.wait("no notice", |v| v.notice.is_none());
    print(&mut rig);
    rig.hall.remove();
    rig.wait("idle", |v| *v == ViewModel::default());
}
