//! The ID card reader and the code scanner: simulated in one process, asked by commands in others; and
//! their owners as a kiosk has them. Everything over kernel ttys.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::path::Path;
use std::time::Instant;

use common::PATIENCE;
use common::process::{Outcome, Program, Simulator, configuration, fails, run};
use serde_json::Value;

const LATIN: &str = "ROE, RICHARD PAUL";

/// A document as a file describes it: kind, name, Latin name, number.
fn document(kind: &str, name: &str, latin: &str, number: &str) -> String {
    format!(
        "kind = \"{kind}\"\nname = \"{name}\"\nlatin_name = \"{latin}\"\nnumber = \"{number}\"\n\
         sex = \"male\"\nbirth = \"1949-12-31\"\nfrom = \"2020-01-01\"\nuntil = \"2040-01-01\"\n"
    )
}

fn resident() -> String {
    document("resident", "欧阳建国", "", "11010519491231002X")
}

/// A folder with a configuration and its simulated devices, without a ledger.
struct Hall {
    simulator: Simulator,
    folder: tempfile::TempDir,
}

impl Hall {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("kiosk.toml"), configuration()).unwrap();
        Self { simulator: Simulator::start(folder.path()), folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn must(&self, order: &str) {
        self.simulator.must(order);
    }

    fn place(&self, document: &str) {
        let path = self.path().join("one document.toml");
        std::fs::write(&path, document).unwrap();
        self.must(&format!("idcard place {}", path.display()));
    }

    fn read(&self, words: &str) -> Outcome {
        let line = format!("devices read {words} --config kiosk.toml");
        run(self.path(), &line.split(' ').collect::<Vec<_>>())
    }

    #[track_caller]
    fn refused(&self, words: &str) -> String {
        let line = format!("devices read {words} --config kiosk.toml");
        let (status, sentence) = fails(self.path(), &line.split(' ').collect::<Vec<_>>());
        assert_eq!(status, Some(1), "{sentence}");
        sentence
    }

    /// Starts a command that waits for a code, and holds one before the scanner once it is lit.
    fn scan(&self, words: &str, text: &str) -> Outcome {
        // A scanner that was left lit would see the code before anybody waits for it.
        self.must("code unplug");
        self.must("code replug");
        let line = format!("devices read code {words} --config kiosk.toml");
        let args: Vec<&str> = line.split_whitespace().collect();
        let mut program = Program::start(self.path(), &args);
        self.scan_when_lit(text);
        program.end()
    }

    fn scan_when_lit(&self, text: &str) {
        let until = Instant::now() + PATIENCE;
        loop {
            let answer = self.simulator.order(&format!("code scan {text}"));
            if answer == "ok" {
                return;
            }
            assert!(answer.contains("the scanner's light is out"), "{answer}");
            assert!(Instant::now() < until, "the light was never put on");
        }
    }
}

#[test]
fn each_kind_of_document_is_read_masked_unless_all_is_asked_for() {
    let hall = Hall::start();
    for (file, kind, name, masked_name, number, masked_number) in [
        (resident(), "居民身份证", "欧阳建国", "欧阳*", "11010519491231002X", "110***********002X"),
        (
            document("hk-macao-taiwan", "陈大文", "", "81000019491231001X"),
            "港澳台居民居住证",
            "陈大文",
            "陈*",
            "81000019491231001X",
            "810***********001X",
        ),
        (
            document("foreigner-2017", "", LATIN, "ZZZ110049123101"),
            "外国人永久居留身份证（2017版）",
            LATIN,
            "R*·R*·P*",
            "ZZZ110049123101",
            "ZZZ********3101",
        ),
        (
            document("foreigner-2023", "罗理查", LATIN, "911999194912310015"),
            "外国人永久居留身份证（2023版）",
            "罗理查",
            "罗*",
            "911999194912310015",
            "911***********0015",
        ),
    ] {
        hall.place(&file);
        let masked = hall.read("idcard --log trace");
        assert_eq!(masked.status, Some(0), "{masked:?}");
        for words in [kind, masked_name, masked_number, "2040-01-01"] {
            assert!(masked.out.contains(words), "{words} is not in {}", masked.out);
        }
        assert!(masked.err.contains("idcard.read\n"), "the log was kept: {}", masked.err);
        for canary in [name, LATIN, number, "1949", "19491231"] {
            assert!(!masked.out.contains(canary), "{canary} is in {}", masked.out);
            assert!(!masked.err.contains(canary), "{canary} is in {}", masked.err);
        }
        let json = hall.read("idcard --json --reveal");
        assert_eq!((json.status, json.err.as_str()), (Some(0), ""), "{json:?}");
        let found: Value = serde_json::from_str(&json.out).unwrap();
        assert_eq!((&found["kind"], &found["id_number"]), (&kind.into(), &number.into()));
        let names = [&found["name"], &found["latin_name"]];
        assert!(names.contains(&&Value::from(name)), "{found}");
        assert_eq!(found["birth"], "1949-12-31");
        let json = hall.read("idcard --json");
        let found: Value = serde_json::from_str(&json.out).unwrap();
        assert_eq!(found["id_number"], masked_number);
        assert_eq!(found["birth"], "****-**-**");
    }
    hall.place(&resident().replace("2040-01-01", "长期"));
    assert!(hall.read("idcard").out.contains("valid until  长期\n"));
}

