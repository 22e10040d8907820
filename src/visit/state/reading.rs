//! The card is being read.

use super::identifying::Identifying;
use super::refused::{Refusal, Refused};
use super::{Stage, ignore};
use crate::visit::cx::Cx;
use crate::visit::event::{CardNews, CardTrouble, Effect, Event};
use crate::visit::medium::Medium;

/// Waiting for what the card says.
pub(crate) struct Reading {
    until_ms: u64,
}

impl Reading {
    /// Asks for the card in the slot.
    pub(crate) fn enter(cx: &mut Cx) -> Stage {
        cx.emit(Effect::ReadCard);
        Stage::Reading(Self { until_ms: cx.after(cx.limits.card_read_ms) })
    }

    pub(crate) fn handle(self, cx: &mut Cx, event: Event) -> Stage {
        let trouble = match event {
            Event::Card(CardNews::Read(Ok(holder))) => {
                return Identifying::enter(cx, Medium::Card(holder));
            }
            Event::Card(CardNews::Read(Err(trouble))) => trouble,
            Event::Card(CardNews::Removed) => CardTrouble::PulledOut,
            Event::Card(CardNews::Reader { working: false }) => CardTrouble::ReaderAway,
            Event::Tick if cx.due(self.until_ms) => CardTrouble::Mute,
            other => {
                ignore(cx, &other);
                return Stage::Reading(self);
            }
        };
        Refused::enter(cx, Refusal::Card(trouble))
    }

    pub(crate) fn deadline(&self) -> u64 {
        self.until_ms
    }
}
