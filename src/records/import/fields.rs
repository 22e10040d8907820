//! Reading fields leniently: live systems send numbers, strings and blanks for the same field.

use core::fmt;
use core::str::FromStr;

use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::domain::money::Money;

/// No real amount is larger, in yuan.
const AMOUNT_MAX: i64 = 1_000_000_000;
/// No real text of a field is longer, in bytes.
const TEXT_LENGTH_MAX: usize = 1000;

/// What is wrong with a field, and the way out. Values are never part of it: they are personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub field: &'static str,
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.what)
    }
}

pub(super) fn problem<T>(field: &'static str, what: impl Into<String>) -> Result<T, Problem> {
    Err(Problem { field, what: what.into() })
}

/// The fields of one record.
#[derive(Clone, Copy)]
pub(super) struct Fields<'v>(pub &'v Map<String, Value>);

impl<'v> Fields<'v> {
    /// The trimmed text of a string or number; `None` for a blank, null or missing one.
    pub fn text(&self, field: &'static str) -> Result<Option<String>, Problem> {
        let text = match self.0.get(field) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::String(text)) => String::from(text.trim()),
            Some(Value::Number(number)) => number.to_string(),
            Some(_) => return problem(field, "is neither text nor a number; write it as one"),
        };
        if text.len() > TEXT_LENGTH_MAX {
            return problem(field, format!("is longer than {TEXT_LENGTH_MAX} bytes; shorten it"));
        }
        Ok(Some(text).filter(|text| !text.is_empty()))
    }

    /// As [`Fields::text`], but it must be there.
    pub fn required(&self, field: &'static str) -> Result<String, Problem> {
        match self.text(field)? {
            Some(text) => Ok(text),
            None => problem(field, "is missing or blank; the record cannot go without it"),
        }
    }

    /// The amount; a blank is zero. `None` when the field is not there at all.
    pub fn amount(&self, field: &'static str) -> Result<Option<Money>, Problem> {
        if !self.0.contains_key(field) {
            return Ok(None);
        }
        let text = self.text(field)?;
        let amount = text.map_or(Ok(Money::ZERO), |text| parse_amount(&text));
        amount.map(Some).or_else(|what| problem(field, what))
    }

    /// An amount known by two names; one must be there, and both must agree if both are.
    pub fn amount_of_either(&self, names: [&'static str; 2]) -> Result<Money, Problem> {
        let [first, second] = names;
        match (self.amount(first)?, self.amount(second)?) {
            (Some(one), Some(other)) if one != other => {
                problem(first, format!("differs from {second}, which is the same thing; keep one"))
            }
            (Some(amount), _) | (None, Some(amount)) => Ok(amount),
            (None, None) => problem(first, format!("is missing (and so is {second}); add it")),
        }
    }

    /// The day; a time after it is ignored.
    pub fn day(&self, field: &'static str) -> Result<Option<Date>, Problem> {
        Ok(self.time(field)?.map(DateTime::date))
    }

    /// `yyyy-MM-dd[ HH:mm:ss]`; a day alone begins at midnight.
    pub fn time(&self, field: &'static str) -> Result<Option<DateTime>, Problem> {
        let Some(text) = self.text(field)? else { return Ok(None) };
        match parse_time(&text) {
            Some(time) => Ok(Some(time)),
            None => problem(field, "is not a date such as 2026-03-14 or 2026-03-14 09:30:00"),
        }
    }

    /// The records in an array (or the single one that some systems send without it), with the
    /// path of each.
    pub fn list(&self, field: &'static str) -> Result<Vec<Fields<'v>>, Problem> {
        match self.0.get(field) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Object(one)) => Ok(vec![Fields(one)]),
            Some(Value::Array(many)) => many
                .iter()
                .map(|item| match item {
                    Value::Object(object) => Ok(Fields(object)),
                    _ => problem(field, "holds something that is not an object in { }"),
                })
                .collect(),
            Some(_) => problem(field, "is neither an array nor an object"),
        }
    }
}

/// Any spelling of an amount with at most two decimals that matter: `12`, `12.30`, `12.3000`,
/// `1,386.40`, `1.2E+2`.
fn parse_amount(text: &str) -> Result<Money, &'static str> {
    const NOT_ONE: &str = "is not an amount; write yuan such as 1386.40";
    const TOO_LARGE: &str = "is an amount of more than a thousand million yuan; correct it";
    let text = if text.contains(',') { ungrouped(text).ok_or(NOT_ONE)? } else { text.into() };
    if !text.bytes().all(|byte| byte.is_ascii_digit() || b".-+eE".contains(&byte)) {
        return Err(NOT_ONE);
    }
    let number = match text.split_once(['e', 'E']) {
        // No amount needs a three-digit exponent.
        Some((_, exponent)) if exponent.len() <= 3 => Decimal::from_scientific(&text),
        Some(_) => return Err(NOT_ONE),
        None if text.len() > 40 => return Err(NOT_ONE),
        None => Decimal::from_str_exact(&text).or_else(|error| match error {
            // Zeros beyond 28 decimals are harmless; anything else is not.
            rust_decimal::Error::Underflow => Decimal::from_str(text.trim_end_matches('0')),
            other => Err(other),
        }),
    };
    let number = number.map_err(|_| NOT_ONE)?;
    if number.abs() > Decimal::from(AMOUNT_MAX) {
        return Err(TOO_LARGE);
    }
    Money::from_decimal(number)
        .ok_or("has a part smaller than a fen; round it at its source, not here")
}

