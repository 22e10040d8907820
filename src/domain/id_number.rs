//! Citizens', residents' and foreigners' document numbers.

use core::fmt;

use jiff::civil::Date;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::person::Gender;

/// An identity document number in canonical form (upper case, no blanks).
///
/// Personal: it has no `Display`, its `Debug` shows no content, and it is wiped when dropped.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Zeroize, ZeroizeOnDrop)]
pub struct IdNumber(String);

/// Length of a citizen's or resident's number (GB 11643-1999).
const LENGTH: usize = 18;
/// Length of a citizen's number before 1999, and of a foreigner's before 2023.
const OLD_LENGTH: usize = 15;
/// Shortest and longest other document (passports and the like).
const OTHER_LENGTHS: core::ops::RangeInclusive<usize> = 5..=30;
/// No living person is older.
const EARLIEST_BIRTH_YEAR: i16 = 1880;
/// First two digits in use: provinces, 港澳台 residents (81 82 83), and foreigners (9x).
/// Counties are not looked up: the elderly have numbers of counties long abolished.
const PROVINCES: [(u8, u8); 8] =
    [(11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83)];
/// GB 11643: weight of each of the first 17 digits.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// GB 11643: check character by weighted sum modulo 11.
const CHECK: [u8; 11] = *b"10X98765432";

/// Why a text is not a document number. The text itself is never part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdNumberError {
    /// Nothing was given.
    Empty,
    /// Neither 15 nor 18 characters.
    Length(usize),
    /// Characters that cannot stand where they stand.
    Characters,
    /// First two digits that no issuing place has.
    Region,
    /// No such day, or before 1880.
    BirthDate,
    /// The check digit disagrees with the others.
    CheckDigit,
}

impl fmt::Display for IdNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the document number is empty"),
            Self::Length(n) => {
                write!(f, "the document number has {n} characters instead of 18 (or 15)")
            }
            Self::Characters => f.write_str("the document number has a character that none has"),
            Self::Region => f.write_str("the document number begins with digits of no province"),
            Self::BirthDate => {
                f.write_str("the document number contains a day that does not exist")
            }
            Self::CheckDigit => {
                f.write_str("the last digit of the document number disagrees with the others")
            }
        }
    }
}

impl core::error::Error for IdNumberError {}

impl IdNumber {
    /// Takes a citizen's number (18 characters, or 15 from before 1999), a 港澳台居民居住证 number
    /// (81, 82, 83), or a foreigner's permanent residence number (15 characters beginning with
    /// three letters, or 18 beginning with 9 since 2023). Blanks are dropped, letters upper-cased.
    ///
    /// Source: GB 11643-1999 for 18 digits; the check digit of the old foreigners' form is not
    /// published with certainty and not tested.
    ///
    /// # Errors
    /// What is wrong, without the number.
    pub fn parse(text: &str) -> Result<Self, IdNumberError> {
        let number = canonical(text);
        let result = check(number.0.as_bytes());
        result.map(|()| number)
    }

    /// Takes the number of any other document (passport, pass), which has no check digit:
    /// 5 to 30 letters, digits, brackets, dashes or slashes.
    ///
    /// # Errors
    /// What is wrong, without the number.
    pub fn parse_other_document(text: &str) -> Result<Self, IdNumberError> {
        let number = canonical(text);
        match number.0.len() {
            0 => return Err(IdNumberError::Empty),
            length if !OTHER_LENGTHS.contains(&length) => {
                return Err(IdNumberError::Length(number.0.chars().count()));
            }
            _ => {}
        }
        let known = |byte: u8| byte.is_ascii_alphanumeric() || b"()-/".contains(&byte);
        if !number.0.bytes().all(known) {
            return Err(IdNumberError::Characters);
        }
        Ok(number)
    }

    /// The plain number; whoever calls this answers for where it goes.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The 18-digit form of a 15-digit citizen's number (century 19, check digit added);
    /// any other number as it is. Ledgers and cards are compared in this form.
    pub fn upgraded(&self) -> Self {
        let digits = self.0.as_bytes();
        if digits.len() != OLD_LENGTH || !digits.iter().all(u8::is_ascii_digit) {
            return self.clone();
        }
        let (region, rest) = self.0.split_at(6);
        let mut number = Self(format!("{region}19{rest}"));
        number.0.push(char::from(check_digit(number.0.as_bytes())));
        number
    }

