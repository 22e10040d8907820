//! What is known so far of a relative to be added, or of an invitation to be accepted, and what has
//! yet to be asked.

use std::sync::Arc;

use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::domain::family::{Beneficiary, Relation};
use crate::domain::money::Money;
use crate::domain::person::CardNo;
use crate::policy::Policy;
use crate::policy::rules::{
    BindDecision, BindRequest, BindTerms, ConsentNeed, LimitAnswer, Party, Refusal, annual_limit,
    bind, missing_entries,
};
use crate::policy::schema::{Document, EntryField, MoneyModel};
use crate::records::port::{Agreement, Candidate, Invitation};
use crate::visit::medium::MediumKind;
use crate::visit::patron::Patron;
use crate::visit::state::members::Account;

/// What it is all for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    /// A relative is added.
    Bind,
    /// The n-th invitation is accepted.
    Accept(usize),
}

/// The relative, and by what they are known.
#[derive(Clone)]
pub(crate) struct Found {
    pub candidate: Candidate,
    /// The relative's own medium was shown here; `None`: the number was typed.
    pub shown: Option<MediumKind>,
    /// The number of the relative's card, when a medium of theirs was read here.
    pub card: Option<CardNo>,
}

/// A question of the way, in the order in which it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Read the n-th document and agree.
    Document(usize),
    /// Show the relative's card, document or code, or type the number.
    Who,
    /// Is this the one? Only after typing.
    Name,
    /// What are they to the donor?
    Relation,
    /// The number of their card.
    CardNumber,
    /// Their employer, or their community.
    Employer,
    /// Their telephone.
    Phone,
    /// First day.
    Start,
    /// Last day.
    End,
    /// The most a year.
    Limit,
    /// The amount to move or to lock.
    Amount,
    /// The relative agrees.
    Agree,
    /// The patron signs.
    Sign,
}

/// What comes next.
pub(crate) enum Ahead {
    /// This question.
    Ask(Step),
    /// The rules forbid it.
    Refused(Vec<Refusal>),
    /// Everything is known: the effects are shown.
    Review,
}

/// A binding or an acceptance under way. Personal; lives only inside a page of a `Visit`.
#[derive(Clone)]
pub(crate) struct Quest {
    pub policy: Arc<Policy>,
    pub account: Account,
    pub goal: Goal,
    pub found: Option<Found>,
    pub confirmed: bool,
    pub relation: Option<Relation>,
    pub card: Option<Zeroizing<String>>,
    pub employer: Option<Zeroizing<String>>,
    pub phone: Option<Zeroizing<String>>,
    pub start: Option<Date>,
    pub end: Option<Date>,
    /// `Some(None)`: no limit of one's own.
    pub limit: Option<Option<Money>>,
    /// `Some(None)`: nothing for now.
    pub amount: Option<Option<Money>>,
    pub agreement: Option<Agreement>,
    /// So many wrong card numbers were typed.
    pub card_tries: u8,
    /// What was asked and answered, in order: 返回 goes back along it.
    pub trail: Vec<Step>,
}

impl Quest {
    /// Nothing is known yet.
    pub(crate) fn new(policy: Arc<Policy>, account: Account, goal: Goal) -> Self {
        Self {
            policy,
            account,
            goal,
            found: None,
            confirmed: false,
            relation: None,
            card: None,
            employer: None,
            phone: None,
            start: None,
            end: None,
            limit: None,
            amount: None,
            agreement: None,
            card_tries: 0,
            trail: Vec::new(),
        }
    }

    /// What is read and accepted, in order.
    pub(crate) fn documents(&self) -> &[Document] {
        self.policy.rules.documents.as_ref().map_or(&[], |stated| &stated.value)
    }

    /// Who are bound already.
    pub(crate) fn bound(&self) -> Vec<Beneficiary> {
        self.account.members.iter().map(|member| member.who.clone()).collect()
    }

    /// The invitation that is accepted.
    pub(crate) fn invitation(&self) -> Option<&Invitation> {
        match self.goal {
            Goal::Bind => None,
            Goal::Accept(index) => self.account.invitations.get(index),
        }
    }

