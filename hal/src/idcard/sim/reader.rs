//! The reader's end of the line.

use std::{collections::BTreeMap, vec::Vec};

use super::{
    answer::framed,
    document::SimIdDocument,
    fault::{FaultPoint, Faults, IdCardFault},
};
use crate::{
    driver::Machine,
    idcard::{
        frame::{PREAMBLE, checksum},
        framing::Request,
        sam_id::SamId,
        status::SamStatus,
    },
    outbox::Outbox,
    time::{Duration, Instant},
};

/// Silence after which the reader forgets half a command.
const INPUT_GAP: Duration = Duration::from_millis(100);
/// Number of the security module unless another is given.
const SAM_ID: [u8; 16] = [5, 0, 1, 0, 0x9D, 0xF0, 0x31, 0x01, 0x87, 0xD6, 0x12, 0, 1, 0, 0, 0];

/// What a reader does with a document that it has read and that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AfterReading {
    /// It finds nothing (80) until the document was lifted, or its security module reset.
    Hides,
    /// The same, and a reset changes nothing.
    HidesForGood,
    /// It finds it again (9F).
    FindsAgain,
}

/// A simulated ID card reader.
///
/// Deterministic: what it sends, and when, depends only on what it was told.
pub struct SimIdReader {
    pub(super) after: AfterReading,
    linked: bool,
    pub(super) document: Option<SimIdDocument>,
    pub(super) hidden: bool,
    pub(super) found: bool,
    pub(super) selected: bool,
    pub(super) fingerprint: Option<u16>,
    pub(super) sam_id: SamId,
    pub(super) faults: Faults,
    input: Vec<u8>,
    input_at: Instant,
    pub(super) outbox: Outbox,
    pub(super) counts: BTreeMap<[u8; 2], u64>,
}

impl SimIdReader {
    /// A reader on which nothing lies.
    pub fn new(after: AfterReading) -> Self {
        Self {
            after,
            linked: false,
            document: None,
            hidden: false,
            found: false,
            selected: false,
            fingerprint: None,
            sam_id: SamId::from_bytes(SAM_ID),
            faults: Faults::default(),
            input: Vec::new(),
            input_at: Instant::default(),
            outbox: Outbox::default(),
            counts: BTreeMap::new(),
        }
    }

    /// Puts a document down, in place of the one that lies there.
    pub fn place(&mut self, document: SimIdDocument) {
        self.lift();
        self.document = Some(document);
    }

    /// Takes the document off and returns it.
    pub fn lift(&mut self) -> Option<SimIdDocument> {
        (self.hidden, self.found, self.selected) = (false, false, false);
        self.document.take()
    }

    /// Whether a document lies there.
    pub fn has_document(&self) -> bool {
        self.document.is_some()
    }

    /// Answers with a text carry so many bytes of fingerprint, too (0, 512, 1024); `None` for
    /// answers without that field.
    pub fn set_fingerprint(&mut self, bytes: Option<u16>) {
        self.fingerprint = bytes;
    }

    /// Another number of the security module.
    pub fn set_sam_id(&mut self, sam_id: SamId) {
        self.sam_id = sam_id;
    }

    /// Spoils the next command that the fault fits.
    pub fn inject(&mut self, fault: IdCardFault) {
        self.inject_at(fault.usual_point(), fault);
    }

    /// Spoils the command that `point` names.
    pub fn inject_at(&mut self, point: FaultPoint, fault: IdCardFault) {
        self.faults.add(point, fault);
    }

    /// Forgets the faults that have not happened yet, and ends a lasting one.
    pub fn clear_faults(&mut self) {
        self.faults.clear();
    }

    /// How many faults have not happened yet.
    pub fn faults_left(&self) -> usize {
        self.faults.len()
    }

    /// How many such commands came, those that were spoilt included.
    pub fn commands_of(&self, request: Request) -> u64 {
        self.counts.get(&request.code()).copied().unwrap_or(0)
    }

    /// The first whole frame of the input, if its checksum is right.
    fn take_frame(&mut self) -> Option<Result<[u8; 2], SamStatus>> {
        let start = self.input.windows(PREAMBLE.len()).position(|window| window == PREAMBLE);
        let junk = start.unwrap_or(self.input.len().saturating_sub(PREAMBLE.len() - 1));
        self.input.drain(..junk);
        let frame = self.input.get(PREAMBLE.len()..)?;
        let &[high, low, ref rest @ ..] = frame else { return None };
        let length = usize::from(u16::from_be_bytes([high, low]));
        if length != 3 {
            self.input.drain(..PREAMBLE.len());
            return Some(Err(SamStatus::Length));
        }
        let &[command, parameter, sum, ..] = rest else { return None };
        self.input.drain(..PREAMBLE.len() + 2 + length);
        let good = checksum(&[high, low, command, parameter]) == sum;
        Some(if good { Ok([command, parameter]) } else { Err(SamStatus::Checksum) })
    }
}

impl Machine for SimIdReader {
    fn link_opened(&mut self, _now: Instant) {
        self.linked = true;
    }

    /// The host is gone: what was to be sent is lost, the document stays.
    fn link_lost(&mut self, _now: Instant) {
        self.linked = false;
        self.input.clear();
        self.outbox.clear();
    }

    fn receive(&mut self, now: Instant, bytes: &[u8]) {
        if !self.linked {
            return;
        }
        if now.since(self.input_at) > INPUT_GAP {
            self.input.clear();
        }
        self.input_at = now;
        self.input.extend(bytes);
        while let Some(frame) = self.take_frame() {
            match frame {
                Ok(code) => self.command(now, code),
                Err(status) => self.send(now, framed(status, &[]), None),
            }
        }
    }

    fn pending_output(&mut self, now: Instant) -> &[u8] {
        self.outbox.pending(now)
    }

    fn output_taken(&mut self, _now: Instant, count: usize) {
        self.outbox.taken(count);
    }

    fn next_timeout(&self) -> Option<Instant> {
        self.outbox.next_due()
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.outbox.release(now);
    }
}
