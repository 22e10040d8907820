//! The visit is over while a write is still on its way: it is awaited, then what became of it is told
//! to whoever stands there, without a name or an amount. Nothing personal is left.

use super::reading::Reading;
use super::write::{Committing, Fate};
use super::{Stage, end, ignore, leave};
use crate::visit::cx::Cx;
use crate::visit::devices::Slot;
use crate::visit::event::{CardNews, Event, QueryId, Tap};

/// Waiting for the outcome, then telling it.
pub(crate) struct Finishing {
    id: QueryId,
    /// What became of the write, once it is known or given up.
    pub fate: Option<Fate>,
    until_ms: u64,
    /// The slot has been empty since: a card in it is a new one.
    emptied: bool,
}

impl Finishing {
    /// Awaits the write of a visit that has ended.
    pub(crate) fn enter(cx: &Cx, write: &Committing) -> Stage {
        Stage::Finishing(Self {
            id: write.id,
            fate: None,
            until_ms: write.deadline(),
            emptied: cx.devices.slot == Slot::Empty,
        })
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, event: Event) -> Stage {
        match event {
            // Also when it was given up: what is known now is told.
            Event::Operated { id, outcome }
                if id == self.id && matches!(self.fate, None | Some(Fate::SILENCE)) =>
            {
                self.tell(cx, outcome.into());
            }
            Event::Tick if cx.due(self.until_ms) => match self.fate {
                None => self.tell(cx, Fate::SILENCE),
                Some(_) => return self.next(cx),
            },
            Event::Tap(Tap::Back) if self.fate.is_some() => return self.next(cx),
            // The slot is looked at when the outcome has been told.
            Event::Card(CardNews::Removed) => self.emptied = true,
            Event::Card(_) => {}
            other => ignore(cx, &other),
        }
        Stage::Finishing(self)
    }

    pub(crate) fn deadline(&self) -> u64 {
        self.until_ms
    }

    fn tell(&mut self, cx: &Cx, fate: Fate) {
        self.fate = Some(fate);
        self.until_ms = cx.after(cx.limits.message_ms);
    }

    fn next(self, cx: &mut Cx) -> Stage {
        match cx.devices.slot {
            _ if !self.emptied => end(cx),
            Slot::Present => Reading::enter(cx),
            Slot::Empty | Slot::Unknown => leave(cx),
        }
    }
}
