//! What the pages take of the machine's memory: `cargo bench -p gongji-ui --bench memory`.
//!
//! The proportional set size of this process, as the kernel counts it: code and fonts that are in
//! use, the picture of 1080×1920, and everything that Slint keeps. The whole program takes the
//! ledger, the journal and its threads beyond this.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../tests/common/mod.rs"]
mod common;

use common::{opening, samples};
use gongji_kiosk::view::model::ViewModel;
use gongji_kiosk::view::screen::Headless;

/// Visits after which caches are full and nothing may grow any more; each shows every page.
const VISITS: usize = 100;

fn main() {
    let begun = pss_kib();
    println!("{:<24}{:>10}", "PSS", "MiB");
    tell("program", begun);
    let screen = common::screen();
    screen.apply(&opening::idle());
    screen.draw();
    tell("first frame", pss_kib());
    visit(&screen);
    tell("every page once", pss_kib());
    for _ in 1..VISITS {
        visit(&screen);
    }
    let full = pss_kib();
    tell(&format!("{VISITS} visits"), full);
    for _ in 0..VISITS {
        visit(&screen);
    }
    let twice = pss_kib();
    tell(&format!("{} visits", 2 * VISITS), twice);
    tell("growth", twice - full);
}

/// Every page, each drawn, and the idle page at the end.
fn visit(screen: &Headless) {
    for (_, page) in samples::all() {
        screen.apply(&page);
        screen.draw();
    }
    screen.apply(&ViewModel::default());
    screen.draw();
}

fn tell(when: &str, kib: f64) {
    println!("{when:<24}{:>10.1}", kib / 1024.0);
}

/// The proportional set size of this process (proc_pid_smaps(5)).
fn pss_kib() -> f64 {
    let path = "/proc/self/smaps_rollup";
    let text = std::fs::read_to_string(path).expect("memory is measured on Linux");
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:")).unwrap();
    line.trim().trim_end_matches("kB").trim().parse().unwrap()
}
