//! `policy list`, `policy show` and `policy check` as the person who keeps packs uses them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::path::Path;

use common::process::{configuration, fails, files, run};
use serde_json::Value;

/// Runs a command that must succeed and say nothing to standard error.
#[track_caller]
fn says(folder: &Path, line: &str) -> String {
    let outcome = run(folder, &line.split(' ').collect::<Vec<_>>());
    assert_eq!((outcome.status, outcome.err.as_str()), (Some(0), ""), "{line}: {outcome:?}");
    outcome.out
}

fn json(folder: &Path, line: &str) -> Value {
    serde_json::from_str(&says(folder, line)).unwrap()
}

const HEAD: &str = "region = \"tibet\"\nname = \"西藏\"\ninherits = \"national\"\n";
const SOURCES: &str = "[sources]\ns = { title = \"通知\" }\n";

fn pack(rules: &str) -> String {
    format!("{HEAD}{rules}\n{SOURCES}")
}

#[test]
fn every_pack_is_listed_with_what_it_states() {
    let folder = tempfile::tempdir().unwrap();
    let table = says(folder.path(), "policy list");
    assert_eq!(table.lines().count(), 17, "{table}");
    let row = |file: &str| {
        let line = table.lines().find(|line| line.contains(file)).unwrap();
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        row("shaanxi.toml"),
        "shaanxi always shaanxi.toml entry_fields annual_limit premium_balance_threshold 陕西"
    );
    assert_eq!(row("national.toml"), "national until 2025-12-31 national.toml 16 of 25 rules 全国");
    assert_eq!(
        row("national-2026"),
        "national from 2026-01-01 national-2026.toml area money_model_cross_province 全国"
    );
    assert_eq!(row("hainan"), "hainan always hainan.toml nothing; all is from national 海南");
    let rows = json(folder.path(), "policy list --json");
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 16);
    let hunan = rows.iter().find(|row| row["region"] == "hunan").unwrap();
    assert_eq!(hunan["states"], serde_json::json!(["annual_limit", "premium", "premium_windows"]));
    assert_eq!((&hunan["admdvs"], &hunan["valid_until"]), (&Value::from("43"), &Value::Null));
}

#[test]
fn a_region_is_shown_as_of_a_day_with_sources() {
    let folder = tempfile::tempdir().unwrap();
    let text = says(folder.path(), "policy show urumqi --date 2025-12-31");
    let mut lines = text.lines();
    let head = "urumqi (新疆(乌鲁木齐)) on 2025-12-31, from urumqi.toml, national.toml";
    assert_eq!(lines.next(), Some(head));
    let row = |text: &str, field: &str| {
        let line = text.lines().find(|line| line.starts_with(&format!("{field} "))).unwrap();
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(row(&text, "area"), "area seed [1] urumqi.toml province");
    assert_eq!(
        row(&text, "entry_fields"),
        "entry_fields seed [1] urumqi.toml name id_number relation card_number"
    );
    assert!(row(&text, "consent").starts_with("consent open [1] national.toml"));
    assert!(text.contains("[1] 本项目来源资料：各地家庭共济规则\n"), "{text}");
    assert!(text.contains("以当地医保部门公布为准"));

    for (day, area) in [("2025-12-31", "city"), ("2026-01-01", "nation")] {
        let answer = json(folder.path(), &format!("policy show 上海 --date {day} --json"));
        assert_eq!((&answer["region"], &answer["date"]), (&"shanghai".into(), &day.into()));
        assert_eq!(answer["rules"]["area"]["value"], area);
        assert_eq!(answer["rules"]["area"]["confidence"], "seed");
        assert!(answer["rules"]["area"]["source"]["title"].as_str().unwrap().contains("来源资料"));
        let rows = answer["rules"]["premium"]["value"][0]["rows"].as_array().unwrap();
        assert_eq!((rows.len(), &rows[0]["personal"]), (5, &Value::from("655.00")));
    }
    // Without a day: today.
    assert!(says(folder.path(), "policy show hunan").contains("personal=280.00"));
}

#[test]
fn a_kiosks_own_folder_replaces_and_adds_packs() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let text = configuration().replace("# dir = \"policy\"", "dir = \"policy\"");
    std::fs::write(path("kiosk.toml"), text).unwrap();
    let show = "policy show tibet --config kiosk.toml --json";
    let (status, sentence) = fails(folder.path(), &show.split(' ').collect::<Vec<_>>());
    assert_eq!(status, Some(1));
    assert!(
        sentence.contains("policy: cannot be read") && sentence.contains("[policy]"),
        "{sentence}"
    );

    std::fs::create_dir(path("policy")).unwrap();
    std::fs::write(path("policy/readme.md"), "not a pack").unwrap();
    let hotline =
        "hotline = { value = \"0891-12393\", source = \"s\", confidence = \"confirmed\" }";
    std::fs::write(path("policy/tibet.toml"), pack(hotline)).unwrap();
    let hainan = pack("").replace("tibet", "hainan").replace("西藏", "海南岛");
    std::fs::write(path("policy/hainan.toml"), hainan).unwrap();
    let answer = json(folder.path(), show);
    assert_eq!(answer["rules"]["hotline"]["value"], "0891-12393");
    assert_eq!(answer["rules"]["hotline"]["file"], "tibet.toml");
    assert_eq!(answer["rules"]["relatives"]["file"], "national.toml");
    // The kiosk's own region, when none is named.
    let own = json(folder.path(), "policy show --config kiosk.toml --json");
    assert_eq!(own["region"], "national");
    let list = says(folder.path(), "policy list --config kiosk.toml");
    assert!(list.lines().count() == 18 && list.contains("海南岛"), "{list}");

    std::fs::write(path("policy/tibet.toml"), pack(&hotline.replace("0891", "call"))).unwrap();
    let (status, sentence) = fails(folder.path(), &show.split(' ').collect::<Vec<_>>());
    assert_eq!(status, Some(1));
    assert!(sentence.contains("policy/tibet.toml: line 4: hotline takes"), "{sentence}");
}

