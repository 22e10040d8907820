//! Why what was shown of a relative could not be taken.

use crate::records::port::LedgerError;
use crate::visit::event::{CardTrouble, DocumentTrouble};
use crate::visit::medium::MediumKind;
use crate::visit::pending::LedgerTrouble;

/// What went wrong; the page says so, and the patron tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Note {
    /// It is the patron's own.
    Own,
    /// Its last day has passed.
    Expired,
    /// It could not be read.
    Unreadable(MediumKind),
    /// Taken away too early.
    TooShort(MediumKind),
    /// The reader holds the document not genuine.
    Doubted,
    /// The card reader went away.
    ReaderAway,
    /// The ledger knows nobody by it.
    Unknown,
    /// The card was reported lost.
    Lost,
    /// It and the ledger disagree about whose it is.
    Mismatch,
    /// The code is too old, or was used.
    CodeInvalid,
    /// The ledger did not help.
    Ledger(LedgerTrouble),
    /// The patron says that it is somebody else.
    SomebodyElse,
}

impl From<CardTrouble> for Note {
    fn from(trouble: CardTrouble) -> Self {
        match trouble {
            CardTrouble::PulledOut => Self::TooShort(MediumKind::Card),
            CardTrouble::ReaderAway => Self::ReaderAway,
            CardTrouble::Mute | CardTrouble::NotSocialCard | CardTrouble::Unreadable => {
                Self::Unreadable(MediumKind::Card)
            }
        }
    }
}

impl From<DocumentTrouble> for Note {
    fn from(trouble: DocumentTrouble) -> Self {
        match trouble {
            DocumentTrouble::LiftedOff => Self::TooShort(MediumKind::Document),
            DocumentTrouble::Unreadable => Self::Unreadable(MediumKind::Document),
            DocumentTrouble::NotGenuine => Self::Doubted,
        }
    }
}

impl From<&LedgerError> for Note {
    fn from(error: &LedgerError) -> Self {
        match error {
            LedgerError::UnknownPerson => Self::Unknown,
            LedgerError::CardReportedLost => Self::Lost,
            LedgerError::CredentialMismatch => Self::Mismatch,
            LedgerError::CodeInvalid => Self::CodeInvalid,
            other => Self::Ledger(other.into()),
        }
    }
}
