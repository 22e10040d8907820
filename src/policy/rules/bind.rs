//! Whether a relative may be bound, and on what terms.

use jiff::civil::Date;

use crate::domain::family::{Beneficiary, Relation};
use crate::domain::insurance::{InsuranceStatus, InsuranceType};
use crate::domain::person::Insured;
use crate::policy::packs::Policy;
use crate::policy::schema::{
    Children, ConsentKind, Document, EntryField, MoneyModel, SecondFactor,
};

use super::age::{ADULT_AGE, full_years, is_minor};
use super::area::{Nearness, nearness};
use super::refusal::Refusal;

/// A person as the rules look at them.
///
/// Personal: its `Debug` shows no content.
#[derive(Clone, Copy)]
pub struct Party<'a> {
    /// What the ledger knows.
    pub insured: &'a Insured,
    /// The day of birth (`brdy`), if it is known.
    pub birth: Option<Date>,
}

impl<'a> Party<'a> {
    /// A person whose day of birth is in their document number.
    pub fn of(insured: &'a Insured) -> Self {
        Self { insured, birth: insured.id_number.birth() }
    }
}

impl core::fmt::Debug for Party<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Party(…)")
    }
}

/// Who is to be bound to whom.
#[derive(Clone, Copy, Debug)]
pub struct BindRequest<'a> {
    /// Whose account it is.
    pub donor: Party<'a>,
    /// Who is to use it.
    pub beneficiary: Party<'a>,
    /// What the beneficiary is to the donor.
    pub relation: Relation,
    /// Whom the donor has bound already.
    pub bound: &'a [Beneficiary],
    /// How many other donors share with the beneficiary.
    pub other_donors: usize,
    /// The day.
    pub on: Date,
}

/// What the relative has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsentNeed {
    /// Nothing.
    NotNeeded,
    /// Nothing, because they are younger than this, in years.
    JoinsAlone {
        /// The age from which consent is needed.
        under: u8,
    },
    /// Agree too.
    Agree,
    /// Accept an invitation.
    AcceptInvitation,
}

/// On what terms a relative may be bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindTerms<'p> {
    /// What the relative has to do.
    pub consent: ConsentNeed,
    /// Where the shared money is.
    pub money: MoneyModel,
    /// What the donor reads and accepts first.
    pub documents: &'p [Document],
    /// What is entered.
    pub entry_fields: &'p [EntryField],
    /// What the donor proves first; one of them is enough.
    pub second_factors: &'p [SecondFactor],
}

/// Whether a relative may be bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BindDecision<'p> {
    /// Yes, on these terms.
    Permitted(BindTerms<'p>),
    /// No; every reason, in the order in which they are told. Never empty.
    Refused(Vec<Refusal>),
}

/// Decides whether a relative may be bound, by the rules that hold everywhere (domain: a donor in
/// 职工医保 and of age, both in normal state, nobody to themselves, no pair twice) and by those of the
/// region whose policy this is.
///
/// All reasons are found, not only the first.
pub fn bind<'p>(policy: &'p Policy, request: &BindRequest<'_>) -> BindDecision<'p> {
    let mut reasons = Vec::new();
    launched(policy, request.on, &mut reasons);
    donor(request, &mut reasons);
    beneficiary(request, &mut reasons);
    pair(request, &mut reasons);
    relation(policy, request, &mut reasons);
    counts(policy, request, &mut reasons);
    let near = area(policy, request, &mut reasons);
    match terms(policy, request, near) {
        Ok(terms) if reasons.is_empty() => BindDecision::Permitted(terms),
        Ok(_) => BindDecision::Refused(reasons),
        Err(more) => {
            reasons.extend(more);
            BindDecision::Refused(reasons)
        }
    }
}

fn launched(policy: &Policy, on: Date, reasons: &mut Vec<Refusal>) {
    if let Some(launch) = &policy.rules.launch
        && on < launch.value.0
    {
        reasons.push(Refusal::NotLaunched { from: launch.value.0 });
    }
}

/// Every reason why somebody cannot share the account with anybody, whoever the relative would be.
pub fn share(policy: &Policy, donor: Party<'_>, bound: &[Beneficiary], on: Date) -> Vec<Refusal> {
    let mut reasons = Vec::new();
    launched(policy, on, &mut reasons);
    donor_rules(donor, on, &mut reasons);
    members(policy, bound, &mut reasons);
    let rules = &policy.rules;
    let stated = [("relatives", rules.relatives.is_some()), ("area", rules.area.is_some())];
    reasons.extend(stated.into_iter().chain(terms_stated(policy)).filter_map(not_stated));
    reasons
}

/// What holds for every donor, of any region.
pub(super) fn donor_rules(donor: Party<'_>, on: Date, reasons: &mut Vec<Refusal>) {
    let insured = donor.insured;
    if insured.insurance != InsuranceType::Employee {
        reasons.push(Refusal::DonorInsurance(insured.insurance));
    }
    if insured.status != InsuranceStatus::Normal {
        reasons.push(Refusal::DonorStatus(insured.status));
    }
    match is_minor(donor.birth, on) {
        Some(false) => {}
        Some(true) => reasons.push(Refusal::DonorMinor),
        None => reasons.push(Refusal::DonorAgeUnknown),
    }
}

fn donor(request: &BindRequest<'_>, reasons: &mut Vec<Refusal>) {
    donor_rules(request.donor, request.on, reasons);
}

fn beneficiary(request: &BindRequest<'_>, reasons: &mut Vec<Refusal>) {
    let insured = request.beneficiary.insured;
    if !matches!(insured.insurance, InsuranceType::Employee | InsuranceType::Resident) {
        reasons.push(Refusal::BeneficiaryInsurance(insured.insurance));
    }
    if insured.status != InsuranceStatus::Normal {
        reasons.push(Refusal::BeneficiaryStatus(insured.status));
    }
}

