//! The commands that need no device, as a person uses them: what goes wrong is one sentence that names
//! the thing and a way out, and nothing is changed; what goes right leaves what was asked for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::path::Path;

use common::process::{self, configuration, fails, files, kiosk_folder, run};
use common::{TODAY, generate_records};
use gongji_kiosk::records::generate;
use rusqlite::Connection;

/// What is asked, the exit status, and words that the sentence must hold: the thing and the way out.
type WrongUse<'a> = (&'a str, i32, &'a [&'a str]);

/// Fails unless each command fails as told and leaves every file as it was.
fn refuse_all(folder: &Path, table: &[WrongUse<'_>]) {
    let before = files(folder);
    for (line, status, words) in table {
        let args: Vec<&str> = line.split(' ').collect();
        let (ended, sentence) = fails(folder, &args);
        assert_eq!(ended, Some(*status), "{line}: {sentence}");
        for word in *words {
            assert!(sentence.contains(word), "{line}: '{word}' is not in: {sentence}");
        }
        let after = files(folder);
        for (path, bytes) in &before {
            assert!(after.get(path) == Some(bytes), "{line}: {} was changed", path.display());
        }
        let new: Vec<_> = after.keys().filter(|path| !before.contains_key(*path)).collect();
        assert!(new.is_empty(), "{line}: left behind: {new:?}");
    }
}

#[test]
fn wrong_words_are_named_and_help_is_pointed_to() {
    let folder = tempfile::tempdir().unwrap();
    refuse_all(
        folder.path(),
        &[
            ("frobnicate", 2, &["'frobnicate'", "--help"]),
            ("--frob", 2, &["'--frob'", "--help"]),
            ("--log loud devices simulate --dir x", 2, &["--log loud", "warn, info"]),
            ("records generate", 2, &["--db <FILE>", "--help"]),
            ("records generate --db a.db --persons many", 2, &["'many'", "--persons"]),
            ("records generate --db a.db --until yesterday", 2, &["'yesterday'", "--until"]),
            ("records generate --db a.db --persons 2", 1, &["--persons 2", "give 3 to"]),
            ("records generate --db a.db --years 99", 1, &["--years 99", "give 1 to"]),
            ("records import --db a.db", 2, &["<FILE>...", "--help"]),
            ("devices read scanner --config kiosk.toml", 2, &["'scanner'", "card"]),
            ("devices test lamp --config kiosk.toml", 2, &["'lamp'", "printer"]),
            (
                "statement render --kind all",
                2,
                &["'all'", "[possible values: account, family, care]"],
            ),
            ("run", 2, &["--config <FILE>", "--help"]),
        ],
    );
}

#[test]
fn a_missing_command_is_said_and_not_answered_with_a_description() {
    let folder = tempfile::tempdir().unwrap();
    refuse_all(
        folder.path(),
        &[
            ("devices", 2, &["a command is missing", "gongji-kiosk devices", "--help"]),
            ("records", 2, &["a command is missing", "gongji-kiosk records", "--help"]),
            ("statement", 2, &["a command is missing", "gongji-kiosk statement", "--help"]),
        ],
    );
}

#[test]
fn a_wait_beyond_all_time_is_refused() {
    let folder = kiosk_folder();
    let line = "devices read card --config kiosk.toml --wait 18446744073709551615";
    refuse_all(folder.path(), &[(line, 2, &["18446744073709551615", "--wait", "86400"])]);
}

#[test]
fn configurations_that_cannot_be_used_are_named_with_their_line() {
    let folder = kiosk_folder();
    let text = configuration();
    let broken = |name: &str, good: &str, bad: &str| {
        assert!(text.contains(good), "{good}");
        std::fs::write(folder.path().join(name), text.replacen(good, bad, 1)).unwrap();
    };
    broken("open.toml", "[card]", "[card");
    broken("unknown.toml", "baud = 115200", "bauds = 115200");
    broken("value.toml", "terminal_no = \"31010007\"", "terminal_no = \"\"");
    broken("no-ledger.toml", "records.db", "gone.db");
    broken("no-journal.toml", "\"journal.db\"", "\"nowhere/journal.db\"");
    std::fs::write(folder.path().join("latin.toml"), b"\xC4\xE3").unwrap();
    let way = "deploy/kiosk.toml";
    let commands = ["run --headless", "devices check", "devices read card", "devices test printer"];
    // A build without a screen refuses the first before it looks at the configuration.
    for command in commands.iter().skip(usize::from(cfg!(not(feature = "ui")))) {
        refuse_all(
            folder.path(),
            &[
                (
                    &format!("{command} --config none.toml"),
                    1,
                    &["none.toml", "cannot be read", way],
                ),
                (
                    &format!("{command} --config latin.toml"),
                    1,
                    &["latin.toml", "cannot be read", way],
                ),
                (&format!("{command} --config open.toml"), 1, &["open.toml: line ", way]),
                (&format!("{command} --config unknown.toml"), 1, &["line ", "`bauds`", way]),
                (&format!("{command} --config value.toml"), 1, &["terminal_no", "1 to 8 letters"]),
            ],
        );
    }
    if cfg!(feature = "ui") {
        refuse_all(
            folder.path(),
            &[
                ("run --headless --config no-ledger.toml", 1, &["gone.db", "records generate"]),
                ("run --headless --config no-journal.toml", 1, &["nowhere/journal.db", "; "]),
                // Without a display, that is what is missing.
                ("run --config kiosk.toml", 1, &["no display", "demo"]),
            ],
        );
    }
}

#[test]
fn ledgers_that_cannot_be_used_are_named() {
    let folder = kiosk_folder();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("text.db"), "This is a letter and no database.\n".repeat(99)).unwrap();
    // Elsewhere: looking at the files of this folder would let go of the lock.
    let elsewhere = tempfile::tempdir().unwrap();
    let db = elsewhere.path().join("held.db");
    std::fs::copy(path("records.db"), &db).unwrap();
    let held = Connection::open(&db).unwrap();
    held.pragma_update(None, "journal_mode", "delete").unwrap();
    held.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let db = db.display();
    std::fs::write(path("good.json"), "[]").unwrap();
    let render = |db: &str, rest: &str| {
        format!("statement render --person 1 --kind account {rest} --db {db}")
    };
    let year = "--from 2026-01-01 --to 2026-11-20 --out slip.png";
    let busy = &["held.db", "another program", "try again"][..];
    let none = &["text.db", "not a ledger", "--db"][..];
    let from = "--from 2026-03-01 --to 2026-02-01 --out slip.png";
    let pdf = "--from 2026-01-01 --to 2026-11-20 --out slip.pdf";
    refuse_all(
        folder.path(),
        &[
            (&render("gone.db", year), 1, &["gone.db", "no ledger file", "records generate"]),
            (&render("text.db", year), 1, none),
            (&render(&db.to_string(), year), 1, busy),
            (&render("records.db", from), 2, &["--from 2026-03-01", "--to 2026-02-01", "exchange"]),
            (&render("records.db", pdf), 2, &["--out slip.pdf", ".escpos or .png"]),
            (
                &render("records.db", "--from 2026-02-30 --to 2026-11-20 --out a.png"),
                2,
                &["2026-02-30"],
            ),
            ("records generate --db records.db", 1, &["records.db", "has persons", "new file"]),
            ("records generate --db text.db", 1, none),
            (&format!("records generate --db {db}"), 1, busy),
            ("records generate --db nowhere/a.db", 1, &["nowhere/a.db", "check"]),
            ("records import good.json --db text.db", 1, none),
            (&format!("records import good.json --db {db}"), 1, busy),
        ],
    );
}

