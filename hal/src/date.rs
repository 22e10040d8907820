//! Calendar dates as cards and documents hold them: four bytes BCD, or eight digits.

use zeroize::Zeroize;

/// A day of the Gregorian calendar that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Zeroize)]
pub struct Date {
    /// Year, 1900 to 9999.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

impl Date {
    /// The date, when such a day exists and is not before 1900.
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        if year < 1900 || year > 9999 || day == 0 || day > days {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// Reads `YY YY MM DD`, two decimal digits a byte.
    pub fn from_bcd(bytes: [u8; 4]) -> Option<Self> {
        let [century, year, month, day] = bytes.map(two_digits);
        Self::new(u16::from(century?) * 100 + u16::from(year?), month?, day?)
    }

    /// Reads `YYYYMMDD`, eight decimal digits.
    pub fn from_digits(text: &str) -> Option<Self> {
        let digits = <[u8; 8]>::try_from(text.as_bytes()).ok()?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let [a, b, c, d, e, f, g, h] = digits.map(|digit| digit - b'0');
        let year = u16::from(a * 10 + b) * 100 + u16::from(c * 10 + d);
        Self::new(year, e * 10 + f, g * 10 + h)
    }

    /// Writes `YY YY MM DD`, two decimal digits a byte.
    pub fn to_bcd(self) -> [u8; 4] {
        let pair = |n: u16| (n / 10 % 10 * 16 + n % 10) as u8;
        [pair(self.year / 100), pair(self.year), pair(self.month.into()), pair(self.day.into())]
    }
}

const fn two_digits(byte: u8) -> Option<u8> {
    let (tens, ones) = (byte >> 4, byte & 0x0F);
    if tens > 9 || ones > 9 { None } else { Some(tens * 10 + ones) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Date;

    #[test]
    fn only_days_that_exist_are_dates() {
        for (bytes, expected) in [
            ([0x20, 0x24, 0x02, 0x29], Some((2024, 2, 29))),
            ([0x20, 0x23, 0x02, 0x29], None),
            ([0x20, 0x00, 0x02, 0x29], Some((2000, 2, 29))),
            ([0x19, 0x00, 0x02, 0x29], None),
            ([0x20, 0x24, 0x04, 0x31], None),
            ([0x20, 0x24, 0x13, 0x01], None),
            ([0x20, 0x24, 0x00, 0x01], None),
            ([0x20, 0x24, 0x01, 0x00], None),
            ([0x20, 0x2A, 0x01, 0x01], None),
            ([0x20, 0xA0, 0x01, 0x01], None),
            ([0x18, 0x99, 0x12, 0x31], None),
            ([0x99, 0x99, 0x12, 0x31], Some((9999, 12, 31))),
        ] {
            let date = Date::from_bcd(bytes);
            assert_eq!(date.map(|d| (d.year, d.month, d.day)), expected, "{bytes:02X?}");
            if let Some(date) = date {
                assert_eq!(date.to_bcd(), bytes);
            }
        }
    }

    #[test]
    fn eight_digits_make_a_date() {
        assert_eq!(Date::from_digits("19400229"), Date::new(1940, 2, 29));
        for text in ["19410229", "1940022", "194002290", "1940 229", "1940022X", "一", ""] {
            assert_eq!(Date::from_digits(text), None, "{text}");
        }
    }
}
