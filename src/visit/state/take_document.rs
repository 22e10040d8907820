//! The visit is over; a document still lies on the reader. Nothing personal is left.

use super::idle::Idle;
use super::reading::Reading;
use super::{Stage, ignore};
use crate::visit::cx::Cx;
use crate::visit::event::{CardNews, DocumentNews, Event, StaffReason};

/// Waiting for the document to be lifted.
pub(crate) struct TakeDocument {
    /// When sound and light remind of the document, if they have not.
    remind_ms: Option<u64>,
    until_ms: u64,
}

impl TakeDocument {
    pub(crate) fn enter(cx: &Cx) -> Stage {
        Stage::TakeDocument(Self {
            remind_ms: Some(cx.after(cx.limits.remind_card_ms)),
            until_ms: cx.after(cx.limits.take_card_ms),
        })
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, event: Event) -> Stage {
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
            Event::Tick if self.remind_ms.is_some_and(|at| cx.due(at)) => {
                self.remind_ms = None;
                cx.remind_document();
            }
            other => ignore(cx, &other),
        }
        Stage::TakeDocument(self)
    }

    pub(crate) fn deadline(&self) -> u64 {
        self.remind_ms.map_or(self.until_ms, |at| at.min(self.until_ms))
    }
}
