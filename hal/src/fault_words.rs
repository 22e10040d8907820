//! Faults of simulated devices as they are named: a word, and for some a number.

use core::str::FromStr;

use crate::time::Duration;

/// `NAME [NUMBER]`.
#[derive(Clone, Copy)]
pub(crate) struct FaultWords<'a> {
    pub(crate) name: &'a str,
    number: Option<&'a str>,
}

impl<'a> FaultWords<'a> {
    /// Splits the text; `None` when there are no words, or more than two.
    pub(crate) fn split(text: &'a str) -> Option<Self> {
        let mut words = text.split_ascii_whitespace();
        let (name, number) = (words.next()?, words.next());
        words.next().is_none().then_some(Self { name, number })
    }

    /// A fault without a number.
    pub(crate) fn alone<F>(self, fault: F) -> Option<F> {
        self.number.is_none().then_some(fault)
    }

    /// The number, or what it is when it is missing.
    pub(crate) fn count<N: FromStr>(self, missing: N) -> Option<N> {
        self.number.map_or(Some(missing), |number| number.parse().ok())
    }

    /// The number as milliseconds; a second when it is missing.
    pub(crate) fn delay(self) -> Option<Duration> {
        self.count(1000_u32).map(|ms| Duration::from_millis(ms.into()))
    }

    /// The number as a byte in hexadecimal digits, or what it is when it is missing.
    pub(crate) fn byte(self, missing: Option<u8>) -> Option<u8> {
        self.number.map_or(missing, |number| u8::from_str_radix(number, 16).ok())
    }
}
