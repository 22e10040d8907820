//! Accepting, declining, releasing, limiting.

use rusqlite::params;

use super::{Cx, Done, State, Stop, bind, bond, order};
use crate::domain::money::Money;
use crate::domain::person::PersonNo;
use crate::records::embedded::codes::{day_code, fen};
use crate::records::port::WriteRefusal;

pub(super) fn accept(cx: &Cx<'_>, invitation: i64) -> Result<Done, Stop> {
    let found = bond::invitation(cx.db, invitation, cx.person)?;
    let found = found.ok_or(WriteRefusal::InvitationGone)?;
    cx.must_be_donor(found.donor)?;
    cx.must_be_insured(cx.person, bind::BASIC)?;
    let slot = order::free_slot(cx.db, cx.person, found.slots)?;
    let slot = slot.ok_or(WriteRefusal::NoSlotLeft)?;
    cx.db
        .prepare_cached("UPDATE authorisation SET state = 2, slot = ?2, since = ?3 WHERE id = ?1")?
        .execute(params![found.id, slot, day_code(found.since.max(cx.day))])?;
    Ok(Done::default())
}

pub(super) fn decline(cx: &Cx<'_>, invitation: i64) -> Result<Done, Stop> {
    let found = bond::invitation(cx.db, invitation, cx.person)?;
    let found = found.ok_or(WriteRefusal::InvitationGone)?;
    // What comes back is in the inviter's account, which is not the answering person's to see.
    bond::close(cx.db, &found, State::Declined, cx.day)?;
    Ok(Done::default())
}

pub(super) fn release(cx: &Cx<'_>, relative: &PersonNo) -> Result<Done, Stop> {
    let relative = cx.other(relative, WriteRefusal::NotBound)?;
    let found = bond::of_pair(cx.db, cx.person, relative)?.ok_or(WriteRefusal::NotBound)?;
    let balance_after = bond::close(cx.db, &found, State::Released, cx.day)?;
    Ok(Done { balance_after, pending: false })
}

pub(super) fn limit(cx: &Cx<'_>, relative: &PersonNo, annual: Option<Money>) -> Result<Done, Stop> {
    let relative = cx.other(relative, WriteRefusal::NotBound)?;
    let found = bond::of_pair(cx.db, cx.person, relative)?.ok_or(WriteRefusal::NotBound)?;
    if annual.is_some_and(|limit| limit <= Money::ZERO) {
        return Err(WriteRefusal::LimitTooSmall.into());
    }
    cx.db
        .prepare_cached("UPDATE authorisation SET annual_limit_fen = ?2 WHERE id = ?1")?
        .execute(params![found.id, annual.map(fen).transpose()?])?;
    Ok(Done::default())
}
