//! Households: who lives together, how they are insured, who shares an account with whom.

use std::collections::HashSet;

use jiff::ToSpan;
use jiff::civil::Date;
use rand::Rng;
use rand::seq::SliceRandom;

use super::names;
use super::places::{self, Place};
use crate::domain::family::Relation;
use crate::domain::id_number::IdNumber;
use crate::domain::money::Money;
use crate::domain::person::{Gender, PersonName};

/// How long ago invitations were made that wait for an answer.
const INVITED_DAYS_AGO: i32 = 5;

/// One person of a household.
pub(super) struct Member {
    pub name: PersonName,
    pub id_number: IdNumber,
    pub gender: Gender,
    pub birth: Date,
    /// `naty`
    pub naty: &'static str,
    pub cover: Cover,
    /// Visits in a thousand months of mean season.
    pub visits_per_1000_months: u32,
    pub chronic: bool,
    /// Which of the places of a kind this person is used to.
    pub home: usize,
    /// What the account begins with.
    pub opening: Money,
    /// What the owner keeps for themselves and lets no relative use.
    pub reserve: Money,
}

/// How a member is insured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cover {
    /// 310, at work; the monthly credit at today's wages, in fen.
    Working { employer: Place, credit_fen: i64 },
    /// 310, retired.
    Retired,
    /// 390.
    Resident,
}

/// A permission to use an account: indices into the household's members.
pub(super) struct Bond {
    pub donor: usize,
    pub beneficiary: usize,
    pub relation: Relation,
    pub since: Date,
    pub limit: Option<Money>,
    /// The donor's place in the order in which the beneficiary's donors pay, from 1.
    pub slot: u8,
}

/// People who live together.
pub(super) struct Household {
    pub members: Vec<Member>,
    /// In the order of the slots.
    pub bonds: Vec<Bond>,
    /// Somebody who might be invited: their slot does not count.
    pub invitable: Option<Bond>,
    /// The one demonstrations use: every premium is paid, and none given back.
    pub showcase: bool,
}

impl Member {
    /// Whether the member has a personal account.
    pub fn has_account(&self) -> bool {
        self.cover != Cover::Resident
    }

    /// Age in whole years on a day; 0 before birth.
    pub fn age(&self, on: Date) -> i16 {
        age(self.birth, on)
    }

    /// `insutype`
    pub fn insutype(&self) -> &'static str {
        if self.has_account() { "310" } else { "390" }
    }

    /// `psn_type` on a day.
    pub fn psn_type(&self, on: Date) -> &'static str {
        match (self.cover, self.age(on)) {
            (Cover::Working { .. }, _) => "1101",
            (Cover::Retired, _) => "1201",
            (Cover::Resident, ..18) => "1401",
            (Cover::Resident, 18..60) => "1501",
            (Cover::Resident, _) => "1601",
        }
    }
}

fn age(birth: Date, on: Date) -> i16 {
    let had_birthday = (on.month(), on.day()) >= (birth.month(), birth.day());
    (on.year() - birth.year() - i16::from(!had_birthday)).max(0)
}

/// What someone is in their household.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kin {
    Husband,
    Wife,
    Child,
    HusbandsParent,
    WifesParent,
}

/// Makes members and remembers which document numbers are taken.
pub(super) struct Registry {
    pub today: Date,
    pub start: Date,
    pub taken: HashSet<IdNumber>,
}

