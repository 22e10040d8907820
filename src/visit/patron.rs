//! What is known of the person now served.

use std::sync::Arc;

use super::consents::Consents;
use super::cx::Cx;
use super::event::{CardHolder, Effect};
use super::medium::{Medium, MediumKind};
use super::paper::Paper;
use crate::domain::insurance::InsuranceType;
use crate::domain::period::Period;
use crate::domain::person::Insured;
use crate::policy::Policy;
use crate::policy::schema::SecondFactor;
use crate::records::port::Overview;

/// A second reading of the card, after the reader was away.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verify {
    attempts_left: u8,
    until_ms: u64,
}

/// The person served: everything but the page they look at. Personal; lives only inside a `Visit`.
pub(crate) struct Patron {
    /// What the visit began with.
    pub began_with: Medium,
    /// The card that binds the visit: its removal ends it. A visit that began without one gets it
    /// when the same person puts one in.
    pub card: Option<CardHolder>,
    /// What the ledger says of the person.
    pub person: Insured,
    /// What home shows, once the ledger has told it.
    pub overview: Option<Overview>,
    /// Something was written since: what home shows may have changed, and is asked anew.
    pub overview_stale: bool,
    /// The rules that hold for the person today; without them nothing is written.
    pub policy: Option<Arc<Policy>>,
    /// What was read, accepted and signed in this visit.
    pub consents: Consents,
    reveal_until: Option<u64>,
    verify: Option<Verify>,
    barred: Vec<SecondFactor>,
    begun: Vec<(Paper, u16)>,
}

impl Patron {
    pub(crate) fn new(cx: &Cx, began_with: Medium, person: Insured) -> Self {
        let card = match &began_with {
            Medium::Card(holder) => Some(holder.clone()),
            Medium::Document(_) | Medium::Code(_) | Medium::Typed(_) => None,
        };
        let rules = cx.settings.rules.as_ref();
        let policy = rules.and_then(|rules| rules.of_place(&person.region, cx.today()));
        Self {
            began_with,
            card,
            person,
            overview: None,
            overview_stale: false,
            policy: policy.map(Arc::new),
            consents: Consents::default(),
            reveal_until: None,
            verify: None,
            barred: Vec::new(),
            begun: Vec::new(),
        }
    }

    /// The longest span of records that the rules allow at once, in months, if they bound it.
    pub(crate) fn longest_months(&self) -> Option<u16> {
        let query = self.policy.as_ref()?.rules.query.as_ref()?;
        query.value.longest_months
    }

    /// A span of records, its last months only where the rules allow no longer one.
    pub(crate) fn bounded(&self, period: Period) -> Period {
        self.longest_months().map_or(period, |longest| period.at_most_months(longest))
    }

    /// By what a patron knows the visit as theirs: the card, once one binds it.
    pub(crate) fn medium(&self) -> MediumKind {
        self.card.as_ref().map_or(self.began_with.kind(), |_| MediumKind::Card)
    }

    /// Whether a card is the one that binds the visit.
    pub(crate) fn has_card(&self, holder: &CardHolder) -> bool {
        let same =
            |card: &CardHolder| card.number == holder.number && card.id_number == holder.id_number;
        self.card.as_ref().is_some_and(same)
    }

    /// Whether this kind of insurance has a personal account.
    pub(crate) fn has_account(&self) -> bool {
        matches!(self.person.insurance, InsuranceType::Employee | InsuranceType::RetiredCadre)
    }

    /// Names are shown in full.
    pub(crate) fn revealed(&self) -> bool {
        self.reveal_until.is_some()
    }

    /// Shows names in full for a while, or hides them again.
    pub(crate) fn toggle_reveal(&mut self, cx: &Cx) {
        self.reveal_until = match self.reveal_until {
            Some(_) => None,
            None => Some(cx.after(cx.limits.reveal_ms)),
        };
    }

    /// The number of the next copy of a slip: 0, or above when some of it may be on paper already.
    pub(crate) fn next_copy(&self, paper: &Paper) -> u16 {
        self.begun.iter().find(|(begun, _)| begun.is(paper)).map_or(0, |(_, copies)| *copies)
    }

    /// Some of a slip may be on paper: whatever comes of it after this is a further copy.
    pub(crate) fn note_begun(&mut self, paper: &Paper) {
        match self.begun.iter_mut().find(|(begun, _)| begun.is(paper)) {
            Some((_, copies)) => *copies = copies.saturating_add(1),
            None => self.begun.push((paper.clone(), 1)),
        }
    }

    /// A second factor cannot be used any more in this visit.
    pub(crate) fn bar(&mut self, factor: SecondFactor) {
        self.barred.push(factor);
    }

    /// Whether a second factor cannot be used any more in this visit.
    pub(crate) fn is_barred(&self, factor: SecondFactor) -> bool {
        self.barred.contains(&factor)
    }

    /// A card is in the slot again: is it still the same?
    pub(crate) fn start_verify(&mut self, cx: &mut Cx) {
        let attempts_left = cx.limits.verify_attempts_max.saturating_sub(1);
        self.verify = Some(Verify { attempts_left, until_ms: cx.after(cx.limits.card_read_ms) });
        cx.emit(Effect::ReadCard);
    }

    /// A second reading is under way.
    pub(crate) fn verifying(&self) -> bool {
        self.verify.is_some()
    }

    /// The second reading is over, or the reader is away again.
    pub(crate) fn end_verify(&mut self) {
        self.verify = None;
    }

    /// The second reading failed; false when there is no further attempt.
    pub(crate) fn retry_verify(&mut self, cx: &mut Cx) -> bool {
        let Some(verify) = &mut self.verify else { return true };
        let Some(left) = verify.attempts_left.checked_sub(1) else { return false };
        *verify = Verify { attempts_left: left, until_ms: cx.after(cx.limits.card_read_ms) };
        cx.emit(Effect::ReadCard);
        true
    }

    /// The second reading has taken too long.
    pub(crate) fn verify_due(&self, cx: &Cx) -> bool {
        self.verify.is_some_and(|verify| cx.due(verify.until_ms))
    }

    /// Time has passed.
    pub(crate) fn tick(&mut self, cx: &Cx) {
        if self.reveal_until.is_some_and(|until| cx.due(until)) {
            self.reveal_until = None;
        }
    }

    /// When something here is due.
    pub(crate) fn deadline(&self) -> Option<u64> {
        self.reveal_until.into_iter().chain(self.verify.map(|verify| verify.until_ms)).min()
    }
}
