//! Help: five questions and their answers, with a visit behind it or without.

use super::home::Home;
use super::idle::Idle;
use super::page::{Next, Page};
use super::{Stage, ignore};
use crate::visit::cx::Cx;
use crate::visit::event::{Event, Tap};
use crate::visit::patience::Patience;

/// How many questions there are.
pub(crate) const QUESTIONS: u8 = 5;

/// Help within a visit.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Help {
    /// The question whose answer is shown.
    pub open: Option<u8>,
}

impl Help {
    pub(crate) fn enter() -> Page {
        Page::Help(Self { open: None })
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, event: Event) -> Next {
        match (event, self.open) {
            (Event::Tap(Tap::Row(row)), None) if row < QUESTIONS => self.open = Some(row),
            (Event::Tap(Tap::Back), Some(_)) => self.open = None,
            (Event::Tap(Tap::Back), None) => return Home::enter().into(),
            (other, _) => ignore(cx, &other),
        }
        Page::Help(self).into()
    }
}

/// Help without a visit.
pub(crate) struct HallHelp {
    /// What lies behind.
    pub idle: Idle,
    /// The question whose answer is shown.
    pub open: Option<u8>,
    pub patience: Patience,
}

impl HallHelp {
    pub(crate) fn enter(cx: &Cx, idle: Idle) -> Stage {
        Stage::HallHelp(Self { idle, open: None, patience: Patience::new(cx) })
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, event: Event) -> Stage {
        match event {
            Event::Card(_) | Event::Document(_) | Event::Code(_) => {
                return match self.idle.handle(cx, event) {
                    Stage::Idle(idle) => Stage::HallHelp(Self { idle, ..self }),
                    begun => begun,
                };
            }
            Event::Tick => {
                if self.patience.tick(cx) {
                    return Stage::Idle(self.idle);
                }
            }
            Event::Tap(Tap::StillHere) if self.patience.warned() => {
                self.patience = Patience::new(cx);
            }
            Event::Tap(tap) if !self.patience.warned() => {
                self.patience = Patience::new(cx);
                match (tap, self.open) {
                    (Tap::Row(row), None) if row < QUESTIONS => self.open = Some(row),
                    (Tap::Back, Some(_)) => self.open = None,
                    (Tap::Back, None) => return Stage::Idle(self.idle),
                    _ => ignore(cx, &event),
                }
            }
            other => ignore(cx, &other),
        }
        Stage::HallHelp(self)
    }

    pub(crate) fn deadline(&self) -> u64 {
        self.patience.deadline()
    }
}
