//! Opening a family account, binding and inviting.

use rusqlite::{Transaction, params};

use super::{Cx, Done, State, Stop, bond, money, order};
use crate::domain::insurance::InsuranceType;
use crate::domain::money::Money;
use crate::policy::schema::MoneyModel;
use crate::records::embedded::booking;
use crate::records::embedded::codes::{self, day_code, fen};
use crate::records::port::{Agreement, Binding, WriteRefusal};

/// The kinds of basic medical insurance.
pub(super) const BASIC: &[InsuranceType] = &[InsuranceType::Employee, InsuranceType::Resident];

pub(super) fn open(cx: &Cx<'_>) -> Result<Done, Stop> {
    cx.must_be_donor(cx.person)?;
    if is_open(cx.db, cx.person)? {
        return Err(WriteRefusal::AlreadyOpen.into());
    }
    open_now(cx)?;
    Ok(Done::default())
}

pub(super) fn bind(cx: &Cx<'_>, binding: &Binding) -> Result<Done, Stop> {
    let relative = cx.other(&binding.relative, WriteRefusal::NotInsured)?;
    let last_day_gone = binding.until.is_some_and(|last| last < cx.day || last < binding.since);
    if relative == cx.person || last_day_gone {
        return Err(WriteRefusal::NotOffered.into());
    }
    cx.must_be_donor(cx.person)?;
    cx.must_be_insured(relative, BASIC)?;
    if bond::of_pair(cx.db, cx.person, relative)?.is_some() {
        return Err(WriteRefusal::AlreadyBound.into());
    }
    if binding.annual_limit.is_some_and(|limit| limit <= Money::ZERO) {
        return Err(WriteRefusal::LimitTooSmall.into());
    }
    let slot = order::free_slot(cx.db, relative, binding.slots)?;
    let slot = slot.ok_or(WriteRefusal::NoSlotLeft)?;
    if !is_open(cx.db, cx.person)? {
        open_now(cx)?;
    }
    let invited = binding.agreement == Agreement::Awaited;
    let state = if invited { State::Invited } else { State::Bound };
    let id = insert(cx, binding, relative, state, Some(slot).filter(|_| !invited))?;
    let amount = binding.amount.unwrap_or(Money::ZERO);
    let balance_after = match binding.money {
        MoneyModel::Authorize => None,
        MoneyModel::Pool => {
            booking::common_account(cx.db, cx.person)?;
            money::into_common(cx, amount)?
        }
        MoneyModel::Quota => money::set_quota(cx, id, (relative, binding.relation), amount)?,
    };
    Ok(Done { balance_after, pending: invited })
}

/// Whether somebody has a family account.
pub(super) fn is_open(db: &Transaction<'_>, person: i64) -> rusqlite::Result<bool> {
    let mut read =
        db.prepare_cached("SELECT EXISTS (SELECT 1 FROM family_account WHERE person = ?1)")?;
    read.query_row([person], |row| row.get(0))
}

fn open_now(cx: &Cx<'_>) -> rusqlite::Result<()> {
    cx.db
        .prepare_cached(
            "INSERT INTO family_account (person, opened_on, acceptance_no) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![cx.person, day_code(cx.day), cx.acceptance_no])
        .map(drop)
}

fn insert(
    cx: &Cx<'_>,
    binding: &Binding,
    relative: i64,
    state: State,
    slot: Option<u8>,
) -> rusqlite::Result<i64> {
    let entries = &binding.entries;
    cx.db
        .prepare_cached(
            "INSERT INTO authorisation (donor, beneficiary, relation, since, until,
                annual_limit_fen, slot, slots, state, asked_on, money, agreement, region,
                acceptance_no, entered_card, entered_place, entered_employer, entered_phone)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        )?
        .insert(params![
            cx.person,
            relative,
            codes::relation_code(binding.relation),
            // Nobody used the account before it was shared.
            day_code(binding.since.max(cx.day)),
            binding.until.map(day_code),
            binding.annual_limit.map(fen).transpose()?,
            slot,
            order::places(binding.slots),
            state as i64,
            day_code(cx.day),
            codes::money_code(binding.money),
            codes::agreement_code(binding.agreement),
            Some(&cx.request.region).filter(|region| region.len() == 6),
            cx.acceptance_no,
            entries.card.as_ref().map(|text| text.as_str()),
            entries.insured_place,
            entries.employer.as_ref().map(|text| text.as_str()),
            entries.phone.as_ref().map(|text| text.as_str()),
        ])
}
