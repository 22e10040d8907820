//! What a ledger in good health answers about the family account.

use jiff::civil::date;

use crate::domain::account::RelativeRef;
use crate::domain::family::{Beneficiary, Relation};
use crate::domain::insurance::{CareType, InsuranceType};
use crate::domain::money::Money;
use crate::domain::person::{Gender, Insured, PasswordToken, PersonName, PersonNo};
use crate::domain::settlement::Settlement;
use crate::policy::schema::PersonGroup;
use crate::records::port::{
    AuthorisationRecord, AuthorisationState, Candidate, CarePage, CareSums, Credential, Donor,
    DueState, FamilyAccount, Invitation, Member, MemberState, PageRequest, PasswordAnswer,
    PremiumDue,
};
use crate::visit::event::{Answer, Query};
use crate::visit::tests::persons;

/// The family account of the patron of the tests: the relatives of the overview are bound.
pub fn account() -> FamilyAccount {
    let members = persons::overview(2).used_by.into_iter().zip(1..);
    let members = members.map(|((who, used), slot)| Member {
        who,
        until: None,
        state: MemberState::Active,
        slot,
        used_this_year: used,
        quota: None,
    });
    FamilyAccount {
        opened_on: Some(persons::TODAY),
        members: members.collect(),
        ..FamilyAccount::default()
    }
}

/// The same with everything that there can be: a relative who has yet to accept, a quota, accounts that
/// the patron may use, an invitation.
pub fn busy() -> FamilyAccount {
    let mut members = account().members;
    if let Some(second) = members.get_mut(1) {
        second.quota = Some(Money::from_fen(50_000));
        second.who.annual_limit = Some(Money::from_fen(300_000));
        second.until = Some(date(2027, 12, 31));
    }
    for (psn_no, state) in [("P8", MemberState::Invited), ("P9", MemberState::NotYet)] {
        let mut member = account().members[0].clone();
        member.who.psn_no = PersonNo::new(psn_no);
        member.who.relation = Relation::Sibling;
        member.state = state;
        members.push(member);
    }
    FamilyAccount {
        members,
        donors: vec![donor("P21", Relation::Parent, 1), donor("P22", Relation::Sibling, 2)],
        own_slot: Some(2),
        invitations: vec![Invitation {
            serial: 71,
            from: inviter(),
            invited_on: date(2026, 11, 20),
            expires: Some(date(2026, 12, 20)),
            annual_limit: Some(Money::from_fen(100_000)),
        }],
        ..account()
    }
}

/// Somebody who shares with the patron, who is their mother or sister.
fn donor(psn_no: &str, relation: Relation, slot: u8) -> Donor {
    let who = RelativeRef { psn_no: PersonNo::new(psn_no), relation, ..inviter() };
    Donor {
        who,
        since: date(2025, 3, 1),
        until: None,
        annual_limit: None,
        slot,
        used_this_year: Money::from_fen(12_300),
    }
}

fn inviter() -> RelativeRef {
    RelativeRef {
        psn_no: PersonNo::new("P23"),
        name: PersonName::new("王燕"),
        gender: Gender::Male,
        relation: Relation::Parent,
    }
}

/// 授权记录, one of each kind.
pub fn records() -> Vec<AuthorisationRecord> {
    let states = [
        AuthorisationState::Active,
        AuthorisationState::NotYet,
        AuthorisationState::Invited,
        AuthorisationState::Declined,
        AuthorisationState::Ended,
        AuthorisationState::Released(date(2025, 6, 1)),
    ];
    let record = |state| AuthorisationRecord {
        who: inviter(),
        since: date(2025, 1, 1),
        until: None,
        state,
        acceptance_no: Some("SL1".into()),
        used: Money::ZERO,
    };
    states.into_iter().map(record).collect()
}