#[test]
fn files_that_are_no_records_are_named_and_the_ledger_stays() {
    let folder = kiosk_folder();
    std::fs::write(folder.path().join("letter.json"), "Dear Sir or Madam").unwrap();
    std::fs::write(folder.path().join("other.json"), "{\"hello\": 1}").unwrap();
    for (file, why) in [
        ("gone.json", "cannot be read"),
        ("letter.json", "line 1, column 1: this is not JSON"),
        ("other.json", "holds none of baseinfo"),
    ] {
        let line = format!("records import {file} --db records.db");
        refuse_all(folder.path(), &[(&line, 1, &[file, "not imported", "import again"])]);
        let report = run(folder.path(), &line.split(' ').collect::<Vec<_>>()).out;
        assert!(report.starts_with(&format!("{file}: nothing went in")), "{report}");
        assert!(report.contains(why), "{report}");
    }
}

#[test]
fn slips_that_cannot_be_made_are_explained() {
    let folder = kiosk_folder();
    let card = generate::showcase(&folder.path().join("records.db")).unwrap();
    let number = card.number.reveal();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let year = "--kind account --from 2026-01-01 --to 2026-11-20 --db records.db";
    refuse_all(
        folder.path(),
        &[
            (
                &format!("statement render {year} --person Z99999999 --out a.png"),
                1,
                &["records.db", "knows nobody", "number"],
            ),
            (
                &format!("statement render {year} --person {number} --out gone/a.png"),
                1,
                &["gone/a.png: cannot be written", "check its folder"],
            ),
            (
                &format!("statement render {year} --person {number} --out gone/a.escpos"),
                1,
                &["gone/a.escpos: cannot be written", "check its folder"],
            ),
        ],
    );
    let receipt = |kind| {
        let days = "--from 2026-01-01 --to 2026-11-20 --db records.db --out a.png";
        format!("statement render --kind {kind} --person {number} {days}")
    };
    let why = ["a receipt is of a write", "account, family or care"];
    for kind in ["authorisation", "premium"] {
        let named = format!("--kind {kind}: ");
        refuse_all(folder.path(), &[(&receipt(kind), 2, &[&named, why[0], why[1]])]);
    }
    if cfg!(feature = "ui") {
        let place = &["file/pictures: cannot be made", "--out"];
        refuse_all(folder.path(), &[("demo --out file/pictures", 1, place)]);
    }
    refuse_all(
        folder.path(),
        &[(
            "devices simulate --dir file/hall",
            1,
            &["file/hall: the folder cannot be made", "--dir"],
        )],
    );
}

