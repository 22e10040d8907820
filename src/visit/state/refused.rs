//! The card, document, code or typed number, or who it belongs to, could not be made out. Nothing
//! personal is left.

use super::reading::Reading;
use super::take_card::TakeCard;
use super::{Stage, by_medium, ignore, leave};
use crate::visit::cx::Cx;
use crate::visit::devices::Slot;
use crate::visit::event::{
    CardNews, CardTrouble, DocumentNews, DocumentTrouble, Event, StaffReason, Tap,
};
use crate::visit::medium::MediumKind;
use crate::visit::patience::Patience;
use crate::visit::pending::LedgerTrouble;

/// Why no visit could begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The card could not be read.
    Card(CardTrouble),
    /// The document could not be read.
    Document(DocumentTrouble),
    /// The last day of the card or document has passed.
    Expired(MediumKind),
    /// The ledger has the card as reported lost.
    ReportedLost,
    /// The ledger does not know the holder.
    UnknownPerson(MediumKind),
    /// What the card or document says belongs to two persons.
    Mismatch(MediumKind),
    /// The code is not known, used or too old.
    CodeInvalid,
    /// A number and a query password were typed that do not belong together, or whatever else is wrong
    /// with them: it is not told which.
    NotProved,
    /// Whoever types does not know the query password.
    NoPassword,
    /// The ledger could not be asked.
    Ledger(LedgerTrouble, MediumKind),
}

impl Refusal {
    /// Reading the same card once more may help.
    pub(crate) fn retry_helps(self) -> bool {
        match self {
            Self::Card(CardTrouble::Mute | CardTrouble::Unreadable | CardTrouble::ReaderAway)
            | Self::Ledger(_, MediumKind::Card) => true,
            Self::Card(CardTrouble::PulledOut | CardTrouble::NotSocialCard)
            | Self::Document(_)
            | Self::Expired(_)
            | Self::ReportedLost
            | Self::UnknownPerson(_)
            | Self::Mismatch(_)
            | Self::CodeInvalid
            | Self::NotProved
            | Self::NoPassword
            | Self::Ledger(_, MediumKind::Document | MediumKind::Code | MediumKind::Typed) => false,
        }
    }

    /// The medium that was refused.
    pub(crate) fn kind(self) -> MediumKind {
        match self {
            Self::Card(_) | Self::ReportedLost => MediumKind::Card,
            Self::Document(_) => MediumKind::Document,
            Self::CodeInvalid => MediumKind::Code,
            Self::NotProved | Self::NoPassword => MediumKind::Typed,
            Self::Expired(kind)
            | Self::UnknownPerson(kind)
            | Self::Mismatch(kind)
            | Self::Ledger(_, kind) => kind,
        }
    }
}

/// Telling why, and what to do.
pub(crate) struct Refused {
    pub why: Refusal,
    pub patience: Patience,
    has_card: bool,
    /// Of a card that is gone the message goes by itself, without a question.
    gone_at_ms: Option<u64>,
}

impl Refused {
    pub(crate) fn enter(cx: &mut Cx, why: Refusal) -> Stage {
        if why == Refusal::Document(DocumentTrouble::NotGenuine) {
            cx.call_staff(StaffReason::DocumentDoubted);
        }
        let has_card = cx.devices.slot != Slot::Empty;
        let gone = !has_card && why.kind() == MediumKind::Card;
        let gone_at_ms = gone.then(|| cx.after(cx.limits.message_ms));
        Stage::Refused(Self { why, patience: Patience::new(cx), has_card, gone_at_ms })
    }

    /// A card is in the slot, so that reading can be tried again and the card must be taken.
    pub(crate) fn has_card(&self) -> bool {
        self.has_card
    }

    /// The message stands until it is touched, or the patron has been asked.
    pub(crate) fn stands(&self) -> bool {
        self.gone_at_ms.is_none()
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, event: Event) -> Stage {
        let event = match by_medium(cx, event) {
            Ok(stage) => return stage,
            Err(event) => event,
        };
        match event {
            Event::Card(CardNews::Removed) => match self.why {
                Refusal::Card(CardTrouble::PulledOut) => {
                    self.has_card = false;
                    self.gone_at_ms = Some(cx.after(cx.limits.message_ms));
                    self.patience = Patience::new(cx);
                }
                why if why.kind() == MediumKind::Card => return leave(cx),
                _ => self.has_card = false,
            },
            Event::Card(CardNews::Inserted) if cx.devices.card_is_new() => {
                return Reading::enter(cx);
            }
            // The patron may read on, and put it down again.
            Event::Document(DocumentNews::Placed | DocumentNews::Lifted) => {}
            Event::Tick => match self.gone_at_ms {
                Some(at_ms) if cx.due(at_ms) => return leave(cx),
                Some(_) => {}
                None if self.patience.tick(cx) => return self.over(cx),
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
            Tap::Retry if allowed && self.has_card && self.why.retry_helps() => {
                return Reading::enter(cx);
            }
            Tap::Finish if allowed && self.has_card => return TakeCard::enter(cx),
            Tap::Back if allowed && !self.has_card => return leave(cx),
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

    fn over(self, cx: &mut Cx) -> Stage {
        if self.has_card { TakeCard::enter(cx) } else { leave(cx) }
    }

    pub(crate) fn deadline(&self) -> u64 {
        self.gone_at_ms.unwrap_or_else(|| self.patience.deadline())
    }
}
