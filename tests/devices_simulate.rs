//! `devices simulate` led by scripts, and lines that are no good.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::path::Path;

use common::process::{Simulator, configuration, fails, kiosk_folder, run, write_cards};
use serde_json::Value;

fn folder() -> tempfile::TempDir {
    let folder = kiosk_folder();
    write_cards(&folder.path().join("records.db"), &folder.path().join("cards"));
    folder
}

fn check(folder: &Path) -> (Option<i32>, Vec<Value>) {
    let args = ["devices", "check", "--config", "kiosk.toml", "--json"];
    let outcome = run(folder, &args);
    (outcome.status, serde_json::from_str(&outcome.out).unwrap())
}

#[test]
fn a_script_is_played_and_the_simulator_serves_on() {
    let folder = folder();
    std::fs::write(folder.path().join("inner"), "# low\nprinter paper low\n").unwrap();
    let text = "card insert cards/showcase.toml\nwait 1\n\nplay inner\n";
    std::fs::write(folder.path().join("script"), text).unwrap();
    let simulator = Simulator::start_with(folder.path(), &["--script", "script"]);
    let read = run(folder.path(), &["devices", "read", "card", "--config", "kiosk.toml"]);
    assert_eq!(read.status, Some(0), "{read:?}");
    // An order that comes after the script is carried out after it.
    simulator.must("play inner");
    let (status, found) = check(folder.path());
    assert_eq!(status, Some(0));
    assert_eq!(found[0]["supplies"][0], "card in the slot");
    assert_eq!(found[3]["supplies"][0], "paper low");
}

#[test]
fn a_wrong_script_ends_the_simulator_with_file_and_line() {
    let folder = folder();
    for (text, sentence) in [
        ("help\nfrobnicate\n", "script: line 2: 'frobnicate' is not known; `help` lists what is"),
        ("wait long\n", "script: line 1: wait takes milliseconds, 0 to 3600000"),
        ("card insert gone\n", "script: line 1: gone: cannot be read"),
    ] {
        std::fs::write(folder.path().join("script"), text).unwrap();
        let args = ["devices", "simulate", "--dir", "hall", "--script", "script"];
        let outcome = run(folder.path(), &args);
        assert_eq!(outcome.status, Some(1), "{outcome:?}");
        assert!(outcome.err.starts_with(&format!("gongji-kiosk: {sentence}")), "{outcome:?}");
        assert_eq!(outcome.err.lines().count(), 1, "{outcome:?}");
        let left = std::fs::read_dir(folder.path().join("hall")).unwrap().count();
        assert_eq!(left, 1, "only printer.escpos stays");
    }
    let (status, sentence) =
        fails(folder.path(), &["devices", "simulate", "--dir", "hall", "--script", "gone"]);
    assert_eq!(status, Some(1));
    assert!(sentence.starts_with("gone: cannot be read"), "{sentence}");
}

#[test]
fn help_lists_every_order_and_each_order_of_a_line_answers() {
    let folder = folder();
    let simulator = Simulator::start(folder.path());
    let help = simulator.order("help");
    for words in ["wait MS", "play FILE", "hall seed S", "DEVICE speed", "fault DEVICE flips N"] {
        assert!(help.contains(words), "{help}");
    }
    simulator.must("hall seed 9");
    simulator.must("fault card flips 100");
    for device in ["card", "code", "idcard", "printer"] {
        simulator.must(&format!("fault {device} flips 9 seed 3"));
        simulator.must(&format!("fault {device} clear"));
    }
    // Every fault of a printer that help names can be asked for.
    for (name, _) in gongji_hal::printer::sim::FAULT_NAMES {
        assert!(help.contains(name), "{name}");
        simulator.must(&format!("fault printer {name} before proof"));
    }
    for (order, words) in [
        ("fault card flips none", "error: flips none: takes a number of bytes"),
        ("card speed 300", "error: speed 300: takes `any` or one of"),
        ("play", "error: play takes the file"),
        ("fault lamp clear", "error: 'fault lamp clear' is not known"),
    ] {
        let answer = simulator.order(order);
        assert!(answer.starts_with(words), "{order}: {answer}");
    }
}

#[test]
fn the_speed_that_a_device_understands_is_found() {
    let folder = folder();
    let simulator = Simulator::start(folder.path());
    simulator.must("card speed 9600");
    simulator.must("idcard speed 57600");
    simulator.must("printer speed 38400");
    let (status, found) = check(folder.path());
    assert_eq!(status, Some(1));
    for (at, baud) in [(0, 9600), (2, 57_600), (3, 38_400)] {
        let device = &found[at];
        assert_eq!((&device["answers"], &device["state"]), (&false.into(), &"powerOff".into()));
        let problem = device["problem"].as_str().unwrap();
        let expected = format!("it answers at {baud} bits a second, not at 115200; write `baud");
        assert!(problem.starts_with(&expected), "{problem}");
    }
    // With that speed in the configuration it works.
    let mut text = configuration();
    for (section, baud) in [("card", 9600), ("idcard", 57_600), ("printer", 38_400)] {
        let (before, after) = text.split_once(&format!("\n[{section}]")).unwrap();
        let after = after.replacen("\nbaud = 115200", &format!("\nbaud = {baud}"), 1);
        text = format!("{before}\n[{section}]{after}");
    }
    std::fs::write(folder.path().join("kiosk.toml"), text).unwrap();
    let (status, found) = check(folder.path());
    assert_eq!(status, Some(0), "{found:?}");
}

#[test]
fn links_go_with_the_simulator_and_a_left_over_one_is_replaced() {
    let folder = folder();
    let hall = folder.path().join("hall");
    std::fs::create_dir(&hall).unwrap();
    for link in ["card", "code", "idcard", "printer"] {
        std::os::unix::fs::symlink("/dev/pts/no-such", hall.join(link)).unwrap();
    }
    let mut simulator = Simulator::start(folder.path());
    assert_eq!(check(folder.path()).0, Some(0));
    simulator.program.terminate();
    assert_eq!(simulator.program.end().status, Some(0));
    for link in ["card", "code", "idcard", "printer", "control"] {
        assert!(std::fs::symlink_metadata(hall.join(link)).is_err(), "{link} is left");
    }
}
