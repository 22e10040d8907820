//! The patron has taken the card while the slip is still coming. Nothing personal is left.

use super::reading::Reading;
use super::{Stage, ignore, leave};
use crate::visit::cx::Cx;
use crate::visit::devices::Slot;
use crate::visit::event::{Effect, Event, PrintId, PrinterNews, PrinterTrouble};

/// Waiting for the slip to end; a new visit must not begin over it.
pub(crate) struct TakeSlip {
    id: PrintId,
    stopping: bool,
    until_ms: u64,
}

impl TakeSlip {
    /// Lets a slip come that is coming; `held` stops one that waits, as nobody waits for it.
    pub(crate) fn enter(cx: &mut Cx, id: PrintId, held: bool, stopping: bool) -> Stage {
        let until_ms = cx.after(cx.limits.print_silence_ms);
        let mut state = Self { id, stopping: false, until_ms };
        if stopping {
            state.stopping = true;
            state.until_ms = cx.after(cx.limits.print_stop_ms);
        } else if held {
            state.stop(cx);
        }
        Stage::TakeSlip(state)
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, event: Event) -> Stage {
        match event {
            Event::Printer(PrinterNews::Ended { id, .. }) if id == self.id => return next(cx),
            Event::Printer(PrinterNews::Progress { id, .. } | PrinterNews::Started { id, .. })
                if id == self.id =>
            {
                if !self.stopping {
                    self.until_ms = cx.after(cx.limits.print_silence_ms);
                }
            }
            Event::Printer(PrinterNews::Condition(condition)) => match condition.trouble {
                None | Some(PrinterTrouble::HeadHot) => {}
                Some(_) if self.stopping => {}
                Some(_) => self.stop(cx),
            },
            Event::Tick if cx.due(self.until_ms) => {
                if self.stopping {
                    return next(cx);
                }
                self.stop(cx);
            }
            // The slot is looked at when the slip has ended.
            Event::Card(_) => {}
            other => ignore(cx, &other),
        }
        Stage::TakeSlip(self)
    }

    pub(crate) fn deadline(&self) -> u64 {
        self.until_ms
    }

    fn stop(&mut self, cx: &mut Cx) {
        cx.emit(Effect::StopPrint { id: self.id });
        self.stopping = true;
        self.until_ms = cx.after(cx.limits.print_stop_ms);
    }
}

/// The slot has been empty since this state began, so a card in it is a new one.
fn next(cx: &mut Cx) -> Stage {
    match cx.devices.slot {
        Slot::Present => Reading::enter(cx),
        Slot::Empty | Slot::Unknown => leave(cx),
    }
}
