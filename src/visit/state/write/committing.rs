//! The write is on its way. Nothing but its outcome or its bound ends this page; a visit that ends
//! meanwhile leaves it to [`Finishing`](crate::visit::state::finishing::Finishing).

use jiff::civil::DateTime;

use super::{Done, Draft, Fate, WritePage};
use crate::records::port::{OperationRequest, ProvenFactor};
use crate::visit::cx::Cx;
use crate::visit::event::{Event, QueryId};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// Waiting for the outcome.
pub(crate) struct Committing {
    draft: Draft,
    pub id: QueryId,
    asked_at: DateTime,
    until_ms: u64,
}

impl Committing {
    /// Sends the write; the one place that does.
    pub(super) fn enter(
        cx: &mut Cx,
        patron: &mut Patron,
        draft: Draft,
        factor: ProvenFactor,
    ) -> Page {
        let asked_at = cx.now.wall;
        let id = cx.operate(OperationRequest {
            person: patron.person.psn_no.clone(),
            action: draft.action.clone(),
            consent: draft.consent.clone(),
            factor,
            at: asked_at,
            region: patron.person.region.clone(),
        });
        let until_ms = cx.after(cx.limits.ledger_give_up_ms);
        Page::Write(WritePage::Committing(Self { draft, id, asked_at, until_ms }))
    }

    pub(crate) fn handle(self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match event {
            Event::Operated { id, outcome } if id == self.id => {
                self.done(cx, patron, outcome.into()).into()
            }
            Event::Tick if cx.due(self.until_ms) => self.done(cx, patron, Fate::SILENCE).into(),
            other => {
                ignore(cx, &other);
                Page::Write(WritePage::Committing(self)).into()
            }
        }
    }

    pub(crate) fn deadline(&self) -> u64 {
        self.until_ms
    }

    fn done(self, cx: &mut Cx, patron: &mut Patron, fate: Fate) -> Page {
        Done::enter(cx, patron, self.draft, self.id, self.asked_at, fate)
    }
}
