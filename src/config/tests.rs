#![allow(clippy::unwrap_used)]

use super::*;

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(text, Path::new("kiosk.toml"), Path::new("/etc/gongji-kiosk"))
}

#[test]
fn the_shipped_configuration_is_valid() {
    let config = Config::shipped().unwrap();
    assert_eq!(config.visit, VisitSection::default());
    assert_eq!(config.screen, ScreenSection::default());
    assert!(config.card.port.is_absolute());
    assert_eq!(config.policy, PolicySection::default());
}

#[test]
fn relative_paths_start_at_the_folder_of_the_file() {
    let text = SHIPPED.replace("/var/lib/gongji-kiosk/records.db", "data/records.db");
    let config = parse(&text).unwrap();
    assert_eq!(config.records.db, Path::new("/etc/gongji-kiosk/data/records.db"));
    let config = parse(&SHIPPED.replace("# dir = \"policy\"", "dir = \"policy\"")).unwrap();
    assert_eq!(config.policy.dir.as_deref(), Some(Path::new("/etc/gongji-kiosk/policy")));
}

#[test]
fn each_mistake_gets_one_sentence_with_its_line() {
    let table: &[(&str, &str, &str)] = &[
        ("terminal_no = \"31010007\"", "terminal_no = \"上海\"", "terminal_no takes 1 to 8"),
        (
            "terminal_no = \"31010007\"",
            "terminal_number = \"1\"",
            "unknown field `terminal_number`",
        ),
        ("warning_seconds = 30", "warning_seconds = 5", "warning_seconds must be at least 20"),
        ("idle_seconds = 60", "idle_seconds = 0", "idle_seconds must be at least 20"),
        ("idle_seconds = 60", "idle_seconds = \"long\"", "invalid type"),
        ("paper = \"80mm\"", "paper = \"A4\"", "unknown variant `A4`"),
        ("baud = 115200", "baud = 115", "baud takes one of"),
        ("[card]", "[card", "line"),
    ];
    for (good, bad, expected) in table {
        assert!(SHIPPED.contains(good), "the shipped file has no {good}");
        let text = SHIPPED.replacen(good, bad, 1);
        let error = parse(&text).unwrap_err().to_string();
        assert!(error.contains(expected), "{bad}: {error}");
        assert!(error.starts_with("kiosk.toml: line "), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
}

#[test]
fn a_missing_file_is_named() {
    let error = Config::load(Path::new("/nowhere/kiosk.toml")).unwrap_err().to_string();
    assert!(error.starts_with("/nowhere/kiosk.toml: cannot be read"), "{error}");
}
