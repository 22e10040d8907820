//! What an integrator tells the suite about a device.

use std::string::String;

use crate::{
    driver::{DeviceState, Driver, Machine},
    time::{Duration, Instant},
};

/// How a command ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done. The text says what the driver claims, without anything that differs from one
    /// good run to the next: every good run of a command must claim the same.
    Success(String),
    /// It was not done, and why.
    Failure(String),
}

/// An event of the driver, as the suite sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The device's state changed.
    State(DeviceState),
    /// The final event of a command.
    Done {
        /// Which one: an index below [`Subject::commands`].
        command: usize,
        /// How it ended.
        outcome: Outcome,
    },
    /// A medium was read without a command of its own; the text is as in [`Outcome::Success`].
    Found(String),
    /// Anything else; the text tells one such event from another.
    Other(String),
}

/// How long things may take, in told time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// From an open link to a device in order, or from a disturbance's end, to the moment when a
    /// command is accepted.
    pub ready: Duration,
    /// From the moment a command is accepted to its final event, whatever happens.
    pub command: Duration,
    /// From the moment a device falls silent to an event that says so; `None` for a device that
    /// never speaks unasked, whose silence means nothing.
    pub gone: Option<Duration>,
}

/// A driver, its simulated device, and what can happen between them.
///
/// Only the first methods must be written; the others are for devices with a medium, with faults
/// of their own, or with commands that need more than a submission.
pub trait Subject {
    /// The driver.
    type Driver: Driver;
    /// The device's end of the link.
    type Simulator: Machine;

    /// A driver without a link.
    fn driver(&self) -> Self::Driver;

    /// A device in order, without a link.
    fn simulator(&self) -> Self::Simulator;

    /// How long things may take.
    fn limits(&self) -> Limits;

    /// The command number `index`; each of them succeeds with a device in order.
    fn command(&self, index: usize) -> <Self::Driver as Driver>::Command;

    /// What an event means.
    fn news(&self, event: &<Self::Driver as Driver>::Event) -> News;

    /// How many commands there are.
    fn commands(&self) -> usize {
        1
    }

    /// Another command that must have succeeded just before; it must not name one itself.
    fn after(&self, index: usize) -> Option<usize> {
        let _ = index;
        None
    }

    /// Whether the command is a setting that the driver keeps: it is also accepted without a link,
    /// and its end may stand for those before it whose ends were not polled.
    fn is_setting(&self, index: usize) -> bool {
        let _ = index;
        false
    }

    /// Does the host's further part of a command: writes a page, answers a question.
    ///
    /// Called with every event before [`news`](Self::news).
    fn follow(
        &self,
        driver: &mut Self::Driver,
        now: Instant,
        event: &<Self::Driver as Driver>::Event,
    ) {
        let _ = (driver, now, event);
    }

    /// Gives up the command under way, for a driver that waits for a person (paper, a card) as long
    /// as the host likes; `false` when every command ends by itself.
    fn cancel(&self, driver: &mut Self::Driver, now: Instant) -> bool {
        let _ = (driver, now);
        false
    }

    /// Prepares the device for a command: puts a medium in, takes old paper away.
    ///
    /// A device that reads its medium unasked must do so after each [`remove`](Self::remove) and
    /// `present`.
    fn present(&self, simulator: &mut Self::Simulator, now: Instant) {
        let _ = (simulator, now);
    }

    /// Takes the medium away; `false` when the device has none.
    fn remove(&self, simulator: &mut Self::Simulator, now: Instant) -> bool {
        let _ = (simulator, now);
        false
    }

    /// In how many ways the device itself can fail.
    fn faults(&self) -> usize {
        0
    }

    /// Makes the device fail in the way number `index`.
    fn fail(&self, simulator: &mut Self::Simulator, now: Instant, index: usize) {
        let _ = (simulator, now, index);
    }

    /// Ends every failure; the medium may be left away.
    fn mend(&self, simulator: &mut Self::Simulator, now: Instant) {
        let _ = (simulator, now);
    }

    /// Whether the device really did what a success claims.
    fn is_true(&self, simulator: &mut Self::Simulator, claim: &str) -> bool {
        let _ = (simulator, claim);
        true
    }

    /// Whether the protocol can tell junk from an answer, by a checksum or by its form.
    ///
    /// When not, junk on the line may be taken for content, and only the rest is checked.
    fn tells_junk(&self) -> bool {
        true
    }
}
