//! Who a person is.

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::id_number::IdNumber;
use super::insurance::{InsuranceStatus, InsuranceType};

macro_rules! secret_text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// Personal: it has no `Display`, its `Debug` shows no content, and it is wiped when dropped.
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Zeroize, ZeroizeOnDrop)]
        pub struct $name(String);

        impl $name {
            /// Wraps the text as it is.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The plain text; whoever calls this answers for where it goes.
            pub fn reveal(&self) -> &str {
                &self.0
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

secret_text! {
    /// A person's name as the ledger has it (`psn_name`).
    PersonName
}
secret_text! {
    /// The ledger's number of a person (`psn_no`).
    PersonNo
}
secret_text! {
    /// The number of a 社会保障卡 (`card_sn` of transaction 1101): 9 characters on current cards.
    CardNo
}
secret_text! {
    /// What a 医保码 says: opaque, for one use; only the ledger can tell whose it is.
    InsuranceCode
}

secret_text! {
    /// The PIN of a 社会保障卡, as it is entered: digits.
    CardPin
}
secret_text! {
    /// The six-digit query password (查询密码), as it is entered. The ledger alone keeps it.
    QueryPassword
}
secret_text! {
    /// The ledger's word that a query password was right; good for one write, for a short time.
    PasswordToken
}

/// `gend` of the national interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// 1
    Male,
    /// 2
    Female,
}

/// An insured person, as transaction 1101 gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insured {
    /// The ledger's number (`psn_no`).
    pub psn_no: PersonNo,
    /// `psn_name`
    pub name: PersonName,
    /// `certno`
    pub id_number: IdNumber,
    /// `gend`
    pub gender: Gender,
    /// `insutype`
    pub insurance: InsuranceType,
    /// `psn_insu_stas`
    pub status: InsuranceStatus,
    /// `insuplc_admdvs`: six digits; compare provinces by the first two.
    pub region: String,
}

impl Gender {
    /// The national code of `gend`: `1` or `2`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Male => "1",
            Self::Female => "2",
        }
    }

    /// The sex of a national code; `None` for 0 (unknown), 9 (not stated) and anything else.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "1" => Some(Self::Male),
            "2" => Some(Self::Female),
            _ => None,
        }
    }

    /// 男 or 女.
    pub fn label(self) -> &'static str {
        match self {
            Self::Male => "男",
            Self::Female => "女",
        }
    }
}
