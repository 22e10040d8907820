//! Citizens', residents' and foreigners' document numbers.

use zeroize::{Zeroize, ZeroizeOnDrop};

/// An identity document number in canonical form (upper case, no blanks).
///
/// Personal: it has no `Display`, its `Debug` shows no content, and it is wiped when dropped.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Zeroize, ZeroizeOnDrop)]
pub struct IdNumber(String);

impl IdNumber {
    /// A number as it is, for tests of other parts.
    #[cfg(test)]
    pub(crate) fn for_test(text: &str) -> Self {
        Self(text.into())
    }

    /// The plain number; whoever calls this answers for where it goes.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("IdNumber(…)")
    }
}