    /// The day of birth in the number; `None` for documents that have none.
    pub fn birth(&self) -> Option<Date> {
        match self.upgraded().0.as_bytes() {
            bytes if bytes.len() == LENGTH && check(bytes).is_ok() => birth_of(bytes, 6),
            _ => None,
        }
    }

    /// The sex in the number (17th digit odd: male); `None` for documents that have none.
    pub fn gender(&self) -> Option<Gender> {
        let number = self.upgraded();
        let bytes = number.0.as_bytes();
        if bytes.len() != LENGTH || check(bytes).is_err() {
            return None;
        }
        let digit = bytes.get(16)?;
        Some(if digit % 2 == 1 { Gender::Male } else { Gender::Female })
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdNumber(…)")
    }
}

/// The check character of the first 17 digits of `number` (GB 11643).
pub fn check_digit(number: &[u8]) -> u8 {
    let sum: u32 = number
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight)
        .sum();
    CHECK.get((sum % 11) as usize).copied().unwrap_or(b'0')
}

fn canonical(text: &str) -> IdNumber {
    let kept = text.chars().filter(|c| !c.is_whitespace());
    IdNumber(kept.map(|c| c.to_ascii_uppercase()).collect())
}

fn check(number: &[u8]) -> Result<(), IdNumberError> {
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    match number.len() {
        0 => Err(IdNumberError::Empty),
        OLD_LENGTH => check_old(number),
        LENGTH => {
            let (body, last) = number.split_at(LENGTH - 1);
            if !digits(body) || !(digits(last) || last == b"X") {
                return Err(IdNumberError::Characters);
            }
            check_region(number)?;
            birth_of(number, 6).ok_or(IdNumberError::BirthDate)?;
            if last != [check_digit(body)] {
                return Err(IdNumberError::CheckDigit);
            }
            Ok(())
        }
        _ => {
            let text = core::str::from_utf8(number).unwrap_or_default();
            Err(IdNumberError::Length(text.chars().count()))
        }
    }
}

fn check_old(number: &[u8]) -> Result<(), IdNumberError> {
    let (front, rest) = number.split_at(3);
    if !rest.iter().all(u8::is_ascii_digit) {
        return Err(IdNumberError::Characters);
    }
    if front.iter().all(u8::is_ascii_uppercase) {
        // Country (3), issuing place (4), birth yymmdd, order and check: the century is unknown.
        return date_of(b"20", number.get(7..13)).map(|_| ()).ok_or(IdNumberError::BirthDate);
    }
    if !front.iter().all(u8::is_ascii_digit) {
        return Err(IdNumberError::Characters);
    }
    check_region(number)?;
    date_of(b"19", number.get(6..12)).map(|_| ()).ok_or(IdNumberError::BirthDate)
}

fn check_region(number: &[u8]) -> Result<(), IdNumberError> {
    let province = number_of(number.get(..2)).ok_or(IdNumberError::Region)?;
    let foreigner = number.len() == LENGTH && number.first() == Some(&b'9');
    let known = PROVINCES
        .iter()
        .any(|(low, high)| (u16::from(*low)..=u16::from(*high)).contains(&province));
    if known || foreigner { Ok(()) } else { Err(IdNumberError::Region) }
}

fn birth_of(number: &[u8], at: usize) -> Option<Date> {
    date_of(number.get(at..at + 2)?, number.get(at + 2..at + 8))
}

fn date_of(century: &[u8], yymmdd: Option<&[u8]>) -> Option<Date> {
    let rest = yymmdd?;
    let year = number_of(Some(century))? * 100 + number_of(rest.get(..2))?;
    let month = number_of(rest.get(2..4))?;
    let day = number_of(rest.get(4..6))?;
    let year = i16::try_from(year).ok().filter(|year| *year >= EARLIEST_BIRTH_YEAR)?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn number_of(digits: Option<&[u8]>) -> Option<u16> {
    core::str::from_utf8(digits?).ok()?.parse().ok()
}

#[cfg(test)]
#[path = "id_number_tests.rs"]
mod tests;