/// Every row of every table, as text.
fn contents(db: &Path) -> Vec<String> {
    let db = Connection::open(db).unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let mut tables = db.prepare(sql).unwrap();
    let tables = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut found = Vec::new();
    for table in tables.map(Result::unwrap) {
        let mut rows = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let count = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells: Vec<String> =
                (0..count).map(|i| format!("{:?}", row.get_ref(i).unwrap())).collect();
            found.push(format!("{table} {}", cells.join(" ")));
        }
    }
    found
}

#[test]
fn the_same_seed_makes_the_same_records_and_cards() {
    let folder = tempfile::tempdir().unwrap();
    let make = |name: &str, seed: &str| {
        let line = "records generate --persons 40 --years 1 --until 2026-11-20 --seed";
        let (db, cards) = (format!("{name}.db"), format!("{name}-cards"));
        let mut args: Vec<&str> = line.split(' ').collect();
        args.extend([seed, "--db", &db, "--cards", &cards]);
        let outcome = run(folder.path(), &args);
        assert_eq!((outcome.status, outcome.err.as_str()), (Some(0), ""), "{outcome:?}");
        assert!(outcome.out.contains("a.db: 40 persons in ") || name != "a", "{outcome:?}");
        let cards = files(&folder.path().join(cards));
        let cards: Vec<_> =
            cards.into_iter().map(|(p, b)| (p.file_name().unwrap().to_owned(), b)).collect();
        (contents(&folder.path().join(db)), cards)
    };
    let (first, again, other) = (make("a", "7"), make("b", "7"), make("c", "8"));
    assert!(first.0.len() > 200 && first.1.len() >= 5, "{} rows", first.0.len());
    assert!(first == again, "the same seed made something else");
    assert!(first.0 != other.0, "another seed made the same");
}

