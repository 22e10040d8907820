//! Protocol T=1, the reader's side (ISO 7816-3:2006, chapter 11).
//!
//! The serial readers work at TPDU level: they send and receive whole blocks and nothing more. The
//! chaining, the sequence numbers, the repetition of what was lost and the supervision are done
//! here, without a clock: whoever moves the blocks also says when one was lost.
//!
//! A command reaches the card once, however often blocks are repeated: the card tells a repeated
//! block by its number. The one exception is resynchronisation, after which nobody knows whether
//! the card had taken the command. It is then sent anew only when it may be ([`Repeat`]).

pub mod block;
mod rules;

use heapless::Vec;
use zeroize::Zeroize;

use super::{
    apdu::{APDU_BYTES_MAX, Apdu},
    atr::Atr,
    limits::{RESPONSE_BYTES_MAX, T1_IFSD},
    status_word::StatusWord,
};
use block::{BLOCK_BYTES_MAX, Edc};

/// Whether a command may reach the card twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// It only reads or selects.
    Allowed,
    /// It changes something, such as a counter of tries.
    Never,
}

/// What comes after a block from the card, or after its loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum T1Step {
    /// Send [`T1::block`].
    Send,
    /// The APDU is done with this status word; its data is in [`T1::response`].
    Done(StatusWord),
}

/// Why the exchange cannot go on; only a reset of the card helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum T1Error {
    /// The blocks stayed lost or broken in all tries, also after resynchronisation.
    Lost,
    /// The card gave the chain up.
    Aborted,
    /// The answer is longer than an answer can be, or holds no status word.
    Length,
    /// The card keeps its host busy.
    TooManyBlocks,
    /// No command was begun, or it was over.
    Idle,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Idle,
    /// The card is told how long our blocks may be.
    Sizing,
    Sending,
    Receiving,
    Resynching,
    /// The card's wish to abort was answered.
    Aborting,
    Dead,
}

/// The block sent last, as far as the rules ask.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Information,
    Receipt,
    Request,
    Response,
}

/// T=1 with one powered card; it lives as long as the card has power.
pub struct T1 {
    edc: Edc,
    /// The longest information field the card takes, now and after resynchronisation.
    ifsc: u8,
    ifsc_first: u8,
    /// N(S) of our next new block, and of the card's.
    ours: bool,
    theirs: bool,
    is_sized: bool,
    phase: Phase,
    last: Last,
    repeat: Repeat,
    command: Vec<u8, APDU_BYTES_MAX>,
    wants_data: bool,
    /// Bytes of the command that the card has acknowledged, and of the piece under way.
    acknowledged: usize,
    piece: usize,
    response: Vec<u8, ANSWER_BYTES_MAX>,
    /// Bytes of the response that earlier rounds (GET RESPONSE) have brought.
    collected: usize,
    block: Vec<u8, BLOCK_BYTES_MAX>,
    /// Broken or lost answers in a row, and how often the card asked for the same piece again.
    tries: u8,
    repeats: u8,
    resynchs: u8,
    rounds: u8,
    blocks: u16,
    waiting: u8,
}

/// Bytes of an answer at most: data and status word.
const ANSWER_BYTES_MAX: usize = RESPONSE_BYTES_MAX + 2;

impl T1 {
    /// T=1 with a card that has just answered reset with `atr`.
    pub fn new(atr: &Atr) -> Self {
        Self::with(atr.information_size(), atr.error_detection())
    }

    /// T=1 with a card that takes `ifsc` bytes (1 to 254) of information a block.
    pub fn with(ifsc: u8, edc: Edc) -> Self {
        let ifsc = ifsc.clamp(1, T1_IFSD);
        Self {
            edc,
            ifsc,
            ifsc_first: ifsc,
            ours: false,
            theirs: false,
            is_sized: false,
            phase: Phase::Idle,
            last: Last::Information,
            repeat: Repeat::Never,
            command: Vec::new(),
            wants_data: false,
            acknowledged: 0,
            piece: 0,
            response: Vec::new(),
            collected: 0,
            block: Vec::new(),
            tries: 0,
            repeats: 0,
            resynchs: 0,
            rounds: 0,
            blocks: 0,
            waiting: 1,
        }
    }

    /// Begins a command; [`block`](Self::block) is then the first to send.
    ///
    /// Before the first command of a card's life the size of our blocks is told (S(IFS)).
    pub fn begin(&mut self, apdu: &Apdu, repeat: Repeat) {
        self.forget();
        self.repeat = repeat;
        self.command = apdu.bytes();
        self.wants_data = apdu.le.is_some();
        if self.phase == Phase::Dead {
            return;
        }
        if self.is_sized {
            self.send_piece();
        } else {
            self.send_size();
        }
    }

    /// What goes to the card next.
    pub fn block(&self) -> &[u8] {
        &self.block
    }

    /// By how much the card's block waiting time is stretched for the answer to
    /// [`block`](Self::block); 1 unless the card asked for more.
    pub fn waiting(&self) -> u8 {
        self.waiting
    }

    /// What the card gave, without the status word.
    pub fn response(&self) -> &[u8] {
        &self.response
    }

    /// Wipes the command and its answer.
    pub fn forget(&mut self) {
        self.command.zeroize();
        self.response.zeroize();
        self.block.zeroize();
        self.acknowledged = 0;
        self.piece = 0;
        self.collected = 0;
        self.tries = 0;
        self.repeats = 0;
        self.resynchs = 0;
        self.rounds = 0;
        self.blocks = 0;
        self.waiting = 1;
        if self.phase != Phase::Dead {
            self.phase = Phase::Idle;
        }
    }
}

impl Drop for T1 {
    fn drop(&mut self) {
        self.forget();
    }
}

#[cfg(test)]
mod tests;
