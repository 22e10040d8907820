//! Whether a document and the ledger call a person the same.

use super::person::PersonName;

/// Signs that stand between the parts of a name (the standard one is U+00B7).
const NAME_DOTS: [char; 7] = ['·', '•', '‧', '・', '．', '.', '\u{ff65}'];

/// What stands in a ledger for a character that it could not write.
const UNWRITTEN: [char; 5] = ['?', '？', '□', '〓', '*'];

/// Whether the name on a document can be the ledger's name of the same person.
///
/// Blanks, dots, width and case do not count. A character that one side could not write (a sign in
/// its place, or one of the private use area) fits any. Foreigners have two names, of which either
/// side may hold one, and parts of them in any order: a Latin name fits when one side has all parts
/// of the other, and a Latin name beside a Chinese one cannot be compared and passes. A side without
/// a name fits nothing.
pub fn same_name(document: &PersonName, ledger: &PersonName) -> bool {
    let (one, other) = (document.reveal(), ledger.reveal());
    let is_none = |name: &str| name.chars().all(char::is_whitespace);
    match (is_latin(one), is_latin(other)) {
        _ if is_none(one) || is_none(other) => false,
        (true, true) => same_parts(one, other),
        (false, false) => same_signs(one, other),
        _ => true,
    }
}

fn is_latin(name: &str) -> bool {
    let mut letters = name.chars().map(narrow).filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| u32::from(c) < 0x0250)
}

fn same_parts(one: &str, other: &str) -> bool {
    let parts = |name: &str| -> Vec<String> {
        let plain: String = name.chars().map(narrow).flat_map(char::to_uppercase).collect();
        let parts = plain.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    let (one, other) = (parts(one), parts(other));
    let within = |few: &[String], all: &[String]| few.iter().all(|part| all.contains(part));
    within(&one, &other) || within(&other, &one) || one.concat() == other.concat()
}

fn same_signs(one: &str, other: &str) -> bool {
    let signs = |name: &str| -> Vec<char> {
        let kept = name.chars().filter(|c| !c.is_whitespace() && !NAME_DOTS.contains(c));
        kept.map(narrow).collect()
    };
    let (one, other) = (signs(one), signs(other));
    let fits = |(a, b): (&char, &char)| a == b || unwritten(*a) || unwritten(*b);
    !one.is_empty() && one.len() == other.len() && one.iter().zip(&other).all(fits)
}

fn unwritten(sign: char) -> bool {
    UNWRITTEN.contains(&sign) || ('\u{e000}'..='\u{f8ff}').contains(&sign)
}

/// The half-width form of a full-width letter or digit.
fn narrow(sign: char) -> char {
    match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(one: &str, other: &str) -> bool {
        same_name(&PersonName::new(one), &PersonName::new(other))
    }

    #[test]
    fn one_person_written_in_two_ways() {
        for (document, ledger) in [
            ("张三", "张三"),
            ("张 三", "张三"),
            ("阿依古丽·买买提", "阿依古丽.买买提"),
            ("阿依古丽·买买提", "阿依古丽买买提"),
            ("张喆", "张?"),
            ("张𬭎", "张\u{e863}"),
            ("ZHANG SAN", "Zhang　San"),
            ("ＭＡＲＩＡ", "maria"),
            ("SMITH, JOHN PAUL", "JOHN SMITH"),
            ("MARIA GARCIA", "MARIAGARCIA"),
            // Two names of a foreigner, in two scripts.
            ("玛丽亚", "MARIA GARCIA"),
            ("MARIA GARCIA", "玛丽亚"),
        ] {
            assert!(same(document, ledger), "{document} {ledger}");
        }
    }

    #[test]
    fn two_persons() {
        for (document, ledger) in [
            ("张三", "李四"),
            ("张三", "张三丰"),
            ("王建国", "王建军"),
            ("JOHN SMITH", "JANE SMITH"),
            ("", "张三"),
            ("张三", ""),
            ("", "MARIA"),
            ("MARIA", " "),
        ] {
            assert!(!same(document, ledger), "{document} {ledger}");
        }
    }

    proptest! {
        #[test]
        fn any_two_texts_can_be_compared_either_way(one in ".{0,12}", other in ".{0,12}") {
            prop_assert_eq!(same(&one, &other), same(&other, &one));
        }
    }
}