/// Answers to questions about the family account.
pub fn answer(query: &Query) -> Answer {
    match query {
        Query::FamilyAccount { .. } => Answer::FamilyAccount(Box::new(account())),
        Query::Care { page, .. } => Answer::Care(care(*page)),
        Query::Authorisations { page, .. } => {
            Answer::Authorisations(persons::page(&records(), *page))
        }
        Query::Candidate { credential, .. } => Answer::Candidate(Box::new(candidate(credential))),
        Query::PremiumDues { relative, .. } => Answer::PremiumDues(dues(relative)),
        Query::CheckPassword { .. } => {
            Answer::Password(PasswordAnswer::Right(PasswordToken::new("token")))
        }
        other => unreachable!("{other:?}"),
    }
}

/// The relatives of the overview are residents; whoever else is asked about is the other person.
fn candidate(credential: &Credential) -> Candidate {
    let is = |who: &Beneficiary| *credential == Credential::IdNumber(who.id_number.clone());
    let member = account().members.into_iter().map(|member| member.who).find(is);
    let insured = member.map_or_else(persons::other_insured, |who| Insured {
        psn_no: who.psn_no,
        name: who.name,
        id_number: who.id_number,
        gender: who.gender,
        insurance: InsuranceType::Resident,
        ..persons::insured()
    });
    let birth = insured.id_number.birth();
    Candidate { insured, birth, employer: None, card: None, other_donors: 0 }
}

/// Of the mother the next year's is on its way and this year's has arrived; of others the next year's
/// is to be paid.
fn dues(relative: &PersonNo) -> Vec<PremiumDue> {
    let year = persons::TODAY.year();
    let due = |serial, insured_year, state| PremiumDue {
        serial,
        insured_year,
        amount: Money::from_fen(40_000),
        group: PersonGroup::Neither,
        assistance: None,
        state,
    };
    if relative.reveal() == "P2" {
        let pending = DueState::Pending { own_payment: Some(3) };
        return vec![due(2, year + 1, pending), due(1, year, DueState::Arrived)];
    }
    vec![due(1, year + 1, DueState::Unpaid)]
}

/// What was settled of the person's own visits: newest first, one of them given back.
pub fn settlements() -> Vec<Settlement> {
    let one = |day: i8, institution: &str, care, fen: [i64; 5], refund| {
        let [total, fund, account, mutual_aid, cash] = fen.map(Money::from_fen);
        Settlement {
            setl_id: format!("S{day}"),
            institution: institution.into(),
            care,
            settled_at: persons::TODAY.with().day(day).build().unwrap().at(10, 5, 0, 0),
            total,
            fund,
            own: total - fund,
            account,
            mutual_aid,
            cash,
            refund,
        }
    };
    let drugs = [8_640, 0, 8_640, 0, 0];
    vec![
        one(20, "国大药房(张杨路店)", CareType::Pharmacy, drugs, false),
        one(18, "国大药房(张杨路店)", CareType::Pharmacy, drugs.map(|fen| -fen), true),
        one(
            12,
            "浦东新区周浦医院",
            CareType::Outpatient,
            [50_000, 29_700, 15_300, 5_000, 5_000],
            false,
        ),
        one(
            9,
            "上海儿童医学中心",
            CareType::Inpatient,
            [1_250_000, 1_000_000, 0, 0, 250_000],
            false,
        ),
        one(
            2,
            "浦东新区周浦医院",
            CareType::ChronicOutpatient,
            [20_000, 16_000, 4_000, 0, 0],
            false,
        ),
    ]
}

fn care(request: PageRequest) -> CarePage {
    let all = settlements();
    let sum = |of: fn(&Settlement) -> Money| all.iter().map(of).sum();
    let sums = CareSums {
        total: sum(|s| s.total),
        fund: sum(|s| s.fund),
        account: sum(|s| s.account),
        mutual_aid: sum(|s| s.mutual_aid),
        cash: sum(|s| s.cash),
    };
    CarePage { page: persons::page(&all, request), sums }
}
