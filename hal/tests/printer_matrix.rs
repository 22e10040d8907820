//! Every fault of the printer at every point of a job: what is told agrees with the paper, no page
//! is printed twice, and the next patron's page is clean.
#![cfg(feature = "sim")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "printer_common/mod.rs"]
mod common;

use std::collections::BTreeMap;

use common::{Bench, Script};
use gongji_hal::{
    driver::{DeviceState, Driver},
    printer::{
        driver::{Command, Event, JobState},
        profile::Paper,
        sim::{FAULT_NAMES, Fault, PrintedPaper, SimConfig, Trigger},
        status::Hold,
    },
};

/// Where in a job a fault comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Point {
    Before,
    InText,
    InRaster,
    BeforeCut,
    BeforeProof,
}

const POINTS: [Point; 5] =
    [Point::Before, Point::InText, Point::InRaster, Point::BeforeCut, Point::BeforeProof];

impl Point {
    fn trigger(self) -> Trigger {
        match self {
            Self::Before => Trigger::Now,
            Self::InText => Trigger::AfterLines(2),
            // Inside the second band.
            Self::InRaster => Trigger::InRasterRow(30),
            Self::BeforeCut => Trigger::BeforeCut,
            Self::BeforeProof => Trigger::BeforeProof,
        }
    }

    /// Whether the first page is there, for what does not happen in the printer.
    fn is_reached(self, bench: &Bench) -> bool {
        let paper = bench.sim.uncut();
        match self {
            Self::Before => true,
            Self::InText => paper.lines().len() >= 2,
            Self::InRaster => paper.lines().len() > Script::TEXT_LINES as usize,
            Self::BeforeCut => paper.text().contains("本凭条"),
            Self::BeforeProof => !bench.sim.papers().is_empty(),
        }
    }
}

/// What goes wrong: in the printer, on the line, or at the host.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Mishap {
    Fault(Fault),
    Replug,
    ReplugWithLateAnswers,
    Cancel,
}

fn mishaps() -> Vec<Mishap> {
    // ESC/POS has no checksum: that the line loses page bytes is noticed only when a question is
    // among them, so nothing can be promised of it.
    let names = FAULT_NAMES.iter().map(|(name, _)| *name).filter(|name| *name != "lost-bytes");
    let mut all: Vec<Mishap> = names.map(|name| Mishap::Fault(name.parse().unwrap())).collect();
    all.extend([Mishap::Replug, Mishap::ReplugWithLateAnswers, Mishap::Cancel]);
    all
}

#[derive(Clone, Debug)]
struct Cell {
    mishap: Mishap,
    point: Point,
    config: SimConfig,
}

const REPRINT: usize = 7;

/// What a printer in order makes of the pages, by number.
fn clean(paper: Paper) -> BTreeMap<usize, PrintedPaper> {
    let mut bench = Bench::opened(SimConfig { paper, ..SimConfig::default() });
    for number in [0, 1, REPRINT] {
        bench.print(&Script::on(paper, number..number + 1));
    }
    [0, 1, REPRINT].into_iter().zip(bench.sim.take_papers()).collect()
}

/// Plays the cell; gives how the job ended, if it was taken at all.
fn play(bench: &mut Bench, cell: &Cell) -> Option<JobState> {
    let what = format!("{cell:?}");
    let script = Script::on(cell.config.paper, 0..2);
    if let Mishap::Fault(fault) = &cell.mishap {
        bench.sim.fault_at(cell.point.trigger(), fault.clone());
        if cell.point == Point::Before {
            // Some are noticed before the job, and the job is refused.
            bench.run(if matches!(fault, Fault::Mute | Fault::PowerOff) { 8000 } else { 0 });
        }
    }
    if !bench.try_start(&script) {
        bench.mend();
        return None;
    }
    if !matches!(cell.mishap, Mishap::Fault(_)) {
        bench.run_until(|b| cell.point.is_reached(b), 20_000, &what);
    }
    match cell.mishap {
        Mishap::Replug => bench.replug(),
        Mishap::ReplugWithLateAnswers => {
            let now = bench.now();
            bench.sim.fault(now, Fault::LateAnswers { ms: 150 });
            bench.replug();
        }
        Mishap::Cancel => {
            let now = bench.now();
            bench.driver.submit(now, Command::Cancel).unwrap();
        }
        Mishap::Fault(_) => {}
    }
    // Staff come after half a minute, and now and then again.
    for _ in 0..20 {
        bench.run(30_000);
        if bench.final_state().is_some() {
            break;
        }
        bench.mend();
    }
    Some(bench.finish(&what))
}

