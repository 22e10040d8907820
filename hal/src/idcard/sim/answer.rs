//! What the simulated reader answers, and how it is spoilt.

use std::vec::Vec;

use super::{
    document::SimIdDocument,
    fault::IdCardFault,
    reader::{AfterReading, SimIdReader},
};
use crate::{
    idcard::{
        frame::{PREAMBLE, checksum},
        framing::{REQUESTS, Request},
        limits::{PHOTO_BYTES, TEXT_BYTES},
        status::SamStatus,
    },
    time::{Duration, Instant},
};

/// Bytes of an answer that come at a time, and the time that they take at 115200 baud.
const PIECE_BYTES: usize = 64;
const PIECE_TIME: Duration = Duration::from_millis(6);
/// How long before the answer junk comes.
const JUNK_LEAD: Duration = Duration::from_millis(30);
/// Junk with the beginnings of frames in it.
const JUNK: [u8; 14] =
    [0x00, 0xAA, 0xAA, 0x69, 0xAA, 0xAA, 0xAA, 0x96, 0x69, 0xFF, 0xFF, 0xAA, 0x96, 0x90];

impl SimIdReader {
    /// Carries out a command whose checksum was right, or spoils that.
    pub(super) fn command(&mut self, now: Instant, code: [u8; 2]) {
        *self.counts.entry(code).or_default() += 1;
        let Some(request) = REQUESTS.into_iter().find(|request| request.code() == code) else {
            return self.send(now, framed(SamStatus::UnknownCommand, &[]), None);
        };
        let fault = self.faults.take(request);
        let (status, data, time) = match &fault {
            Some(IdCardFault::DropAnswers(_) | IdCardFault::Silence) => return,
            Some(IdCardFault::Status(code)) => {
                (SamStatus::from_code(*code), Vec::new(), Duration::from_millis(20))
            }
            Some(IdCardFault::Lift) => {
                self.lift();
                self.answer(request)
            }
            Some(IdCardFault::Swap(document)) => {
                self.place((**document).clone());
                self.answer(request)
            }
            _ => self.answer(request),
        };
        self.send(now + time, framed(status, &data), fault);
    }

    /// Carries a command out: its status, its data and how long that takes.
    fn answer(&mut self, request: Request) -> (SamStatus, Vec<u8>, Duration) {
        let ms = Duration::from_millis;
        match request {
            Request::Reset => {
                (self.found, self.selected) = (false, false);
                self.hidden &= self.after == AfterReading::HidesForGood;
                (SamStatus::Done, Vec::new(), ms(50))
            }
            Request::Status => (SamStatus::Done, Vec::new(), ms(5)),
            Request::SamId => (SamStatus::Done, self.sam_id.to_bytes().to_vec(), ms(5)),
            Request::Find => {
                self.selected = false;
                self.found = self.document.is_some() && !self.hidden;
                if self.found {
                    (SamStatus::Found, [0; 4].to_vec(), ms(20))
                } else {
                    (SamStatus::NotFound, Vec::new(), ms(40))
                }
            }
            Request::Select => match self.document.as_ref().filter(|_| self.found) {
                Some(document) => {
                    self.selected = true;
                    (SamStatus::Done, document.serial.to_vec(), ms(20))
                }
                None => (SamStatus::NotSelected, Vec::new(), ms(20)),
            },
            Request::ReadText => match self.document.as_ref().filter(|_| self.selected) {
                Some(document) => {
                    let data = self.reading(document);
                    (self.found, self.selected) = (false, false);
                    self.hidden = self.after != AfterReading::FindsAgain;
                    (SamStatus::Done, data, ms(400))
                }
                None => (SamStatus::ReadFailed, Vec::new(), ms(60)),
            },
        }
    }

    /// Text, photo and fingerprint with their lengths.
    fn reading(&self, document: &SimIdDocument) -> Vec<u8> {
        let mut lengths = [TEXT_BYTES as u16, PHOTO_BYTES as u16].to_vec();
        lengths.extend(self.fingerprint);
        let mut data: Vec<u8> = lengths.iter().flat_map(|length| length.to_be_bytes()).collect();
        data.extend(document.text);
        let pictures = PHOTO_BYTES + usize::from(self.fingerprint.unwrap_or(0));
        // Whole frames are in the picture: nobody may look for them there.
        let filling = framed(SamStatus::NotFound, &[]);
        data.extend(filling.iter().chain(b"WLT photo").cycle().take(pictures));
        data
    }

    /// Spoils an answer if asked, and schedules it in pieces.
    pub(super) fn send(&mut self, at: Instant, mut frame: Vec<u8>, fault: Option<IdCardFault>) {
        let mut at = at;
        match fault {
            Some(IdCardFault::WrongChecksum(_)) => {
                if let Some(last) = frame.last_mut() {
                    *last ^= 0x5A;
                }
            }
            Some(IdCardFault::FlipBit(bit)) => {
                let bit = bit as usize % (frame.len() * 8);
                if let Some(byte) = frame.get_mut(bit / 8) {
                    *byte ^= 1 << (bit % 8);
                }
            }
            Some(IdCardFault::HalfFrameThenSilence) => frame.truncate(frame.len() / 2),
            Some(IdCardFault::JunkBeforeFrame) => {
                self.outbox.schedule(at, JUNK);
                at = at + JUNK_LEAD;
            }
            Some(IdCardFault::Late(delay)) => at = at + delay,
            _ => {}
        }
        self.outbox.schedule_pieces(at, &frame, PIECE_BYTES, PIECE_TIME);
    }
}

/// An answer with its frame.
pub(super) fn framed(status: SamStatus, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 4).unwrap_or(u16::MAX).to_be_bytes();
    let mut counted = length.to_vec();
    counted.extend([0x00, 0x00, status.code()]);
    counted.extend(data);
    counted.push(checksum(&counted));
    [&PREAMBLE[..], &counted].concat()
}
