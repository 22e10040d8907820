//! Nobody is served.

use super::help::HallHelp;
use super::reading::Reading;
use super::{Stage, ignore};
use crate::visit::cx::Cx;
use crate::visit::event::{CardNews, Event, Tap};

/// Waiting for a card.
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

    pub(crate) fn handle(mut self, cx: &mut Cx, event: Event) -> Stage {
        match event {
            Event::Card(CardNews::Inserted) if !self.card_left && cx.devices.card_is_new() => {
                return Reading::enter(cx);
            }
            Event::Card(CardNews::Inserted) if self.card_left => {}
            Event::Card(CardNews::Removed) => self.card_left = false,
            Event::Tap(Tap::Help) => return HallHelp::enter(cx, self),
            other => ignore(cx, &other),
        }
        Stage::Idle(self)
    }
}
