//! What was answered becomes a write to be reviewed.

use zeroize::Zeroizing;

use super::quest::{Found, Goal, Quest};
use crate::domain::account::RelativeRef;
use crate::policy::Policy;
use crate::policy::rules::{BindTerms, ConsentNeed, annual_limit, term};
use crate::policy::schema::{EntryField, MoneyModel};
use crate::policy::words::{limit, money};
use crate::records::port::{Action, Agreement, Binding, Entries};
use crate::view::messages::{bind as words, effects};
use crate::visit::cx::Cx;
use crate::visit::patron::Patron;
use crate::visit::state::members::drafts;
use crate::visit::state::page::Page;
use crate::visit::state::write::Draft;

/// Places with a relative where the packs state no order: as many as a pack can state.
const SLOTS_WITHOUT_ORDER: u8 = 9;

/// The write that the answers come to.
///
/// # Errors
/// The page before, when something is not known after all.
pub(super) fn draft(
    quest: &Quest,
    cx: &Cx,
    patron: &Patron,
    before: Box<Page>,
) -> Result<Draft, Box<Page>> {
    match quest.goal {
        Goal::Accept(_) => match quest.invitation() {
            Some(invitation) => {
                let consent = patron.consents.record(quest.documents());
                Ok(Draft { consent, ..drafts::accept(invitation, *before) })
            }
            None => Err(before),
        },
        Goal::Bind => match binding(quest, cx, patron) {
            Some(bind) => Ok(bind.draft(quest, cx, patron, before)),
            None => Err(before),
        },
    }
}

/// A binding with what the review tells of it.
struct Bind<'a> {
    found: &'a Found,
    terms: BindTerms<'a>,
    binding: Binding,
}

fn binding<'a>(quest: &'a Quest, cx: &Cx, patron: &Patron) -> Option<Bind<'a>> {
    let found = quest.found.as_ref()?;
    let terms = quest.terms(patron, cx.today())?;
    let (since, until) = term(&quest.policy, quest.start, quest.end, cx.today()).ok()?;
    let agreement = match terms.consent {
        ConsentNeed::NotNeeded => Agreement::NotNeeded,
        ConsentNeed::JoinsAlone { .. } => Agreement::JoinsAlone,
        ConsentNeed::Agree | ConsentNeed::AcceptInvitation => quest.agreement?,
    };
    let order = quest.policy.rules.deduction_order.as_ref();
    let binding = Binding {
        relative: found.candidate.insured.psn_no.clone(),
        relation: quest.relation?,
        since,
        until,
        annual_limit: quest.limit.flatten(),
        money: terms.money,
        amount: quest.amount.flatten(),
        agreement,
        slots: order.map_or(SLOTS_WITHOUT_ORDER, |stated| stated.value.slots),
        entries: entries(quest, found, &terms),
    };
    Some(Bind { found, terms, binding })
}

/// Only what the region asks for.
fn entries(quest: &Quest, found: &Found, terms: &BindTerms<'_>) -> Entries {
    let asked = |field| terms.entry_fields.contains(&field);
    let read = found.card.as_ref().map(|card| Zeroizing::new(card.reveal().to_owned()));
    let employer = found.candidate.employer.clone().map(Zeroizing::new);
    let place = found.candidate.insured.region.clone();
    Entries {
        card: read.or_else(|| quest.card.clone()).filter(|_| asked(EntryField::CardNumber)),
        insured_place: Some(place).filter(|_| asked(EntryField::InsuredPlace)),
        employer: employer
            .or_else(|| quest.employer.clone())
            .filter(|_| asked(EntryField::Employer)),
        phone: quest.phone.clone().filter(|_| asked(EntryField::Phone)),
    }
}

impl Bind<'_> {
    fn draft(self, quest: &Quest, cx: &Cx, patron: &Patron, before: Box<Page>) -> Draft {
        let insured = &self.found.candidate.insured;
        let relative = RelativeRef {
            psn_no: insured.psn_no.clone(),
            name: insured.name.clone(),
            gender: insured.gender,
            relation: self.binding.relation,
        };
        let fields = self.fields(cx);
        let effects = self.effects(&quest.policy, relative.relation.label(relative.gender));
        Draft {
            action: Action::Bind(Box::new(self.binding)),
            relative: Some(relative),
            consent: patron.consents.record(quest.documents()),
            fields,
            effects,
            before,
        }
    }

    fn fields(&self, cx: &Cx) -> Vec<(String, String)> {
        let Binding { since, until, money, amount, agreement, slots, .. } = &self.binding;
        let insured = &self.found.candidate.insured;
        let relation = self.binding.relation.label(insured.gender);
        let mut fields = vec![
            (words::FIELD_RELATION, relation.to_owned()),
            (words::FIELD_TERM, words::term(*since, *until)),
            (words::FIELD_MONEY, money.label().to_owned()),
        ];
        match money {
            MoneyModel::Quota => {}
            MoneyModel::Authorize | MoneyModel::Pool => {
                fields.push((effects::FIELD_LIMIT, words::limit(self.binding.annual_limit)));
            }
        }
        match (money, amount) {
            (MoneyModel::Authorize, _) => {}
            (MoneyModel::Pool, amount) => {
                fields.push((effects::FIELD_TRANSFER, words::transfer(*amount)));
            }
            (MoneyModel::Quota, amount) => {
                fields.push((effects::FIELD_QUOTA, words::transfer(*amount)));
            }
        }
        fields.push((words::FIELD_AGREEMENT, self.agreed(*agreement)));
        let slot = self.found.candidate.other_donors.saturating_add(1).min(*slots);
        fields.push((words::FIELD_SLOT, words::slot(slot)));
        if self.binding.entries.insured_place.is_some() {
            let rules = cx.settings.rules.as_ref();
            let name = rules.and_then(|rules| rules.place_name(&insured.region, cx.today()));
            fields.push((words::FIELD_PLACE, name.unwrap_or_else(|| insured.region.clone())));
        }
        fields.into_iter().map(|(label, value)| (label.to_owned(), value)).collect()
    }

    fn agreed(&self, agreement: Agreement) -> String {
        match (agreement, self.terms.consent) {
            (Agreement::JoinsAlone, ConsentNeed::JoinsAlone { under }) => words::joins_alone(under),
            (Agreement::GivenHere, _) => words::AGREED_HERE.into(),
            (Agreement::Awaited, _) => words::AGREED_LATER.into(),
            (Agreement::NotNeeded | Agreement::JoinsAlone, _) => words::AGREED_NOT_NEEDED.into(),
        }
    }

    /// Whose money, until when; what the relative can do and cannot; what has yet to happen. That a
    /// limit may be too high stands in the place of the sentence about where the money is, which a
    /// field tells too.
    fn effects(&self, policy: &Policy, who: &str) -> Vec<String> {
        let first = match self.binding.agreement {
            Agreement::Awaited => words::effect_invited(who),
            _ => words::effect_shared(who, self.binding.since, self.binding.until),
        };
        let doubt = self.binding.annual_limit.map(|wanted| annual_limit(policy, wanted));
        let second = doubt.and_then(limit).unwrap_or_else(|| money(self.terms.money).into());
        vec![first, second, words::effect_use(who)]
    }
}
