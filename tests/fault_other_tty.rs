//! After the plug was out a device has another tty behind its stable name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::Rig;
use gongji_kiosk::view::model::{PageView, ViewModel};
use rustix::pty::{OpenptFlags, openpt};

#[test]
fn the_name_is_followed_anew_and_the_visit_goes_on() {
    let mut rig = Rig::start();
    rig.go_home();
    for device in ["card", "printer"] {
        let link = rig.path(device);
        let before = std::fs::canonicalize(&link).unwrap();
        rig.order(&format!("{device} unplug"));
        rig.wait("the notice", |v| v.notice.is_some());
        // The kernel gives the lowest free number: it is taken before the device comes back.
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY;
        let taken: Vec<_> = (0..4).map(|_| openpt(flags).unwrap()).collect();
        assert!(std::fs::symlink_metadata(&link).is_err(), "the name goes with the device");
        rig.order(&format!("{device} replug"));
        assert_ne!(std::fs::canonicalize(&link).unwrap(), before);
        rig.wait("no notice", |v| v.notice.is_none());
        assert!(matches!(rig.view.page, PageView::Home(_)), "{:?}", rig.view);
        drop(taken);
    }
    rig.preview_account_slip();
    rig.tap("开始打印");
    rig.wait_title("单据打好了");
    rig.hall.remove();
    rig.wait("idle", |v| *v == ViewModel::default());
    rig.go_home();
}