#[test]
fn a_good_pack_is_checked_and_sample_wording_is_warned_of() {
    let folder = tempfile::tempdir().unwrap();
    let own = "area = { value = \"nation\", source = \"s\", confidence = \"open\" }";
    std::fs::write(folder.path().join("tibet.toml"), pack(own)).unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/policy");
    for name in ["fujian.toml", "handling.txt"] {
        std::fs::copy(shipped.join(name), folder.path().join(name)).unwrap();
    }
    let before = files(folder.path());
    let said = says(folder.path(), "policy check ./tibet.toml fujian.toml handling.txt");
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 5, "{said}");
    assert!(lines[0].starts_with("warning: ./tibet.toml: line 4: area is not confirmed"));
    assert!(lines[1].starts_with("warning: fujian.toml: line "), "{said}");
    assert!(lines[1].contains("the text of 办理须知 is the kiosk's sample wording"), "{said}");
    assert_eq!(lines[2], "./tibet.toml: good; of 西藏, rules: 1, facts: 0");
    assert_eq!(lines[4], "handling.txt: a text; the packs that name it are good");
    assert_eq!(files(folder.path()), before, "a check changes nothing");
}

#[test]
fn a_file_that_the_kiosk_does_not_read_is_not_called_good() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("tibet.tml", "not = a pack"), ("notes.txt", "记录")] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let said = says(folder.path(), "policy check tibet.tml notes.txt");
    let expected = "warning: tibet.tml: is neither *.toml nor *.txt, so the kiosk does not read it\n\
                    warning: notes.txt: a text that no pack names\n";
    assert_eq!(said, expected);
}

