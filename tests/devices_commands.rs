//! `devices simulate` in one process and the commands that ask devices in others, over kernel ttys.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::path::Path;

use common::process::{Outcome, Simulator, configuration, fails, kiosk_folder, run, write_cards};
use gongji_hal::card::sim::ReaderKind;
use gongji_kiosk::records::generate::{self, ShowcaseCard};
use serde_json::Value;

/// A kiosk's folder with cards, and its simulated devices.
struct Hall {
    simulator: Simulator,
    folder: tempfile::TempDir,
}

impl Hall {
    fn start() -> Self {
        let folder = kiosk_folder();
        let db = folder.path().join("records.db");
        write_cards(&db, &folder.path().join("cards"));
        Self { simulator: Simulator::start(folder.path()), folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn card(&self) -> ShowcaseCard {
        generate::showcase(&self.path().join("records.db")).unwrap()
    }

    fn put_in(&self, label: &str) {
        self.simulator.must(&format!("card insert {}/cards/{label}.toml", self.path().display()));
    }

    fn command(&self, line: &str) -> Outcome {
        run(self.path(), &line.split(' ').collect::<Vec<_>>())
    }

    fn refused(&self, line: &str) -> (Option<i32>, String) {
        fails(self.path(), &line.split(' ').collect::<Vec<_>>())
    }
}

/// The columns of a table's row.
fn cells(line: &str) -> Vec<&str> {
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()
}

#[test]
fn check_says_who_and_how_each_device_is() {
    let hall = Hall::start();
    let table = hall.command("devices check --config kiosk.toml");
    assert_eq!((table.status, table.err.as_str()), (Some(0), ""), "{table:?}");
    let rows: Vec<Vec<&str>> = table.out.lines().map(cells).collect();
    let heading = "device port model state capabilities supplies firmware";
    assert_eq!(rows[0][..7], heading.split(' ').collect::<Vec<_>>());
    assert_eq!(rows[0][7..], ["round trip", "proof"]);
    let abilities = "chip cards, echoes commands";
    assert_eq!(rows[1][..7], ["card", "hall/card", "SIM-TWIN", "online", abilities, "-", "1.00"]);
    // A printer that is in order is not called offline: its answers are all waited for.
    let abilities = "576 dots, large print, cutter";
    let first = ["printer", "hall/printer", "-", "online", abilities, "paper ok", "-"];
    assert_eq!(rows[4][..7], first);
    assert_eq!(rows[4][8], "process id");
    // A scanner answers no question: its port is all that is known.
    let abilities = "codes, light by command";
    assert_eq!(rows[2][..8], ["code", "hall/code", "-", "online", abilities, "-", "-", "-"]);
    assert_eq!(rows[3][..2], ["idcard", "hall/idcard"]);
    assert!(rows[3][2].starts_with("SAM 05.01-"), "{:?}", rows[3]);
    assert_eq!(rows[3][3..5], ["online", "identity documents"]);
    for row in [&rows[1], &rows[3], &rows[4]] {
        let ms = row[7].strip_suffix(" ms").unwrap().parse::<f64>().unwrap();
        assert!(ms > 0.0, "{row:?}");
    }
    let offers = "offers: visits by card, by identity document, by code, slips of 24 characters a \
                  line and in large print";
    assert_eq!(table.out.lines().last(), Some(offers));
    assert_eq!(rows.len(), 6);

    hall.simulator.must("printer paper out");
    let json = hall.command("devices check --config kiosk.toml --json");
    assert_eq!((json.status, json.err.as_str()), (Some(0), ""), "a printer without paper answers");
    let found: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(found[0]["device"], "card");
    assert_eq!(found[0]["answers"], true);
    assert!(found[0]["round_trip_ms"].as_f64().unwrap() > 0.0, "{found}");
    assert_eq!(found[3]["state"], "userError");
    assert_eq!(found[3]["supplies"][0], "paper out");
}

#[test]
fn check_fails_when_a_device_does_not_answer() {
    let hall = Hall::start();
    hall.simulator.must("printer unplug");
    let (status, sentence) = hall.refused("devices check --config kiosk.toml");
    assert_eq!(status, Some(1));
    assert_eq!(
        sentence,
        "no answer from: printer; check power, cable, and port and speed in kiosk.toml"
    );
    hall.simulator.must("printer replug");
    hall.simulator.must("printer mute");
    hall.simulator.must("card unplug");
    let outcome = hall.command("devices check --config kiosk.toml --json");
    assert_eq!(outcome.status, Some(1));
    assert!(outcome.err.contains("no answer from: card, printer;"), "{}", outcome.err);
    let found: Value = serde_json::from_str(&outcome.out).unwrap();
    assert_eq!(found[0]["state"], "noDevice");
    assert_eq!(found[3]["answers"], false);
    let problem = found[3]["problem"].as_str().unwrap();
    assert!(problem.starts_with("it does not answer at any usual speed; "), "{problem}");
    assert!(found[0]["problem"].as_str().unwrap().starts_with("hall/card: no such port"));
}

#[test]
fn a_card_is_read_masked_unless_all_is_asked_for() {
    let hall = Hall::start();
    let card = hall.card();
    let (number, name) = (card.number.reveal(), card.name.reveal());
    let id_number = card.id_number.reveal();
    hall.put_in("showcase");

    let masked = hall.command("devices read card --config kiosk.toml");
    assert_eq!((masked.status, masked.err.as_str()), (Some(0), ""), "{masked:?}");
    assert!(masked.out.contains("王*") && masked.out.contains("*****"), "{}", masked.out);
    for canary in [number, name, id_number] {
        assert!(!masked.out.contains(canary), "{}", masked.out);
    }
    let revealed = hall.command("devices read card --config kiosk.toml --reveal");
    assert!(revealed.out.contains(&format!("number     {number}\n")), "{}", revealed.out);
    assert!(revealed.out.contains(&format!("id number  {id_number}\n")), "{}", revealed.out);

    let json = hall.command("devices read card --config kiosk.toml --json");
    let found: Value = serde_json::from_str(&json.out).unwrap();
    assert!(found["number"].as_str().unwrap().starts_with('*'), "{found}");
    assert_ne!(found["name"], name);
    let json = hall.command("devices read card --config kiosk.toml --json --reveal");
    let found: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(found["name"], name);
    assert_eq!(found["id_number"], id_number);
    assert_eq!(found["expires"], card.expires.to_string());
}

#[test]
fn every_kind_of_reader_reads_cards_over_both_protocols() {
    let folder = kiosk_folder();
    let cards = folder.path().join("cards");
    write_cards(&folder.path().join("records.db"), &cards);
    let t0 = std::fs::read_to_string(cards.join("showcase.toml")).unwrap();
    std::fs::write(cards.join("t1.toml"), format!("protocol = \"T=1\"\n{t0}")).unwrap();
    for kind in ReaderKind::ALL {
        let options = ["--reader", kind.name()];
        let simulator = Simulator::start_with(folder.path(), &options);
        for label in ["showcase", "t1"] {
            let card = cards.join(format!("{label}.toml"));
            simulator.must(&format!("card insert {}", card.display()));
            if label == "t1" {
                simulator.must("fault card t1-wtx");
            }
            let line = "devices read card --config kiosk.toml";
            let read = run(folder.path(), &line.split(' ').collect::<Vec<_>>());
            assert_eq!((read.status, read.err.as_str()), (Some(0), ""), "{kind} {label}: {read:?}");
            assert!(read.out.contains("王*"), "{kind} {label}: {}", read.out);
        }
    }
}

#[test]
fn cards_that_are_no_good_are_told_apart() {
    let hall = Hall::start();
    hall.put_in("expired");
    let expired = hall.command("devices read card --config kiosk.toml --json");
    assert_eq!(expired.status, Some(0), "an expired card can be read: {expired:?}");
    let found: Value = serde_json::from_str(&expired.out).unwrap();
    assert!(found["expires"].as_str().unwrap() < common::TODAY.to_string().as_str(), "{found}");

    for (label, what, way_out) in [
        ("mute", "hall/card: the card does not answer", "turn the card"),
        ("bank", "hall/card: the card is not a social-security card", "put in a social-security"),
    ] {
        hall.put_in(label);
        let (status, sentence) = hall.refused("devices read card --config kiosk.toml");
        assert_eq!(status, Some(1));
        assert!(sentence.starts_with(what) && sentence.contains(way_out), "{sentence}");
    }
    hall.put_in("number-only");
    let outcome = hall.command("devices read card --config kiosk.toml");
    assert!(outcome.out.contains("name       not on the card"), "{}", outcome.out);
}

#[test]
fn no_card_and_no_reader_are_two_sentences() {
    let hall = Hall::start();
    let line = "devices read card --config kiosk.toml --wait 2";
    let (status, sentence) = hall.refused(line);
    assert_eq!(status, Some(1));
    assert_eq!(sentence, "hall/card: no card was put in; ask again with a longer --wait");
    hall.simulator.must("card unplug");
    let (status, sentence) = hall.refused(line);
    assert_eq!(status, Some(1));
    let expected = "hall/card: no such port; connect the device or correct its port";
    assert!(sentence.starts_with(expected), "{sentence}");
}

#[test]
fn ports_that_cannot_be_used_are_named_once() {
    let hall = Hall::start();
    std::fs::write(hall.path().join("plain"), "not a terminal").unwrap();
    for (port, words) in [("plain", "cannot be used"), ("/dev/null", "cannot be used")] {
        for device in ["card", "printer"] {
            let text = configuration().replace(&format!("hall/{device}"), port);
            std::fs::write(hall.path().join("other.toml"), text).unwrap();
            let line = match device {
                "card" => "devices read card --wait 1 --config other.toml",
                _ => "devices test printer --config other.toml",
            };
            let (status, sentence) = hall.refused(line);
            assert_eq!(status, Some(1));
            assert!(sentence.contains(words) && sentence.contains(port), "{sentence}");
            assert_eq!(sentence.matches(port).count(), 1, "{sentence}");
        }
    }
}

#[test]
fn a_port_in_use_is_said_to_be() {
    let hall = Hall::start();
    let open = |name: &str| {
        let port = std::fs::canonicalize(hall.path().join("hall").join(name)).unwrap();
        serialport::new(port.to_string_lossy(), 115_200).open_native().unwrap()
    };
    let _held = (open("card"), open("printer"));
    for line in [
        "devices read card --wait 1 --config kiosk.toml",
        "devices test printer --config kiosk.toml",
    ] {
        let (status, sentence) = hall.refused(line);
        assert_eq!(status, Some(1));
        assert!(sentence.contains("in use by another program; stop that program"), "{sentence}");
    }
}

#[test]
fn the_test_page_is_marked_and_its_proof_is_named() {
    let hall = Hall::start();
    let line = "devices test printer --config kiosk.toml";
    let outcome = hall.command(line);
    assert_eq!((outcome.status, outcome.err.as_str()), (Some(0), ""), "{outcome:?}");
    let proof = "hall/printer: the test page is on paper: the printer answered the page's own \
        process id\n";
    assert_eq!(outcome.out, proof);
    // Written when the simulator ends at the latest.
    let mut simulator = hall.simulator;
    simulator.program.terminate();
    assert_eq!(simulator.program.end().status, Some(0));
    let bytes = simulator.printed();
    let (mark, ..) = encoding_rs::GB18030.encode("测试");
    let marks = bytes.windows(mark.len()).filter(|window| **window == *mark).count();
    assert!(marks >= 2, "the page says 测试 {marks} times");
}

#[test]
fn a_printer_that_cannot_print_is_explained() {
    let hall = Hall::start();
    let line = "devices test printer --config kiosk.toml";
    for (order, words, undo) in [
        ("printer paper out", "no paper or its cover is open", "printer paper in"),
        ("printer cover open", "no paper or its cover is open", "printer cover close"),
        ("printer mute", "does not answer", "printer unmute"),
        ("printer unplug", "no such port", "printer replug"),
    ] {
        hall.simulator.must(order);
        let (status, sentence) = hall.refused(line);
        assert_eq!(status, Some(1), "{order}");
        assert!(sentence.starts_with("hall/printer: "), "{order}: {sentence}");
        assert!(sentence.contains(words) && sentence.contains("; "), "{order}: {sentence}");
        hall.simulator.must(undo);
    }
    let text = configuration();
    let from = text.find("[printer]").unwrap();
    let to = text.find("[staff]").unwrap();
    let without = format!("{}{}", &text[..from], &text[to..]);
    std::fs::write(hall.path().join("none.toml"), without).unwrap();
    let (status, sentence) = hall.refused("devices test printer --config none.toml");
    assert_eq!(status, Some(1));
    assert_eq!(sentence, "none.toml: there is no [printer] section to test");
    assert_eq!(hall.command(line).status, Some(0), "in order again");
}

#[test]
fn the_control_socket_answers_each_order() {
    let hall = Hall::start();
    let help = hall.simulator.order("help");
    for order in ["card insert FILE", "printer paper out", "fault card NAME", "fault printer NAME"]
    {
        assert!(help.contains(order), "{help}");
    }
    for (order, words) in [
        ("frobnicate", "'frobnicate' is not known; `help` lists what is"),
        ("card insert", "card insert takes the file"),
        ("card insert gone.toml", "gone.toml: cannot be read"),
        ("fault card sneeze", "'sneeze' is no fault of the card reader; say mute"),
        ("fault printer sneeze after 3 lines", "is no fault of the printer: write NAME"),
        ("fault printer mute after many lines", "is no fault of the printer: write NAME"),
    ] {
        let answer = hall.simulator.order(order);
        assert!(answer.starts_with("error: ") && answer.contains(words), "{order}: {answer}");
    }
    std::fs::write(hall.path().join("bad card.toml"), "number = 5\n").unwrap();
    let path = hall.path().join("bad card.toml");
    let answer = hall.simulator.order(&format!("card insert {}", path.display()));
    assert!(answer.contains("bad card.toml: line 1: "), "{answer}");

    // A fault of each device, and the answers that follow.
    hall.simulator.must("fault card lrc 1");
    hall.put_in("showcase");
    assert_eq!(hall.command("devices read card --config kiosk.toml").status, Some(0));
    hall.simulator.must("fault printer head-hot after 2 lines");
    assert_eq!(hall.command("devices test printer --config kiosk.toml").status, Some(0));
}

#[test]
fn a_second_simulator_in_the_same_folder_is_refused() {
    let hall = Hall::start();
    let (status, sentence) = hall.refused("devices simulate --dir hall");
    assert_eq!(status, Some(1));
    assert!(sentence.starts_with("hall: "), "{sentence}");
    assert!(sentence.contains("another simulator runs here; stop it"), "{sentence}");
    // The first one still serves.
    assert_eq!(hall.command("devices check --config kiosk.toml").status, Some(0));
}

#[test]
fn an_ended_simulator_leaves_only_what_was_printed() {
    let left = |hall: &Path| -> Vec<String> {
        let entries = std::fs::read_dir(hall).unwrap();
        entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
    };
    for way in ["TERM", "quit on the socket", "quit on its input"] {
        let mut hall = Hall::start();
        match way {
            "TERM" => hall.simulator.program.terminate(),
            "quit on its input" => hall.simulator.program.say("quit"),
            _ => {
                hall.simulator.order("quit");
            }
        }
        let outcome = hall.simulator.program.end();
        assert_eq!((outcome.status, outcome.err.as_str()), (Some(0), ""), "{way}: {outcome:?}");
        assert_eq!(left(&hall.simulator.dir), ["printer.escpos"], "{way}");
    }
}

#[test]
fn a_killed_simulator_does_not_stand_in_the_way_of_the_next() {
    let mut hall = Hall::start();
    hall.simulator.program.kill();
    hall.simulator = Simulator::start(hall.folder.path());
    assert_eq!(hall.command("devices check --config kiosk.toml").status, Some(0));
}
