//! What a ledger in good health answers about the family account.

use crate::domain::money::Money;
use crate::domain::person::PasswordToken;
use crate::policy::schema::PersonGroup;
use crate::records::port::{
    Candidate, CarePage, CareSums, DueState, FamilyAccount, Member, MemberState, Page, PageRequest,
    PasswordAnswer, PremiumDue,
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

/// Answers to questions about the family account.
pub fn answer(query: &Query) -> Answer {
    match query {
        Query::FamilyAccount { .. } => Answer::FamilyAccount(Box::new(account())),
        Query::Care { page, .. } => {
            Answer::Care(CarePage { page: none(*page), sums: CareSums::default() })
        }
        Query::Authorisations { page, .. } => Answer::Authorisations(none(*page)),
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
