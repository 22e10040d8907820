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
    assert_eq!(config.kiosk.hotline, None);
    assert_eq!((config.journal.key, config.journal.size_max), (None, 256));
    let idcard = config.idcard.unwrap();
    assert_eq!((idcard.baud, idcard.probes_by_reset), (115_200, true));
    let code = config.code.unwrap();
    assert_eq!((code.baud, code.trigger), (9600, true));
}

#[test]
fn a_hall_may_name_its_own_hotline() {
    let text = SHIPPED.replace("# hotline = \"12393\"", "hotline = \"021-12345\"");
    assert_eq!(parse(&text).unwrap().kiosk.hotline.as_deref(), Some("021-12345"));
}

#[test]
fn readers_may_be_left_out_and_their_settings_too() {
    let (before, rest) = SHIPPED.split_once("[idcard]").unwrap();
    let (_, after) = rest.split_once("[printer]").unwrap();
    let without = format!("{before}[printer]{after}");
    let config = parse(&without).unwrap();
    assert_eq!((config.idcard, config.code), (None, None));
    let bare = format!("{without}\n[idcard]\nport = \"id\"\n[code]\nport = \"/dev/code\"\n");
    let config = parse(&bare).unwrap();
    let port = PathBuf::from("/etc/gongji-kiosk/id");
    assert_eq!(config.idcard, Some(IdCardSection { port, baud: 115_200, probes_by_reset: true }));
    let port = PathBuf::from("/dev/code");
    assert_eq!(config.code, Some(CodeSection { port, baud: 9600, trigger: true }));
}

#[test]
fn a_wrong_speed_is_found_in_its_own_section() {
    for section in ["card", "idcard", "code", "printer"] {
        let (before, rest) = SHIPPED.split_once(&format!("\n[{section}]")).unwrap();
        let at = rest.find("\nbaud = ").unwrap() + 1;
        let end = at + rest[at..].find('\n').unwrap();
        let text = format!("{before}\n[{section}]{}baud = 1200{}", &rest[..at], &rest[end..]);
        let line = text.lines().position(|line| line == "baud = 1200").unwrap() + 1;
        let error = parse(&text).unwrap_err().to_string();
        let expected = format!("kiosk.toml: line {line}: baud takes one of [115200, 9600, ");
        assert!(error.starts_with(&expected), "{section}: {error}");
    }
}

#[test]
fn relative_paths_start_at_the_folder_of_the_file() {
    let text = SHIPPED.replace("/var/lib/gongji-kiosk/records.db", "data/records.db");
    let config = parse(&text).unwrap();
    assert_eq!(config.records.db, Path::new("/etc/gongji-kiosk/data/records.db"));
    let text = SHIPPED.replace("# key = \"/etc/gongji-kiosk/journal.key\"", "key = \"j.key\"");
    let options = parse(&text).unwrap().journal.options("XH03");
    assert_eq!(options.key.as_deref(), Some(Path::new("/etc/gongji-kiosk/j.key")));
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
        ("size_max = 256", "size_max = 3", "size_max takes 4 to 65536 megabytes"),
        ("size_max = 256", "size_max = -1", "invalid value"),
        ("paper = \"80mm\"", "paper = \"A4\"", "unknown variant `A4`"),
        ("font = \"gb18030\"", "font = \"big5\"", "unknown variant `big5`, expected `gb18030`"),
        ("qr = \"native\"", "qr = \"none\"", "unknown variant `none`, expected `native`"),
        ("cutter = true", "cutter = \"yes\"", "invalid type: string \"yes\", expected a boolean"),
        (
            "process_id = \"probe\"",
            "process_id = \"maybe\"",
            "unknown variant `maybe`, expected one",
        ),
        ("baud = 115200", "baud = 115", "baud takes one of"),
        ("probes_by_reset = true", "probes_by_reset = 1", "invalid type"),
        ("trigger = true", "trigger = \"yes\"", "invalid type"),
        ("trigger = true", "triggers = true", "unknown field `triggers`"),
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
fn a_printer_is_what_the_file_says_and_usual_where_it_is_silent() {
    let keys = ["paper", "font", "qr", "cutter", "process_id"];
    let is_key = |line: &&str| !keys.iter().any(|key| line.starts_with(&format!("{key} = ")));
    let silent: String =
        SHIPPED.lines().filter(is_key).map(|line| line.to_owned() + "\n").collect();
    let profile = |text: &str| parse(text).unwrap().printer.unwrap().profile();
    assert_eq!(profile(&silent), Profile::default());
    assert_eq!(profile(SHIPPED), Profile::default());

    let other = SHIPPED
        .replace("paper = \"80mm\"", "paper = \"58mm\"")
        .replace("font = \"gb18030\"", "font = \"gb2312\"")
        .replace("qr = \"native\"", "qr = \"raster\"")
        .replace("cutter = true", "cutter = false")
        .replace("process_id = \"probe\"", "process_id = \"no\"");
    let expected = Profile {
        paper: Paper::Mm58,
        font: Font::Gb2312,
        qr: QrPrinting::Raster,
        cutter: false,
        process_ids: ProcessIds::Unsupported,
    };
    assert_eq!(profile(&other), expected);
    let proves = SHIPPED.replace("process_id = \"probe\"", "process_id = \"yes\"");
    assert_eq!(profile(&proves).process_ids, ProcessIds::Supported);
}

#[test]
fn a_missing_file_is_named() {
    let error = Config::load(Path::new("/nowhere/kiosk.toml")).unwrap_err().to_string();
    assert!(error.starts_with("/nowhere/kiosk.toml: cannot be read"), "{error}");
}
