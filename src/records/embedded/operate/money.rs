//! Money set aside: 划拨 into the common account, and amounts locked for relatives.

use super::{Cx, Done, Stop, bind, bond};
use crate::domain::family::Relation;
use crate::domain::money::Money;
use crate::domain::person::PersonNo;
use crate::policy::schema::MoneyModel;
use crate::records::embedded::booking::{self, Entry};
use crate::records::embedded::codes::RowKind;
use crate::records::port::WriteRefusal;

pub(super) fn transfer(cx: &Cx<'_>, amount: Money) -> Result<Done, Stop> {
    if amount <= Money::ZERO || !bind::is_open(cx.db, cx.person)? {
        return Err(WriteRefusal::NotOffered.into());
    }
    cx.must_be_donor(cx.person)?;
    let balance_after = into_common(cx, amount)?;
    Ok(Done { balance_after, pending: false })
}

pub(super) fn quota(cx: &Cx<'_>, relative: &PersonNo, amount: Money) -> Result<Done, Stop> {
    let relative = cx.other(relative, WriteRefusal::NotBound)?;
    let found = bond::of_pair(cx.db, cx.person, relative)?.ok_or(WriteRefusal::NotBound)?;
    if found.money != MoneyModel::Quota {
        return Err(WriteRefusal::NotOffered.into());
    }
    cx.must_be_donor(cx.person)?;
    let balance_after = set_quota(cx, found.id, (relative, found.relation), amount)?;
    Ok(Done { balance_after, pending: false })
}

/// Moves money into the common account; the balance after it, if any was moved.
pub(super) fn into_common(cx: &Cx<'_>, amount: Money) -> Result<Option<Money>, Stop> {
    let reserve = booking::common_account(cx.db, cx.person)?;
    move_aside(cx, amount, reserve, (RowKind::ToCommon, booking::COMMON), None)
}

/// Makes what is locked for a relative this much; the balance after it, if any was moved.
pub(super) fn set_quota(
    cx: &Cx<'_>,
    authorisation: i64,
    relative: (i64, Relation),
    amount: Money,
) -> Result<Option<Money>, Stop> {
    if amount.is_negative() {
        return Err(WriteRefusal::NotOffered.into());
    }
    let reserve = booking::quota_account(cx.db, cx.person, authorisation)?;
    let more = amount - booking::set_aside(cx.db, reserve)?;
    let kind = if more.is_negative() { RowKind::FromQuota } else { RowKind::ToQuota };
    move_aside(cx, more, reserve, (kind, booking::QUOTA), Some(relative))
}

/// Takes an amount out of the personal account (or, negative, gives it back).
fn move_aside(
    cx: &Cx<'_>,
    amount: Money,
    reserve: i64,
    (kind, place): (RowKind, (&str, &str)),
    relative: Option<(i64, Relation)>,
) -> Result<Option<Money>, Stop> {
    if amount.is_zero() {
        return Ok(None);
    }
    if amount.is_negative() != (kind == RowKind::FromQuota) {
        return Err(WriteRefusal::NotOffered.into());
    }
    let entry = Entry {
        owner: cx.person,
        day: cx.day,
        kind,
        amount: -amount,
        place,
        relative,
        settlement: None,
        reserve: Some(reserve),
    };
    let booked = booking::book(cx.db, &entry)?.ok_or(WriteRefusal::BalanceTooSmall)?;
    Ok(Some(booked.balance))
}