/// Number, the patient's part in fen, and whether the sums agree, of each settlement.
fn settlements(db: &Path) -> Vec<(String, i64, bool)> {
    let db = Connection::open(db).unwrap();
    let sql = "SELECT setl_id, psn_pay, identities_hold FROM settlement ORDER BY setl_id";
    let mut rows = db.prepare(sql).unwrap();
    let rows = rows.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn an_import_says_what_went_in_and_what_did_not_and_why() {
    let folder = tempfile::tempdir().unwrap();
    let row = |id: &str, amounts: &str| {
        format!(
            r#"{{"setl_id": "{id}", "mdtrt_id": "M{id}", "psn_no": "3100000001",
            "psn_name": "张甲乙", "psn_cert_type": "01", "certno": "11010519491231002X",
            "gend": "2", "brdy": "1949-12-31", "insutype": "310", "psn_type": "1201",
            "fixmedins_code": "H31990100101", "fixmedins_name": "春晖街道社区卫生服务中心",
            "setl_time": "2026-03-02 09:30:00", "med_type": "11", "refd_setl_flag": "0",
            {amounts}}}"#
        )
    };
    // Numbers and the first spelling; strings, blanks and the other spelling.
    let numbers = r#""medfee_sumamt": 50, "fund_pay_sumamt": 20.00, "psn_pay": 30, "acct_pay": 10,
        "cash_payamt": 20.0, "acct_mulaid_pay": 0"#;
    let strings = r#""medfee_sumamt": "1,100.00", "fund_pay_sumamt": " 1060 ",
        "psn_part_amt": "40.00", "acct_pay": "40", "psn_cash_pay": "", "acct_mulaid_pay": null"#;
    let broken = r#""medfee_sumamt": "fifty", "fund_pay_sumamt": 20, "psn_pay": 30, "acct_pay": 10,
        "cash_payamt": 20"#;
    let file = |name: &str, rows: &[String]| {
        let text = format!(r#"{{"infcode": 0, "output": {{"setlinfo": [{}]}}}}"#, rows.join(","));
        std::fs::write(folder.path().join(name), text).unwrap();
    };
    file("march.json", &[row("S1", numbers), row("S2", strings)]);
    file("april.json", &[row("S3", numbers), row("S4", broken)]);

    let args = ["records", "import", "march.json", "april.json", "--db", "ledger.db"];
    let outcome = run(folder.path(), &args);
    assert_eq!(outcome.status, Some(1));
    let lines: Vec<&str> = outcome.out.lines().collect();
    assert_eq!(lines[0], "march.json: 0 persons, 2 settlements and 0 premium records went in.");
    assert!(
        lines[1].starts_with("  warning: for 1 of the persons no balance is stated"),
        "{lines:?}"
    );
    assert_eq!(lines[2], "april.json: nothing went in, because 1 thing is wrong:");
    assert_eq!(
        lines[3],
        "  row 2 (output.setlinfo[1]): medfee_sumamt: is not an amount; write yuan such as 1386.40"
    );
    assert_eq!(lines.len(), 4, "{}", outcome.out);
    assert!(outcome.err.starts_with("gongji-kiosk: april.json: not imported;"), "{}", outcome.err);
    assert_eq!(outcome.err.lines().count(), 1);

    assert_eq!(
        settlements(&folder.path().join("ledger.db")),
        [("S1".into(), 3000, true), ("S2".into(), 4000, true)]
    );

    // Mended, the second file goes in; what was there is counted and not added.
    file("april.json", &[row("S3", numbers), row("S4", strings)]);
    let outcome = run(folder.path(), &args);
    assert_eq!((outcome.status, outcome.err.as_str()), (Some(0), ""));
    assert!(outcome.out.contains("; 2 records were already there."), "{}", outcome.out);
    assert!(outcome.out.contains("april.json: 0 persons, 2 settlements"), "{}", outcome.out);
}

#[test]
fn every_statement_is_rendered_for_both_outputs() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("records.db");
    generate_records(&db);
    let card = generate::showcase(&db).unwrap();
    for (kind, title) in [
        ("account", "个人账户余额及明细单"),
        ("family", "共济支付情况单"),
        ("care", "医保报销记录单"),
    ] {
        let render = |person: &str, out: &str, paper: &str| {
            let today = TODAY.to_string();
            let args = ["statement", "render", "--db", "records.db", "--person", person];
            let rest = ["--kind", kind, "--from", "2026-09-01", "--to", &today, "--out", out];
            let args = [&args[..], &rest, &["--paper", paper]].concat();
            let outcome = run(folder.path(), &args);
            assert_eq!((outcome.status, outcome.err.as_str()), (Some(0), ""), "{outcome:?}");
            assert!(outcome.out.starts_with(&format!("{out}: {title}, ")), "{}", outcome.out);
            std::fs::read(folder.path().join(out)).unwrap()
        };
        let bytes = render(card.number.reveal(), &format!("{kind}.escpos"), "80mm");
        let has = |text: &str| {
            let (coded, ..) = encoding_rs::GB18030.encode(text);
            bytes.windows(coded.len()).any(|window| *window == *coded)
        };
        assert!(bytes.starts_with(b"\x1b@"), "the printer is set up first");
        assert!(has(title) && has("仅供核对"), "{title} is not in the bytes");
        assert!(
            !has(card.name.reveal()) && !has(card.id_number.reveal()),
            "the identity is masked"
        );
        for (paper, width) in [("80mm", 640), ("58mm", 448)] {
            let bytes = render(card.id_number.reveal(), &format!("{kind}-{paper}.png"), paper);
            let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
            let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
            let info = reader.next_frame(&mut pixels).unwrap();
            assert_eq!(info.width, width);
            assert!(info.height > width, "{} rows of dots", info.height);
            assert!(pixels.iter().any(|p| *p != pixels[0]), "nothing is drawn");
        }
    }
}

#[test]
fn help_and_version_are_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    for args in [&["--help"][..], &["--version"], &["devices", "read", "--help"]] {
        let outcome = process::run(folder.path(), args);
        assert_eq!((outcome.status, outcome.err.as_str()), (Some(0), ""), "{args:?}");
        assert!(outcome.out.contains("gongji-kiosk"), "{args:?}: {}", outcome.out);
    }
}
