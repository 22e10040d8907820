//! The visit is over; a document still lies on the reader. Nothing personal is left.

use super::idle::Idle;
use super::reading::Reading;
use super::{Stage, ignore};
use crate::visit::cx::Cx;
use crate::visit::event::{CardNews, DocumentNews, Event, StaffReason};

/// Waiting for the document to be lifted.
pub(crate) struct TakeDocument {
    until_ms: u64,
}

impl TakeDocument {
    pub(crate) fn enter(cx: &Cx) -> Stage {
        Stage::TakeDocument(Self { until_ms: cx.after(cx.limits.take_card_ms) })
    }

    pub(crate) fn handle(self, cx: &mut Cx, event: Event) -> Stage {
        match event {
            Event::Document(DocumentNews::Lifted | DocumentNews::Reader { working: false }) => {
                return Idle::enter();
            }
            Event::Card(CardNews::Inserted) if cx.devices.card_is_new() => {
                return Reading::enter(cx);
            }
            Event::Tick if cx.due(self.until_ms) => {
                cx.call_staff(StaffReason::DocumentLeft);
                return Idle::enter();
            }
            other => ignore(cx, &other),
        }
        Stage::TakeDocument(self)
    }

    pub(crate) fn deadline(&self) -> u64 {
        self.until_ms
    }
}
