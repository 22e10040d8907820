//! No card, no document, no code: the ID number is typed, and the query password proves whose it is.
//!
//! Who knows a number learns nothing by it, not even that its owner is insured: nothing is said of the
//! number before the password is there, and whatever is wrong with either is said in the same words,
//! after the same time. What is typed lives here alone, and is wiped when the pages are left.

mod proving;

pub(crate) use proving::Proving;

use super::help::HallHelp;
use super::refused::{Refusal, Refused};
use super::{Stage, ignore};
use crate::domain::id_number::{IdNumber, IdNumberError};
use crate::policy::Policy;
use crate::policy::schema::SecondFactor;
use crate::visit::cx::Cx;
use crate::visit::entered::Entered;
use crate::visit::event::{Event, Tap};
use crate::visit::patience::Patience;

/// Characters of a document number (GB 11643).
pub(crate) const ID_NUMBER_LENGTH: u8 = 18;
/// Digits of a query password.
pub(crate) const PASSWORD_LENGTH: u8 = 6;
/// So often number and password may be wrong before a window is the only way: fewer than the ledger's
/// own bound, which is never told here.
const TRIES_MAX: u8 = 3;

/// Whether the rules let a query password prove who somebody is.
pub(crate) fn allowed(policy: Option<&Policy>) -> bool {
    let factors = policy.and_then(|policy| policy.rules.second_factors.as_ref());
    factors.is_some_and(|factors| factors.value.contains(&SecondFactor::QueryPassword))
}

/// What the pad says of what was typed last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Note {
    /// No document has such a number.
    IdNumber(IdNumberError),
    /// Number and password do not belong together, or there is no such person or password, or it is
    /// locked: which of them is never told. So many tries are left here, at least one.
    Wrong {
        /// How many.
        tries_left: u8,
    },
    /// The ledger could not be asked, so that no try was used up.
    NotChecked,
    /// The ledger gave no answer: the try may have been used up.
    NoAnswer,
}

/// The pad shown.
pub(crate) enum Asks {
    /// For the number.
    Number,
    /// For the password of who has this number.
    Password(IdNumber, Entered),
}

/// The pads. Personal.
pub(crate) struct Typing {
    /// What lies behind.
    pub hall: HallHelp,
    /// The number as it is typed.
    number: Entered,
    pub asks: Asks,
    pub note: Option<Note>,
    /// So often something was wrong.
    wrong: u8,
    pub patience: Patience,
}

impl Typing {
    /// Asks for the number.
    pub(crate) fn enter(cx: &Cx, hall: HallHelp) -> Stage {
        let number = Entered::of(ID_NUMBER_LENGTH, |c| c.is_ascii_digit() || c == b'X');
        let (asks, patience) = (Asks::Number, Patience::new(cx));
        Stage::Typing(Box::new(Self { hall, number, asks, note: None, wrong: 0, patience }))
    }

    /// The number as far as it is typed; it is shown, so that it can be compared.
    pub(crate) fn number(&self) -> &str {
        self.number.reveal()
    }

    /// How many characters the pad holds, and how many it wants.
    pub(crate) fn filled(&self) -> (u8, u8) {
        match &self.asks {
            Asks::Number => (self.number.count(), ID_NUMBER_LENGTH),
            Asks::Password(_, password) => (password.count(), PASSWORD_LENGTH),
        }
    }

    /// As much is in as is wanted.
    pub(crate) fn complete(&self) -> bool {
        let (filled, wanted) = self.filled();
        filled == wanted
    }

    pub(crate) fn handle(mut self: Box<Self>, cx: &mut Cx, event: Event) -> Stage {
        match event {
            Event::Card(_) | Event::Document(_) | Event::Code(_) => {
                return match self.hall.idle.handle(cx, event) {
                    Stage::Idle(idle) => {
                        self.hall.idle = idle;
                        Stage::Typing(self)
                    }
                    begun => begun,
                };
            }
            Event::Tick => {
                if self.patience.tick(cx) {
                    return Stage::Idle(self.hall.idle);
                }
            }
            Event::Tap(Tap::StillHere) if self.patience.warned() => {
                self.patience = Patience::new(cx);
            }
            Event::Tap(tap) if !self.patience.warned() => {
                self.patience = Patience::new(cx);
                return self.tapped(cx, tap);
            }
            other => ignore(cx, &other),
        }
        Stage::Typing(self)
    }

    pub(crate) fn deadline(&self) -> u64 {
        self.patience.deadline()
    }

    fn tapped(mut self: Box<Self>, cx: &mut Cx, tap: Tap) -> Stage {
        let number = matches!(self.asks, Asks::Number);
        match tap {
            Tap::Key(key) if self.entered().key(key) => {
                if number {
                    self.note = None;
                }
            }
            Tap::Back if number => return self.hall.again(cx),
            Tap::Back => {
                self.asks = Asks::Number;
                self.note = None;
            }
            Tap::Skip if !number => return Refused::enter(cx, Refusal::NoPassword),
            Tap::Confirm if self.complete() => return self.confirm(cx),
            _ => ignore(cx, &Event::Tap(tap)),
        }
        Stage::Typing(self)
    }

    /// What the pad shown is filling.
    fn entered(&mut self) -> &mut Entered {
        match &mut self.asks {
            Asks::Number => &mut self.number,
            Asks::Password(_, password) => password,
        }
    }

    fn confirm(mut self: Box<Self>, cx: &mut Cx) -> Stage {
        if let Asks::Password(number, password) = &self.asks {
            let (number, password) = (number.clone(), password.reveal().into());
            return Proving::enter(cx, self, number, password);
        }
        match IdNumber::parse(self.number()) {
            Ok(number) => {
                self.asks = Asks::Password(number, Entered::new(PASSWORD_LENGTH));
                self.note = None;
            }
            Err(error) => self.note = Some(Note::IdNumber(error)),
        }
        Stage::Typing(self)
    }

    /// The password is asked once more, with a word on why.
    fn again(mut self: Box<Self>, cx: &Cx, note: Note) -> Stage {
        if let Asks::Password(_, password) = &mut self.asks {
            *password = Entered::new(PASSWORD_LENGTH);
        }
        self.note = Some(note);
        self.patience = Patience::new(cx);
        Stage::Typing(self)
    }

    /// Number and password do not go together.
    fn wrong(mut self: Box<Self>, cx: &mut Cx) -> Stage {
        self.wrong = self.wrong.saturating_add(1);
        match TRIES_MAX.saturating_sub(self.wrong) {
            0 => Refused::enter(cx, Refusal::NotProved),
            tries_left => self.again(cx, Note::Wrong { tries_left }),
        }
    }
}
