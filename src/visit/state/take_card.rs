//! The visit is over; its card is still in the slot, or may be. Nothing personal is left.

use super::idle::Idle;
use super::{Stage, ignore, leave};
use crate::visit::cx::Cx;
use crate::visit::devices::Slot;
use crate::visit::event::{CardNews, Effect, Event, StaffReason};

/// Waiting for the slot to be empty.
pub(crate) struct TakeCard {
    /// When sound and light remind of the card, if they have not.
    remind_ms: Option<u64>,
    until_ms: u64,
}

impl TakeCard {
    /// Powers the card off and asks for it to be taken.
    pub(crate) fn enter(cx: &mut Cx) -> Stage {
        cx.emit(Effect::ReleaseCard);
        Stage::TakeCard(Self {
            remind_ms: Some(cx.after(cx.limits.remind_card_ms)),
            until_ms: cx.after(cx.limits.take_card_ms),
        })
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, event: Event) -> Stage {
        match event {
            Event::Card(CardNews::Removed) => return leave(cx),
            Event::Card(CardNews::Inserted) if cx.devices.card_is_new() => {}
            Event::Tick if cx.due(self.until_ms) => {
                if cx.devices.slot == Slot::Present {
                    cx.call_staff(StaffReason::CardLeft);
                }
                if cx.devices.document_lies() {
                    cx.call_staff(StaffReason::DocumentLeft);
                }
                return Idle::enter_with_card_left();
            }
            Event::Tick if self.remind_ms.is_some_and(|at| cx.due(at)) => {
                self.remind_ms = None;
                if cx.devices.slot == Slot::Present {
                    cx.remind_card();
                }
            }
            other => ignore(cx, &other),
        }
        Stage::TakeCard(self)
    }

    pub(crate) fn deadline(&self) -> u64 {
        self.remind_ms.map_or(self.until_ms, |at| at.min(self.until_ms))
    }
}
