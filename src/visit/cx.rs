//! What a state may see and do while it handles an event.

use jiff::civil::Date;

use super::devices::Devices;
use super::event::{Effect, JournalNews, Now, PrintId, Query, QueryId, StaffReason};
use super::limits::Limits;
use super::pending::Pending;
use super::settings::Settings;
use super::staff::Staff;
use crate::records::port::OperationRequest;

/// Events that meant nothing in the state they came to, counted for the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ignored {
    /// Touches that the page did not offer.
    pub taps: u64,
    /// Answers and printer news that belong to no open question or slip.
    pub stale: u64,
    /// Device news that a working device would not send now.
    pub device: u64,
}

/// The state's view of the world and its way to act on it.
pub(crate) struct Cx<'a> {
    pub now: Now,
    pub limits: &'a Limits,
    pub settings: &'a Settings,
    pub devices: &'a Devices,
    pub journal: JournalNews,
    pub staff: &'a mut Staff,
    pub ignored: &'a mut Ignored,
    pub effects: &'a mut Vec<Effect>,
    pub last_id: &'a mut u64,
}

impl Cx<'_> {
    /// The uptime so many milliseconds from now.
    pub(crate) fn after(&self, ms: u64) -> u64 {
        self.now.uptime_ms.saturating_add(ms)
    }

    /// Whether the time has come.
    pub(crate) fn due(&self, at_ms: u64) -> bool {
        self.now.uptime_ms >= at_ms
    }

    /// The hall's date.
    pub(crate) fn today(&self) -> Date {
        self.now.wall.date()
    }

    /// Asks the world for something.
    pub(crate) fn emit(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Puts a question to the ledger.
    pub(crate) fn ask(&mut self, query: Query) -> Pending {
        let id = QueryId(self.next_id());
        self.effects.push(Effect::Query { id, query });
        Pending::new(id, self)
    }

    /// The journal has room, so that something can be written.
    pub(crate) fn writes_possible(&self) -> bool {
        self.journal != JournalNews::Full
    }

    /// Has something written; the outcome comes back under the id.
    pub(crate) fn operate(&mut self, request: OperationRequest) -> QueryId {
        let id = QueryId(self.next_id());
        self.effects.push(Effect::Operate { id, request: Box::new(request) });
        id
    }

    /// An id for a slip, never used before.
    pub(crate) fn print_id(&mut self) -> PrintId {
        PrintId(self.next_id())
    }

    /// Calls staff for something the kiosk has noticed.
    pub(crate) fn call_staff(&mut self, reason: StaffReason) {
        self.staff.call(reason, self.now.uptime_ms, self.limits, self.effects);
    }

    /// Sound and light for a card in the slot.
    pub(crate) fn remind_card(&mut self) {
        self.staff.remind_card(self.effects);
    }

    /// Sound and light for a document on the reader.
    pub(crate) fn remind_document(&mut self) {
        self.staff.remind_document(self.effects);
    }

    fn next_id(&mut self) -> u64 {
        *self.last_id = self.last_id.wrapping_add(1);
        *self.last_id
    }
}
