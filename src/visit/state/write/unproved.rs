//! No second factor could be proved: why, and the ways on. Nothing has been written.

use super::{Draft, Review, WritePage, factor};
use crate::policy::schema::SecondFactor;
use crate::visit::cx::Cx;
use crate::visit::devices::Devices;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// Why nothing could be proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// The kiosk has no rules for the person's region.
    NoRules,
    /// None of those that the region takes can be checked now.
    NoneUsable,
    /// The card takes no PIN any more.
    PinBlocked,
    /// The card or the reader cannot check one; no try was used up.
    PinNotPossible,
    /// What the card said was lost; a try may be used up.
    PinUnknown,
    /// The ledger takes no password of this person any more.
    PasswordLocked,
    /// The person has none.
    PasswordNotSet,
    /// What the ledger said was lost; a try may be used up.
    PasswordUnknown,
    /// The patron does not know it.
    Forgotten(SecondFactor),
}

/// Telling so.
pub(crate) struct Unproved {
    draft: Draft,
    pub why: Why,
}

impl Unproved {
    pub(super) fn enter(draft: Draft, why: Why) -> Page {
        Page::Write(WritePage::Unproved(Self { draft, why }))
    }

    /// Trying once more, or another way, may help.
    pub(crate) fn retry_helps(&self, devices: &Devices, patron: &Patron) -> bool {
        let usable = factor::usable(devices, patron);
        match self.why {
            Why::NoRules => false,
            Why::Forgotten(forgotten) => usable.iter().any(|factor| *factor != forgotten),
            // The card can be put in, or its reader come back.
            Why::NoneUsable => {
                let card = SecondFactor::CardPin;
                !usable.is_empty()
                    || factor::asked(patron).contains(&card) && !patron.is_barred(card)
            }
            _ => !usable.is_empty(),
        }
    }

    pub(crate) fn handle(self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Back) => Review::enter(self.draft).into(),
            Event::Tap(Tap::Retry) if self.retry_helps(cx.devices, patron) => {
                factor::begin(cx, patron, self.draft).into()
            }
            other => {
                ignore(cx, &other);
                Page::Write(WritePage::Unproved(self)).into()
            }
        }
    }
}
