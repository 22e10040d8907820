//! Family accounts of generated people: who shares, who is invited, passwords, premiums asked.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::{Transaction, params};
use sha2::{Digest, Sha256};

use super::GenerateOptions;
use super::cards::GENERATED_PIN;
use super::history::History;
use super::people::{Bond, Household, Member};
use crate::domain::money::Money;
use crate::domain::person::QueryPassword;
use crate::domain::premium::PremiumStatus;
use crate::policy::Policy;
use crate::policy::built_in;
use crate::policy::rules::{NoPremium, PremiumAnswer, PremiumQuestion, premium};
use crate::policy::schema::{Assistance, PersonGroup};
use crate::records::embedded::codes::{day_code, fen, relation_code};
use crate::records::embedded::password::{KeptPassword, SALT_BYTES};

/// Whose rules hold where no pack is of the place.
const FALLBACK: &str = "national";
/// A premium where the packs state none for the year, in fen.
const USUAL_PREMIUM_FEN: i64 = 40_000;
/// One household in so many has somebody who waits for an answer to an invitation.
const INVITING_HOUSEHOLDS: u32 = 4;
/// One resident in so many is 低保对象.
const LOW_INCOME: i64 = 40;

/// What all generated people have in common.
pub(super) struct Family<'a> {
    pub today: Date,
    pub region: &'a str,
    /// Everybody's: one salt and one hash are shared, because the password is known anyway.
    pub password: KeptPassword,
    policy: Option<Policy>,
}

impl<'a> Family<'a> {
    pub fn of(options: &GenerateOptions, region: &'a str) -> Self {
        let today = options.today;
        let mut salt = [0; SALT_BYTES];
        let digest = Sha256::digest(options.seed.to_be_bytes());
        salt.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        let policy = built_in::packs().ok();
        Self {
            today,
            region,
            password: KeptPassword::of(&QueryPassword::new(GENERATED_PIN), salt),
            policy: policy.and_then(|packs| packs.of_place(region, today, FALLBACK).ok()),
        }
    }

    /// Opens the accounts of those who share, and binds whom they share with.
    pub fn share(
        &self,
        db: &Transaction<'_>,
        ids: &[i64],
        household: &Household,
        number: u32,
    ) -> rusqlite::Result<()> {
        let invited = household.invitable.as_ref().filter(|_| number % INVITING_HOUSEHOLDS == 1);
        let mut opened: BTreeMap<usize, Date> = BTreeMap::new();
        for bond in household.bonds.iter().chain(invited) {
            let day = opened.entry(bond.donor).or_insert(bond.since);
            *day = bond.since.min(*day);
        }
        for (donor, day) in opened {
            let mut open = db
                .prepare_cached("INSERT INTO family_account (person, opened_on) VALUES (?1, ?2)")?;
            open.execute(params![ids.get(donor), day_code(day)])?;
        }
        household.bonds.iter().try_for_each(|bond| self.bind(db, ids, bond, true))?;
        invited.map_or(Ok(()), |bond| self.bind(db, ids, bond, false))
    }

    fn bind(
        &self,
        db: &Transaction<'_>,
        ids: &[i64],
        bond: &Bond,
        bound: bool,
    ) -> rusqlite::Result<()> {
        let donor = ids.get(bond.donor).copied().unwrap_or_default();
        let beneficiary = ids.get(bond.beneficiary).copied().unwrap_or_default();
        let since = day_code(bond.since);
        let mut insert = db.prepare_cached(
            "INSERT INTO authorisation (donor, beneficiary, relation, since, annual_limit_fen, slot,
                state, asked_on, agreement, region, acceptance_no)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?4, ?8, ?9,
                ?4 || printf('9%07d', (SELECT coalesce(max(id), 0) + 1 FROM authorisation)))",
        )?;
        insert
            .execute(params![
                donor,
                beneficiary,
                relation_code(bond.relation),
                since,
                bond.limit.map(fen).transpose()?,
                bound.then_some(bond.slot),
                if bound { 2 } else { 1 },
                if bound { 3 } else { 4 },
                self.region,
            ])
            .map(drop)
    }

    /// What the tax office asks of the residents: what they paid for this year and the coming one,
    /// and for the coming one from those who have not paid it yet.
    pub fn ask_premiums(
        &self,
        db: &Transaction<'_>,
        ids: &[i64],
        household: &Household,
        history: &History,
    ) -> rusqlite::Result<()> {
        let coming = self.today.year() + 1;
        for (index, member) in household.members.iter().enumerate() {
            if member.has_account() || member.birth > self.today {
                continue;
            }
            let id = ids.get(index).copied().unwrap_or_default();
            let assistance = (id % LOW_INCOME == 0).then_some(Assistance::LowIncome);
            let group = group(member, self.today);
            for year in [coming - 1, coming] {
                let mut paid = history.premiums.iter().filter(|premium| {
                    (premium.insured, premium.year) == (index, year)
                        && premium.status != PremiumStatus::Refunded
                });
                let amount = match paid.next() {
                    Some(premium) => Some(premium.amount),
                    None if year < coming => None,
                    None => self.asked(member, group, assistance, coming),
                };
                let Some(amount) = amount.filter(|amount| *amount > Money::ZERO) else { continue };
                let mut insert = db.prepare_cached(
                    "INSERT INTO premium_due
                        (insured, insured_year, amount_fen, person_group, assistance)
                    VALUES (?1, ?2, ?3, ?4, ?5)",
                )?;
                let assistance = assistance.map(Assistance::key);
                insert.execute(params![id, year, fen(amount)?, group.key(), assistance])?;
            }
        }
        Ok(())
    }

    /// By the rules of the place, in full where they do not say what assistance takes off; nothing
    /// is asked of whom they name no premium for.
    fn asked(
        &self,
        member: &Member,
        group: PersonGroup,
        assistance: Option<Assistance>,
        insured_year: i16,
    ) -> Option<Money> {
        let usual = Some(Money::from_fen(USUAL_PREMIUM_FEN));
        let Some(policy) = &self.policy else { return usual };
        let birth = Some(member.birth);
        let question = PremiumQuestion { birth, group, assistance, insured_year, on: self.today };
        let in_full = PremiumQuestion { assistance: None, ..question };
        let answer = match premium(policy, &question) {
            PremiumAnswer::NoRule(NoPremium::AssistanceNotStated(_)) => premium(policy, &in_full),
            other => other,
        };
        match answer {
            PremiumAnswer::Costs(quote) => Some(quote.personal),
            PremiumAnswer::NoRule(NoPremium::Year { .. }) => usual,
            PremiumAnswer::NoRule(_) => None,
        }
    }
}

/// Residents of 18 to 22 are students here: whoever works is insured as an employee.
fn group(member: &Member, today: Date) -> PersonGroup {
    match member.age(today) {
        ..6 => PersonGroup::Infant,
        6..18 => PersonGroup::Pupil,
        18..23 => PersonGroup::UniversityStudent,
        _ => PersonGroup::Neither,
    }
}
