//! Fictional people, and policies made for a test.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::domain::family::{Beneficiary, Relation};
use crate::domain::id_number::{IdNumber, check_digit};
use crate::domain::insurance::{InsuranceStatus, InsuranceType};
use crate::domain::money::Money;
use crate::domain::person::{Gender, Insured, PersonName, PersonNo};
use crate::policy::rules::{BindDecision, BindRequest, Party, Refusal, bind};
use crate::policy::schema::Yuan;
use crate::policy::{Packs, Policy, PolicyFile, Stated, built_in, overlay};

static PACKS: LazyLock<Packs> = LazyLock::new(|| built_in::packs().unwrap());

/// The policy of a built-in pack on a day.
pub fn policy(region: &str, on: Date) -> Policy {
    PACKS.at(region, on).unwrap()
}

/// A pack of its own for a test: identity and one source, then `rules`.
pub fn pack_text(rules: &str) -> String {
    format!(
        "region = \"test\"\nname = \"试点\"\n{rules}\n[sources]\ns = {{ title = \"试点的通知\" }}\n"
    )
}

/// A value as a pack states it.
pub fn stated(name: &str, value: &str) -> String {
    format!("{name} = {{ value = {value}, source = \"s\", confidence = \"public\" }}\n")
}

/// The policy of the national pack with these rules over it.
pub fn policy_with(rules: &str, on: Date) -> Policy {
    let text = pack_text(&format!("inherits = \"national\"\n{rules}"));
    let own = [PolicyFile { name: "test.toml", text: &text }];
    let packs = Packs::load(&overlay(&built_in::FILES, &own)).unwrap_or_else(|e| panic!("{e:?}"));
    packs.at("test", on).unwrap()
}

/// A person insured in a place, in normal state.
pub fn person(no: u16, birth: Date, insurance: InsuranceType, place: &str) -> Insured {
    let (y, m, d) = (birth.year(), birth.month(), birth.day());
    let body = format!("110105{y:04}{m:02}{d:02}{:03}", no % 1000);
    let number = format!("{body}{}", char::from(check_digit(body.as_bytes())));
    Insured {
        psn_no: PersonNo::new(format!("P{no}")),
        name: PersonName::new("测试"),
        id_number: IdNumber::parse(&number).unwrap(),
        gender: if no % 2 == 1 { Gender::Male } else { Gender::Female },
        insurance,
        status: InsuranceStatus::Normal,
        region: place.into(),
    }
}

/// The person as somebody who is bound already.
pub fn bound(insured: &Insured, relation: Relation, since: Date) -> Beneficiary {
    Beneficiary {
        psn_no: insured.psn_no.clone(),
        name: insured.name.clone(),
        id_number: insured.id_number.clone(),
        gender: insured.gender,
        relation,
        since,
        annual_limit: None,
    }
}

/// The decision for two people whose births are in their numbers, with nobody bound.
pub fn decide<'p>(
    policy: &'p Policy,
    donor: &Insured,
    other: &Insured,
    relation: Relation,
    on: Date,
) -> BindDecision<'p> {
    let (donor, beneficiary) = (Party::of(donor), Party::of(other));
    bind(policy, &BindRequest { donor, beneficiary, relation, bound: &[], other_donors: 0, on })
}

/// The reasons of a refusal.
#[track_caller]
pub fn refused(decision: BindDecision<'_>) -> Vec<Refusal> {
    match decision {
        BindDecision::Refused(reasons) => reasons,
        BindDecision::Permitted(terms) => panic!("permitted: {terms:?}"),
    }
}

/// The national policy of a day, with an amount that must stay in the account.
pub fn keeping(retained: Money, on: Date) -> Policy {
    static KEEPS: LazyLock<Stated<Yuan>> = LazyLock::new(|| {
        let policy = policy_with(&stated("retained_balance", "1"), Date::MAX);
        policy.rules.retained_balance.unwrap()
    });
    let mut policy = policy("national", on);
    policy.rules.retained_balance = Some(Stated { value: Yuan(retained), ..KEEPS.clone() });
    policy
}
