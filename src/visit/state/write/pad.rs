//! The card's PIN or the query password is entered. The digits live here alone, and only until they
//! are checked or the page is left.

use super::{Checking, Draft, Review, Unproved, Why, WritePage, factor};
use crate::policy::schema::SecondFactor;
use crate::visit::cx::Cx;
use crate::visit::entered::Entered;
use crate::visit::event::{Event, Tap};
use crate::visit::patron::Patron;
use crate::visit::pending::LedgerTrouble;
use crate::visit::state::ignore;
use crate::visit::state::page::{Next, Page};

/// Fewest digits of a card's PIN.
const PIN_DIGITS_MIN: u8 = 4;
/// Most digits of a card's PIN; cards in use have six.
const PIN_DIGITS_MAX: u8 = 12;
/// Digits of a query password.
const PASSWORD_DIGITS: u8 = 6;

/// What the pad says of the last entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PadNote {
    /// It was wrong; so many tries are left, at least one.
    Wrong {
        /// How many.
        tries_left: u8,
    },
    /// The ledger could not be asked, so that no try was used up.
    NotChecked(LedgerTrouble),
}

/// The pad.
pub(crate) struct Pad {
    draft: Draft,
    pub factor: SecondFactor,
    entered: Entered,
    pub note: Option<PadNote>,
}

impl Pad {
    /// Asks for the PIN or the password, if it can be checked now.
    pub(super) fn enter(
        cx: &Cx,
        patron: &Patron,
        draft: Draft,
        factor: SecondFactor,
        note: Option<PadNote>,
    ) -> Page {
        if !factor::can_check(cx.devices, patron, factor) {
            return Unproved::enter(draft, Why::NoneUsable);
        }
        let entered = Entered::new(wanted(factor).1);
        Page::Write(WritePage::Pad(Self { draft, factor, entered, note }))
    }

    pub(crate) fn handle(mut self, cx: &mut Cx, patron: &mut Patron, event: Event) -> Next {
        match event {
            Event::Tap(Tap::Key(key)) if self.entered.key(key) => {}
            Event::Tap(Tap::Back) => return Review::enter(self.draft).into(),
            Event::Tap(Tap::Skip) => {
                return Unproved::enter(self.draft, Why::Forgotten(self.factor)).into();
            }
            Event::Tap(Tap::Confirm) if self.complete() => {
                return Checking::enter(cx, patron, self.draft, self.factor, &self.entered).into();
            }
            other => ignore(cx, &other),
        }
        Page::Write(WritePage::Pad(self)).into()
    }

    /// How many digits are in.
    pub(crate) fn filled(&self) -> u8 {
        self.entered.count()
    }

    /// How many digits it has; 0: as many as there are.
    pub(crate) fn wanted(&self) -> u8 {
        let (least, most) = wanted(self.factor);
        if least == most { most } else { 0 }
    }

    /// Enough digits are in to be checked.
    pub(crate) fn complete(&self) -> bool {
        self.entered.count() >= wanted(self.factor).0
    }
}

/// The fewest and the most digits.
fn wanted(factor: SecondFactor) -> (u8, u8) {
    match factor {
        SecondFactor::CardPin => (PIN_DIGITS_MIN, PIN_DIGITS_MAX),
        SecondFactor::QueryPassword | SecondFactor::Staff => (PASSWORD_DIGITS, PASSWORD_DIGITS),
    }
}