fn pair(request: &BindRequest<'_>, reasons: &mut Vec<Refusal>) {
    let (donor, other) = (request.donor.insured, request.beneficiary.insured);
    let number = other.id_number.upgraded();
    if donor.psn_no == other.psn_no || donor.id_number.upgraded() == number {
        reasons.push(Refusal::Oneself);
    }
    let known = |b: &Beneficiary| b.psn_no == other.psn_no || b.id_number.upgraded() == number;
    if request.bound.iter().any(known) {
        reasons.push(Refusal::AlreadyBound);
    }
}

fn relation(policy: &Policy, request: &BindRequest<'_>, reasons: &mut Vec<Refusal>) {
    let Some(allowed) = &policy.rules.relatives else {
        reasons.push(Refusal::NotStated("relatives"));
        return;
    };
    if !allowed.value.contains(&request.relation) {
        let allowed = allowed.value.clone();
        reasons.push(Refusal::Relation { asked: request.relation, allowed });
        return;
    }
    let minors_only = policy.rules.children.as_ref().is_some_and(|c| c.value == Children::Minor);
    if request.relation == Relation::Child && minors_only {
        match is_minor(request.beneficiary.birth, request.on) {
            Some(true) => {}
            Some(false) => reasons.push(Refusal::ChildOfAge { under: ADULT_AGE }),
            None => reasons.push(Refusal::ChildAgeUnknown),
        }
    }
}

fn counts(policy: &Policy, request: &BindRequest<'_>, reasons: &mut Vec<Refusal>) {
    let full = |count: usize, most: u16| count >= usize::from(most);
    members(policy, request.bound, reasons);
    // A donor without a place in the order could never be drawn.
    if let Some(slots) = policy.rules.deduction_order.as_ref().map(|stated| stated.value.slots)
        && full(request.other_donors, slots.into())
    {
        reasons.push(Refusal::NoSlotLeft { slots });
    }
    let most = policy.rules.relation_max.as_ref();
    if let Some(most) = most.and_then(|stated| stated.value.get(&request.relation)).copied() {
        let same = request.bound.iter().filter(|b| b.relation == request.relation).count();
        if full(same, most) {
            reasons.push(Refusal::TooManyOf { relation: request.relation, most });
        }
    }
}

fn members(policy: &Policy, bound: &[Beneficiary], reasons: &mut Vec<Refusal>) {
    if let Some(most) = policy.rules.members_max.as_ref().map(|stated| stated.value)
        && bound.len() >= usize::from(most)
    {
        reasons.push(Refusal::TooMany { most });
    }
}

fn area(policy: &Policy, request: &BindRequest<'_>, reasons: &mut Vec<Refusal>) -> Nearness {
    let near = nearness(&request.donor.insured.region, &request.beneficiary.insured.region);
    match policy.rules.area.as_ref().map(|stated| stated.value) {
        None => reasons.push(Refusal::NotStated("area")),
        Some(area) => match near.within(area) {
            Some(true) => {}
            Some(false) => reasons.push(Refusal::TooFar(area)),
            None => reasons.push(Refusal::PlaceUnknown(area)),
        },
    }
    near
}

/// The terms, or the fields that would have to state them.
fn terms<'p>(
    policy: &'p Policy,
    request: &BindRequest<'_>,
    near: Nearness,
) -> Result<BindTerms<'p>, Vec<Refusal>> {
    let rules = &policy.rules;
    let missing = terms_stated(policy).into_iter().filter_map(not_stated).collect();
    let (Some(money), Some(documents), Some(entry), Some(factors)) =
        (&rules.money_model, &rules.documents, &rules.entry_fields, &rules.second_factors)
    else {
        return Err(missing);
    };
    let Some(consent) = consent(policy, request) else { return Err(missing) };
    // Two places that cannot be compared may be in two provinces.
    let across = matches!(near, Nearness::Apart | Nearness::Unknown);
    let cross_province = rules.money_model_cross_province.as_ref().filter(|_| across);
    Ok(BindTerms {
        consent,
        money: cross_province.unwrap_or(money).value,
        documents: &documents.value,
        entry_fields: &entry.value,
        second_factors: &factors.value,
    })
}

/// The fields that state the terms, and whether they are there.
fn terms_stated(policy: &Policy) -> [(&'static str, bool); 5] {
    let rules = &policy.rules;
    [
        ("consent", rules.consent.is_some()),
        ("money_model", rules.money_model.is_some()),
        ("documents", rules.documents.is_some()),
        ("entry_fields", rules.entry_fields.is_some()),
        ("second_factors", rules.second_factors.is_some()),
    ]
}

fn not_stated((field, there): (&'static str, bool)) -> Option<Refusal> {
    (!there).then_some(Refusal::NotStated(field))
}

fn consent(policy: &Policy, request: &BindRequest<'_>) -> Option<ConsentNeed> {
    let rule = policy.rules.consent.as_ref()?.value;
    let age = request.beneficiary.birth.and_then(|birth| full_years(birth, request.on));
    Some(match (rule.kind, rule.joins_alone_under) {
        (ConsentKind::None, _) => ConsentNeed::NotNeeded,
        (_, Some(under)) if age.is_some_and(|age| age < under) => ConsentNeed::JoinsAlone { under },
        (ConsentKind::Needed, _) => ConsentNeed::Agree,
        (ConsentKind::Invite, _) => ConsentNeed::AcceptInvitation,
    })
}
