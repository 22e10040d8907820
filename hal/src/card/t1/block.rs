//! Blocks of T=1: prologue (NAD, PCB, LEN), information, and an error detection code.
//!
//! Source: ISO 7816-3:2006, 11.3.

use heapless::Vec;

use crate::card::frame::lrc;

/// Bytes of the prologue.
pub const PROLOGUE_BYTES: usize = 3;
/// Bytes of the information field at most.
pub const INFORMATION_BYTES_MAX: usize = 254;
/// Bytes of a block at most: prologue, information, two bytes of CRC.
pub const BLOCK_BYTES_MAX: usize = PROLOGUE_BYTES + INFORMATION_BYTES_MAX + 2;

const RECEIPT: u8 = 0x80;
const SUPERVISORY: u8 = 0xC0;
const CLASS_MASK: u8 = 0xC0;
const I_SEQUENCE: u8 = 0x40;
const I_MORE: u8 = 0x20;
const R_SEQUENCE: u8 = 0x10;
const S_RESPONSE: u8 = 0x20;

/// The error detection code at the end of each block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edc {
    /// One byte: the XOR of all before it.
    #[default]
    Lrc,
    /// Two bytes: the CRC of ISO/IEC 13239, high byte first.
    Crc,
}

impl Edc {
    /// How many bytes it takes.
    pub const fn size(self) -> usize {
        match self {
            Self::Lrc => 1,
            Self::Crc => 2,
        }
    }

    fn of(self, bytes: &[u8]) -> [u8; 2] {
        match self {
            Self::Lrc => [lrc(bytes), 0],
            Self::Crc => crc(bytes).to_be_bytes(),
        }
    }
}

/// The CRC of ISO/IEC 13239 (x¹⁶ + x¹² + x⁵ + 1, bits from the lowest, start FFFF), as the serial
/// drivers of `libccid` compute it: not inverted at the end.
pub fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |sum, &byte| {
        (0..8).fold(sum ^ u16::from(byte), |sum, _| {
            if sum & 1 == 1 { (sum >> 1) ^ 0x8408 } else { sum >> 1 }
        })
    })
}

/// Why an R-block asks for the last block again; the value is in its PCB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// No error: the next block of a chain may come.
    None,
    /// The error detection code or the parity was wrong.
    Edc,
    /// Anything else.
    Other,
}

/// What an S-block is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Both sides begin anew with sequence number 0.
    Resynch,
    /// The size of the information field that its sender takes, 1 to 254.
    Ifs(u8),
    /// The chain under way is given up.
    Abort,
    /// The card needs so many times its block waiting time.
    Wtx(u8),
}

/// The kind of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Information, numbered N(S); `more` when the chain goes on.
    Information {
        /// N(S).
        sequence: bool,
        /// The M bit.
        more: bool,
    },
    /// Receipt: the block numbered N(R) is expected next.
    Receipt {
        /// N(R).
        sequence: bool,
        /// What was wrong with the last block.
        cause: Cause,
    },
    /// Supervision, asked.
    Request(Topic),
    /// Supervision, answered.
    Response(Topic),
}

/// Why bytes are no block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockError {
    /// The error detection code does not fit.
    Edc,
    /// Its length, its address or its PCB cannot be.
    Form,
}

/// A block with node address 00.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block<'a> {
    /// What it is.
    pub kind: Kind,
    /// What an information block brings; the content of an S-block is in its kind.
    pub information: &'a [u8],
}

impl<'a> Block<'a> {
    /// A block without information.
    pub const fn bare(kind: Kind) -> Self {
        Self { kind, information: &[] }
    }

    /// Reads a whole block.
    ///
    /// # Errors
    /// What is wrong with it; the code is looked at first.
    pub fn parse(bytes: &'a [u8], edc: Edc) -> Result<Self, BlockError> {
        let end = bytes.len().checked_sub(edc.size()).ok_or(BlockError::Form)?;
        let (body, code) = bytes.split_at_checked(end).ok_or(BlockError::Form)?;
        if !edc.of(body).starts_with(code) {
            return Err(BlockError::Edc);
        }
        match body {
            &[0x00, pcb, length, ref information @ ..]
                if usize::from(length) == information.len()
                    && information.len() <= INFORMATION_BYTES_MAX =>
            {
                let kind = kind(pcb, information).ok_or(BlockError::Form)?;
                let carries = matches!(kind, Kind::Information { .. });
                Ok(Self { kind, information: if carries { information } else { &[] } })
            }
            _ => Err(BlockError::Form),
        }
    }

    /// The bytes of the block; `None` when its information is too long.
    pub fn encode(&self, edc: Edc) -> Option<Vec<u8, BLOCK_BYTES_MAX>> {
        let (pcb, content) = pcb(self.kind);
        let information = content.as_ref().map_or(self.information, core::slice::from_ref);
        let length = u8::try_from(information.len()).ok()?;
        if information.len() > INFORMATION_BYTES_MAX {
            return None;
        }
        let mut block = Vec::new();
        block.extend_from_slice(&[0x00, pcb, length]).ok()?;
        block.extend_from_slice(information).ok()?;
        let code = edc.of(&block);
        block.extend_from_slice(code.get(..edc.size())?).ok()?;
        Some(block)
    }
}

fn kind(pcb: u8, information: &[u8]) -> Option<Kind> {
    match pcb & CLASS_MASK {
        SUPERVISORY => {
            let topic = match (pcb & 0x1F, information) {
                (0, []) => Topic::Resynch,
                (1, &[size @ 1..=0xFE]) => Topic::Ifs(size),
                (2, []) => Topic::Abort,
                (3, &[times]) => Topic::Wtx(times),
                _ => return None,
            };
            let answered = pcb & S_RESPONSE != 0;
            Some(if answered { Kind::Response(topic) } else { Kind::Request(topic) })
        }
        RECEIPT if information.is_empty() => {
            let cause = match pcb & !(CLASS_MASK | R_SEQUENCE) {
                0 => Cause::None,
                1 => Cause::Edc,
                2 => Cause::Other,
                _ => return None,
            };
            Some(Kind::Receipt { sequence: pcb & R_SEQUENCE != 0, cause })
        }
        RECEIPT => None,
        // The lower five bits are reserved.
        _ if pcb & 0x1F != 0 => None,
        _ => Some(Kind::Information { sequence: pcb & I_SEQUENCE != 0, more: pcb & I_MORE != 0 }),
    }
}

/// The PCB, and the one byte that an S-block may carry.
fn pcb(kind: Kind) -> (u8, Option<u8>) {
    let bit = |on: bool, bit: u8| if on { bit } else { 0 };
    let topic = |topic: Topic| match topic {
        Topic::Resynch => (0, None),
        Topic::Ifs(size) => (1, Some(size)),
        Topic::Abort => (2, None),
        Topic::Wtx(times) => (3, Some(times)),
    };
    match kind {
        Kind::Information { sequence, more } => {
            (bit(sequence, I_SEQUENCE) | bit(more, I_MORE), None)
        }
        Kind::Receipt { sequence, cause } => {
            (RECEIPT | bit(sequence, R_SEQUENCE) | cause as u8, None)
        }
        Kind::Request(asked) => (SUPERVISORY | topic(asked).0, topic(asked).1),
        Kind::Response(answered) => {
            (SUPERVISORY | S_RESPONSE | topic(answered).0, topic(answered).1)
        }
    }
}

#[cfg(test)]
mod tests;
