//! Printer faults at several points of a slip, seen from the patron's side: what the screen says is
//! true of the paper, no slip comes twice, and the journal counts what came.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::{Rig, title};
use gongji_hal::printer::sim::SimConfig;
use gongji_kiosk::journal::{DeviceFact, Journal};
use gongji_kiosk::view::model::ViewModel;

/// The fault, and the order that mends it.
const FAULTS: [(&str, &str); 5] = [
    ("paper-out", "printer paper in"),
    ("cover-open", "printer cover close"),
    ("cutter-jam", "printer cutter free"),
    ("mute", "printer unmute"),
    ("off", "printer on"),
];
/// Lines printed before the fault.
const POINTS: [u32; 2] = [1, 14];

const ENDS: [&str; 4] = ["打好了", "没有打出来", "只打出一部分", "不能确定"];
/// What the screen says while the slip waits for somebody.
const HELD: [&str; 1] = ["打印机"];

fn says(view: &ViewModel, words: &[&str]) -> bool {
    words.iter().any(|words| title(view).contains(words))
}

/// Prints with the fault and gives what the screen said in the end.
fn print(rig: &mut Rig, fault: &str, mend: &str, line: u32) -> String {
    rig.go_home();
    rig.preview_account_slip();
    rig.order(&format!("fault printer {fault} after {line} lines"));
    rig.tap("开始打印");
    let what = format!("{fault} after {line} lines");
    let view = rig.wait(&what, |v| says(v, &ENDS) || says(v, &HELD));
    rig.order(mend);
    if !says(&view, &ENDS) {
        rig.wait(&what, |v| says(v, &ENDS));
    }
    title(&rig.view).to_owned()
}

fn matrix(process_ids: bool) {
    let mut rig = Rig::with(SimConfig { process_ids, ..common::fast() }, |_| {});
    let (mut cells, mut printed) = (0, 0);
    for (fault, mend) in FAULTS {
        for line in POINTS {
            let told = print(&mut rig, fault, mend, line);
            rig.hall.remove();
            // In order again: only then is all of it on paper that ever comes.
            rig.wait("a healthy kiosk", |v| *v == ViewModel::default());
            let papers = rig.hall.take_papers();
            let ends = papers.iter().filter(|p| p.text().contains("仅供核对")).count();
            let what = format!("{fault} after {line} lines, ids {process_ids}: {told}");
            if told.contains("打好了") {
                assert_eq!(ends, 1, "{what}");
                printed += 1;
            } else {
                assert!(ends <= usize::from(told.contains("不能确定")), "{what}");
            }
            cells += 1;
        }
    }
    println!("ids {process_ids}: {cells} cells, {printed} printed");
    assert_eq!(printed, 3 * POINTS.len(), "what a person mends is printed");
    rig.stop();
    let [counters] = Journal::counters(&rig.config.journal.db).unwrap().try_into().unwrap();
    assert_eq!(counters.slips, printed as u64);
    assert!(counters.pages >= counters.slips && counters.cuts == counters.pages);
    assert!(counters.lines > 20 * counters.slips && counters.millimetres > 90);
    let journal = rig.config.journal.options(&rig.config.kiosk.terminal_no);
    let journal = Journal::open(&journal, common::TODAY.at(12, 0, 0, 0)).unwrap();
    let port = &rig.config.printer.as_ref().unwrap().port;
    let known = journal.device_fact(port, DeviceFact::ProcessIds).unwrap();
    assert_eq!(known.as_deref(), Some(if process_ids { "yes" } else { "no" }));
}

#[test]
fn the_patron_is_told_the_truth_with_process_ids() {
    matrix(true);
}

#[test]
fn the_patron_is_told_the_truth_with_fences_only() {
    matrix(false);
}
