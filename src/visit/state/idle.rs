//! Nobody is served.

use super::help::HallHelp;
use super::reading::Reading;
use super::{Stage, by_medium, ignore};
use crate::visit::cx::Cx;
use crate::visit::devices::{Devices, Slot};
use crate::visit::event::{CardNews, DocumentNews, Event, Tap};

/// Waiting for a card, a document or a code.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Idle {
    /// The card of an ended visit is, or may be, in the slot: it begins no visit until the slot has
    /// been seen empty.
    pub card_left: bool,
}

impl Idle {
    /// Nobody is served and the slot is empty.
    pub(crate) fn enter() -> Stage {
        Stage::Idle(Self { card_left: false })
    }

    /// Nobody is served, but the last card is still in the slot.
    pub(crate) fn enter_with_card_left() -> Stage {
        Stage::Idle(Self { card_left: true })
    }

    /// Somebody else's card must be taken away before anybody is served.
    pub(crate) fn blocked_by_card(self, devices: &Devices) -> bool {
        self.card_left && devices.slot == Slot::Present
    }

    /// Begins a visit if the event is a card, document or code that may; else gives the event back.
    pub(crate) fn begin(self, cx: &mut Cx, event: Event) -> Result<Stage, Event> {
        match event {
            Event::Card(CardNews::Inserted) if !self.card_left && cx.devices.card_is_new() => {
                Ok(Reading::enter(cx))
            }
            event if self.blocked_by_card(cx.devices) => Err(event),
            event => by_medium(cx, event),
        }
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, event: Event) -> Stage {
        let event = match self.begin(cx, event) {
            Ok(stage) => return stage,
            Err(event) => event,
        };
        match event {
            Event::Card(CardNews::Inserted) if self.card_left => {}
            Event::Card(CardNews::Removed) => self.card_left = false,
            Event::Document(DocumentNews::Placed | DocumentNews::Lifted) => {}
            Event::Tap(Tap::Help) => return HallHelp::enter(cx, self),
            other => ignore(cx, &other),
        }
        Stage::Idle(self)
    }
}
