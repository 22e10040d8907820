//! What the suite found.

use core::fmt;
use std::{string::String, vec::Vec};

/// A contract that is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Check {
    /// Every command succeeds with a device in order, and the device is told to be online.
    Works,
    /// Before `link_opened` and after `link_lost` nothing is pending and no timeout is due.
    SilentWhenClosed,
    /// Commands are refused while there is no link.
    RefusedWhenClosed,
    /// Every accepted command ends in exactly one final event, whatever happens.
    OneFinalEvent,
    /// It does so within the limit that the subject names; at once when the link is lost.
    InTime,
    /// How received bytes are split changes no event and no time.
    AnySplit,
    /// Junk on the line is survived.
    Junk,
    /// A success is claimed only for what the device did.
    Truth,
    /// However few bytes a write takes, the command succeeds.
    ShortWrites,
    /// Pending output stays the same until it is taken.
    StableOutput,
    /// A timeout is in the future once it was handled.
    TimeMovesOn,
    /// Time may leap.
    TimeLeap,
    /// A call of `handle_timeout` that is not due changes nothing.
    EarlyTimeout,
    /// A state is told when it changes, never twice.
    StateChanges,
    /// A lost link is told as no device.
    LossIsTold,
    /// A device that falls silent is told not to be online.
    SilenceIsTold,
    /// Once a disturbance is over, commands succeed again.
    Recovery,
    /// A final event waits for a host that polls late.
    LateHost,
    /// The same calls give the same bytes and events.
    Repeatable,
}

impl Check {
    /// All checks, in the order in which they are reported.
    pub const ALL: [Self; 19] = [
        Self::Works,
        Self::SilentWhenClosed,
        Self::RefusedWhenClosed,
        Self::OneFinalEvent,
        Self::InTime,
        Self::AnySplit,
        Self::Junk,
        Self::Truth,
        Self::ShortWrites,
        Self::StableOutput,
        Self::TimeMovesOn,
        Self::TimeLeap,
        Self::EarlyTimeout,
        Self::StateChanges,
        Self::LossIsTold,
        Self::SilenceIsTold,
        Self::Recovery,
        Self::LateHost,
        Self::Repeatable,
    ];

    /// What must hold.
    pub const fn contract(self) -> &'static str {
        match self {
            Self::Works => "every command succeeds with a device in order",
            Self::SilentWhenClosed => "without a link nothing is pending and no timeout is due",
            Self::RefusedWhenClosed => "without a link every command is refused",
            Self::OneFinalEvent => "every accepted command ends in exactly one final event",
            Self::InTime => "every command ends within its limit",
            Self::AnySplit => "the split of received bytes changes nothing",
            Self::Junk => "junk on the line is survived",
            Self::Truth => "a success is claimed only for what the device did",
            Self::ShortWrites => "writes of any size do",
            Self::StableOutput => "pending output stays the same until it is taken",
            Self::TimeMovesOn => "a handled timeout is not due again at once",
            Self::TimeLeap => "a leap of time is survived",
            Self::EarlyTimeout => "a timeout handled early changes nothing",
            Self::StateChanges => "a state is told when it changes",
            Self::LossIsTold => "a lost link is told as no device",
            Self::SilenceIsTold => "a silent device is not told to be online",
            Self::Recovery => "after a disturbance commands succeed again",
            Self::LateHost => "a final event waits for a late host",
            Self::Repeatable => "the same calls give the same bytes and events",
        }
    }
}

/// A breach: which contract, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Breach {
    pub(super) check: Check,
    pub(super) sentence: String,
}

/// What became of each check; shown, it is a table with one line a check.
#[derive(Clone, Debug, Default)]
pub struct Report {
    breaches: Vec<Breach>,
}

impl Report {
    /// Adds breaches; of each check the first is kept.
    pub(super) fn add(&mut self, breaches: impl IntoIterator<Item = Breach>) {
        for breach in breaches {
            if self.breach(breach.check).is_none() {
                self.breaches.push(breach);
            }
        }
    }

    /// How a contract was broken first; `None` when it holds.
    pub fn breach(&self, check: Check) -> Option<&str> {
        self.breaches.iter().find(|b| b.check == check).map(|b| b.sentence.as_str())
    }

    /// Nothing, or the error that makes a test fail.
    ///
    /// # Errors
    /// Every broken contract with a sentence.
    pub fn verdict(self) -> Result<(), Broken> {
        if self.breaches.is_empty() { Ok(()) } else { Err(Broken(self)) }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for check in Check::ALL {
            match self.breach(check) {
                None => writeln!(f, "ok      {check:?}: {}", check.contract())?,
                Some(sentence) => {
                    writeln!(f, "BROKEN  {check:?}: {}; but {sentence}", check.contract())?;
                }
            }
        }
        Ok(())
    }
}

/// Contracts that a driver breaks.
#[derive(Clone)]
pub struct Broken(Report);

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Breach { check, sentence } in &self.0.breaches {
            write!(f, "\n{check:?}: {}; but {sentence}", check.contract())?;
        }
        Ok(())
    }
}

/// As shown, since this is what a failed test prints.
impl fmt::Debug for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for Broken {}
