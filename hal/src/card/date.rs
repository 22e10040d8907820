//! Calendar dates as cards hold them: four bytes BCD.

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
}
