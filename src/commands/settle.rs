//! `records settle` and `records reverse`: what a hospital's counter does, for the sandbox.

use std::path::Path;

use jiff::Zoned;

use crate::domain::masking::{mask_id_number, mask_name};
use crate::domain::money::Money;
use crate::policy::{Policy, built_in};
use crate::records::embedded::EmbeddedLedger;
use crate::records::embedded::settle::{SettleError, Settled, Visit};
use crate::records::port::{Ledger, LedgerError};

use super::Failure;
use super::cli::{ReverseOptions, SettleOptions};
use super::statement::credential;

/// Whose rules hold where no pack is of the patient's place.
const FALLBACK: &str = "national";

pub(super) fn settle(options: &SettleOptions) -> Result<(), Failure> {
    let db = &options.db;
    let mut ledger = EmbeddedLedger::open(db).map_err(Failure::new)?;
    let patient = ledger.identify(&credential(&options.person)).map_err(|e| match e {
        LedgerError::UnknownPerson => Failure::new(format!(
            "{}: knows nobody with that document or card number",
            db.display()
        )),
        e => Failure::new(format!("{}: {e}", db.display())),
    })?;
    let now = Zoned::now().datetime();
    let settled_at = options.on.map_or(now, |day| day.to_datetime(now.time()));
    let policy = policy(options, &patient.region, settled_at.date())?;
    let visit = Visit {
        patient: patient.psn_no,
        place: options.place.clone(),
        care: options.care.into(),
        settled_at,
        total: options.amount,
        fund: options.fund.unwrap_or(Money::ZERO),
    };
    let settled = ledger.settle(&policy, &visit).map_err(|e| refused(db, &e))?;
    let (name, number) = (mask_name(&patient.name), mask_id_number(&patient.id_number));
    say!("{}: {name} {number}, {} yuan at {}", settled.setl_id, visit.total, visit.place);
    say!("  rules of {}", policy.name);
    say!("  fund: {}", visit.fund);
    tell(&settled);
    Ok(())
}

pub(super) fn reverse(options: &ReverseOptions) -> Result<(), Failure> {
    let db = &options.db;
    let mut ledger = EmbeddedLedger::open(db).map_err(Failure::new)?;
    let now = Zoned::now().datetime();
    let at = options.on.map_or(now, |day| day.to_datetime(now.time()));
    let settled = ledger.reverse(&options.settlement, at).map_err(|e| refused(db, &e))?;
    say!("{}: takes {} back", settled.setl_id, options.settlement);
    tell(&settled);
    Ok(())
}

/// Who paid, or got back, in their order.
fn tell(settled: &Settled) {
    for share in &settled.shares {
        match &share.donor {
            None => say!("  own account: {}", share.amount),
            Some(donor) => {
                let money = donor.money.label();
                say!("  account of {} ({money}): {}", mask_name(&donor.name), share.amount);
            }
        }
    }
    say!("  cash: {}", settled.cash);
}

fn policy(options: &SettleOptions, place: &str, day: jiff::civil::Date) -> Result<Policy, Failure> {
    let packs = built_in::packs().map_err(|problems| {
        let first = problems.first().map(ToString::to_string).unwrap_or_default();
        Failure::new(format!("the built-in packs cannot be used: {first}"))
    })?;
    let found = match &options.region {
        Some(region) => packs.at(region, day),
        None => packs.of_place(place, day, FALLBACK),
    };
    found.map_err(|error| Failure::new(format!("region of the rules: {error}")))
}

fn refused(db: &Path, error: &SettleError) -> Failure {
    Failure::new(format!("{}: {error}", db.display()))
}
