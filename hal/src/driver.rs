//! What every driver and every simulator looks like from outside.

use crate::time::Instant;

/// A sans-IO protocol machine at one end of a byte link.
///
/// The owner of the link, in a loop:
/// - hands received bytes to [`receive`](Self::receive);
/// - writes what [`pending_output`](Self::pending_output) shows and reports how much was taken with
///   [`output_taken`](Self::output_taken) (a short write is normal);
/// - calls [`handle_timeout`](Self::handle_timeout) when [`next_timeout`](Self::next_timeout) has
///   come;
/// - reports a lost link with [`link_lost`](Self::link_lost) and a new one with
///   [`link_opened`](Self::link_opened).
///
/// Contracts:
/// - no call blocks, panics on any input, or takes longer than its input is long;
/// - `now` never goes back;
/// - after `link_lost` nothing is pending and no timeout is due until `link_opened`.
pub trait Machine {
    /// The link is (again) open: start talking.
    fn link_opened(&mut self, now: Instant);
    /// The link is gone: every command under way ends now, with an event each.
    fn link_lost(&mut self, now: Instant);
    /// Bytes that came over the link, in order.
    fn receive(&mut self, now: Instant, bytes: &[u8]);
    /// Bytes to be written next; empty when there is nothing to write.
    fn pending_output(&mut self, now: Instant) -> &[u8];
    /// The first `count` bytes of [`pending_output`](Self::pending_output) were written.
    fn output_taken(&mut self, now: Instant, count: usize);
    /// When [`handle_timeout`](Self::handle_timeout) wants to be called, if at all.
    fn next_timeout(&self) -> Option<Instant>;
    /// Time has passed.
    fn handle_timeout(&mut self, now: Instant);
}

/// The host's side: a [`Machine`] that takes commands and reports events.
pub trait Driver: Machine {
    /// What the host may ask for.
    type Command;
    /// What the driver reports; every accepted command ends in exactly one final event.
    type Event;
    /// Why a command was not accepted.
    type Refusal;

    /// Asks for something. Returns at once; the outcome comes as an event.
    ///
    /// # Errors
    /// The refusal, when the command cannot be taken now (busy, no link, too long).
    fn submit(&mut self, now: Instant, command: Self::Command) -> Result<(), Self::Refusal>;

    /// The next event, oldest first.
    fn poll_event(&mut self) -> Option<Self::Event>;
}

/// What is known of a device, told apart as XFS4IoT's `CommonStatus` does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeviceState {
    /// No port of that name exists.
    #[default]
    NoDevice,
    /// The port is there, the device does not answer.
    PowerOff,
    /// The device answers and says that it cannot work (starting, busy with itself, switched off-line).
    Offline,
    /// Ready.
    Online,
    /// Working on a command.
    Busy,
    /// The device reports a fault that a technician must mend.
    HardwareError,
    /// A person must do something: paper, cover, a jammed card.
    UserError,
    /// What it reports looks like an attempt to deceive: a document that fails its own verification.
    SuspectedFraud,
}
