//! The states of the kiosk, one file each, and those of a visit, its pages.
//!
//! A state is entered by its `enter` and consumed by its `handle`, which gives the next one. What is
//! personal lives in [`Visit`] alone (and, before the ledger has named the person, in
//! [`identifying::Identifying`], or in [`typed`]): to leave it is to drop it.

pub(crate) mod account;
pub(crate) mod bind;
pub(crate) mod blocked;
pub(crate) mod care;
pub(crate) mod family;
pub(crate) mod finishing;
pub(crate) mod help;
pub(crate) mod home;
pub(crate) mod identifying;
pub(crate) mod idle;
pub(crate) mod list;
pub(crate) mod members;
pub(crate) mod months;
pub(crate) mod opening;
pub(crate) mod page;
pub(crate) mod pay;
pub(crate) mod premiums;
pub(crate) mod preparing;
pub(crate) mod preview;
pub(crate) mod printed;
pub(crate) mod printing;
pub(crate) mod reading;
pub(crate) mod record;
pub(crate) mod refused;
pub(crate) mod second;
pub(crate) mod slips;
pub(crate) mod stuck;
pub(crate) mod take_card;
pub(crate) mod take_document;
pub(crate) mod take_slip;
pub(crate) mod too_many;
pub(crate) mod typed;
pub(crate) mod unfinished;
pub(crate) mod visit;
pub(crate) mod write;

use super::cx::Cx;
use super::devices::{Devices, Slot};
use super::event::{CodeNews, DocumentNews, Event};
use super::medium::Medium;
use super::patience::Patience;
pub(crate) use visit::Visit;

/// Where the kiosk is.
pub(crate) enum Stage {
    /// Nobody is served.
    Idle(idle::Idle),
    /// Help, without a visit.
    HallHelp(help::HallHelp),
    /// The card is being read.
    Reading(reading::Reading),
    /// The card, document or code could not be taken.
    Refused(refused::Refused),
    /// The ledger is asked who it is.
    Identifying(identifying::Identifying),
    /// The number is typed, and the password.
    Typing(Box<typed::Typing>),
    /// The ledger is asked whether they belong together.
    Proving(Box<typed::Proving>),
    /// A person is served.
    Visit(Box<Visit>),
    /// The visit is over, a write is still on its way.
    Finishing(finishing::Finishing),
    /// The visit is over, the card is still in the slot.
    TakeCard(take_card::TakeCard),
    /// The visit is over, a document still lies on the reader.
    TakeDocument(take_document::TakeDocument),
    /// The visit is over, its slip is still coming.
    TakeSlip(take_slip::TakeSlip),
}

impl Stage {
    /// Handles an event.
    pub(crate) fn handle(self, cx: &mut Cx, event: Event) -> Self {
        match self {
            Self::Idle(state) => state.handle(cx, event),
            Self::HallHelp(state) => state.handle(cx, event),
            Self::Reading(state) => state.handle(cx, event),
            Self::Refused(state) => state.handle(cx, event),
            Self::Identifying(state) => state.handle(cx, event),
            Self::Typing(state) => state.handle(cx, event),
            Self::Proving(state) => state.handle(cx, event),
            Self::Visit(state) => state.handle(cx, event),
            Self::Finishing(state) => state.handle(cx, event),
            Self::TakeCard(state) => state.handle(cx, event),
            Self::TakeDocument(state) => state.handle(cx, event),
            Self::TakeSlip(state) => state.handle(cx, event),
        }
    }

    /// When a tick is due.
    pub(crate) fn deadline(&self) -> Option<u64> {
        match self {
            Self::Idle(_) => None,
            Self::HallHelp(state) => Some(state.deadline()),
            Self::Reading(state) => Some(state.deadline()),
            Self::Refused(state) => Some(state.deadline()),
            Self::Identifying(state) => Some(state.deadline()),
            Self::Typing(state) => Some(state.deadline()),
            Self::Proving(state) => Some(state.deadline()),
            Self::Visit(state) => state.deadline(),
            Self::Finishing(state) => Some(state.deadline()),
            Self::TakeCard(state) => Some(state.deadline()),
            Self::TakeDocument(state) => Some(state.deadline()),
            Self::TakeSlip(state) => Some(state.deadline()),
        }
    }

    /// Seconds until the page ends, while the question whether somebody is still there lies over it.
    pub(crate) fn seconds_left(&self, now_ms: u64) -> Option<u16> {
        let (stands, patience) = match self {
            Self::HallHelp(state) => (true, &state.patience),
            Self::Typing(state) => (true, &state.patience),
            Self::Refused(state) => (state.stands(), &state.patience),
            Self::Visit(state) => return state.seconds_left(now_ms),
            _ => return None,
        };
        (stands && patience.warned()).then(|| patience.seconds_left(now_ms))
    }

