//! What became of a write, and the ways on.

use jiff::civil::DateTime;

use super::{Draft, Fate, Recheck, Review, WritePage};
use crate::domain::operation::OperationKind;
use crate::records::port::WriteRefusal;
use crate::statement::{ReceiptFacts, ReceiptOutcome};
use crate::visit::cx::Cx;
use crate::visit::event::{Act, Event, PrintSize, QueryId, Tap};
use crate::visit::paper::Paper;
use crate::visit::patron::Patron;
use crate::visit::state::home::Home;
use crate::visit::state::ignore;
use crate::visit::state::members::MembersPage;
use crate::visit::state::page::{Next, Origin, Page};
use crate::visit::state::preparing::Preparing;

/// A way on from the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offer {
    /// 打印回执
    Receipt,
    /// 回家人管理
    Members,
    /// 回到首页
    Home,
    /// 再办一次: begins with the review.
    Again,
}

impl Offer {
    /// What a touch of it means.
    pub(crate) fn tap(self) -> Tap {
        match self {
            Self::Receipt => Tap::Act(Act::Receipt),
            Self::Members => Tap::Members,
            Self::Home => Tap::Home,
            Self::Again => Tap::Retry,
        }
    }
}

/// A write and its outcome.
pub(crate) struct Done {
    pub draft: Draft,
    id: QueryId,
    asked_at: DateTime,
    pub fate: Fate,
    /// After a release, whether the relative is gone.
    pub recheck: Option<Recheck>,
}

impl Done {
    pub(super) fn enter(
        cx: &mut Cx,
        patron: &mut Patron,
        draft: Draft,
        id: QueryId,
        asked_at: DateTime,
        fate: Fate,
    ) -> Page {
        let mut done = Self { draft, id, asked_at, fate: Fate::NotBegun, recheck: None };
        done.learn(cx, patron, fate);
        Page::Write(WritePage::Done(done))
    }

    /// The ways on: the one in the middle of the footer, and the primary one.
    pub(crate) fn offers(&self, printer: bool) -> [Offer; 2] {
        let back = match self.draft.action.kind() {
            OperationKind::PayPremium | OperationKind::CancelPremium => Offer::Home,
            _ => Offer::Members,
        };
        match &self.fate {
            _ if printer && self.receipt().is_some() => [back, Offer::Receipt],
            Fate::Refused { why: WriteRefusal::FactorRejected | WriteRefusal::Voided, .. } => {
                [Offer::Home, Offer::Again]
            }
            _ if back == Offer::Members => [Offer::Home, Offer::Members],
            _ => [Offer::Members, Offer::Home],
        }
    }

    /// What the receipt says, if there is one: of what is done, and of what is being verified under a
    /// number.
    pub(crate) fn receipt(&self) -> Option<ReceiptFacts> {
        let (outcome, reference) = match &self.fate {
            Fate::Confirmed { receipt, reference } => {
                (ReceiptOutcome::Done(receipt.clone()), reference)
            }
            Fate::Unknown { reference: Some(reference) } => {
                (ReceiptOutcome::Unknown { asked_at: self.asked_at }, reference)
            }
            Fate::Unknown { reference: None } | Fate::Refused { .. } | Fate::NotBegun => {
                return None;
            }
        };
        let consent = self.draft.consent.as_ref();
        Some(ReceiptFacts {
            kind: self.draft.action.kind(),
            relative: self.draft.relative.clone(),
            outcome,
            reference: reference.clone(),
            fields: self.draft.fields.clone(),
            documents: consent.map_or_else(Vec::new, |consent| consent.documents.clone()),
        })
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        let event = match &mut self.recheck {
            Some(recheck) => match recheck.take(cx, event) {
                Some(event) => event,
                None => return Page::Write(WritePage::Done(self)).into(),
            },
            None => event,
        };
        match event {
            // The outcome has come after all, while the patron is still there to be told.
            Event::Operated { id, outcome } if id == self.id && self.fate == Fate::SILENCE => {
                self.learn(cx, patron, outcome.into());
            }
            Event::Tap(tap) => {
                let offers = self.offers(cx.settings.printer);
                if let Some(offer) = offers.into_iter().find(|offer| offer.tap() == tap) {
                    return self.leave(cx, patron, offer);
                }
                ignore(cx, &event);
            }
            other => ignore(cx, &other),
        }
        Page::Write(WritePage::Done(self)).into()
    }

    /// Back from the receipt, as it was.
    pub(crate) fn resume(mut self, cx: &mut Cx, patron: &Patron) -> Page {
        if let Some(recheck) = &mut self.recheck {
            recheck.resume(cx, patron);
        }
        Page::Write(WritePage::Done(self))
    }

    pub(crate) fn deadline(&self) -> Option<u64> {
        self.recheck.as_ref().and_then(Recheck::deadline)
    }

    fn learn(&mut self, cx: &mut Cx, patron: &mut Patron, fate: Fate) {
        patron.overview_stale |= fate.may_have_changed();
        if matches!(fate, Fate::Confirmed { .. }) {
            self.recheck = Recheck::of(cx, patron, &self.draft.action);
        }
        self.fate = fate;
    }

    fn leave(self, cx: &mut Cx, patron: &mut Patron, offer: Offer) -> Next {
        match offer {
            Offer::Home => Home::enter().into(),
            Offer::Members => MembersPage::enter(cx, patron).into(),
            Offer::Again => Review::enter(self.draft).into(),
            Offer::Receipt => match self.receipt() {
                Some(facts) => {
                    let origin = Origin::Done(Box::new(self));
                    let paper = Paper::Receipt(Box::new(facts));
                    Preparing::enter(cx, patron, origin, paper, PrintSize::Normal).into()
                }
                None => Page::Write(WritePage::Done(self)).into(),
            },
        }
    }
}
