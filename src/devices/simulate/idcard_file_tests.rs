#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

const GOOD: &str = "\
kind = \"foreigner-2023\"
# A comment, so that lines count.
name = \"简多伊\"
latin_name = \"DOE, JANE MARY\"
number = \"911999196003080020\"
sex = \"female\"
birth = \"1960-03-08\"
from = \"2024-01-01\"
until = \"长期\"
";

fn read_text(text: &str) -> Result<SimIdDocument, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.idcard.toml");
    std::fs::write(&path, text).unwrap();
    read(&path).map_err(|e| e.replace(&format!("{}/", folder.path().display()), ""))
}

#[test]
fn a_file_becomes_the_document_that_it_describes() {
    let document = read_text(GOOD).unwrap();
    let read = gongji_hal::idcard::text::parse(document.text()).unwrap();
    assert_eq!(read.kind, DocumentKind::Foreigner2023);
    assert_eq!(
        (read.chinese_name.as_str(), read.latin_name.as_str()),
        ("简多伊", "DOE, JANE MARY")
    );
    assert_eq!((read.number.as_str(), read.sex), ("911999196003080020", Sex::Female));
    assert_eq!((read.birth.year, read.valid_from.year, read.valid_until), (1960, 2024, None));
}

#[test]
fn each_mistake_is_named_with_file_and_line() {
    let long = "长".repeat(40);
    for (good, bad, expected) in [
        ("foreigner-2023", "passport", "line 1: unknown variant `passport`"),
        ("sex = \"female\"", "sex = \"f\"", "line 6: unknown variant `f`"),
        ("name = \"简多伊\"", &format!("name = \"{long}\""), "line 3: name is too long"),
        ("JANE MARY", &"JANE MARY ".repeat(20), "line 4: latin_name is too long"),
        ("0020\"", "00201\"", "line 5: number is too long"),
        ("1960-03-08", "1960-02-30", "line 7: "),
        ("1960-03-08", "1860-03-08", "line 7: birth is not between 1900 and 9999"),
        ("长期", "long", "line 9: until takes a day such as 2040-12-31, or 长期"),
        ("长期", "1899-01-01", "line 9: until is not between 1900 and 9999"),
        ("sex =", "gender =", "line 6: unknown field `gender`"),
        ("number = \"911999196003080020\"\n", "", "missing field `number`"),
    ] {
        assert!(GOOD.contains(good), "{good}");
        let sentence = read_text(&GOOD.replacen(good, bad, 1)).unwrap_err();
        assert!(sentence.starts_with("one.idcard.toml: line "), "{sentence}");
        assert!(sentence.contains(expected), "{bad}: {sentence}");
        assert_eq!(sentence.lines().count(), 1, "{sentence}");
    }
    let sentence = read(Path::new("/no/such.toml")).unwrap_err();
    assert!(sentence.starts_with("/no/such.toml: cannot be read"), "{sentence}");
}

#[test]
fn validity_follows_the_age_at_issue() {
    let birth = date(2000, 2, 29);
    for (from, end) in [
        (date(2001, 1, 1), Until::Day(date(2006, 1, 1))),
        (date(2016, 2, 28), Until::Day(date(2021, 2, 28))),
        (date(2016, 2, 29), Until::Day(date(2026, 2, 28))),
        (date(2026, 3, 1), Until::Day(date(2046, 3, 1))),
        (date(2046, 3, 1), Until::LongTerm),
    ] {
        assert_eq!(usual_end(birth, from), end, "{from}");
    }
}

#[test]
fn what_is_written_is_read_again() {
    for (label, _, file) in strangers(date(2026, 11, 20)) {
        let document = read_text(&file.text()).unwrap();
        assert!(document == file.document().unwrap(), "{label}");
        let read = gongji_hal::idcard::text::parse(document.text()).unwrap();
        assert!(IdNumber::parse(&read.number).is_ok(), "{label}");
    }
}
