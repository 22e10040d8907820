//! The directions of ARCHITECTURE.md, held by reading the sources: who may know whom.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

/// Longest source file, in lines; a file of tests may be a longer table.
const FILE_LINES_MAX: usize = 400;
const TEST_FILE_LINES_MAX: usize = 600;
/// Longest line of source, in characters.
const LINE_CHARS_MAX: usize = 110;

const SLINT: &[&str] = &["slint::", "gongji_ui", "slint!"];
const PORTS: &[&str] = &["serialport", "rustix::pty", "TTYPort"];
const DATABASE: &[&str] = &["rusqlite"];
const CLOCK: &[&str] = &["Instant::now", "SystemTime", "Zoned::now", "Timestamp::now"];
const THREADS: &[&str] = &["std::thread", "crossbeam", "std::sync::mpsc", "Mutex"];
const FILES: &[&str] = &["std::fs", "std::net", "std::process", "std::env"];
const INSURANCE: &[&str] = &["gongji_kiosk", "医保", "共济", "insured", "premium", "settlement"];

/// A room, and what it knows nothing of.
const RULES: &[(&str, &[&[&str]])] = &[
    ("src/domain", &[SLINT, PORTS, DATABASE, CLOCK, THREADS, FILES]),
    ("src/policy", &[SLINT, PORTS, DATABASE, CLOCK, THREADS, FILES]),
    ("src/visit", &[SLINT, PORTS, DATABASE, CLOCK, THREADS, FILES]),
    ("src/statement", &[SLINT, PORTS, DATABASE, CLOCK, THREADS]),
    ("src/records", &[SLINT, PORTS]),
    ("src/journal", &[SLINT, PORTS]),
    ("src/devices", &[SLINT, DATABASE]),
    ("src/app", &[SLINT, PORTS, DATABASE]),
    ("src/commands", &[SLINT, PORTS, DATABASE]),
    ("src/config", &[SLINT, PORTS, DATABASE, CLOCK, THREADS]),
    ("src/view", &[PORTS, DATABASE]),
    ("hal/src", &[SLINT, PORTS, DATABASE, CLOCK, INSURANCE]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("target") {
                found.extend(sources(&path));
            }
        } else if path.extension().is_some_and(|e| e == "rs" || e == "slint") {
            found.push(path);
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn all_sources() -> Vec<PathBuf> {
    let rooms = ["src", "hal", "ui", "tests", "benches"];
    rooms.iter().flat_map(|room| sources(&root().join(room))).collect()
}

/// The code of a line, without its comment.
fn code(line: &str) -> &str {
    line.split_once("//").map_or(line, |(code, _)| code)
}

#[test]
fn rooms_know_only_what_they_may() {
    let mut wrong = Vec::new();
    for (room, forbidden) in RULES {
        let files = sources(&root().join(room));
        assert!(!files.is_empty(), "{room} is empty: mend the rule");
        for file in files {
            // Tests of a room may reach outside it.
            if file.to_string_lossy().contains("/tests") {
                continue;
            }
            for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
                for word in forbidden.iter().flat_map(|words| words.iter()) {
                    if code(line).contains(word) {
                        wrong.push(format!("{}:{}: {word}", file.display(), number + 1));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "a room knows what it must not:\n{}", wrong.join("\n"));
}

#[test]
fn files_and_lines_stay_short() {
    let mut wrong = Vec::new();
    for file in all_sources() {
        let text = fs::read_to_string(&file).unwrap();
        let count = text.lines().count();
        let is_test = file.to_string_lossy().contains("tests");
        let most = if is_test { TEST_FILE_LINES_MAX } else { FILE_LINES_MAX };
        if count > most {
            wrong.push(format!("{}: {count} lines, at most {most}", file.display()));
        }
        for (number, line) in text.lines().enumerate() {
            if line.chars().count() > LINE_CHARS_MAX {
                wrong.push(format!(
                    "{}:{}: over {LINE_CHARS_MAX} characters",
                    file.display(),
                    number + 1
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_unfinished_is_marked() {
    let marks =
        [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X"), concat!("dbg", "!(")];
    let mut wrong = Vec::new();
    for file in all_sources() {
        for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            if let Some(mark) = marks.iter().find(|mark| line.contains(**mark)) {
                wrong.push(format!("{}:{}: {mark}", file.display(), number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_folder_of_a_room_says_what_it_is() {
    for file in all_sources() {
        let is_module =
            file.file_name().is_some_and(|n| n == "mod.rs" || n == "lib.rs" || n == "main.rs");
        if is_module {
            let text = fs::read_to_string(&file).unwrap();
            let first = text.lines().find(|l| !l.starts_with("#!")).unwrap_or_default();
            assert!(first.starts_with("//! "), "{} does not say what it is", file.display());
        }
    }
}

/// The file and the function of a test as docs/features.md names it; `None` for what is no test.
fn named_test(name: &str) -> Option<(String, Option<&str>)> {
    if name.starts_with("src/") || name.starts_with("tests/") {
        return match name.split_once(".rs::") {
            Some((file, function)) => Some((format!("{file}.rs"), Some(function))),
            None if name.ends_with(".rs") => Some((name.to_owned(), None)),
            None => None,
        };
    }
    let (module, function) = name.rsplit_once("::")?;
    Some((format!("src/visit/tests/{}.rs", module.replace("::", "/")), Some(function)))
}

#[test]
fn tests_that_the_table_of_features_names_exist() {
    let table = fs::read_to_string(root().join("docs/features.md")).unwrap();
    let (mut found, mut wrong) = (0, Vec::new());
    for (file, function) in table.split('`').skip(1).step_by(2).filter_map(named_test) {
        found += 1;
        let text = fs::read_to_string(root().join(&file)).unwrap_or_default();
        let is_there = match function {
            Some(function) => text.contains(&format!("fn {function}(")),
            None => text.contains("#[test]"),
        };
        if !is_there {
            wrong.push(format!("{file}: {}", function.unwrap_or("no test")));
        }
    }
    assert!(wrong.is_empty(), "docs/features.md names what is not there:\n{}", wrong.join("\n"));
    assert!(found > 50, "only {found} tests were found: mend the rule");
    for number in 1..=24 {
        assert!(table.contains(&format!("\n| {number} | ")), "feature {number} has no row");
    }
}
