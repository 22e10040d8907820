//! Days, amounts and limits as a pack writes them.

use core::fmt;

use jiff::civil::Date;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::money::Money;

/// A calendar day: `2025-12-31`, unquoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub Date);

/// An amount of money in yuan, never negative: `400`, or `"400.50"` where there are fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Yuan(pub Money);

/// The most that a relative may use in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnnualLimit {
    /// There is none.
    None,
    /// Exactly this much.
    Fixed(Yuan),
    /// The region's limit lies between the two, as far as is known.
    Range {
        /// It is not lower.
        least: Yuan,
        /// It is not higher.
        most: Yuan,
    },
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = toml::value::Datetime::deserialize(deserializer)?;
        let (Some(day), None) = (found.date, found.time) else {
            return Err(D::Error::custom("a day is written as 2025-12-31, without a time"));
        };
        let numbers = (i16::try_from(day.year), i8::try_from(day.month), i8::try_from(day.day));
        let (Ok(year), Ok(month), Ok(day)) = numbers else {
            return Err(D::Error::custom("no calendar has this day"));
        };
        Date::new(year, month, day)
            .map(Self)
            .map_err(|_| D::Error::custom("no calendar has this day"))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Yuan {
    fn text<E: Error>(text: &str) -> Result<Self, E> {
        match text.parse::<Money>() {
            Ok(amount) if amount.is_negative() => {
                Err(E::custom(format!("an amount is not negative, and this is {text}")))
            }
            Ok(amount) => Ok(Self(amount)),
            Err(e) => Err(E::custom(format!("\"{text}\" is {e}"))),
        }
    }
}

struct YuanVisitor;

impl Visitor<'_> for YuanVisitor {
    type Value = Yuan;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("yuan as a whole number (400) or in quotes with fen (\"400.50\")")
    }

    fn visit_i64<E: Error>(self, yuan: i64) -> Result<Yuan, E> {
        Yuan::text(&yuan.to_string())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Yuan, E> {
        Yuan::text(text)
    }
}

impl<'de> Deserialize<'de> for Yuan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(YuanVisitor)
    }
}

impl Serialize for Yuan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_string().replace(',', ""))
    }
}

struct LimitVisitor;

impl<'de> Visitor<'de> for LimitVisitor {
    type Value = AnnualLimit;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"none\", an amount (10000), or { least = 5000, most = 10000 }")
    }

    fn visit_i64<E: Error>(self, yuan: i64) -> Result<AnnualLimit, E> {
        Yuan::text(&yuan.to_string()).map(AnnualLimit::Fixed)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<AnnualLimit, E> {
        if text == "none" {
            return Ok(AnnualLimit::None);
        }
        Yuan::text(text).map(AnnualLimit::Fixed)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<AnnualLimit, A::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Range {
            least: Yuan,
            most: Yuan,
        }
        let range = Range::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        if range.least >= range.most {
            return Err(A::Error::custom("the range of a limit needs `least` below `most`"));
        }
        Ok(AnnualLimit::Range { least: range.least, most: range.most })
    }
}

impl<'de> Deserialize<'de> for AnnualLimit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LimitVisitor)
    }
}

impl Serialize for AnnualLimit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Range {
            least: Yuan,
            most: Yuan,
        }
        match *self {
            Self::None => serializer.serialize_str("none"),
            Self::Fixed(amount) => amount.serialize(serializer),
            Self::Range { least, most } => Range { least, most }.serialize(serializer),
        }
    }
}