    /// What the rules say of the relative; `None` before the relation is known.
    pub(crate) fn decision(&self, patron: &Patron, on: Date) -> Option<BindDecision<'_>> {
        let found = &self.found.as_ref()?.candidate;
        let request = BindRequest {
            donor: Party::of(&patron.person),
            beneficiary: Party {
                insured: &found.insured,
                birth: found.birth.or_else(|| found.insured.id_number.birth()),
            },
            relation: self.relation?,
            bound: &self.bound(),
            other_donors: found.other_donors.into(),
            on,
        };
        Some(bind(&self.policy, &request))
    }

    /// The terms on which the relative may be bound, once they are known.
    pub(crate) fn terms(&self, patron: &Patron, on: Date) -> Option<BindTerms<'_>> {
        match self.decision(patron, on)? {
            BindDecision::Permitted(terms) => Some(terms),
            BindDecision::Refused(_) => None,
        }
    }

    /// What comes next.
    pub(crate) fn ahead(&self, patron: &Patron, on: Date) -> Ahead {
        let unread = self.documents().iter().position(|document| !patron.consents.has(document));
        if let Some(unread) = unread {
            return Ahead::Ask(Step::Document(unread));
        }
        if self.goal == Goal::Bind {
            match self.relative(patron, on) {
                Ahead::Review => {}
                before => return before,
            }
        }
        if !self.documents().is_empty() && !patron.consents.signed(self.documents()) {
            return Ahead::Ask(Step::Sign);
        }
        Ahead::Review
    }

    /// What is still to be known of the relative.
    fn relative(&self, patron: &Patron, on: Date) -> Ahead {
        let Some(found) = &self.found else { return Ahead::Ask(Step::Who) };
        if found.shown.is_none() && !self.confirmed {
            return Ahead::Ask(Step::Name);
        }
        let terms = match self.decision(patron, on) {
            None => return Ahead::Ask(Step::Relation),
            Some(BindDecision::Refused(reasons)) => return Ahead::Refused(reasons),
            Some(BindDecision::Permitted(terms)) => terms,
        };
        if let Some(step) = self.missing_entry(found) {
            return Ahead::Ask(step);
        }
        if self.limit.is_none() && self.limits(terms.money) {
            return Ahead::Ask(Step::Limit);
        }
        if self.amount.is_none() && terms.money != MoneyModel::Authorize {
            return Ahead::Ask(Step::Amount);
        }
        let asked = matches!(terms.consent, ConsentNeed::Agree | ConsentNeed::AcceptInvitation);
        if asked && self.agreement.is_none() {
            return Ahead::Ask(Step::Agree);
        }
        Ahead::Review
    }

    /// The first entry that the region asks for and that is not known.
    fn missing_entry(&self, found: &Found) -> Option<Step> {
        use EntryField as F;
        let mut entered = vec![F::Name, F::IdNumber, F::Relation, F::InsuredPlace];
        let known = [
            (F::CardNumber, self.card.is_some() || found.card.is_some()),
            (F::Employer, self.employer.is_some() || found.candidate.employer.is_some()),
            (F::Phone, self.phone.is_some()),
            (F::StartDate, self.start.is_some()),
            (F::EndDate, self.end.is_some()),
        ];
        entered.extend(known.into_iter().filter_map(|(field, known)| known.then_some(field)));
        missing_entries(&self.policy, &entered).into_iter().find_map(|field| match field {
            F::CardNumber => Some(Step::CardNumber),
            F::Employer => Some(Step::Employer),
            F::Phone => Some(Step::Phone),
            F::StartDate => Some(Step::Start),
            F::EndDate => Some(Step::End),
            F::Name | F::IdNumber | F::Relation | F::InsuredPlace => None,
        })
    }

    /// A limit of the patron's own has a sense: a locked amount is one already, and where the rules say
    /// nothing of limits none is promised.
    fn limits(&self, money: MoneyModel) -> bool {
        let some = Money::from_fen(1);
        money != MoneyModel::Quota && annual_limit(&self.policy, some) != LimitAnswer::NotStated
    }

    /// Forgets the answer to a question.
    pub(crate) fn undo(&mut self, step: Step) {
        match step {
            // What was read stays read, what was signed stays signed.
            Step::Document(_) | Step::Sign => {}
            Step::Who => self.found = None,
            Step::Name => self.confirmed = false,
            Step::Relation => self.relation = None,
            Step::CardNumber => self.card = None,
            Step::Employer => self.employer = None,
            Step::Phone => self.phone = None,
            Step::Start => self.start = None,
            Step::End => self.end = None,
            Step::Limit => self.limit = None,
            Step::Amount => self.amount = None,
            Step::Agree => self.agreement = None,
        }
    }
}