    /// Somebody has touched the screen: the page's patience begins anew.
    pub(crate) fn touched(&mut self, cx: &Cx) {
        match self {
            Self::HallHelp(state) => state.patience = Patience::new(cx),
            Self::Typing(state) => state.patience = Patience::new(cx),
            Self::Refused(state) => state.patience = Patience::new(cx),
            Self::Visit(state) => state.touched(cx),
            _ => {}
        }
    }

    /// The page asks for a document or a code, or lets one be shown.
    pub(crate) fn asks_for_media(&self, devices: &Devices) -> bool {
        match self {
            Self::Idle(idle) => !idle.blocked_by_card(devices),
            Self::HallHelp(help) => !help.idle.blocked_by_card(devices),
            Self::Typing(typing) => !typing.hall.idle.blocked_by_card(devices),
            Self::Refused(_) => true,
            Self::Visit(visit) => visit.asks_for_media(),
            Self::Reading(_)
            | Self::Identifying(_)
            | Self::Proving(_)
            | Self::Finishing(_)
            | Self::TakeCard(_)
            | Self::TakeDocument(_)
            | Self::TakeSlip(_) => false,
        }
    }

    /// Whoever shows a document now is, or is about to be, served.
    pub(crate) fn has_patron(&self) -> bool {
        match self {
            Self::Reading(_)
            | Self::Refused(_)
            | Self::Identifying(_)
            | Self::Typing(_)
            | Self::Proving(_)
            | Self::Visit(_) => true,
            Self::Idle(_)
            | Self::HallHelp(_)
            | Self::Finishing(_)
            | Self::TakeCard(_)
            | Self::TakeDocument(_)
            | Self::TakeSlip(_) => false,
        }
    }

    /// A person is being served, about to be, or has yet to take something away.
    pub(crate) fn serving(&self) -> bool {
        !matches!(self, Self::Idle(_) | Self::HallHelp(_))
    }
}

/// Begins a visit if the event is a document or a code; else gives the event back.
pub(crate) fn by_medium(cx: &mut Cx, event: Event) -> Result<Stage, Event> {
    let medium = match event {
        Event::Document(DocumentNews::Read(Ok(holder))) => Medium::Document(holder),
        Event::Document(DocumentNews::Read(Err(trouble))) => {
            return Ok(refused::Refused::enter(cx, refused::Refusal::Document(trouble)));
        }
        Event::Code(CodeNews::Scanned(code)) => Medium::Code(code),
        other => return Err(other),
    };
    Ok(identifying::Identifying::enter(cx, medium))
}

/// The visit is over: the card, if one may be in the slot, must be taken, and then the document.
pub(crate) fn end(cx: &mut Cx) -> Stage {
    match cx.devices.slot {
        Slot::Empty => leave(cx),
        Slot::Present | Slot::Unknown => take_card::TakeCard::enter(cx),
    }
}

/// The visit is over and the slot is empty: a document that still lies there must be taken.
pub(crate) fn leave(cx: &Cx) -> Stage {
    if cx.devices.document_lies() {
        take_document::TakeDocument::enter(cx)
    } else {
        idle::Idle::enter()
    }
}

/// Counts an event that means nothing in this state.
pub(crate) fn ignore(cx: &mut Cx, event: &Event) {
    match event {
        Event::Tap(_) => cx.ignored.taps = cx.ignored.taps.saturating_add(1),
        Event::Answer { .. } => cx.ignored.stale = cx.ignored.stale.saturating_add(1),
        Event::Printer(news) => {
            if !matches!(news, super::event::PrinterNews::Condition(_)) {
                cx.ignored.stale = cx.ignored.stale.saturating_add(1);
            }
        }
        Event::Card(news) => {
            if !matches!(news, super::event::CardNews::Reader { .. }) {
                cx.ignored.device = cx.ignored.device.saturating_add(1);
            }
        }
        Event::Document(news) => {
            if !matches!(news, super::event::DocumentNews::Reader { .. }) {
                cx.ignored.device = cx.ignored.device.saturating_add(1);
            }
        }
        Event::Code(news) => {
            if !matches!(news, super::event::CodeNews::Scanner { .. }) {
                cx.ignored.device = cx.ignored.device.saturating_add(1);
            }
        }
        Event::Operated { .. } => cx.ignored.stale = cx.ignored.stale.saturating_add(1),
        Event::Journal(_) | Event::Tick => {}
    }
}
