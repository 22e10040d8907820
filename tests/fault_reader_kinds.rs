//! Readers that echo each command and readers that do not, with one slot and with several: a disturbance
//! costs nothing but time with any of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::Rig;
use gongji_hal::card::sim::ReaderKind;
use gongji_kiosk::devices::simulate::SimulatedHall;
use gongji_kiosk::records::embedded::EmbeddedLedger;
use gongji_kiosk::statement::PrinterFont;
use gongji_kiosk::view::model::ViewModel;

fn kiosk(kind: ReaderKind) -> Rig {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("records.db");
    common::generate_records(&db);
    let font = Box::new(PrinterFont::new());
    let hall = SimulatedHall::serve_reader(folder.path(), kind, common::fast(), font).unwrap();
    let config = common::config(folder.path());
    let ledger = EmbeddedLedger::open(&db).unwrap();
    Rig::run(folder, hall, config, Box::new(ledger))
}

fn reads_disturbed(echoes: bool) {
    let kinds: Vec<_> = ReaderKind::ALL.into_iter().filter(|k| k.echoes() == echoes).collect();
    assert!(kinds.len() > 1);
    for kind in kinds {
        let mut rig = kiosk(kind);
        // An echo taken for the answer would make the command's own bytes the card's.
        for fault in ["time-framed 2", "slot", "lrc"] {
            rig.order(&format!("fault card {fault}"));
            rig.order(&format!("fault card {fault} after 3 blocks"));
            rig.go_home();
            rig.hall.remove();
            rig.wait("idle", |v| *v == ViewModel::default());
        }
    }
}

#[test]
fn those_that_echo() {
    reads_disturbed(true);
}

#[test]
fn those_that_do_not() {
    reads_disturbed(false);
}