impl Registry {
    /// A household of at most `size_max` persons.
    pub fn household(&mut self, rng: &mut impl Rng, size_max: usize) -> Household {
        let uyghur = rng.random_ratio(1, 100);
        let young = rng.random_ratio(2, 5);
        let head = if young { rng.random_range(26..=44) } else { rng.random_range(30..=78) };
        let partner = (head + rng.random_range(-5..=2)).max(23);
        let (his, hers) = (names::surname(rng), names::surname(rng));
        let mut kin = vec![(Kin::Husband, head, his, Gender::Male)];
        kin.push((Kin::Wife, partner, hers, Gender::Female));
        let in_law = names::surname(rng);
        let gender = if rng.random() { Gender::Male } else { Gender::Female };
        let mut others = [
            (Kin::Child, partner - rng.random_range(22..=34), his, gender),
            (Kin::Child, partner - rng.random_range(25..=38), his, Gender::Female),
            (Kin::HusbandsParent, head + rng.random_range(23..=33), his, Gender::Male),
            (Kin::HusbandsParent, head + rng.random_range(21..=30), in_law, Gender::Female),
            (Kin::WifesParent, partner + rng.random_range(23..=33), hers, Gender::Male),
            (Kin::WifesParent, partner + rng.random_range(21..=30), in_law, Gender::Female),
        ];
        others.shuffle(rng);
        // Small children live at home; grown ones and parents may.
        others.sort_by_key(|(kin, age, ..)| *kin != Kin::Child || *age > 18);
        kin.extend(others.into_iter().filter(|(_, age, ..)| (0..=97).contains(age)));
        kin.truncate(rng.random_range(2..=6).min(size_max));
        let mut members = Vec::with_capacity(kin.len());
        for (_, age, surname, gender) in &kin {
            members.push(self.member(rng, *age, surname, *gender, uyghur));
        }
        let roles: Vec<Kin> = kin.into_iter().map(|(role, ..)| role).collect();
        let bonds = self.bonds(rng, &roles, &members);
        let invitable = invitable(&roles, &members, &bonds, self.today);
        Household { members, bonds, invitable, showcase: false }
    }

    /// The household that demonstrations use: an employee who shares the account with mother and
    /// son, both insured as residents, the mother often at the doctor's.
    pub fn showcase(&mut self, rng: &mut impl Rng) -> Household {
        let mut donor = self.member(rng, 54, "王", Gender::Male, false);
        donor.name = PersonName::new("王建国");
        donor.cover = Cover::Working { employer: places::employer(rng), credit_fen: 48_000 };
        donor.visits_per_1000_months = 350;
        (donor.opening, donor.reserve) = (Money::from_fen(600_000), Money::from_fen(500_000));
        let mut mother = self.member(rng, 79, "李", Gender::Female, false);
        mother.name = PersonName::new("李秀英");
        (mother.chronic, mother.visits_per_1000_months) = (true, 4_600);
        let mut son = self.member(rng, 20, "王", Gender::Male, false);
        son.name = PersonName::new("王子轩");
        son.visits_per_1000_months = 1_100;
        for resident in [&mut mother, &mut son] {
            resident.cover = Cover::Resident;
            // Premiums in October: long booked, and long made up for, by the end of the year.
            resident.home = 0;
        }
        let since = self.start.checked_add(20.days()).unwrap_or(self.start);
        let bond = |beneficiary, relation, limit| Bond {
            donor: 0,
            beneficiary,
            relation,
            since,
            limit,
            slot: 1,
        };
        let bonds = vec![
            bond(1, Relation::Parent, None),
            bond(2, Relation::Child, Some(Money::from_fen(500_000))),
        ];
        let members = vec![donor, mother, son];
        Household { members, bonds, invitable: None, showcase: true }
    }

    fn member(
        &mut self,
        rng: &mut impl Rng,
        age: i16,
        surname: &str,
        gender: Gender,
        uyghur: bool,
    ) -> Member {
        let born_by = self.today.checked_sub(i32::from(age).years()).unwrap_or(self.today);
        let birth = born_by.checked_sub(rng.random_range(1..365).days()).unwrap_or(born_by);
        let name = if uyghur {
            names::uyghur(rng, gender)
        } else {
            names::full(rng, surname, gender, birth.year())
        };
        let chronic = rng.random_ratio(u32::from(age.unsigned_abs()).min(90), 130);
        let base = match age {
            ..6 => 350,
            6..18 => 180,
            18..40 => 100,
            40..60 => 160,
            60..75 => 420,
            _ => 650,
        };
        let mut member = Member {
            id_number: names::id_number(rng, gender, birth, &mut self.taken),
            name,
            gender,
            birth,
            naty: if uyghur { "05" } else { "01" },
            cover: cover(rng, age, gender),
            visits_per_1000_months: base + if chronic { 900 } else { 0 },
            chronic,
            home: rng.random_range(0..64),
            opening: Money::ZERO,
            reserve: Money::ZERO,
        };
        if member.has_account() && member.age(self.start) > 24 {
            member.opening = Money::from_fen(rng.random_range(50_000..900_000));
        }
        if rng.random_ratio(2, 5) {
            member.reserve = Money::from_fen(rng.random_range(1..=10) * 10_000);
        }
        member
    }