#[test]
fn each_mistake_is_one_sentence_with_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let stated = |name: &str, value: &str| {
        pack(&format!("{name} = {{ value = {value}, source = \"s\", confidence = \"seed\" }}"))
    };
    let premium = |to_age: u8, from_age: u8| {
        stated(
            "premium",
            &format!(
                "[{{ insured_year = 2026, rows = [{{ to_age = {to_age}, personal = 1 }}, \
                 {{ from_age = {from_age}, personal = 2 }}] }}]"
            ),
        )
    };
    let dates = |text: &str| pack("").replace("inherits = \"national\"", text);
    let table: Vec<(String, &str, &[&str])> = vec![
        (stated("hotlin", "\"12393\""), "line 4", &["`hotlin`", "docs/policy.md"]),
        (stated("relatives", "[\"cousin\"]"), "line 4", &["`cousin`", "`spouse`"]),
        (premium(59, 61), "line 4", &["a gap", "aged 60 to 60", "no_rule"]),
        (premium(60, 60), "line 4", &["an overlap", "aged 60", "keep one"]),
        (stated("annual_limit", "-1"), "line 4", &["not negative", "-1"]),
        (stated("area", "\"city\"").replace("\"s\"", "\"t\""), "line 4", &["[sources]", "\"t\""]),
        (pack("area = { value = \"city\" }"), "line 4", &["missing field `source`"]),
        (dates("inherits = \"moon\""), "line 3", &["no pack is of that region"]),
        (
            dates("valid_from = 2026-02-01\nvalid_until = 2026-01-01"),
            "line 4",
            &["before valid_from", "exchange"],
        ),
        (
            pack("").replace("tibet", "shanghai"),
            "line 1",
            &["overlap with shanghai.toml", "valid_until"],
        ),
    ];
    for (text, line, words) in table {
        std::fs::write(folder.path().join("own.toml"), &text).unwrap();
        let (status, sentence) = fails(folder.path(), &["policy", "check", "./own.toml"]);
        assert_eq!(status, Some(1), "{sentence}");
        assert!(sentence.starts_with(&format!("./own.toml: {line}: ")), "{text}: {sentence}");
        for word in words {
            assert!(sentence.contains(word), "'{word}' is not in: {sentence}");
        }
    }
    // Several mistakes are all listed.
    let two = pack(
        "hotline = { value = \"x\", source = \"s\", confidence = \"seed\" }\n\
                    members_max = { value = 0, source = \"s\", confidence = \"seed\" }",
    );
    std::fs::write(folder.path().join("own.toml"), two).unwrap();
    let outcome = run(folder.path(), &["policy", "check", "own.toml"]);
    assert_eq!(outcome.status, Some(1));
    assert!(
        outcome.out.contains("own.toml: line 4: ") || outcome.out.contains("own.toml: line 5: ")
    );
    assert_eq!(outcome.out.lines().count(), 2, "{outcome:?}");
    assert!(outcome.err.contains("own.toml: 2 mistakes; correct"), "{outcome:?}");
}

#[test]
fn wrong_use_is_named_with_the_way_out() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("a")).unwrap();
    std::fs::write(folder.path().join("tibet.toml"), pack("")).unwrap();
    std::fs::write(folder.path().join("a/tibet.toml"), pack("")).unwrap();
    std::fs::write(folder.path().join("latin.toml"), b"\xC4\xE3").unwrap();
    std::fs::write(folder.path().join("long.toml"), vec![b'#'; (1 << 20) + 1]).unwrap();
    for (line, status, words) in [
        ("policy", 2, &["a command is missing", "gongji-kiosk policy", "--help"][..]),
        ("policy show", 2, &["<REGION>", "--help"]),
        ("policy check", 2, &["<FILE>", "--help"]),
        ("policy show shanghai --date soon", 2, &["'soon'", "--date"]),
        ("policy show shanghai --date 2025-02-30", 2, &["2025-02-30"]),
        ("policy show atlantis", 1, &["atlantis", "there are: beijing"]),
        ("policy show shanghai --config none.toml", 1, &["none.toml", "cannot be read"]),
        ("policy list --config none.toml", 1, &["none.toml", "cannot be read"]),
        ("policy check gone.toml", 1, &["gone.toml", "cannot be read", "docs/policy.md"]),
        ("policy check latin.toml", 1, &["latin.toml", "cannot be read", "UTF-8"]),
        ("policy check long.toml", 1, &["long.toml", "larger than 1048576 bytes"]),
        ("policy check tibet.toml a/tibet.toml", 2, &["a/tibet.toml have one name", "leave one"]),
    ] {
        let (ended, sentence) = fails(folder.path(), &line.split(' ').collect::<Vec<_>>());
        assert_eq!(ended, Some(status), "{line}: {sentence}");
        for word in words {
            assert!(sentence.contains(word), "{line}: '{word}' is not in: {sentence}");
        }
    }
}