/// What holds a job must be told while it is so.
fn expected_hold(fault: &Fault) -> Option<Hold> {
    Some(match fault {
        Fault::PaperOut => Hold::PaperOut,
        Fault::CoverOpen => Hold::CoverOpen,
        Fault::CutterJam => Hold::Cutter,
        Fault::HeadHot { .. } => Hold::HeadHot,
        _ => return None,
    })
}

/// The paper and the tale of one cell; gives the kind of end.
fn judge(cell: &Cell, clean: &BTreeMap<usize, PrintedPaper>) -> &'static str {
    let what = format!("{cell:?}");
    let mut bench = Bench::opened(cell.config);
    let end = play(&mut bench, cell);
    if let Mishap::Fault(fault) = &cell.mishap
        && let Some(hold) = expected_hold(fault)
    {
        let told = bench
            .events
            .iter()
            .any(|event| matches!(event, Event::Held { hold: Some(told), .. } if *told == hold));
        assert!(told, "{what}: {:?}", bench.events);
        // What staff can mend costs no page.
        assert!(matches!(end, Some(JobState::Printed { .. })), "{what}: {end:?}");
    }
    assert_eq!(bench.sim.faults_waiting(), 0, "{what}: it came");
    let (known, doubtful, kind) = match end {
        None => (0, 0, "refused"),
        Some(JobState::Printed { pages, .. }) => {
            assert_eq!(pages, 2, "{what}");
            (2, 0, "printed")
        }
        Some(JobState::Failed { printed, .. }) => (usize::from(printed), 0, "failed"),
        Some(JobState::Unknown { printed, .. }) => (usize::from(printed), 1, "unknown"),
        Some(other) => panic!("{what}: not final: {other:?}"),
    };
    for page in 0..2 {
        let mark = format!("第{page}页");
        let papers = bench.sim.papers().iter().chain([bench.sim.uncut()]);
        let on: Vec<&PrintedPaper> = papers.filter(|paper| paper.text().contains(&mark)).collect();
        if page < known {
            // The very dots, once: no line is missing or doubled.
            assert_eq!(on.len(), 1, "{what}: {end:?}");
            assert!(on[0].bitmap() == clean[&page].bitmap(), "{what}: {end:?}: {}", on[0].text());
        } else {
            assert!(on.len() <= usize::from(page < known + doubtful), "{what}: {end:?}");
        }
    }
    reprint(&mut bench, &what, clean);
    kind
}

/// Staff mend what there is, and the marked reprint comes out clean, alone and proven.
fn reprint(bench: &mut Bench, what: &str, clean: &BTreeMap<usize, PrintedPaper>) {
    bench.mend();
    bench.run_until(|b| b.driver.state() == DeviceState::Online, 60_000, what);
    let before = bench.sim.papers().len();
    let paper = bench.paper();
    let end = bench.print(&Script::on(paper, REPRINT..REPRINT + 1));
    assert!(matches!(end, JobState::Printed { pages: 1, .. }), "{what}: reprint {end:?}");
    let papers = &bench.sim.papers()[before..];
    assert_eq!(papers.len(), 1, "{what}");
    assert!(papers[0] == clean[&REPRINT], "{what}: reprint\n{}", papers[0].text());
    assert!(bench.sim.uncut().is_blank(), "{what}");
}

/// All mishaps at all points with each kind of printer.
fn matrix(name: &str, variants: &[SimConfig]) {
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    for &config in variants {
        let clean = clean(config.paper);
        for mishap in mishaps() {
            for point in POINTS {
                let kind = judge(&Cell { mishap: mishap.clone(), point, config }, &clean);
                *ends.entry(kind).or_default() += 1;
            }
        }
    }
    println!("{name}: {} cells, {ends:?}", ends.values().sum::<usize>());
}

/// A kind of printer on both widths.
fn both(config: SimConfig) -> [SimConfig; 2] {
    [Paper::Mm58, Paper::Mm80].map(|paper| SimConfig { paper, ..config })
}

#[test]
fn with_process_ids() {
    matrix("process ids", &both(SimConfig::default()));
}

#[test]
fn with_fences_only() {
    matrix("fences", &both(SimConfig { process_ids: false, ..SimConfig::default() }));
}

/// Clones: no automatic status, no real-time clear, no flow control, requests seen in dots.
#[test]
fn with_a_poor_clone() {
    let clone = SimConfig {
        process_ids: false,
        asb: false,
        real_time_clear: false,
        flow_control: false,
        phantoms: true,
        ..SimConfig::default()
    };
    matrix("clones", &both(clone));
}

#[test]
fn on_a_slow_line() {
    let slow = SimConfig { baud: 9600, speed_mm_s: 150, ..SimConfig::default() };
    let fence = SimConfig { process_ids: false, ..slow };
    matrix("slow", &[both(slow), both(fence)].concat());
}
