//! Document numbers (GB 11643).

/// Weight of each of the first 17 digits.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// Check character by weighted sum modulo 11.
const CHECK: [u8; 11] = *b"10X98765432";

/// The check character of a number's first 17 digits; `None` when they are not 17 digits.
pub fn check_character(digits: &str) -> Option<char> {
    let digits = <[u8; 17]>::try_from(digits.as_bytes()).ok()?;
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(d, weight)| u32::from(d - b'0') * weight).sum();
    CHECK.get(usize::try_from(sum % 11).ok()?).map(|&check| char::from(check))
}

/// Whether `number` has 18 characters of the right sort, whatever its check character says.
pub fn is_long(number: &str) -> bool {
    number.len() == 18
        && number.bytes().take(17).all(|digit| digit.is_ascii_digit())
        && number.bytes().last().is_some_and(|last| last.is_ascii_digit() || last == b'X')
}

/// Whether the check character of a long number agrees with its digits.
pub fn is_check_right(number: &str) -> bool {
    let check = number
        .split_at_checked(17)
        .and_then(|(digits, last)| check_character(digits).map(|check| last.chars().eq([check])));
    check == Some(true)
}

/// Whether `number` has the form of a foreigner's before 2023: three letters and twelve digits.
///
/// How its last digit checks the others is not published with certainty, so it is not tested.
pub fn is_old_foreign(number: &str) -> bool {
    number.len() == 15
        && number.bytes().take(3).all(|letter| letter.is_ascii_uppercase())
        && number.bytes().skip(3).all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{check_character, is_check_right, is_long, is_old_foreign};

    #[test]
    fn check_characters_follow_the_standard() {
        // The example of the standard itself, of a county that does not exist any more.
        assert_eq!(check_character("11010519491231002"), Some('X'));
        assert_eq!(check_character("44052418800101001"), Some('4'));
        for bad in
            ["", "1101051949123100", "110105194912310021", "1101051949123100A", "一二三四五六"]
        {
            assert_eq!(check_character(bad), None, "{bad}");
        }
        assert!(is_check_right("11010519491231002X"));
        for digit in ('0'..='9').chain(['x', 'Y']) {
            let number = std::format!("11010519491231002{digit}");
            assert!(!is_check_right(&number), "{number}");
        }
        assert!(!is_check_right("11010519491231002"));
    }

    #[test]
    fn forms_are_told_apart() {
        for (number, long, old) in [
            ("11010519491231002X", true, false),
            ("110105194912310021", true, false),
            ("11010519491231002x", false, false),
            ("1101051949123X0021", false, false),
            ("110105491231002", false, false),
            ("USA110000010101", false, true),
            ("US1110000010101", false, false),
            ("usa110000010101", false, false),
            ("USA11000001010X", false, false),
            ("", false, false),
        ] {
            assert_eq!((is_long(number), is_old_foreign(number)), (long, old), "{number}");
        }
    }
}