#[test]
fn a_code_is_read_whatever_ends_it_and_shown_only_when_asked_for() {
    let hall = Hall::start();
    for (end, prefix) in [("cr", "off"), ("crlf", "on"), ("nothing", "off"), ("nothing", "on")] {
        hall.must(&format!("code ends {end}"));
        hall.must(&format!("code prefix {prefix}"));
        let text = format!("CANARY {end} {prefix}");
        let hidden = hall.scan("--log trace", &text);
        assert_eq!(hidden.status, Some(0), "{end}: {hidden:?}");
        let characters = text.chars().count();
        assert_eq!(hidden.out, format!("code        ********\ncharacters  {characters}\n"));
        assert!(hidden.err.contains("code.scanned\n"), "{}", hidden.err);
        assert!(!hidden.err.contains("CANARY"), "{}", hidden.err);
        let shown = hall.scan("--json --reveal", &text);
        let found: Value = serde_json::from_str(&shown.out).unwrap();
        assert_eq!(found["code"], text.as_str(), "{end}");
        let hidden = hall.scan("--json", &text);
        let found: Value = serde_json::from_str(&hidden.out).unwrap();
        assert_eq!(
            (&found["code"], &found["characters"]),
            (&"********".into(), &characters.into())
        );
    }
}

#[test]
fn readers_may_come_after_the_question() {
    let hall = Hall::start();
    hall.must("idcard unplug");
    hall.must("code unplug");
    let start = |device| {
        let line = format!("devices read {device} --reveal --log info --config kiosk.toml");
        Program::start(hall.path(), &line.split(' ').collect::<Vec<_>>())
    };
    let (mut idcard, mut code) = (start("idcard"), start("code"));
    hall.place(&resident());
    hall.must("idcard replug");
    hall.must("code replug");
    hall.scan_when_lit("CODE-1");
    let outcome = idcard.end();
    assert!(outcome.out.contains("id number    11010519491231002X\n"), "{outcome:?}");
    let outcome = code.end();
    assert!(outcome.out.contains("code        CODE-1\n"), "{outcome:?}");
}

#[test]
fn what_is_missing_is_said_in_one_sentence() {
    let hall = Hall::start();
    let sentence = hall.refused("idcard --wait 3");
    assert_eq!(sentence, "hall/idcard: no document was put down; ask again with a longer --wait");
    let sentence = hall.refused("code --wait 1");
    assert!(sentence.starts_with("hall/code: no code came; hold one before"), "{sentence}");
    for device in ["idcard", "code"] {
        hall.must(&format!("{device} unplug"));
        let sentence = hall.refused(&format!("{device} --wait 1"));
        let expected = format!("hall/{device}: no such port; connect the device");
        assert!(sentence.starts_with(&expected), "{sentence}");
        let text = configuration();
        let (before, rest) = text.split_once(&format!("\n[{device}]")).unwrap();
        let (_, after) = rest.split_once("\n[").unwrap();
        std::fs::write(hall.path().join("none.toml"), format!("{before}\n[{after}")).unwrap();
        let args = ["devices", "read", device, "--config", "none.toml"];
        let (status, sentence) = fails(hall.path(), &args);
        assert_eq!(status, Some(1));
        assert_eq!(sentence, format!("none.toml: there is no [{device}] section to read with"));
    }
}

