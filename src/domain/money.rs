//! Exact money.

use core::fmt;
use core::iter::Sum;
use core::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use rust_decimal::Decimal;

/// An amount in yuan (元), exact to the fen (two decimals); never a float.
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
}
