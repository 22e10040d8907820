//! What any framing between host and reader must do.
//!
//! Readers with a security module of GA 450 share their commands and status bytes, but not all
//! share the frame around them. Whoever adds a reader with another frame implements [`Framing`] and
//! hands it to [`IdCardDriver::with_framing`](super::IdCardDriver::with_framing).

use heapless::Vec;

use super::{
    limits::{REQUEST_BYTES_MAX, TEXT_BYTES},
    status::SamStatus,
};

/// A command to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Request {
    /// Start the security module anew.
    Reset,
    /// Is the security module well?
    Status,
    /// Which security module is it?
    SamId,
    /// Is there a document?
    Find,
    /// Turn to the document that was found.
    Select,
    /// Read text and photo of the selected document.
    ReadText,
}

/// Every request.
pub const REQUESTS: [Request; 6] = [
    Request::Reset,
    Request::Status,
    Request::SamId,
    Request::Find,
    Request::Select,
    Request::ReadText,
];

impl Request {
    /// Command and parameter byte (GA 467).
    pub const fn code(self) -> [u8; 2] {
        match self {
            Self::Reset => [0x10, 0xFF],
            Self::Status => [0x11, 0xFF],
            Self::SamId => [0x12, 0xFF],
            Self::Find => [0x20, 0x01],
            Self::Select => [0x20, 0x02],
            Self::ReadText => [0x30, 0x01],
        }
    }
}

/// What came besides the status.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Content<'a> {
    /// The few bytes of a short answer; empty when there are none.
    Short(&'a [u8]),
    /// The text of a document, UTF-16LE; the photo that came with it is gone.
    Text(&'a [u8; TEXT_BYTES]),
}

/// An answer of the reader. Personal when it holds a text, so it cannot be formatted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Answer<'a> {
    /// How the command ended.
    pub status: SamStatus,
    /// What it brought.
    pub content: Content<'a>,
}

/// What a framing found in the byte stream.
#[derive(PartialEq, Eq)]
pub enum Received<'a> {
    /// An answer whose length and checksum are right.
    Answer(Answer<'a>),
    /// A frame that is broken; the search for the next one has begun.
    Broken,
}

/// Puts commands into frames and finds answers in a stream of bytes, whatever else is in it.
///
/// Push one byte, then take [`next`](Self::next) until it gives `None`.
///
/// Contracts:
/// - a photo is checked, but not one byte of it is ever held;
/// - what was found depends on the bytes alone, never on how they were split;
/// - [`reset`](Self::reset), and handing out an answer with a text, wipe what is held by the next
///   call at the latest.
pub trait Framing {
    /// The frame of a command.
    fn encode(&self, request: Request) -> Vec<u8, REQUEST_BYTES_MAX>;
    /// Takes in one byte.
    fn push(&mut self, byte: u8);
    /// The next find, if the bytes so far make one.
    fn next(&mut self) -> Option<Received<'_>>;
    /// Whether bytes wait for more.
    fn is_waiting(&self) -> bool;
    /// The line fell silent: gives up what was begun, and returns whether that was a frame.
    ///
    /// Take [`next`](Self::next) and call this again while [`is_waiting`](Self::is_waiting).
    fn give_up(&mut self) -> bool;
    /// Forgets and wipes all bytes.
    fn reset(&mut self);
}