#[test]
fn faults_of_the_id_card_reader_are_overcome_or_named() {
    let hall = Hall::start();
    for (fault, expected) in [
        ("checksum 1", None),
        // More than it repeats: it is given up, and found well later.
        ("checksum 5", None),
        ("junk", None),
        ("half", None),
        ("flip 100", None),
        ("drop 2", None),
        ("late 200", None),
        // Its module fails its own test once.
        ("sw3 60", None),
        // A document that does not lie well is found anew.
        ("sw3 41 2", None),
        ("lift", Some("the document was lifted while it was being read; leave it there")),
        ("sw3 31 3", Some("it may be damaged or forged")),
        ("sw3 32 3", Some("it may be damaged or forged")),
        ("sw3 33 3", Some("the document fails its verification; look at the document")),
        ("sw3 40 3", Some("the card is no identity document; put down one identity document")),
    ] {
        hall.place(&resident());
        hall.must(&format!("fault idcard {fault}"));
        match expected {
            None => {
                let outcome = hall.read("idcard --reveal");
                assert_eq!(outcome.status, Some(0), "{fault}: {outcome:?}");
                assert!(outcome.out.contains("11010519491231002X"), "{fault}: {outcome:?}");
            }
            Some(words) => {
                let sentence = hall.refused("idcard");
                assert!(sentence.starts_with("hall/idcard: "), "{fault}: {sentence}");
                assert!(sentence.contains(words), "{fault}: {sentence}");
            }
        }
    }
    // A document whose number cannot be one.
    hall.place(&document("resident", "张三", "", "110105194912310021"));
    let sentence = hall.refused("idcard");
    assert!(sentence.contains("check character of its number is wrong; look at"), "{sentence}");
    assert!(!sentence.contains("1949"), "{sentence}");
    hall.must("fault idcard silence");
    let sentence = hall.refused("idcard --wait 2");
    let expected = "hall/idcard: the reader does not answer; check power, cable and speed";
    assert_eq!(sentence, expected);
    hall.must("fault idcard clear");
    hall.must("idcard speed 9600");
    let sentence = hall.refused("idcard --wait 2");
    assert!(sentence.starts_with("hall/idcard: the reader "), "{sentence}");
    hall.must("idcard speed 115200");
    hall.place(&resident());
    assert_eq!(hall.read("idcard").status, Some(0), "in order again");
}

#[test]
fn faults_of_the_code_scanner_are_overcome_or_named() {
    let hall = Hall::start();
    for (fault, expected) in [
        ("junk", "what the scanner sent is no text; check the speed and the cable"),
        ("flip 7", "what the scanner sent is no text; check the speed and the cable"),
        ("long", "the scanned code is longer than 512 bytes; show a 医保码"),
    ] {
        hall.must(&format!("fault code {fault}"));
        let outcome = hall.scan("", "CANARY-1");
        assert_eq!((outcome.status, outcome.out.as_str()), (Some(1), ""), "{fault}: {outcome:?}");
        assert!(outcome.err.contains(expected), "{fault}: {outcome:?}");
        assert!(!outcome.err.contains("CANARY"), "{fault}: {outcome:?}");
    }
    for (fault, expected) in [("late 300", "code        CODE-1234\n"), ("half", "code        CODE")]
    {
        hall.must(&format!("fault code {fault}"));
        let outcome = hall.scan("--reveal", "CODE-1234");
        assert!(outcome.out.starts_with(expected), "{fault}: {outcome:?}");
    }
    hall.must("fault code junk");
    hall.must("fault code clear");
    assert_eq!(hall.scan("", "CODE-1").status, Some(0), "what was to come is forgotten");
}

#[test]
fn orders_are_listed_and_mistakes_in_them_named() {
    let hall = Hall::start();
    let help = hall.simulator.order("help");
    for order in [
        "idcard place FILE",
        "idcard lift",
        "idcard unplug | replug",
        "code scan TEXT",
        "code ends cr | crlf | nothing",
        "code prefix on | off",
        "code light always | asked",
        "code unplug | replug",
        "fault idcard NAME [N]",
        "fault code NAME [N]",
    ] {
        assert!(help.lines().any(|line| line.starts_with(order)), "{order}: {help}");
    }
    std::fs::write(hall.path().join("bad one.toml"), "kind = \"resident\"\nsex = 1\n").unwrap();
    let bad = format!("idcard place {}/bad one.toml", hall.path().display());
    for (order, words) in [
        ("idcard place", "idcard place takes the file that describes the document"),
        ("idcard place gone.toml", "gone.toml: cannot be read"),
        (&bad, "bad one.toml: line 2: "),
        ("idcard eat", "'idcard eat' is not known; `help` lists what is"),
        ("fault idcard sneeze", "'sneeze' is no fault of the ID card reader; say junk"),
        ("fault idcard sw3 GG", "'sw3 GG' is no fault of the ID card reader"),
        ("fault idcard sw3 41 0", "sw3 takes a status and how often it comes, 1 to 100"),
        ("fault idcard", "is not known"),
        ("code scan", "code scan takes the text of the code"),
        ("code scan TEXT", "the scanner's light is out, nothing was seen; scan when"),
        ("code ends tab", "'code ends tab' is not known"),
        ("code light dim", "is not known"),
        ("fault code sneeze", "'sneeze' is no fault of the code scanner; say junk"),
    ] {
        let answer = hall.simulator.order(order);
        assert!(answer.starts_with("error: ") && answer.contains(words), "{order}: {answer}");
    }
    hall.must("idcard lift");
}
