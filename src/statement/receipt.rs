//! What the receipt of a write says.

use jiff::civil::DateTime;

use crate::domain::account::RelativeRef;
use crate::domain::operation::OperationKind;
use crate::records::port::{AcceptedDocument, Receipt};

/// A write and what became of it, for paper. Personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptFacts {
    /// What was written.
    pub kind: OperationKind,
    /// For whom, where it was for a relative. For `Accept` and `Decline`: who invited, with what the
    /// patron is to them as the relation, as in [`Invitation::from`](crate::records::port::Invitation).
    pub relative: Option<RelativeRef>,
    /// What became of it.
    pub outcome: ReceiptOutcome,
    /// The kiosk's own number of the write (办理编号).
    pub reference: String,
    /// Label and value, in official terms, ready to print and free of names and numbers: 限额, 授权期限,
    /// 参保年度, 缴费金额.
    pub fields: Vec<(String, String)>,
    /// What was read and accepted.
    pub documents: Vec<AcceptedDocument>,
}

/// What became of a write that has a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReceiptOutcome {
    /// The ledger has confirmed it.
    Done(Receipt),
    /// It is not known; the paper says so, and how to ask.
    Unknown {
        /// When the patron asked for it.
        asked_at: DateTime,
    },
}

impl ReceiptFacts {
    /// Which slip.
    pub fn slip_kind(&self) -> super::SlipKind {
        match self.kind {
            OperationKind::PayPremium | OperationKind::CancelPremium => super::SlipKind::Premium,
            _ => super::SlipKind::Authorisation,
        }
    }
}
