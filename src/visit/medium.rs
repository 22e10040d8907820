//! What a patron shows or types to begin a visit, or shows in the course of one.

use jiff::civil::Date;

use super::event::{CardHolder, DocumentHolder};
use crate::domain::id_number::IdNumber;
use crate::domain::person::{InsuranceCode, Insured};
use crate::domain::same_name::same_name;
use crate::records::port::Credential;

/// A medium, as it was read. Personal.
#[derive(Clone)]
pub(crate) enum Medium {
    Card(CardHolder),
    Document(DocumentHolder),
    Code(InsuranceCode),
    /// Typed on the screen, and proven by the query password.
    Typed(IdNumber),
}

/// Which of the four.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MediumKind {
    /// 社保卡
    Card,
    /// 身份证
    Document,
    /// 医保码
    Code,
    /// 身份证号码, typed on the screen
    Typed,
}

impl Medium {
    pub(crate) fn kind(&self) -> MediumKind {
        match self {
            Self::Card(_) => MediumKind::Card,
            Self::Document(_) => MediumKind::Document,
            Self::Code(_) => MediumKind::Code,
            Self::Typed(_) => MediumKind::Typed,
        }
    }

    /// What to ask the ledger.
    pub(crate) fn credential(&self) -> Credential {
        match self {
            Self::Card(holder) => Credential::Card {
                number: holder.number.clone(),
                id_number: holder.id_number.clone(),
            },
            Self::Document(holder) => Credential::IdNumber(holder.id_number.clone()),
            Self::Code(code) => Credential::Code(code.clone()),
            Self::Typed(number) => Credential::IdNumber(number.clone()),
        }
    }

    /// Its last day has passed.
    pub(crate) fn expired(&self, today: Date) -> bool {
        let last_day = match self {
            Self::Card(holder) => holder.expires,
            Self::Document(holder) => holder.expires,
            Self::Code(_) | Self::Typed(_) => None,
        };
        last_day.is_some_and(|last_day| last_day < today)
    }

    /// The name on it, if it bears one, can be that of the person whom the ledger named.
    pub(crate) fn fits(&self, person: &Insured) -> bool {
        match self {
            Self::Document(holder) => same_name(&holder.name, &person.name),
            Self::Card(_) | Self::Code(_) | Self::Typed(_) => true,
        }
    }
}
