//! The ledger takes its time: the patron is told, can go on, and a late answer counts or is forgotten.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::ledgers::Gate;
use common::{Rig, fast, find, is_idle};
use gongji_kiosk::devices::simulate::SimulatedHall;
use gongji_kiosk::records::embedded::EmbeddedLedger;
use gongji_kiosk::statement::PrinterFont;
use gongji_kiosk::view::model::{PageView, ViewModel};

fn start() -> (Gate, Rig) {
    let folder = tempfile::tempdir().unwrap();
    common::generate_records(&folder.path().join("records.db"));
    let font = Box::new(PrinterFont::new());
    let hall = SimulatedHall::serve(folder.path(), fast(), font).unwrap();
    let config = common::config(folder.path());
    let ledger = EmbeddedLedger::open(&config.records.db).unwrap();
    let (gate, ledger) = Gate::before(ledger);
    (gate, Rig::run(folder, hall, config, Box::new(ledger)))
}

#[test]
fn the_patron_is_told_and_a_late_answer_counts() {
    let (gate, mut rig) = start();
    gate.shut();
    rig.insert("showcase");
    let slow = rig.wait_title("比平时慢一些");
    for words in ["再试一次", "取卡", "呼叫工作人员"] {
        assert!(find(&slow, words).is_some(), "{words} cannot be touched");
    }
    gate.open();
    rig.wait("home, without a touch", |v| matches!(v.page, PageView::Home(_)));
}

#[test]
fn the_patron_goes_back_and_a_late_answer_is_forgotten() {
    let (gate, mut rig) = start();
    rig.go_home();
    gate.shut();
    rig.tap("账户明细");
    rig.wait_title("比平时慢一些");
    rig.tap("返回");
    rig.wait("home", |v| matches!(v.page, PageView::Home(_)));
    rig.tap("家人用了多少");
    let before = rig.seen.len();
    gate.open();
    rig.wait(
        "the second list",
        |v| matches!(&v.page, PageView::List(list) if list.title.contains("家人用了多少")),
    );
    let shown = &rig.seen[before..];
    assert!(!shown.iter().any(|v| common::title(v).contains("账户明细")), "the first list came up");
}

#[test]
fn a_late_answer_for_a_patron_who_has_left_is_forgotten() {
    let (gate, mut rig) = start();
    gate.shut();
    rig.insert("showcase");
    rig.wait_title("比平时慢一些");
    rig.hall.remove();
    rig.wait("idle", |v| *v == ViewModel::default());
    rig.insert("lost");
    rig.wait("the next patron waits", |v| matches!(v.page, PageView::Waiting(_)));
    let before = rig.seen.len();
    gate.open();
    rig.wait_title("已经挂失");
    assert!(!rig.seen[before..].iter().any(|v| matches!(v.page, PageView::Home(_))));
    rig.hall.remove();
    rig.wait("idle", is_idle);
}
