//! Protocol T=0 at TPDU level (ISO 7816-3 chapter 10, ISO 7816-4 for the mapping of APDUs).
//!
//! The reader handles procedure bytes; here an APDU becomes one TPDU after another. A TPDU never
//! carries data both ways, so an APDU with both is sent without Le and its answer is fetched.

use heapless::Vec;
use zeroize::Zeroize;

use super::{
    apdu::Apdu,
    limits::{APDU_DATA_MAX, RESPONSE_BYTES_MAX, TPDU_ROUNDS_MAX},
    status_word::StatusWord,
};

/// Bytes of a T=0 TPDU at most.
pub const TPDU_BYTES_MAX: usize = 5 + APDU_DATA_MAX;

/// What comes after a block from the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum T0Step {
    /// Send [`T0::tpdu`].
    Send,
    /// The APDU is done with this status word; its data is in [`T0::response`].
    Done(StatusWord),
}

/// Why the exchange cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum T0Error {
    /// The block holds no status word, or more data than was asked for.
    Length,
    /// The card sends its host round and round.
    TooManyRounds,
}

/// One APDU on its way through T=0.
pub struct T0 {
    apdu: Apdu,
    tpdu: Vec<u8, TPDU_BYTES_MAX>,
    response: Vec<u8, RESPONSE_BYTES_MAX>,
    rounds: u8,
}

impl T0 {
    /// Begins `apdu`; [`tpdu`](Self::tpdu) is then the first to send.
    pub fn new(apdu: Apdu) -> Self {
        let mut tpdu = Vec::new();
        // Fits: the header has four bytes, P3 is one, and the data is bounded by its type.
        let p3 = if apdu.data.is_empty() {
            apdu.le.unwrap_or(0)
        } else {
            u8::try_from(apdu.data.len()).unwrap_or(u8::MAX)
        };
        let _ = tpdu.extend_from_slice(&apdu.header);
        let _ = tpdu.push(p3);
        let _ = tpdu.extend_from_slice(&apdu.data);
        Self { apdu, tpdu, response: Vec::new(), rounds: 0 }
    }

    /// What goes to the card next.
    pub fn tpdu(&self) -> &[u8] {
        &self.tpdu
    }

    /// What the card gave, without the status word.
    pub fn response(&self) -> &[u8] {
        &self.response
    }

    /// Takes in the card's block.
    ///
    /// # Errors
    /// The block breaks the protocol.
    pub fn receive(&mut self, block: &[u8]) -> Result<T0Step, T0Error> {
        let (data, status) = block.split_last_chunk::<2>().ok_or(T0Error::Length)?;
        self.response.extend_from_slice(data).map_err(|_| T0Error::Length)?;
        self.rounds += 1;
        if self.rounds > TPDU_ROUNDS_MAX {
            return Err(T0Error::TooManyRounds);
        }
        match StatusWord::from(*status) {
            StatusWord::BytesAvailable(count) if self.apdu.le.is_some() => {
                let class = self.apdu.header[0];
                self.next([class, 0xC0, 0x00, 0x00, count])
            }
            StatusWord::WrongLe(count) if self.tpdu.len() == 5 => {
                let &[class, instruction, p1, p2, _] = self.tpdu.as_slice() else {
                    return Err(T0Error::Length);
                };
                self.next([class, instruction, p1, p2, count])
            }
            done => Ok(T0Step::Done(done)),
        }
    }

    fn next(&mut self, tpdu: [u8; 5]) -> Result<T0Step, T0Error> {
        self.tpdu = Vec::from_slice(&tpdu).map_err(|_| T0Error::Length)?;
        Ok(T0Step::Send)
    }
}

impl Drop for T0 {
    fn drop(&mut self) {
        self.tpdu.zeroize();
        self.response.zeroize();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{T0, T0Error, T0Step};
    use crate::card::{apdu::Apdu, status_word::StatusWord};

    #[test]
    fn a_select_never_carries_lc_and_le_and_fetches_its_answer() {
        let mut t0 = T0::new(Apdu::select_application(&[1, 2, 3]).unwrap());
        assert_eq!(t0.tpdu(), [0x00, 0xA4, 0x04, 0x00, 0x03, 1, 2, 3]);
        assert_eq!(t0.receive(&[0x61, 0x02]), Ok(T0Step::Send));
        assert_eq!(t0.tpdu(), [0x00, 0xC0, 0x00, 0x00, 0x02]);
        assert_eq!(t0.receive(&[0xAA, 0x61, 0x01]), Ok(T0Step::Send));
        assert_eq!(t0.tpdu(), [0x00, 0xC0, 0x00, 0x00, 0x01]);
        assert_eq!(t0.receive(&[0xBB, 0x90, 0x00]), Ok(T0Step::Done(StatusWord::Ok)));
        assert_eq!(t0.response(), [0xAA, 0xBB]);
    }

    #[test]
    fn a_wrong_le_is_sent_again_with_the_right_one() {
        let mut t0 = T0::new(Apdu::read_record(0x07, 0x0B));
        assert_eq!(t0.receive(&[0x6C, 0x0A]), Ok(T0Step::Send));
        assert_eq!(t0.tpdu(), [0x00, 0xB2, 0x07, 0x00, 0x0A]);
    }

    #[test]
    fn a_wish_for_no_data_leaves_61xx_to_the_caller() {
        let mut t0 = T0::new(Apdu::select_file([0xEF, 0x05], true).unwrap());
        let done = T0Step::Done(StatusWord::BytesAvailable(0x10));
        assert_eq!(t0.receive(&[0x61, 0x10]), Ok(done));
    }

    #[test]
    fn a_card_cannot_keep_the_host_busy() {
        let mut t0 = T0::new(Apdu::read_record(0x07, 0));
        let mut last = t0.receive(&[0x6C, 0x0A]);
        for _ in 0..8 {
            last = t0.receive(&[0x6C, 0x0A]);
        }
        assert_eq!(last, Err(T0Error::TooManyRounds));
        assert_eq!(T0::new(Apdu::read_record(7, 0)).receive(&[0x90]), Err(T0Error::Length));
        assert_eq!(T0::new(Apdu::read_record(7, 0)).receive(&[0; 261]), Err(T0Error::Length));
    }
}
