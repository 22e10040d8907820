//! How personal data is shown: 张* / 欧阳*, `310***********1234`.
//!
//! Every function gives text that is safe on a screen, on paper and in speech.

use super::id_number::IdNumber;
use super::person::{CardNo, PersonName};

/// Family names of two characters.
pub const COMPOUND_SURNAMES: [&str; 32] = [
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛",
    "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容",
    "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "令狐", "司空",
];

/// Signs that stand between the parts of a name (the standard one is U+00B7).
const NAME_DOTS: [char; 6] = ['·', '•', '‧', '・', '．', '.'];

/// The family name and one `*`, whatever the length: 张*, 欧阳*.
///
/// Names of several parts keep the first character of each part (阿*·买*), since the first part is
/// not a family name there. A single character is hidden whole.
pub fn mask_name(name: &PersonName) -> String {
    let text = name.reveal().trim();
    let mut parts =
        text.split(|c: char| NAME_DOTS.contains(&c) || c == ' ').filter(|p| !p.is_empty());
    match (parts.next(), parts.next()) {
        (Some(first), Some(second)) => {
            let rest = parts.map(first_and_star);
            let shown = [first_and_star(first), first_and_star(second)].into_iter().chain(rest);
            shown.collect::<Vec<_>>().join("·")
        }
        (Some(only), None) if only.chars().count() > 1 => {
            let compound = COMPOUND_SURNAMES.iter().find(|surname| only.starts_with(**surname));
            match compound {
                Some(surname) if only.chars().count() > 2 => format!("{surname}*"),
                _ => first_and_star(only),
            }
        }
        _ => String::from("*"),
    }
}

/// The first three and the last four characters: `310***********1234`.
///
/// Numbers of fewer than ten characters show their last two only.
pub fn mask_id_number(number: &IdNumber) -> String {
    let length = number.reveal().chars().count();
    if length < 10 { keep_ends(number.reveal(), 0, 2) } else { keep_ends(number.reveal(), 3, 4) }
}

/// The last four characters: `*****5678`; the last one when there are fewer than eight.
pub fn mask_card_no(number: &CardNo) -> String {
    let length = number.reveal().chars().count();
    keep_ends(number.reveal(), 0, if length < 8 { 1 } else { 4 })
}

fn first_and_star(part: &str) -> String {
    part.chars().take(1).chain(['*']).collect()
}

/// Stars between the first `front` and last `back` characters; stars only if nothing would hide.
fn keep_ends(text: &str, front: usize, back: usize) -> String {
    let length = text.chars().count();
    let shown = |index: usize| length > front + back && (index < front || index >= length - back);
    text.chars().enumerate().map(|(index, c)| if shown(index) { c } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_keep_the_family_name() {
        for (name, shown) in [
            ("张三", "张*"),
            ("张建国", "张*"),
            ("欧阳娜", "欧阳*"),
            ("诸葛明亮", "诸葛*"),
            // 欧 with the given name 阳: two characters are never a compound name alone.
            ("欧阳", "欧*"),
            ("阿依古丽·买买提", "阿*·买*"),
            ("阿依古丽•买买提", "阿*·买*"),
            ("阿·买买提·艾力", "阿*·买*·艾*"),
            ("John Smith", "J*·S*"),
            ("王", "*"),
            ("", "*"),
            (" 张三 ", "张*"),
            ("𠮷田", "𠮷*"),
        ] {
            assert_eq!(mask_name(&PersonName::new(name)), shown, "{name}");
        }
    }

    #[test]
    fn numbers_keep_their_ends() {
        let id = |text| IdNumber::parse_other_document(text).unwrap();
        assert_eq!(mask_id_number(&id("11010519491231002X")), "110***********002X");
        assert_eq!(mask_id_number(&id("110105491231002")), "110********1002");
        assert_eq!(mask_id_number(&id("E12345678")), "*******78");
        assert_eq!(mask_card_no(&CardNo::new("A12345678")), "*****5678");
        assert_eq!(mask_card_no(&CardNo::new("A1")), "*1");
        assert_eq!(mask_card_no(&CardNo::new("A")), "*");
    }

    proptest! {
        #[test]
        fn something_is_always_hidden(text in "\\PC{0,24}") {
            let masked = mask_name(&PersonName::new(text.as_str()));
            prop_assert!(masked.contains('*'));
            let shown = mask_card_no(&CardNo::new(text.as_str()));
            prop_assert!(shown.is_empty() || shown.contains('*'));
        }
    }
}
