//! APDUs to and from a powered card, whatever protocol it speaks.

use super::{
    apdu::Apdu,
    atr::Atr,
    error::{CardError, Unreadable},
    limits::{BLOCK_MARGIN, TRANSFER_SILENCE},
    message::{Command, Request},
    protocol::Protocol,
    status_word::StatusWord,
    t0::{T0, T0Step},
    t1::{Repeat, T1, T1Error, T1Step},
};
use crate::time::Duration;

/// The block waiting time for BWI 0 at 4 MHz, 960 × 372 clocks, in microseconds.
const BLOCK_WAITING_UNIT_US: u64 = 89_280;

#[allow(clippy::large_enum_variant, reason = "there is one, and no heap")]
enum Speech {
    T0(Option<T0>),
    T1(T1),
}

/// What comes next.
pub(super) enum Step {
    /// Send [`Transport::request`].
    Send,
    /// The APDU is done; its data is in [`Transport::response`].
    Done(StatusWord),
}

/// The way to the card, as long as it has power.
pub(super) struct Transport {
    speech: Speech,
    waiting: Duration,
}

impl Transport {
    pub(super) fn new(atr: &Atr, protocol: Protocol) -> Self {
        let (speech, waiting) = match protocol {
            Protocol::T0 => (Speech::T0(None), TRANSFER_SILENCE),
            Protocol::T1 => {
                let us = BLOCK_WAITING_UNIT_US << (atr.block_waiting() >> 4);
                (Speech::T1(T1::new(atr)), Duration::from_millis(us / 1000))
            }
        };
        Self { speech, waiting }
    }

    pub(super) fn begin(&mut self, apdu: Apdu, repeat: Repeat) {
        match &mut self.speech {
            Speech::T0(t0) => *t0 = Some(T0::new(apdu)),
            Speech::T1(t1) => t1.begin(&apdu, repeat),
        }
    }

    /// The next block in a message for the reader, and the silence after which it is lost.
    pub(super) fn request(&self) -> (Request, Duration) {
        let (block, times) = match &self.speech {
            Speech::T0(t0) => (t0.as_ref().map(T0::tpdu).unwrap_or_default(), 1),
            Speech::T1(t1) => (t1.block(), t1.waiting()),
        };
        // Byte 7 (bBWI) tells the reader how much longer the card may take.
        let stretch = if times > 1 { times } else { 0 };
        // A block always fits into a message.
        let request = Request::new(Command::Transfer, [stretch, 0, 0], block)
            .unwrap_or_else(|| Request::bare(Command::Transfer));
        let waiting = match &self.speech {
            Speech::T0(_) => self.waiting,
            Speech::T1(_) => {
                let stretched = self.waiting.as_millis().saturating_mul(times.into());
                let all = stretched.saturating_add(BLOCK_MARGIN.as_millis());
                Duration::from_millis(all).max(TRANSFER_SILENCE)
            }
        };
        (request, waiting)
    }

    /// What the card gave, without the status word.
    pub(super) fn response(&self) -> &[u8] {
        match &self.speech {
            Speech::T0(t0) => t0.as_ref().map(T0::response).unwrap_or_default(),
            Speech::T1(t1) => t1.response(),
        }
    }

    pub(super) fn receive(&mut self, block: &[u8]) -> Result<Step, CardError> {
        match &mut self.speech {
            Speech::T0(t0) => match t0.as_mut().map(|t0| t0.receive(block)) {
                Some(Ok(T0Step::Send)) => Ok(Step::Send),
                Some(Ok(T0Step::Done(status))) => Ok(Step::Done(status)),
                Some(Err(_)) | None => Err(PROTOCOL),
            },
            Speech::T1(t1) => step(t1.receive(block)),
        }
    }

    /// The answer to the last block was lost; `None` when the protocol knows no remedy.
    pub(super) fn lost(&mut self, parity: bool) -> Option<Result<Step, CardError>> {
        match &mut self.speech {
            Speech::T0(_) => None,
            Speech::T1(t1) => Some(step(t1.lost(parity))),
        }
    }

    /// Wipes the last command and its answer.
    pub(super) fn forget(&mut self) {
        match &mut self.speech {
            Speech::T0(t0) => *t0 = None,
            Speech::T1(t1) => t1.forget(),
        }
    }
}

const PROTOCOL: CardError = CardError::Unreadable(Unreadable::Protocol);

fn step(outcome: Result<T1Step, T1Error>) -> Result<Step, CardError> {
    match outcome {
        Ok(T1Step::Send) => Ok(Step::Send),
        Ok(T1Step::Done(status)) => Ok(Step::Done(status)),
        Err(T1Error::Lost) => Err(CardError::Unreadable(Unreadable::Transmission)),
        Err(_) => Err(PROTOCOL),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Atr, Protocol, Repeat, Transport};
    use crate::card::apdu::Apdu;

    /// What goes to the reader in byte 7, and after how many milliseconds it is lost.
    fn patience(transport: &Transport) -> (u8, u64) {
        let (request, silence) = transport.request();
        (request.specific[0], silence.as_millis())
    }

    #[test]
    fn the_card_s_waiting_time_is_kept_and_stretched_as_it_asks() {
        // BWI 4 and 0; a card over T=0 knows no such time.
        for (bytes, protocol, usual, stretched) in [
            (&[0x3B, 0x80, 0x81, 0x21, 0x45, 0x65][..], Protocol::T1, 2028, 7740),
            (&[0x3B, 0x80, 0x81, 0x21, 0x05, 0x25], Protocol::T1, 1500, 1500),
        ] {
            let mut transport = Transport::new(&Atr::parse(bytes).unwrap(), protocol);
            transport.begin(Apdu::read_record(7, 9), Repeat::Allowed);
            assert_eq!(patience(&transport), (0, usual), "{bytes:02X?}");
            // S(WTX request) for five times.
            assert!(transport.receive(&[0x00, 0xC3, 0x01, 0x05, 0xC7]).is_ok());
            assert_eq!(patience(&transport), (5, stretched), "{bytes:02X?}");
            assert!(transport.receive(&[0x00, 0xE1, 0x01, 0xFE, 0x1E]).is_ok());
            assert_eq!(patience(&transport), (0, usual), "{bytes:02X?}");
        }
        let mut t0 = Transport::new(&Atr::parse(&[0x3B, 0x00]).unwrap(), Protocol::T0);
        t0.begin(Apdu::read_record(7, 9), Repeat::Allowed);
        assert_eq!(patience(&t0), (0, 1500));
        assert!(t0.lost(false).is_none());
    }
}
