//! Exact money.

use core::fmt;
use core::iter::Sum;
use core::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use core::str::FromStr;

use rust_decimal::Decimal;

/// Digits before the decimal point that [`Money::from_str`] takes; far above any real amount.
const MAX_WHOLE_DIGITS: usize = 12;

/// An amount in yuan (元), exact to the fen (two decimals); never a float.
///
/// Sums saturate at 28 digits instead of failing. Amounts come from [`Money::from_fen`] or from
/// text of at most twelve digits, so that a sum which really saturates cannot be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(Decimal);

impl Money {
    /// No money.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The amount of `fen` hundredths of a yuan.
    pub fn from_fen(fen: i64) -> Self {
        Self(Decimal::new(fen, 2))
    }

    /// The amount in fen; `None` when it does not fit 64 bits.
    pub fn to_fen(self) -> Option<i64> {
        let fen = self.0.checked_mul(Decimal::ONE_HUNDRED)?;
        i64::try_from(fen.trunc().mantissa()).ok()
    }

    /// An exact decimal as money; `None` when it has a part smaller than a fen.
    pub fn from_decimal(amount: Decimal) -> Option<Self> {
        let amount = amount.normalize();
        (amount.scale() <= 2).then_some(Self(amount))
    }

    /// Whether the amount is below zero.
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// Whether the amount is zero.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// The amount without its sign.
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// The sum; `None` when it needs more than 28 digits.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference; `None` when it needs more than 28 digits.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }
}

/// `1,386.40`: thousands separators and always two decimals; a minus sign in front if negative.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = format!("{:.2}", self.0.abs());
        let (whole, cents) = plain.split_once('.').unwrap_or((&plain, "00"));
        let mut text = String::with_capacity(plain.len() + whole.len() / 3);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        text.push('.');
        text.push_str(cents);
        f.pad_integral(!self.is_negative(), "", &text)
    }
}

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// Not digits with at most one point.
    NotANumber,
    /// Something smaller than a fen.
    SubFen,
    /// More than twelve digits before the point.
    TooLarge,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "not an amount such as 1386.40",
            Self::SubFen => "an amount with more than two decimals",
            Self::TooLarge => "an amount of more than twelve digits",
        })
    }
}

impl core::error::Error for MoneyError {}

/// Strict: an optional `-`, digits, and at most two decimals after a point (`1386.40`, `-3`, `0.5`).
impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, cents) = match digits.split_once('.') {
            Some((_, "")) => return Err(MoneyError::NotANumber),
            Some(parts) => parts,
            None => (digits, ""),
        };
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(cents) {
            return Err(MoneyError::NotANumber);
        }
        if cents.len() > 2 {
            return Err(MoneyError::SubFen);
        }
        if whole.len() > MAX_WHOLE_DIGITS {
            return Err(MoneyError::TooLarge);
        }
        Decimal::from_str(text).map(Self).map_err(|_| MoneyError::NotANumber)
    }
}

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Money {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Money {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl<'a> Sum<&'a Money> for Money {
    fn sum<I: Iterator<Item = &'a Money>>(amounts: I) -> Self {
        amounts.copied().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shows_separators_and_two_decimals() {
        for (fen, text) in [
            (0, "0.00"),
            (5, "0.05"),
            (-5, "-0.05"),
            (100_000, "1,000.00"),
            (138_640, "1,386.40"),
            (-138_640, "-1,386.40"),
            (99_999, "999.99"),
            (123_456_789_012, "1,234,567,890.12"),
        ] {
            assert_eq!(Money::from_fen(fen).to_string(), text);
        }
        assert_eq!(format!("{:>9}", Money::from_fen(-500)), "    -5.00");
    }

    #[test]
    fn parses_strictly() {
        for (text, fen) in [("1386.40", 138_640), ("-3", -300), ("0.5", 50), ("007.10", 710)] {
            assert_eq!(text.parse(), Ok(Money::from_fen(fen)), "{text}");
        }
        for text in ["", "-", ".5", "5.", "1,386.40", " 1", "1e3", "+1", "１", "--1", "1.2.3"] {
            assert_eq!(text.parse::<Money>(), Err(MoneyError::NotANumber), "{text}");
        }
        assert_eq!("1.001".parse::<Money>(), Err(MoneyError::SubFen));
        assert_eq!("1234567890123".parse::<Money>(), Err(MoneyError::TooLarge));
    }

    #[test]
    fn extremes_do_not_fail() {
        let most = Money(Decimal::MAX);
        assert_eq!(most + most, most);
        assert_eq!(most.checked_add(most), None);
        assert_eq!(most.to_fen(), None);
        assert_eq!(Money::from_fen(i64::MIN).to_fen(), Some(i64::MIN));
        assert!(!(-Money::ZERO).is_negative());
        assert_eq!((-Money::ZERO).to_string(), "0.00");
    }

    proptest! {
        #[test]
        fn fen_survive(a in -1_000_000_000_000i64..1_000_000_000_000, b in -1_000_000i64..1_000_000) {
            let (x, y) = (Money::from_fen(a), Money::from_fen(b));
            prop_assert_eq!((x + y).to_fen(), Some(a + b));
            prop_assert_eq!((x - y).to_fen(), Some(a - b));
            prop_assert_eq!([x, y, -x].iter().sum::<Money>(), y);
            prop_assert_eq!(x.to_string().replace(',', "").parse::<Money>(), Ok(x));
        }

        #[test]
        fn any_text_is_judged(text in "[-0-9.,eE ]{0,20}") {
            if let Ok(amount) = text.parse::<Money>() {
                prop_assert!(amount.to_fen().is_some());
            }
        }
    }
}
