//! What names a write to the ledger, whatever becomes of it.

use core::fmt;
use core::str::FromStr;

/// Names one write. Made and stored before anything is sent; the ledger takes each one once.
///
/// 128 random bits, shown as 32 hexadecimal digits; it says nothing about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId([u8; 16]);

impl OperationId {
    /// The id of these bits.
    pub const fn new(bits: [u8; 16]) -> Self {
        Self(bits)
    }

    /// Its bits.
    pub const fn bits(self) -> [u8; 16] {
        self.0
    }
}

impl fmt::Display for OperationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The text is not an operation id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoOperationId;

impl fmt::Display for NoOperationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an operation id is 32 hexadecimal digits")
    }
}

impl core::error::Error for NoOperationId {}

impl FromStr for OperationId {
    type Err = NoOperationId;

    fn from_str(text: &str) -> Result<Self, NoOperationId> {
        let digits = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
        let value = u128::from_str_radix(text, 16).ok().filter(|_| digits);
        value.map(|value| Self(value.to_be_bytes())).ok_or(NoOperationId)
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident, $code:literal, $label:literal;)+) => {
        /// What a write does.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum OperationKind { $($(#[$doc])* $variant,)+ }

        impl OperationKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in files and databases.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The kind of a word; `None` for any other.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// What a patron reads.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }
        }
    };
}

kinds! {
    /// 组建家庭账户
    Open, "open", "开通家庭共济";
    /// A relative is bound, or invited.
    Bind, "bind", "添加家人";
    /// An invitation is accepted.
    Accept, "accept", "接受邀请";
    /// An invitation is declined by the invited.
    Decline, "decline", "不接受邀请";
    /// A relative is released, or an invitation taken back.
    Release, "release", "解除绑定";
    /// The order in which accounts are drawn.
    Order, "order", "设定扣款顺序";
    /// The most a relative may use in a year.
    Limit, "limit", "设定限额";
    /// 划拨: money from the personal account into the common one.
    Transfer, "transfer", "划拨";
    /// An amount locked for a relative (cross-province).
    Quota, "quota", "设定额度";
    /// A relative's premium is paid (代缴).
    PayPremium, "pay_premium", "代缴居民医保";
    /// A payment that is on its way is taken back.
    CancelPremium, "cancel_premium", "撤销代缴";
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn ids_go_both_ways() {
        let id = OperationId::new(*b"\0abcdefghijklmn\xFF");
        assert_eq!(id.to_string().parse::<OperationId>().unwrap(), id);
        for wrong in ["", "00", "+0000000000000000000000000000000", "zz"] {
            assert_eq!(wrong.parse::<OperationId>(), Err(NoOperationId), "{wrong}");
        }
    }

    #[test]
    fn kinds_go_both_ways() {
        for kind in OperationKind::ALL {
            assert_eq!(OperationKind::from_code(kind.code()), Some(*kind));
            assert!(!kind.label().is_empty());
        }
        assert_eq!(OperationKind::from_code("unbind"), None);
    }
}
