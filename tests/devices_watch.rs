//! `devices watch` beside `devices simulate`: what happens is told line by line, and nobody is named.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::path::Path;

use common::process::{Program, Simulator, kiosk_folder, write_cards};
use gongji_kiosk::records::generate;
use serde_json::Value;

struct Watch {
    program: Program,
    seen: Vec<Value>,
}

impl Watch {
    fn start(folder: &Path) -> Self {
        let args = ["devices", "watch", "--config", "kiosk.toml", "--json"];
        Self { program: Program::start(folder, &args), seen: Vec::new() }
    }

    /// Waits for an event of a device that begins with these words.
    fn wait(&mut self, device: &str, words: &str) -> Value {
        loop {
            let Some(line) = self.program.line() else { panic!("ended: {:?}", self.program.end()) };
            let event: Value = serde_json::from_str(&line).unwrap();
            self.seen.push(event.clone());
            let text = event["event"].as_str().unwrap();
            if event["device"] == device && text.starts_with(words) {
                return event;
            }
        }
    }
}

#[test]
fn what_happens_is_told_line_by_line_and_masked() {
    let folder = kiosk_folder();
    let db = folder.path().join("records.db");
    write_cards(&db, &folder.path().join("cards"));
    let simulator = Simulator::start(folder.path());
    let mut watch = Watch::start(folder.path());
    assert_eq!(watch.wait("card", "returned")["state"], "online");
    watch.wait("printer", "returned");

    simulator.must(&format!("card insert {}/cards/showcase.toml", folder.path().display()));
    watch.wait("card", "card in");
    let read = watch.wait("card", "card read: number ");
    assert!(read["event"].as_str().unwrap().contains("*****"), "{read}");
    simulator.must("card remove");
    watch.wait("card", "card out");

    simulator.must("printer paper out");
    assert_eq!(watch.wait("printer", "needs paper (advice: clear)")["state"], "userError");
    simulator.must("printer paper in");
    watch.wait("printer", "returned");
    simulator.must("printer paper low");
    watch.wait("printer", "paper low");
    simulator.must("printer cover open");
    watch.wait("printer", "needs a hand (advice: clear)");
    simulator.must("printer cover close");
    watch.wait("printer", "returned");

    simulator.must("card unplug");
    assert_eq!(watch.wait("card", "lost (advice: maintenance)")["state"], "noDevice");
    simulator.must("card replug");
    watch.wait("card", "returned");

    watch.program.terminate();
    let outcome = watch.program.end();
    assert_eq!((outcome.status, outcome.err.as_str()), (Some(0), ""), "{outcome:?}");
    let card = generate::showcase(&db).unwrap();
    for canary in [card.number.reveal(), card.name.reveal(), card.id_number.reveal()] {
        assert!(!outcome.out.contains(canary), "{}", outcome.out);
    }
    for event in &watch.seen {
        let time = event["time"].as_str().unwrap();
        assert!(time.len() == 23 && time.contains('T'), "{event}");
    }
}

#[test]
fn a_watch_without_devices_says_where_they_should_be() {
    let folder = kiosk_folder();
    let mut program =
        Program::start(folder.path(), &["devices", "watch", "--config", "kiosk.toml"]);
    let mut lines = Vec::new();
    while !(lines.iter().any(|l: &String| l.contains("lost"))
        && lines.iter().any(|l| l.contains("hall/printer: no such port")))
    {
        lines.push(program.line().expect("a line"));
    }
    // The devices come later, in a folder that was not there.
    let _simulator = Simulator::start(folder.path());
    while !lines.last().unwrap().contains("returned") {
        lines.push(program.line().expect("a line"));
    }
    program.terminate();
    assert_eq!(program.end().status, Some(0));
}
