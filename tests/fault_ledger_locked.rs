//! The ledger is locked by another program, or its file is damaged.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::Rig;
use gongji_kiosk::view::model::PageView;
use rusqlite::Connection;

#[test]
fn a_locked_ledger_is_said_and_asked_again_by_a_touch() {
    let mut rig = Rig::start();
    let other = Connection::open(&rig.config.records.db).unwrap();
    // Readers of a WAL database are stopped only by an exclusive lock on the whole file.
    other.pragma_update(None, "locking_mode", "EXCLUSIVE").unwrap();
    other.execute_batch("BEGIN EXCLUSIVE; UPDATE person SET psn_no = psn_no; COMMIT;").ok();
    rig.insert("showcase");
    let page = rig.wait("home, or that the ledger is busy", |v| {
        matches!(v.page, PageView::Home(_)) || common::title(v).contains("查询的人很多")
    });
    drop(other);
    if !matches!(page.page, PageView::Home(_)) {
        rig.tap("再试一次");
    }
    rig.wait("home", |v| matches!(v.page, PageView::Home(_)));
}