    /// Who shares with whom: spouses, parents and children, a little more than every second pair.
    fn bonds(&self, rng: &mut impl Rng, roles: &[Kin], members: &[Member]) -> Vec<Bond> {
        let mut bonds = Vec::new();
        for (beneficiary, role) in roles.iter().enumerate() {
            let mut slot = 0;
            for (donor, (donor_role, member)) in roles.iter().zip(members).enumerate() {
                let Some(relation) = relation(*donor_role, *role) else { continue };
                let may = donor != beneficiary && member.has_account() && slot < 3;
                if !may || !rng.random_ratio(3, 5) {
                    continue;
                }
                slot += 1;
                let born = members.get(beneficiary).map_or(self.start, |person| person.birth);
                let earliest = self.start.max(born);
                let days = (self.today - earliest).get_days().max(2);
                let since = earliest.checked_add((rng.random_range(0..days) / 2).days());
                let limit = rng.random_range(0..16);
                bonds.push(Bond {
                    donor,
                    beneficiary,
                    relation,
                    since: since.unwrap_or(earliest),
                    limit: (limit >= 10).then(|| Money::from_fen((limit - 8) * 250_000)),
                    slot,
                });
            }
        }
        bonds
    }
}

/// The first pair that might share and does not.
fn invitable(roles: &[Kin], members: &[Member], bonds: &[Bond], today: Date) -> Option<Bond> {
    let donors = roles.iter().zip(members).enumerate();
    donors.filter(|(_, (_, member))| member.has_account()).find_map(|(donor, (role, _))| {
        roles.iter().enumerate().find_map(|(beneficiary, other)| {
            let bound = |b: &Bond| (b.donor, b.beneficiary) == (donor, beneficiary);
            let places = bonds.iter().filter(|b| b.beneficiary == beneficiary).count();
            let free = donor != beneficiary && places < 3 && !bonds.iter().any(bound);
            let relation = relation(*role, *other).filter(|_| free)?;
            let since = today.checked_sub(INVITED_DAYS_AGO.days()).unwrap_or(today);
            Some(Bond { donor, beneficiary, relation, since, limit: None, slot: 0 })
        })
    })
}

fn cover(rng: &mut impl Rng, age: i16, gender: Gender) -> Cover {
    let retired_at = if gender == Gender::Male { 60 } else { 55 };
    match age {
        ..23 => Cover::Resident,
        _ if age < retired_at && rng.random_ratio(4, 5) => Cover::Working {
            employer: places::employer(rng),
            credit_fen: rng.random_range(140..600) * 100,
        },
        _ if age >= retired_at && rng.random_ratio(3, 4) => Cover::Retired,
        _ => Cover::Resident,
    }
}

/// What `beneficiary` is to `donor`, where the national rules let them share.
fn relation(donor: Kin, beneficiary: Kin) -> Option<Relation> {
    use Kin::{Child, Husband, HusbandsParent, Wife, WifesParent};
    match (donor, beneficiary) {
        (Husband, Wife) | (Wife, Husband) => Some(Relation::Spouse),
        (HusbandsParent, HusbandsParent) | (WifesParent, WifesParent) => Some(Relation::Spouse),
        (Husband | Wife, Child) | (HusbandsParent, Husband) | (WifesParent, Wife) => {
            Some(Relation::Child)
        }
        (Child, Husband | Wife) | (Husband, HusbandsParent) | (Wife, WifesParent) => {
            Some(Relation::Parent)
        }
        _ => None,
    }
}
