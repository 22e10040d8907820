//! CCID messages: a 10-byte header (type, length, slot, sequence, three bytes) and data.
//!
//! Source: USB CCID specification 1.1, chapter 6, as the serial readers use it.

use heapless::Vec;
use zeroize::Zeroize;

use super::limits::{DATA_BYTES_MAX, HEADER_BYTES, MESSAGE_BYTES_MAX};

/// The slot that is used; readers with more answer for each.
pub const SLOT: u8 = 0;
/// Answer error: the card is mute or absent.
pub const ERROR_MUTE: u8 = 0xFE;
/// Answer error: parity on the card's line.
pub const ERROR_PARITY: u8 = 0xFD;
/// Answer error: there is no such slot.
pub const ERROR_SLOT: u8 = 0x05;
/// Answer error: the command is not supported.
pub const ERROR_UNSUPPORTED: u8 = 0x00;

/// Power select of IccPowerOn: 5 V.
///
/// 00, the reader's own choice, is refused by readers that have none, such as GemPC Twin.
pub const POWER_5_V: u8 = 0x01;
/// Power select of IccPowerOn: 3 V.
pub const POWER_3_V: u8 = 0x02;
/// Answer error: the power select is not supported (the offset of its byte).
pub const ERROR_POWER_SELECT: u8 = 0x07;

/// What the host may send; the value is the message type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Command {
    /// Set the card protocol's parameters.
    SetParameters = 0x61,
    /// Power the card; answered by its ATR.
    PowerOn = 0x62,
    /// Power the card off.
    PowerOff = 0x63,
    /// Ask how the slot is.
    SlotStatus = 0x65,
    /// The reader's own commands: firmware, card events.
    Escape = 0x6B,
    /// A block for the card.
    Transfer = 0x6F,
}

impl Command {
    /// The message type of the answer.
    pub const fn answer_type(self) -> u8 {
        match self {
            Self::PowerOn | Self::Transfer => 0x80,
            Self::PowerOff | Self::SlotStatus => 0x81,
            Self::SetParameters => 0x82,
            Self::Escape => 0x83,
        }
    }

    /// Whether sending it twice does the same as sending it once.
    pub const fn is_idempotent(self) -> bool {
        !matches!(self, Self::Transfer)
    }
}

/// A message to the reader, without its sequence number.
#[derive(Clone)]
pub struct Request {
    /// What is asked.
    pub command: Command,
    /// Bytes 7 to 9 of the header, with a meaning for each command.
    pub specific: [u8; 3],
    data: Vec<u8, DATA_BYTES_MAX>,
}

impl Request {
    /// A request; `None` when `data` is longer than a message carries.
    pub fn new(command: Command, specific: [u8; 3], data: &[u8]) -> Option<Self> {
        Vec::from_slice(data).ok().map(|data| Self { command, specific, data })
    }

    /// A request without data.
    pub const fn bare(command: Command) -> Self {
        Self { command, specific: [0; 3], data: Vec::new() }
    }

    /// The message with its sequence number.
    pub fn encode(&self, sequence: u8) -> Option<Vec<u8, MESSAGE_BYTES_MAX>> {
        let length = u32::try_from(self.data.len()).ok()?.to_le_bytes();
        let mut message = Vec::new();
        message.push(self.command as u8).ok()?;
        message.extend_from_slice(&length).ok()?;
        message.extend_from_slice(&[SLOT, sequence]).ok()?;
        message.extend_from_slice(&self.specific).ok()?;
        message.extend_from_slice(&self.data).ok()?;
        Some(message)
    }

    /// Whether `message` is this request with that number: a reader's echo.
    pub fn is_echoed_by(&self, sequence: u8, message: &[u8]) -> bool {
        let Some((header, data)) = message.split_first_chunk::<HEADER_BYTES>() else {
            return false;
        };
        let &[kind, l0, l1, l2, l3, slot, number, s0, s1, s2] = header;
        let length = usize::try_from(u32::from_le_bytes([l0, l1, l2, l3])).unwrap_or(usize::MAX);
        kind == self.command as u8
            && (slot, number) == (SLOT, sequence)
            && [s0, s1, s2] == self.specific
            && length == data.len()
            && data == self.data.as_slice()
    }
}

/// A request may carry a PIN.
impl Drop for Request {
    fn drop(&mut self) {
        self.data.zeroize();
    }
}

/// How the card in the slot is (bits 1 and 0 of bStatus).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IccState {
    /// A card is in and powered.
    Active,
    /// A card is in, without power.
    Inactive,
    /// No card.
    Absent,
}

/// How the command went (bits 7 and 6 of bStatus).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Failed, with the error byte.
    Failed(u8),
    /// Not yet: the reader asks for time.
    MoreTime,
}

/// A message from the reader, parsed.
#[derive(PartialEq, Eq)]
pub struct Answer<'a> {
    /// The message type.
    pub kind: u8,
    /// The slot it speaks of.
    pub slot: u8,
    /// The sequence number of the command it answers.
    pub sequence: u8,
    /// How the card is.
    pub icc: IccState,
    /// How the command went.
    pub outcome: Outcome,
    /// What came with it.
    pub data: &'a [u8],
}

impl<'a> Answer<'a> {
    /// Parses a message; `None` when it is no answer.
    pub fn parse(message: &'a [u8]) -> Option<Self> {
        let (header, data) = message.split_first_chunk::<HEADER_BYTES>()?;
        let &[kind, l0, l1, l2, l3, slot, sequence, status, error, _] = header;
        let length = usize::try_from(u32::from_le_bytes([l0, l1, l2, l3])).ok()?;
        if !(0x80..=0x8F).contains(&kind) || length != data.len() {
            return None;
        }
        let icc = match status & 0x03 {
            0 => IccState::Active,
            1 => IccState::Inactive,
            _ => IccState::Absent,
        };
        let outcome = match status >> 6 {
            0 => Outcome::Done,
            2 => Outcome::MoreTime,
            _ => Outcome::Failed(error),
        };
        Some(Self { kind, slot, sequence, icc, outcome, data })
    }
}

/// The answer to the command in flight, kept; wiped when dropped.
pub struct Reply {
    /// How the card is.
    pub icc: IccState,
    /// The error byte when the command failed.
    pub result: Result<(), u8>,
    /// What came with it.
    pub data: Vec<u8, DATA_BYTES_MAX>,
}

impl Drop for Reply {
    fn drop(&mut self) {
        self.data.zeroize();
    }
}
