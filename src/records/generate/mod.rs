//! `records generate`: a believable population and its records, the same for the same options.
//!
//! Couples with children and parents live together, work, retire, share their accounts, fall ill
//! more in winter and in old age, and pay their relatives' premiums in autumn. Every identity of
//! the national interface holds exactly, no balance is ever negative, and every balance follows
//! from the rows before it. Nobody in it exists: numbers are valid, names and places are made up.

mod cards;
mod costs;
mod events;
mod family;
mod history;
mod names;
mod payers;
mod people;
mod places;
mod store;

use core::fmt;
use std::collections::HashSet;
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rusqlite::Connection;

use self::family::Family;
use self::people::{Household, Registry};
use super::embedded::BUSY_TIMEOUT;
use super::embedded::write::{Writer, open_or_create};
use super::error::RecordsError;
use crate::domain::money::Money;

pub use cards::{CardKind, GENERATED_PIN, ShowcaseCard, cards, showcase};

/// The fewest persons: the showcase household has three.
pub const PERSONS_MIN: u32 = 3;
/// The most persons of one ledger.
pub const PERSONS_MAX: u32 = 1_000_000;
/// The most years of records.
pub const YEARS_MAX: u8 = 20;
/// 医保区划 of everybody who is generated, where no other is asked for.
pub const REGION: &str = "310000";
/// What the showcase person has left, in fen, but for a year's interest on the difference.
const SHOWCASE_BALANCE_FEN: i64 = 203_765;

/// What to generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GenerateOptions {
    /// How many persons, [`PERSONS_MIN`] to [`PERSONS_MAX`].
    pub persons: u32,
    /// How many years of records up to `today`, 1 to [`YEARS_MAX`].
    pub years: u8,
    /// The same seed gives the same population.
    pub seed: u64,
    /// The last day that can have a record.
    pub today: Date,
}

/// How much was generated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Persons, each with a card.
    pub persons: u32,
    /// Households.
    pub households: u32,
    /// Cards.
    pub cards: u32,
    /// Settled visits and their refunds.
    pub settlements: u64,
    /// Movements of personal accounts.
    pub movements: u64,
    /// Premiums paid from accounts.
    pub premiums: u64,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} persons in {} households, {} cards, {} settlements, {} account movements, {} premiums",
            self.persons,
            self.households,
            self.cards,
            self.settlements,
            self.movements,
            self.premiums
        )
    }
}

/// Generates a population into a new ledger file; all of it or nothing.
///
/// `progress` hears now and then how many persons are done, and of how many.
///
/// # Errors
/// Options out of range, or a file that is in use, holds persons already, or cannot be written.
pub fn generate(
    options: &GenerateOptions,
    db: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Summary, RecordsError> {
    generate_in(options, REGION, db, progress)
}

/// As [`generate`], for people who are insured in another place than [`REGION`]: six digits of
/// 医保区划. Premiums that are asked for the coming year are those of the place's rules.
///
/// # Errors
/// As [`generate`].
pub fn generate_in(
    options: &GenerateOptions,
    region: &str,
    db: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Summary, RecordsError> {
    let start = check(options)?;
    if region.len() != 6 || !region.bytes().all(|byte| byte.is_ascii_digit()) {
        let sentence = format!("--region {region}: give the six digits of a 医保区划, as {REGION}");
        return Err(RecordsError::Options(sentence));
    }
    let mut connection = open_or_create(db, BUSY_TIMEOUT)?;
    let sqlite = |error: rusqlite::Error| RecordsError::of_sqlite(db, &error);
    if !is_empty(&connection).map_err(sqlite)? {
        return Err(RecordsError::NotEmpty(db.to_path_buf()));
    }
    let family = Family::of(options, region);
    fill(&mut connection, options, &family, start, progress).map_err(sqlite)
}

/// Every piece of text that generated names and places can contain, to check fonts against.
pub fn all_text() -> impl Iterator<Item = &'static str> {
    names::all_text().chain(places::all_text()).chain(["王建国李秀英王子轩"])
}

fn check(options: &GenerateOptions) -> Result<Date, RecordsError> {
    let refuse = |sentence: String| Err(RecordsError::Options(sentence));
    if !(PERSONS_MIN..=PERSONS_MAX).contains(&options.persons) {
        let given = options.persons;
        return refuse(format!("--persons {given}: give {PERSONS_MIN} to {PERSONS_MAX} persons"));
    }
    if !(1..=YEARS_MAX).contains(&options.years) {
        return refuse(format!("--years {}: give 1 to {YEARS_MAX} years", options.years));
    }
    let start = options.today.checked_sub(i32::from(options.years).years());
    match start {
        Ok(start) if start.year() >= 1990 && options.today.year() < 2100 => Ok(start),
        _ => refuse(format!(
            "the records would run from {} years before {}: the clock of this machine must be wrong",
            options.years, options.today
        )),
    }
}

fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM person)", [], |row| row.get(0))
}

fn fill(
    connection: &mut Connection,
    options: &GenerateOptions,
    family: &Family<'_>,
    start: Date,
    progress: &mut dyn FnMut(u64, u64),
) -> rusqlite::Result<Summary> {
    let transaction = connection.transaction()?;
    let mut summary = Summary::default();
    let mut writer = Writer::new(&transaction);
    let mut registry = Registry { today: options.today, start, taken: HashSet::new() };
    let total = options.persons;
    while summary.persons < total {
        let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
        rng.set_stream(u64::from(summary.households));
        let left = usize::try_from(total - summary.persons).unwrap_or(usize::MAX);
        let mut household = match summary.households {
            0 => registry.showcase(&mut rng),
            _ => registry.household(&mut rng, left),
        };
        if summary.households == 0 {
            settle_showcase(&mut household, &rng, start, options.today);
        }
        let history = history::play(&mut rng, &household, start, options.today);
        store::household(&mut writer, &mut rng, &household, &history, family, &mut summary)?;
        progress(u64::from(summary.persons), u64::from(total));
    }
    drop(writer);
    transaction.commit()?;
    Ok(summary)
}

/// Moves the showcase account up or down so that it ends near [`SHOWCASE_BALANCE_FEN`]. Opening
/// and reserve move together, so that every decision, and so every visit, stays the same.
fn settle_showcase(household: &mut Household, rng: &ChaCha8Rng, start: Date, today: Date) {
    let rehearsal = history::play(&mut rng.clone(), household, start, today);
    let ends_with = rehearsal.accounts.first().map_or(Money::ZERO, |account| account.balance.total);
    let shift = Money::from_fen(SHOWCASE_BALANCE_FEN) - ends_with;
    if let Some(donor) = household.members.first_mut() {
        donor.opening = (donor.opening + shift).max(Money::ZERO);
        donor.reserve = (donor.reserve + shift).max(Money::ZERO);
    }
}

#[cfg(test)]
mod tests;
