//! The code scanner as the host sees it.

use super::{
    event::{ScannerCommand, ScannerEvent, ScannerRefusal},
    framing::ScanFramer,
    limits::{FRAME_SILENCE, OUTPUT_BYTES_MAX, REPEAT_WINDOW, TRIGGER_INTERVAL, TRIGGER_PAUSE},
    queue::Queue,
    scan::{Scan, ScanError},
};
use crate::{
    digest::Digest,
    driver::{DeviceState, Driver, Machine},
    outgoing::Outgoing,
    time::Instant,
};

/// Puts the scanner's light on.
pub const TRIGGER_ON: [u8; 3] = [0x16, 0x54, 0x0D];
/// Puts the scanner's light out.
pub const TRIGGER_OFF: [u8; 3] = [0x16, 0x55, 0x0D];

/// How a code scanner is dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScannerConfig {
    /// Send the trigger bytes; without them for a scanner that is always on.
    pub sends_trigger: bool,
}

impl Default for ScannerConfig {
    /// Sends the trigger bytes: a scanner that does not know them ignores them.
    fn default() -> Self {
        Self { sends_trigger: true }
    }
}

/// Driver of a code scanner on a serial line.
///
/// Open the port with 9600 or 115200 baud (as the scanner is set), 8 data bits, no parity, 1 stop
/// bit, raw, then follow [`Machine`].
///
/// Contracts:
/// - a scanner does not answer, so its state says only whether the link is open: an unplugged
///   scanner behind a link that stays open looks [`DeviceState::Online`];
/// - while scans are not accepted (as at first) they are dropped unseen, and so is a scan that
///   began or ended then; whether they are accepted outlives a lost link;
/// - the same content is told once, until it has not come for [`REPEAT_WINDOW`];
/// - content is wiped everywhere as soon as it was handed out; of a repeat only a digest is kept.
#[derive(Default)]
pub struct ScannerDriver {
    config: ScannerConfig,
    is_open: bool,
    accepts: bool,
    framer: ScanFramer,
    silent_at: Instant,
    repeat: Option<(Digest, Instant)>,
    trigger_at: Option<Instant>,
    output: Outgoing<OUTPUT_BYTES_MAX>,
    queue: Queue,
}

impl ScannerDriver {
    /// A driver without a link.
    pub fn new(config: ScannerConfig) -> Self {
        Self { config, ..Self::default() }
    }

    /// [`DeviceState::Online`] while the link is open: a scanner says nothing of itself.
    pub fn state(&self) -> DeviceState {
        if self.is_open { DeviceState::Online } else { DeviceState::NoDevice }
    }

    /// Whether scans are told.
    pub fn accepts(&self) -> bool {
        self.accepts
    }

    fn set_open(&mut self, is_open: bool) {
        self.framer.reset();
        self.output.clear();
        self.trigger_at = None;
        if core::mem::replace(&mut self.is_open, is_open) != is_open {
            self.queue.push(ScannerEvent::State(self.state()));
        }
    }

    fn set_accepts(&mut self, now: Instant, on: bool) {
        self.accepts = on;
        self.framer.discard();
        if !on {
            self.queue.drop_scan();
        }
        self.queue.push(ScannerEvent::Accepting(on));
        self.trigger(now);
    }

    /// Puts the scanner's light on or out, as it should be.
    fn trigger(&mut self, now: Instant) {
        if !self.is_open || !self.config.sends_trigger {
            return;
        }
        self.trigger_at = self.accepts.then_some(now + TRIGGER_INTERVAL);
        self.output.send(if self.accepts { &TRIGGER_ON } else { &TRIGGER_OFF });
    }

    /// Ends the scan that was begun, should its time be over.
    fn end_silent(&mut self, now: Instant) {
        if self.framer.is_waiting() && self.silent_at <= now {
            let found = self.framer.end();
            self.tell(now, found);
        }
    }

    fn tell(&mut self, now: Instant, found: Option<Result<Scan, ScanError>>) {
        let Some(found) = found else { return };
        if self.trigger_at.is_some() {
            // Many scanners put themselves out after a code.
            self.trigger_at = Some(now + TRIGGER_PAUSE);
        }
        let scan = match found {
            Ok(scan) => scan,
            Err(error) => return self.queue.push(ScannerEvent::Dropped(error)),
        };
        let digest = Digest::of(scan.reveal().as_bytes());
        let known = self.repeat.take().is_some_and(|(known, until)| known == digest && now < until);
        self.repeat = Some((digest, now + REPEAT_WINDOW));
        if !known {
            self.queue.push(ScannerEvent::Scanned(scan));
        }
    }
}

impl Machine for ScannerDriver {
    fn link_opened(&mut self, now: Instant) {
        self.set_open(true);
        self.trigger(now);
    }

    fn link_lost(&mut self, _now: Instant) {
        self.set_open(false);
        self.repeat = None;
    }

    fn receive(&mut self, now: Instant, bytes: &[u8]) {
        if !self.is_open {
            return;
        }
        self.end_silent(now);
        for &byte in bytes {
            if self.accepts {
                let found = self.framer.push(byte);
                self.tell(now, found);
            } else {
                self.framer.pass(byte);
            }
            self.silent_at = now + FRAME_SILENCE;
        }
    }

    fn pending_output(&mut self, _now: Instant) -> &[u8] {
        self.output.pending()
    }

    fn output_taken(&mut self, _now: Instant, count: usize) {
        self.output.taken(count);
    }

    fn next_timeout(&self) -> Option<Instant> {
        if !self.is_open {
            return None;
        }
        let silence = self.framer.is_waiting().then_some(self.silent_at);
        let repeat = self.repeat.as_ref().map(|(_, until)| *until);
        [silence, repeat, self.trigger_at].into_iter().flatten().min()
    }

    fn handle_timeout(&mut self, now: Instant) {
        if !self.is_open {
            return;
        }
        self.end_silent(now);
        if self.repeat.as_ref().is_some_and(|(_, until)| *until <= now) {
            self.repeat = None;
        }
        if self.trigger_at.is_some_and(|at| at <= now) {
            self.trigger(now);
        }
    }
}

impl Driver for ScannerDriver {
    type Command = ScannerCommand;
    type Event = ScannerEvent;
    type Refusal = ScannerRefusal;

    fn submit(&mut self, now: Instant, command: ScannerCommand) -> Result<(), ScannerRefusal> {
        match command {
            ScannerCommand::Accept(on) => self.set_accepts(now, on),
        }
        Ok(())
    }

    fn poll_event(&mut self) -> Option<ScannerEvent> {
        self.queue.pop()
    }
}
