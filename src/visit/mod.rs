//! The visit: a sans-IO state machine, one file per state.
//!
//! [`Kiosk::step`] takes what has happened and gives what shall be done; it knows no clock, no thread,
//! no device and no screen. `state/table.md` lists which state leads where.
#![doc = include_str!("state/table.md")]

mod cx;
pub(crate) mod devices;
pub(crate) mod entered;
pub mod event;
pub mod limits;
pub(crate) mod medium;
pub(crate) mod paper;
mod patience;
pub(crate) mod patron;
pub(crate) mod pending;
pub(crate) mod periods;
pub mod settings;
mod staff;
pub(crate) mod state;

#[cfg(test)]
mod tests;

use std::mem;

pub use cx::Ignored;
pub use limits::Limits;
pub use settings::Settings;

use cx::Cx;
use devices::Devices;
use event::{
    CardNews, CodeNews, DocumentNews, Effect, Event, JournalNews, Now, PrinterNews, StaffReason,
    Tap,
};
use staff::Staff;
use state::Stage;
use state::idle::Idle;

/// One kiosk and the visit it may be serving.
pub struct Kiosk {
    settings: Settings,
    limits: Limits,
    devices: Devices,
    staff: Staff,
    journal: JournalNews,
    stage: Stage,
    ignored: Ignored,
    last_id: u64,
    /// What the devices were last told to accept.
    accepted: Accepted,
}

/// What is looked at when it is put down or held up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Accepted {
    pub documents: bool,
    pub codes: bool,
}

impl Kiosk {
    /// A kiosk that has not heard of its devices yet, serving nobody. Limits that a person's rights or
    /// the screen bound are put inside their bounds.
    pub fn new(settings: Settings, limits: Limits) -> Self {
        Self {
            settings,
            limits: limits.within_bounds(),
            devices: Devices::unheard(),
            staff: Staff::default(),
            journal: JournalNews::Room,
            stage: Idle::enter(),
            ignored: Ignored::default(),
            last_id: 0,
            accepted: Accepted::default(),
        }
    }

    /// Handles one event and gives what shall be done, in order.
    pub fn step(&mut self, now: Now, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.devices.note(&event);
        if let Event::Journal(news) = event {
            self.journal = news;
        }
        let mut stage = mem::replace(&mut self.stage, Idle::enter());
        let was_serving = stage.serving();
        let had_patron = stage.has_patron();
        let came_back = came_back(&event);
        let mut cx = Cx {
            now,
            limits: &self.limits,
            settings: &self.settings,
            devices: &self.devices,
            journal: self.journal,
            staff: &mut self.staff,
            ignored: &mut self.ignored,
            effects: &mut effects,
            last_id: &mut self.last_id,
        };
        settle_staff(&mut cx, &event);
        self.stage = match event {
            Event::Tap(tap) if staff_tap(&mut cx, &stage, tap) => {
                stage.touched(&cx);
                stage
            }
            event => stage.handle(&mut cx, event),
        };
        if was_serving && !self.stage.serving() {
            // Whoever asked has gone.
            self.staff.settle(StaffReason::Asked, &mut effects);
        }
        let asks = self.stage.asks_for_media(&self.devices);
        if !self.stage.has_patron() && (had_patron || !asks) {
            self.devices.forget_document();
        }
        self.accept(asks, came_back, &mut effects);
        effects
    }

    /// Tells the devices what the present page asks for, when that has changed or one has come back.
    fn accept(&mut self, asks: bool, came_back: bool, effects: &mut Vec<Effect>) {
        // A forgotten document is nobody's here: neither by itself nor in another's visit is it read.
        let forgotten = self.devices.document_forgotten();
        let accepted = Accepted {
            documents: asks && self.settings.documents && !forgotten,
            codes: asks && self.settings.codes,
        };
        if came_back || accepted != self.accepted {
            let Accepted { documents, codes } = accepted;
            effects.push(Effect::Accept { documents, codes });
        }
        self.accepted = accepted;
    }

    /// The uptime in milliseconds at which [`Event::Tick`] is due; `None` only while nothing is going on.
    pub fn next_deadline(&self) -> Option<u64> {
        self.stage.deadline().into_iter().chain(self.staff.deadline()).min()
    }

    /// Events that meant nothing when they came, since the kiosk started.
    pub fn ignored(&self) -> Ignored {
        self.ignored
    }

    /// Nobody is served, and nobody is about to be.
    pub fn is_idle(&self) -> bool {
        !self.stage.serving()
    }
}

/// A device has come back that must be told what to accept.
fn came_back(event: &Event) -> bool {
    matches!(
        event,
        Event::Document(DocumentNews::Reader { working: true })
            | Event::Code(CodeNews::Scanner { working: true })
    )
}

/// Time and devices settle calls for staff, whatever the state.
fn settle_staff(cx: &mut Cx, event: &Event) {
    match event {
        Event::Tick => cx.staff.tick(cx.now.uptime_ms, cx.effects),
        Event::Card(CardNews::Removed) => cx.staff.settle(StaffReason::CardLeft, cx.effects),
        Event::Document(DocumentNews::Lifted | DocumentNews::Reader { working: false }) => {
            cx.staff.settle(StaffReason::DocumentLeft, cx.effects);
        }
        Event::Printer(PrinterNews::Condition(condition)) if condition.trouble.is_none() => {
            cx.staff.settle(StaffReason::Printer, cx.effects);
        }
        Event::Journal(JournalNews::Room) => cx.staff.settle(StaffReason::Journal, cx.effects),
        Event::Journal(JournalNews::Filling | JournalNews::Full) => {
            cx.call_staff(StaffReason::Journal);
        }
        _ => {}
    }
}

/// Touches of 呼叫工作人员 and of its message, which lies over every page; true when the touch was one.
/// Only the question whether somebody is still there lies above it.
fn staff_tap(cx: &mut Cx, stage: &Stage, tap: Tap) -> bool {
    if stage.seconds_left(cx.now.uptime_ms).is_some() {
        return false;
    }
    match tap {
        Tap::StaffDone if cx.staff.asked() => cx.staff.settle(StaffReason::Asked, cx.effects),
        Tap::CallStaff if !cx.staff.overlay() => {
            cx.staff.ask(cx.now.uptime_ms, cx.limits, cx.effects);
        }
        Tap::StillHere if cx.staff.overlay() => cx.staff.close_overlay(),
        _ if cx.staff.overlay() => cx.ignored.taps = cx.ignored.taps.saturating_add(1),
        _ => return false,
    }
    true
}

/// What the view may read.
impl Kiosk {
    pub(crate) fn stage(&self) -> &Stage {
        &self.stage
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn devices(&self) -> &Devices {
        &self.devices
    }

    /// The journal has room, so that something can be written.
    pub(crate) fn writes_possible(&self) -> bool {
        self.journal != JournalNews::Full
    }

    pub(crate) fn staff(&self) -> &Staff {
        &self.staff
    }
}
