//! Calls for staff: who is wanted here, and what the patron sees of it.

use std::mem;

use super::event::{Effect, StaffReason};
use super::limits::Limits;

/// The calls now open. Holds nothing personal.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Staff {
    asked_until: Option<u64>,
    overlay_until: Option<u64>,
    printer: bool,
    card_left: bool,
    /// Sound and light remind of the card.
    reminding_card: bool,
    document_left: bool,
    /// Sound and light remind of the document.
    reminding_document: bool,
    doubted_until: Option<u64>,
    /// A journal that fills up does so for weeks: the call is made, and does not stand till then.
    journal_until: Option<u64>,
}

impl Staff {
    /// The patron has asked and nobody has come yet.
    pub(crate) fn asked(&self) -> bool {
        self.asked_until.is_some()
    }

    /// The message lies over the page.
    pub(crate) fn overlay(&self) -> bool {
        self.overlay_until.is_some()
    }

    /// The patron touched 呼叫工作人员; a second touch shows the message again and calls nobody anew.
    pub(crate) fn ask(&mut self, now_ms: u64, limits: &Limits, effects: &mut Vec<Effect>) {
        if !self.asked() {
            effects.push(Effect::CallStaff { reason: StaffReason::Asked });
        }
        self.asked_until = Some(now_ms.saturating_add(limits.staff_call_ms));
        self.overlay_until = Some(now_ms.saturating_add(limits.staff_overlay_ms));
    }

    /// Calls staff for something the kiosk itself has noticed; once until it is settled.
    pub(crate) fn call(
        &mut self,
        reason: StaffReason,
        now_ms: u64,
        limits: &Limits,
        effects: &mut Vec<Effect>,
    ) {
        let was_open = match reason {
            StaffReason::Asked => return,
            StaffReason::Printer => mem::replace(&mut self.printer, true),
            StaffReason::CardLeft => mem::replace(&mut self.card_left, true),
            StaffReason::DocumentLeft => mem::replace(&mut self.document_left, true),
            StaffReason::Journal => {
                let until = now_ms.saturating_add(limits.staff_call_ms);
                self.journal_until.replace(until).is_some()
            }
            StaffReason::DocumentDoubted => {
                let until = now_ms.saturating_add(limits.staff_call_ms);
                self.doubted_until.replace(until).is_some()
            }
        };
        if !was_open {
            effects.push(Effect::CallStaff { reason });
        }
    }

    /// Sound and light for a card in the slot; once until it is taken.
    pub(crate) fn remind_card(&mut self, effects: &mut Vec<Effect>) {
        if !mem::replace(&mut self.reminding_card, true) {
            effects.push(Effect::RemindCard);
        }
    }

    /// Sound and light for a document on the reader; once until it is lifted.
    pub(crate) fn remind_document(&mut self, effects: &mut Vec<Effect>) {
        if !mem::replace(&mut self.reminding_document, true) {
            effects.push(Effect::RemindDocument);
        }
    }

    /// A reason has gone; the call is over when no reason is left.
    pub(crate) fn settle(&mut self, reason: StaffReason, effects: &mut Vec<Effect>) {
        let before = self.any();
        match reason {
            StaffReason::Asked => (self.asked_until, self.overlay_until) = (None, None),
            StaffReason::Printer => self.printer = false,
            StaffReason::CardLeft => (self.card_left, self.reminding_card) = (false, false),
            StaffReason::DocumentLeft => {
                (self.document_left, self.reminding_document) = (false, false);
            }
            StaffReason::DocumentDoubted => self.doubted_until = None,
            StaffReason::Journal => self.journal_until = None,
        }
        if before && !self.any() {
            effects.push(Effect::DismissStaff);
        }
    }

    /// The message goes, the call stays.
    pub(crate) fn close_overlay(&mut self) {
        self.overlay_until = None;
    }

    /// Time has passed.
    pub(crate) fn tick(&mut self, now_ms: u64, effects: &mut Vec<Effect>) {
        if self.overlay_until.is_some_and(|until| now_ms >= until) {
            self.overlay_until = None;
        }
        if self.asked_until.is_some_and(|until| now_ms >= until) {
            self.settle(StaffReason::Asked, effects);
        }
        if self.doubted_until.is_some_and(|until| now_ms >= until) {
            self.settle(StaffReason::DocumentDoubted, effects);
        }
        if self.journal_until.is_some_and(|until| now_ms >= until) {
            self.settle(StaffReason::Journal, effects);
        }
    }

    /// When [`Self::tick`] is due.
    pub(crate) fn deadline(&self) -> Option<u64> {
        let untils = [self.overlay_until, self.asked_until, self.doubted_until, self.journal_until];
        untils.into_iter().flatten().min()
    }

    fn any(&self) -> bool {
        let reminding = self.reminding_card || self.reminding_document;
        let left = self.card_left || self.document_left || reminding;
        let told = self.doubted_until.is_some() || self.journal_until.is_some();
        self.asked() || self.printer || left || told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_for_the_journal_is_made_once_and_does_not_stand_for_weeks() {
        let (mut staff, limits, mut effects) = (Staff::default(), Limits::default(), Vec::new());
        let call = Effect::CallStaff { reason: StaffReason::Journal };
        staff.call(StaffReason::Journal, 0, &limits, &mut effects);
        staff.call(StaffReason::Journal, 1, &limits, &mut effects);
        assert_eq!(effects, std::slice::from_ref(&call));
        assert_eq!(staff.deadline(), Some(limits.staff_call_ms + 1));
        staff.tick(limits.staff_call_ms, &mut effects);
        staff.tick(limits.staff_call_ms + 1, &mut effects);
        assert_eq!(effects, [call.clone(), Effect::DismissStaff]);
        staff.call(StaffReason::Journal, limits.staff_call_ms + 2, &limits, &mut effects);
        staff.settle(StaffReason::Journal, &mut effects);
        assert_eq!(effects.len(), 4, "called anew, and settled");
        assert_eq!(staff.deadline(), None);
    }
}
