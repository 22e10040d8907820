//! How the ledger's tables write enumerations, days and times.

use jiff::civil::{Date, DateTime};
use rusqlite::types::{FromSqlError, Type};

use crate::domain::account::MovementKind;
use crate::domain::family::Relation;
use crate::domain::money::Money;
use crate::domain::person::Gender;
use crate::domain::premium::PremiumStatus;
use crate::policy::schema::MoneyModel;
use crate::records::port::Agreement;

/// `movement.kind`; a refund says what it gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowKind {
    Contribution = 1,
    Interest = 2,
    OwnCare = 3,
    FamilyCare = 4,
    Premium = 5,
    OwnRefund = 6,
    FamilyRefund = 7,
    PremiumRefund = 8,
    Adjustment = 9,
    ToCommon = 10,
    FromCommon = 11,
    ToQuota = 12,
    FromQuota = 13,
}

impl RowKind {
    pub(crate) fn code(self) -> i64 {
        self as i64
    }

    /// What a patron may tell apart.
    pub(crate) fn movement_kind(self) -> MovementKind {
        match self {
            Self::Contribution => MovementKind::Contribution,
            Self::Interest => MovementKind::Interest,
            Self::OwnCare => MovementKind::OwnCare,
            Self::FamilyCare => MovementKind::FamilyCare,
            Self::Premium => MovementKind::FamilyPremium,
            Self::OwnRefund | Self::FamilyRefund | Self::PremiumRefund => MovementKind::Refund,
            Self::Adjustment => MovementKind::Adjustment,
            Self::ToCommon | Self::FromCommon => MovementKind::Transfer,
            Self::ToQuota | Self::FromQuota => MovementKind::Quota,
        }
    }
}

pub(super) fn movement_kind(column: usize, code: i64) -> rusqlite::Result<MovementKind> {
    match code {
        1 => Ok(MovementKind::Contribution),
        2 => Ok(MovementKind::Interest),
        3 => Ok(MovementKind::OwnCare),
        4 => Ok(MovementKind::FamilyCare),
        5 => Ok(MovementKind::FamilyPremium),
        6..=8 => Ok(MovementKind::Refund),
        9 => Ok(MovementKind::Adjustment),
        10 | 11 => Ok(MovementKind::Transfer),
        12 | 13 => Ok(MovementKind::Quota),
        _ => Err(out_of_range(column, code)),
    }
}

/// `relation` columns: 1 to 9 in the order of [`Relation::ALL`].
pub(crate) fn relation_code(relation: Relation) -> i64 {
    let at = Relation::ALL.iter().position(|known| *known == relation);
    at.map_or(0, |index| index as i64 + 1)
}

pub(super) fn relation(column: usize, code: i64) -> rusqlite::Result<Relation> {
    let index = usize::try_from(code - 1).ok();
    let relation = index.and_then(|index| Relation::ALL.get(index)).copied();
    relation.ok_or_else(|| out_of_range(column, code))
}

/// `authorisation.money`
pub(super) fn money_code(money: MoneyModel) -> i64 {
    match money {
        MoneyModel::Authorize => 1,
        MoneyModel::Pool => 2,
        MoneyModel::Quota => 3,
    }
}

pub(super) fn money_model(column: usize, code: i64) -> rusqlite::Result<MoneyModel> {
    match code {
        1 => Ok(MoneyModel::Authorize),
        2 => Ok(MoneyModel::Pool),
        3 => Ok(MoneyModel::Quota),
        _ => Err(out_of_range(column, code)),
    }
}

/// `authorisation.agreement`
pub(super) fn agreement_code(agreement: Agreement) -> i64 {
    match agreement {
        Agreement::NotNeeded => 1,
        Agreement::JoinsAlone => 2,
        Agreement::GivenHere => 3,
        Agreement::Awaited => 4,
    }
}

pub(crate) fn gender_code(gender: Gender) -> i64 {
    match gender {
        Gender::Male => 1,
        Gender::Female => 2,
    }
}

pub(super) fn gender(column: usize, code: i64) -> rusqlite::Result<Gender> {
    match code {
        1 => Ok(Gender::Male),
        2 => Ok(Gender::Female),
        _ => Err(out_of_range(column, code)),
    }
}

pub(crate) fn premium_status_code(status: PremiumStatus) -> i64 {
    match status {
        PremiumStatus::Pending => 1,
        PremiumStatus::Arrived => 2,
        PremiumStatus::Refunded => 3,
    }
}

pub(super) fn premium_status(column: usize, code: i64) -> rusqlite::Result<PremiumStatus> {
    match code {
        1 => Ok(PremiumStatus::Pending),
        2 => Ok(PremiumStatus::Arrived),
        3 => Ok(PremiumStatus::Refunded),
        _ => Err(out_of_range(column, code)),
    }
}

/// `yyyymmdd`
pub(crate) fn day_code(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

pub(crate) fn day(column: usize, code: i64) -> rusqlite::Result<Date> {
    let part = |number: i64| i8::try_from(number).ok();
    let date = || {
        let year = i16::try_from(code / 10_000).ok()?;
        Date::new(year, part(code / 100 % 100)?, part(code % 100)?).ok()
    };
    date().ok_or_else(|| out_of_range(column, code))
}

/// `yyyy-MM-ddTHH:mm:ss`
pub(crate) fn time_text(time: DateTime) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

pub(super) fn time(column: usize, text: &str) -> rusqlite::Result<DateTime> {
    text.parse().map_err(|_| conversion(column, Type::Text))
}

/// Amounts leave the ledger exactly; one that does not fit 64 bits of fen never enters it.
pub(crate) fn fen(amount: Money) -> rusqlite::Result<i64> {
    amount.to_fen().ok_or_else(|| rusqlite::Error::ToSqlConversionFailure("amount".into()))
}

pub(super) fn out_of_range(column: usize, code: i64) -> rusqlite::Error {
    rusqlite::Error::IntegralValueOutOfRange(column, code)
}

pub(super) fn conversion(column: usize, kind: Type) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, kind, Box::new(FromSqlError::InvalidType))
}