/// Without its thousands separators, if they stand where they belong.
fn ungrouped(text: &str) -> Option<String> {
    let (whole, cents) = text.split_once('.').map_or((text, None), |(w, c)| (w, Some(c)));
    let (first, rest) = whole.split_once(',')?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let lead = first.strip_prefix('-').unwrap_or(first);
    let grouped = digits(lead) && lead.len() <= 3;
    let grouped = grouped && rest.split(',').all(|group| digits(group) && group.len() == 3);
    let cents = cents.map(|cents| format!(".{cents}")).unwrap_or_default();
    (grouped && !cents.contains(',')).then(|| format!("{}{cents}", whole.replace(',', "")))
}

/// `yyyy-MM-dd`, alone or with ` HH:mm:ss`.
fn parse_time(text: &str) -> Option<DateTime> {
    let in_range = |time: DateTime| (1880..=9999).contains(&time.year());
    let time = match text.len() {
        10 => DateTime::from(Date::strptime("%Y-%m-%d", text).ok()?),
        19 => DateTime::strptime("%Y-%m-%d %H:%M:%S", text).ok()?,
        _ => return None,
    };
    Some(time).filter(|time| in_range(*time))
}

/// The time of an envelope: `yyyyMMddHHmmss` with or without milliseconds, or as elsewhere.
pub(super) fn parse_envelope_time(text: &str) -> Option<DateTime> {
    match text.get(..14) {
        Some(digits) if text.len() >= 14 && text.bytes().all(|b| b.is_ascii_digit()) => {
            DateTime::strptime("%Y%m%d%H%M%S", digits).ok()
        }
        _ => parse_time(text),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn amount_in(json: &str) -> Result<Option<Money>, Problem> {
        let Value::Object(object) = serde_json::from_str(json).unwrap() else { panic!() };
        Fields(&object).amount("a")
    }

    #[test]
    fn amounts_in_every_spelling() {
        for (json, fen) in [
            (r#"{"a": 12}"#, 1200),
            (r#"{"a": 12.3}"#, 1230),
            (r#"{"a": 0.1}"#, 10),
            (r#"{"a": -12.30}"#, -1230),
            (r#"{"a": 12.3000}"#, 1230),
            (r#"{"a": 1.2e2}"#, 12_000),
            (r#"{"a": 120E-1}"#, 1200),
            (r#"{"a": "12.30"}"#, 1230),
            (r#"{"a": " 12.30 "}"#, 1230),
            (r#"{"a": "1,386.40"}"#, 138_640),
            (r#"{"a": "-1,234,567"}"#, -123_456_700),
            (r#"{"a": "0.0000000000000000000000000000000"}"#, 0),
            (r#"{"a": ""}"#, 0),
            (r#"{"a": "  "}"#, 0),
            (r#"{"a": null}"#, 0),
        ] {
            assert_eq!(amount_in(json), Ok(Some(Money::from_fen(fen))), "{json}");
        }
        assert_eq!(amount_in("{}"), Ok(None));
    }

    #[test]
    fn what_is_no_amount_says_so() {
        for (json, word) in [
            (r#"{"a": 12.345}"#, "fen"),
            (r#"{"a": "0.001"}"#, "fen"),
            (r#"{"a": 12.300000000000001}"#, "fen"),
            (r#"{"a": "12元"}"#, "not an amount"),
            (r#"{"a": "1,38.40"}"#, "not an amount"),
            (r#"{"a": ",386"}"#, "not an amount"),
            (r#"{"a": "1_000"}"#, "not an amount"),
            (r#"{"a": "1e999999999"}"#, "not an amount"),
            (r#"{"a": "--1"}"#, "not an amount"),
            (r#"{"a": "NaN"}"#, "not an amount"),
            (r#"{"a": 99999999999}"#, "thousand million"),
            (r#"{"a": true}"#, "neither text"),
            (r#"{"a": [1]}"#, "neither text"),
        ] {
            let error = amount_in(json).unwrap_err();
            assert!(error.what.contains(word), "{json}: {error}");
        }
    }

    #[test]
    fn days_and_times() {
        for (text, time) in [
            ("2026-03-14", Some(date(2026, 3, 14).at(0, 0, 0, 0))),
            ("2026-03-14 09:30:01", Some(date(2026, 3, 14).at(9, 30, 1, 0))),
            ("2026-02-30", None),
            ("2026-03-14 25:00:00", None),
            ("2026/03/14", None),
            ("20260314", None),
            ("0001-01-01", None),
            ("二〇二六年三月", None),
        ] {
            assert_eq!(parse_time(text), time, "{text}");
        }
        let noon = Some(date(2026, 3, 14).at(12, 0, 0, 0));
        for text in ["20260314120000", "20260314120000123", "2026-03-14 12:00:00"] {
            assert_eq!(parse_envelope_time(text), noon);
        }
        assert_eq!(parse_envelope_time("now"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_judged(text in "\\PC{0,44}", digits in "[-+0-9.,eE]{0,44}") {
            for text in [text, digits] {
                if let Ok(amount) = parse_amount(&text) {
                    prop_assert!(amount.to_fen().is_some());
                }
                let _ = (parse_time(&text), parse_envelope_time(&text));
            }
        }
    }
}
