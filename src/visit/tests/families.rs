//! What a ledger in good health answers about the family account.

use jiff::civil::date;

use crate::domain::account::RelativeRef;
use crate::domain::family::Relation;
use crate::domain::money::Money;
use crate::domain::person::{Gender, PasswordToken, PersonName, PersonNo};
use crate::policy::schema::PersonGroup;
use crate::records::port::{
    AuthorisationRecord, AuthorisationState, Candidate, CarePage, CareSums, Donor, DueState,
    FamilyAccount, Invitation, Member, MemberState, Page, PageRequest, PasswordAnswer, PremiumDue,
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
        Query::Care { page, .. } => {
            Answer::Care(CarePage { page: none(*page), sums: CareSums::default() })
        }
        Query::Authorisations { page, .. } => {
            Answer::Authorisations(persons::page(&records(), *page))
        }
        Query::Candidate { .. } => Answer::Candidate(Box::new(Candidate {
            insured: persons::other_insured(),
            birth: persons::other_insured().id_number.birth(),
            employer: None,
            card: None,
            other_donors: 0,
        })),
        Query::PremiumDues { .. } => Answer::PremiumDues(vec![PremiumDue {
            serial: 1,
            insured_year: persons::TODAY.year() + 1,
            amount: Money::from_fen(40_000),
            group: PersonGroup::Neither,
            assistance: None,
            state: DueState::Unpaid,
        }]),
        Query::CheckPassword { .. } => {
            Answer::Password(PasswordAnswer::Right(PasswordToken::new("token")))
        }
        other => unreachable!("{other:?}"),
    }
}

fn none<T>(request: PageRequest) -> Page<T> {
    Page { rows: Vec::new(), index: request.index, total_rows: 0 }
}
