//! Sums on paper: checked, and never wider than the narrow paper.

use super::SlipError;
use crate::domain::money::Money;

/// `amount`, if it fits 64 bits of fen: 27 columns with its separators.
///
/// # Errors
/// [`SlipError::AmountTooLarge`].
pub fn bounded(amount: Money) -> Result<Money, SlipError> {
    if amount.to_fen().is_some() { Ok(amount) } else { Err(SlipError::AmountTooLarge) }
}

/// `a + b`, bounded.
///
/// # Errors
/// [`SlipError::AmountTooLarge`].
pub fn sum(a: Money, b: Money) -> Result<Money, SlipError> {
    a.checked_add(b).ok_or(SlipError::AmountTooLarge).and_then(bounded)
}

/// Whether the amount is above zero.
pub fn is_positive(amount: Money) -> bool {
    !amount.is_negative() && !amount.is_zero()
}

/// The amount with `+` before what is above zero.
pub fn signed(amount: Money) -> String {
    if is_positive(amount) { format!("+{amount}") } else { amount.to_string() }
}
