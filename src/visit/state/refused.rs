//! The card, or who it belongs to, could not be made out. Nothing personal is left.

use super::idle::Idle;
use super::reading::Reading;
use super::take_card::TakeCard;
use super::{Stage, ignore};
use crate::visit::cx::Cx;
use crate::visit::devices::Slot;
use crate::visit::event::{CardNews, CardTrouble, Event, Tap};
use crate::visit::patience::Patience;
use crate::visit::pending::LedgerTrouble;

/// Why no visit could begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The card could not be read.
    Card(CardTrouble),
    /// The card's last day has passed.
    Expired,
    /// The ledger has the card as reported lost.
    ReportedLost,
    /// The ledger does not know the holder.
    UnknownPerson,
    /// The card's number and its document number belong to two persons.
    Mismatch,
    /// The ledger could not be asked.
    Ledger(LedgerTrouble),
}

impl Refusal {
    /// Reading the same card once more may help.
    pub(crate) fn retry_helps(self) -> bool {
        match self {
            Self::Card(CardTrouble::Mute | CardTrouble::Unreadable | CardTrouble::ReaderAway)
            | Self::Ledger(_) => true,
            Self::Card(CardTrouble::PulledOut | CardTrouble::NotSocialCard)
            | Self::Expired
            | Self::ReportedLost
            | Self::UnknownPerson
            | Self::Mismatch => false,
        }
    }
}

/// Telling why, and what to do.
pub(crate) struct Refused {
    pub why: Refusal,
    pub patience: Patience,
    /// With an empty slot the message goes by itself, without a question.
    gone_at_ms: Option<u64>,
}

impl Refused {
    pub(crate) fn enter(cx: &mut Cx, why: Refusal) -> Stage {
        let empty = cx.devices.slot == Slot::Empty;
        let gone_at_ms = empty.then(|| cx.after(cx.limits.message_ms));
        Stage::Refused(Self { why, patience: Patience::new(cx), gone_at_ms })
    }

    /// A card is in the slot, so that reading can be tried again and the card must be taken.
    pub(crate) fn has_card(&self) -> bool {
        self.gone_at_ms.is_none()
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, event: Event) -> Stage {
        match event {
            Event::Card(CardNews::Removed) if self.why == Refusal::Card(CardTrouble::PulledOut) => {
                self.gone_at_ms = Some(cx.after(cx.limits.message_ms));
                self.patience = Patience::new(cx);
            }
            Event::Card(CardNews::Removed) => return Idle::enter(),
            Event::Card(CardNews::Inserted) if cx.devices.card_is_new() => {
                return Reading::enter(cx);
            }
            Event::Tick => match self.gone_at_ms {
                Some(at_ms) if cx.due(at_ms) => return Idle::enter(),
                Some(_) => {}
                None if self.patience.tick(cx) => return TakeCard::enter(cx),
                None => {}
            },
            Event::Tap(tap) => return self.tapped(cx, tap),
            other => ignore(cx, &other),
        }
        Stage::Refused(self)
    }

    fn tapped(mut self, cx: &mut Cx, tap: Tap) -> Stage {
        let allowed = !self.patience.warned() || tap == Tap::StillHere;
        match tap {
            Tap::StillHere if self.patience.warned() => {}
            Tap::Retry if allowed && self.has_card() && self.why.retry_helps() => {
                return Reading::enter(cx);
            }
            Tap::Finish if allowed && self.has_card() => return TakeCard::enter(cx),
            Tap::Back if allowed && !self.has_card() => return Idle::enter(),
            _ => {
                ignore(cx, &Event::Tap(tap));
                if !allowed {
                    return Stage::Refused(self);
                }
            }
        }
        self.patience = Patience::new(cx);
        Stage::Refused(self)
    }

    pub(crate) fn deadline(&self) -> u64 {
        self.gone_at_ms.unwrap_or_else(|| self.patience.deadline())
    }
}
