//! The ledger's file is damaged, and then held by the program that restores it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::{Rig, find, title};
use gongji_kiosk::view::model::{PageView, ViewModel};
use rusqlite::Connection;

/// The page tells the state first, that nothing is lost, and a way on.
#[track_caller]
fn assert_explains(view: &ViewModel) {
    let PageView::Message(page) = &view.page else { panic!("{view:?}") };
    assert_eq!(page.reassurance.as_deref(), Some("您的钱和记录都没有变"));
    assert!(find(view, "再试一次").is_some() && find(view, "呼叫工作人员").is_some());
}

#[test]
fn a_damaged_and_then_locked_ledger_is_said_and_asked_again_by_a_touch() {
    let mut rig = Rig::start();
    let db = rig.config.records.db.clone();
    let card = rig.card_file("showcase").card().unwrap();
    let whole = std::fs::read(&db).unwrap();
    std::fs::write(&db, vec![0x5A; whole.len()]).unwrap();
    rig.hall.insert(card);
    let away = rig.wait_title("现在连不上医保系统");
    assert_explains(&away);
    rig.tap("再试一次");
    rig.wait("another answer", |v| !title(v).contains("连不上"));
    rig.wait_title("现在连不上医保系统");

    // The file is whole again, but nobody else may read it yet.
    std::fs::write(&db, whole).unwrap();
    let restorer = Connection::open(&db).unwrap();
    restorer.pragma_update(None, "journal_mode", "delete").unwrap();
    restorer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    rig.tap("再试一次");
    let busy = rig.wait_title("现在查询的人很多");
    assert_explains(&busy);

    restorer.execute_batch("ROLLBACK").unwrap();
    drop(restorer);
    rig.tap("再试一次");
    rig.wait("home", |v| matches!(v.page, PageView::Home(_)));
    rig.tap("账户明细");
    rig.wait("the rows", |v| matches!(&v.page, PageView::List(l) if !l.rows.is_empty()));
    rig.hall.remove();
    rig.wait("idle", |v| *v == ViewModel::default());
}

#[test]
fn a_ledger_damaged_in_mid_visit_keeps_what_is_shown_and_the_way_back() {
    let mut rig = Rig::start();
    let db = rig.config.records.db.clone();
    let whole = std::fs::read(&db).unwrap();
    rig.go_home();
    std::fs::write(&db, vec![0x5A; whole.len()]).unwrap();
    rig.tap("家人缴费");
    let away = rig.wait_title("现在连不上医保系统");
    assert_explains(&away);
    rig.tap("返回");
    rig.wait("home", |v| matches!(v.page, PageView::Home(_)));
    std::fs::write(&db, whole).unwrap();
    rig.tap("家人缴费");
    rig.wait_title("家人缴费");
}
