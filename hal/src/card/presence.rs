//! Whether a card is in the slot, told once it is sure.

use super::{
    limits::{DEBOUNCE, POLL_INTERVAL},
    message::IccState,
};
use crate::time::Instant;

/// What to tell the host; both when one card gave way to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    /// The card that was in is gone; comes first.
    pub removed: bool,
    /// A card is in.
    pub present: bool,
}

/// Folds slot states into changes worth telling.
#[derive(Default)]
pub(super) struct Presence {
    told: bool,
    changing_since: Option<Instant>,
    unsure: bool,
    powered: bool,
}

impl Presence {
    /// Whether the host believes that a card is in.
    pub(super) fn is_present(&self) -> bool {
        self.told
    }

    /// The card has power from now on: should it lose it, it was taken out.
    pub(super) fn set_powered(&mut self, powered: bool) {
        self.powered = powered;
    }

    /// The reader is away: the card may be changed unseen.
    pub(super) fn lose_sight(&mut self) {
        self.powered = false;
        self.changing_since = None;
        self.unsure = true;
    }

    /// The contacts moved: the debounce time starts again.
    pub(super) fn contacts_moved(&mut self) {
        self.changing_since = None;
    }

    /// The card is known to be out; whether that is news.
    pub(super) fn card_lost(&mut self) -> bool {
        self.powered = false;
        self.changing_since = None;
        core::mem::take(&mut self.told)
    }

    /// Takes in what the reader says of the slot.
    pub(super) fn observe(&mut self, now: Instant, icc: IccState) -> Change {
        let mut change = Change::default();
        if self.powered && icc != IccState::Active {
            change.removed = self.card_lost();
        }
        let present = icc != IccState::Absent;
        if core::mem::take(&mut self.unsure) && self.told && present {
            change.present = true;
        }
        if present == self.told {
            self.changing_since = None;
            return change;
        }
        let since = *self.changing_since.get_or_insert(now);
        if now.since(since) >= DEBOUNCE {
            self.changing_since = None;
            self.told = present;
            change.present |= present;
            change.removed |= !present;
        }
        change
    }

    /// When to look again.
    pub(super) fn next_look(&self, now: Instant) -> Instant {
        self.changing_since.map_or(now + POLL_INTERVAL, |since| since + DEBOUNCE)
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Presence};
    use crate::{card::message::IccState, time::Instant};

    const NOTHING: Change = Change { removed: false, present: false };
    const PRESENT: Change = Change { removed: false, present: true };
    const REMOVED: Change = Change { removed: true, present: false };

    fn at(ms: u64) -> Instant {
        Instant::from_millis(ms)
    }

    fn with_card() -> Presence {
        let mut presence = Presence::default();
        assert_eq!(presence.observe(at(0), IccState::Inactive), NOTHING);
        assert_eq!(presence.observe(at(100), IccState::Inactive), PRESENT);
        presence
    }

    #[test]
    fn a_bouncing_contact_is_told_once() {
        let mut presence = Presence::default();
        assert_eq!(presence.observe(at(0), IccState::Inactive), NOTHING);
        assert_eq!(presence.observe(at(50), IccState::Absent), NOTHING);
        assert_eq!(presence.observe(at(60), IccState::Inactive), NOTHING);
        assert_eq!(presence.observe(at(159), IccState::Inactive), NOTHING);
        presence.contacts_moved();
        assert_eq!(presence.observe(at(160), IccState::Inactive), NOTHING);
        assert_eq!(presence.observe(at(260), IccState::Inactive), PRESENT);
        assert_eq!(presence.observe(at(400), IccState::Inactive), NOTHING);
    }

    #[test]
    fn a_card_that_lost_its_power_is_another_card() {
        let mut presence = with_card();
        presence.set_powered(true);
        assert_eq!(presence.observe(at(500), IccState::Active), NOTHING);
        assert_eq!(presence.observe(at(900), IccState::Inactive), REMOVED);
        assert_eq!(presence.observe(at(1000), IccState::Inactive), PRESENT);
    }

    #[test]
    fn after_the_reader_was_away_presence_is_told_anew() {
        let mut presence = with_card();
        presence.lose_sight();
        assert_eq!(presence.observe(at(5000), IccState::Inactive), PRESENT);
        presence.lose_sight();
        assert_eq!(presence.observe(at(9000), IccState::Absent), NOTHING);
        assert_eq!(presence.observe(at(9100), IccState::Absent), REMOVED);
    }
}
