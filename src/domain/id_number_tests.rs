#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn complete(body: &str) -> String {
    format!("{body}{}", char::from(check_digit(body.as_bytes())))
}

#[test]
fn check_digits_follow_the_standard() {
    // The worked example printed in GB 11643-1999 itself.
    assert_eq!(check_digit(b"11010519491231002"), b'X');
    assert_eq!(check_digit(b"44052418800101001"), b'4');
}

#[test]
fn takes_every_kind_of_number() {
    for (text, birth, gender) in [
        (complete("31010319400229351"), Some(date(1940, 2, 29)), Some(Gender::Male)),
        (complete("81000019800115002"), Some(date(1980, 1, 15)), Some(Gender::Female)),
        (complete("93184019751231123"), Some(date(1975, 12, 31)), Some(Gender::Male)),
        (String::from("310103400229351"), Some(date(1940, 2, 29)), Some(Gender::Male)),
        (String::from("USA110074071202"), None, None),
    ] {
        let number = IdNumber::parse(&text).unwrap();
        assert_eq!((number.birth(), number.gender()), (birth, gender), "{text}");
    }
}

#[test]
fn is_lenient_with_blanks_and_case_only() {
    let plain = IdNumber::parse("11010519491231002X").unwrap();
    assert_eq!(IdNumber::parse(" 110105 19491231 002x\u{3000}").unwrap(), plain);
}

#[test]
fn old_numbers_become_new_ones() {
    let old = IdNumber::parse("110105491231002").unwrap();
    assert_eq!(old.upgraded().reveal(), "11010519491231002X");
    assert_eq!(old.upgraded().upgraded(), old.upgraded());
    let foreign = IdNumber::parse("USA110074071202").unwrap();
    assert_eq!(foreign.upgraded(), foreign);
}

#[test]
fn says_what_is_wrong_without_the_number() {
    for (text, error) in [
        ("", IdNumberError::Empty),
        ("  ", IdNumberError::Empty),
        ("3101031940", IdNumberError::Length(10)),
        ("张三张三张三", IdNumberError::Characters),
        ("张三张三", IdNumberError::Length(4)),
        ("11010519491231X02X", IdNumberError::Characters),
        ("X10105194912310021", IdNumberError::Characters),
        ("99A105491231002", IdNumberError::Characters),
        ("11010519490230002X", IdNumberError::BirthDate),
        ("11010517491231002X", IdNumberError::BirthDate),
        ("110105491331002", IdNumberError::BirthDate),
        ("170105194912310021", IdNumberError::Region),
        ("920105491231002", IdNumberError::Region),
        ("110105194912310021", IdNumberError::CheckDigit),
    ] {
        let got = IdNumber::parse(text).unwrap_err();
        assert_eq!(got, error, "{text}");
        assert!(text.trim().is_empty() || !got.to_string().contains(text));
    }
}

#[test]
fn other_documents_have_no_check_digit() {
    let passport = IdNumber::parse_other_document("e 12345678").unwrap();
    assert_eq!(passport.reveal(), "E12345678");
    assert_eq!(passport.birth(), None);
    for (text, error) in [
        ("", IdNumberError::Empty),
        ("E1", IdNumberError::Length(2)),
        ("E123:4567", IdNumberError::Characters),
    ] {
        assert_eq!(IdNumber::parse_other_document(text), Err(error));
    }
}

#[test]
fn does_not_format_its_content() {
    let number = IdNumber::parse("11010519491231002X").unwrap();
    assert_eq!(format!("{number:?}"), "IdNumber(…)");
}

proptest! {
    #[test]
    fn any_text_is_judged(text in "\\PC{0,24}") {
        let _ = IdNumber::parse(&text);
        let _ = IdNumber::parse_other_document(&text);
    }

    #[test]
    fn one_wrong_digit_is_found(
        day in 1i8..=28, month in 1i8..=12, year in 1900i16..2026, order in 0u16..1000,
        at in 14usize..17, change in 1u8..10,
    ) {
        let body = format!("310104{year:04}{month:02}{day:02}{order:03}");
        let good = complete(&body);
        let number = IdNumber::parse(&good).unwrap();
        prop_assert_eq!(number.birth(), Some(date(year, month, day)));
        let mut bad = good.into_bytes();
        bad[at] = b'0' + (bad[at] - b'0' + change) % 10;
        let bad = String::from_utf8(bad).unwrap();
        prop_assert_eq!(IdNumber::parse(&bad), Err(IdNumberError::CheckDigit));
    }
}
