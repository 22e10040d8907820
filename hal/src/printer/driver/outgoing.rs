//! The bytes on their way out: the ordered stream, padding, and real-time requests between commands.

use super::{proof::FENCE, window::Window};
use crate::printer::framing::{Framer, Role};

/// Page bytes that may wait in the driver.
pub(super) const PAGE_BYTES: usize = 2048;
/// Room beyond [`PAGE_BYTES`] for what the driver adds: the cut and the question for proof.
const TRAILER_BYTES: usize = 64;
/// Longest queue of real-time requests in bytes: the end of a cut head, a status round, a clear.
const URGENT_BYTES: usize = 48;

const ZEROS: [u8; 64] = [0; 64];
/// Zero bytes that complete any image of which the printer may have got a part.
const LOST_IMAGE_NULS: u32 = 8192;
/// As [`LOST_IMAGE_NULS`] of a band.
const LOST_BAND_NULS: u32 = 2048;
/// Ends the state in which a printer whose paper ended inside an image takes all for dots (`ESC @`);
/// harmless to others.
const FREE: [u8; 2] = [0x1B, 0x40];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Nothing,
    Urgent,
    Padding,
    Ack,
    Stream,
}

/// What became of bytes that the link took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    /// Bytes of the ordered stream.
    pub(super) stream: usize,
    /// The last real-time request has left.
    pub(super) urgent_done: bool,
}

#[derive(Debug)]
pub(super) struct Outgoing {
    framer: Framer,
    urgent: heapless::Vec<u8, URGENT_BYTES>,
    urgent_at: usize,
    padding: u32,
    stream: heapless::Vec<u8, { PAGE_BYTES + TRAILER_BYTES }>,
    stream_at: usize,
    shown: Source,
    /// Padding goes out although the gate is closed.
    pub(super) padding_open: bool,
    /// Whether the stream may flow; a command begun is always completed, so that real-time
    /// requests can be told from image data.
    pub(super) gate_open: bool,
    /// The printer said XOFF in the stream.
    pub(super) xoff: bool,
    /// Image data has left that is not known to have arrived whole.
    payload_sent: bool,
    /// The latest bytes of the present payload.
    payload_tail: [u8; 2],
    /// What looks like a status request has left inside data.
    phantoms: bool,
    /// Bytes at the end of the stream that belong to the page's proof; `None` before its end.
    trailer: Option<usize>,
    /// Bounds the bytes that the printer has not taken in.
    pub(super) window: Window,
    ack_at: usize,
}

impl Outgoing {
    pub(super) const fn new(ack_bytes: usize) -> Self {
        Self {
            framer: Framer::new(),
            urgent: heapless::Vec::new(),
            urgent_at: 0,
            padding: 0,
            stream: heapless::Vec::new(),
            stream_at: 0,
            shown: Source::Nothing,
            padding_open: false,
            gate_open: true,
            xoff: false,
            payload_sent: false,
            payload_tail: [0; 2],
            phantoms: false,
            trailer: None,
            window: Window::new(ack_bytes),
            ack_at: 0,
        }
    }

    /// The next bytes to write.
    pub(super) fn show(&mut self) -> &[u8] {
        let boundary = self.framer.at_boundary();
        let urgent = self.urgent_at < self.urgent.len();
        let in_trailer = self.trailer.is_some_and(|bytes| self.stream_len() < bytes);
        let ack_due = boundary && !in_trailer && self.window.question_is_due();
        self.shown = if self.ack_at > 0 {
            Source::Ack
        } else if urgent && (boundary || self.urgent_at > 0) {
            Source::Urgent
        } else if self.xoff
            || (!self.gate_open && boundary && !(self.padding_open && self.padding > 0))
        {
            Source::Nothing
        } else if self.padding > 0 {
            Source::Padding
        } else if ack_due {
            Source::Ack
        } else if boundary && self.window.is_full() {
            Source::Nothing
        } else {
            Source::Stream
        };
        match self.shown {
            Source::Nothing => &[],
            Source::Ack => FENCE.get(self.ack_at..).unwrap_or(&[]),
            Source::Urgent => self.urgent.get(self.urgent_at..).unwrap_or(&[]),
            Source::Padding => {
                let length = (self.padding as usize).min(ZEROS.len());
                ZEROS.get(..length).unwrap_or(&[])
            }
            Source::Stream => {
                let rest = self.stream.get(self.stream_at..).unwrap_or(&[]);
                let length = if urgent || !self.gate_open {
                    to_boundary(&self.framer, rest, 0)
                } else {
                    let least = self.window.bytes_to_question().unwrap_or(rest.len());
                    to_boundary(&self.framer, rest, least)
                };
                rest.get(..length).unwrap_or(&[])
            }
        }
    }

    /// The link took `count` of the bytes last shown.
    pub(super) fn taken(&mut self, count: usize) -> Taken {
        let mut taken = Taken { stream: 0, urgent_done: false };
        match self.shown {
            Source::Nothing => {}
            Source::Urgent => {
                self.urgent_at = (self.urgent_at + count).min(self.urgent.len());
                if self.urgent_at == self.urgent.len() {
                    self.urgent.clear();
                    self.urgent_at = 0;
                    taken.urgent_done = true;
                }
            }
            Source::Ack => {
                let count = count.min(FENCE.len() - self.ack_at);
                for &byte in FENCE.iter().skip(self.ack_at).take(count) {
                    self.framer.push(byte);
                }
                self.ack_at += count;
                if self.ack_at == FENCE.len() {
                    self.ack_at = 0;
                    self.window.asked();
                }
            }
            Source::Padding => {
                let count = (count as u32).min(self.padding);
                self.padding -= count;
                for _ in 0..count {
                    self.framer.push(0);
                }
            }
            Source::Stream => {
                taken.stream = count.min(self.stream_len());
                for &byte in self.stream.iter().skip(self.stream_at).take(taken.stream) {
                    if self.framer.push(byte) == Role::Payload {
                        self.payload_sent = true;
                        let [a, b] = self.payload_tail;
                        self.phantoms |= [a, b] == [0x10, 0x04] && matches!(byte, 1..=4);
                        self.payload_tail = [b, byte];
                    } else {
                        self.payload_tail = [0; 2];
                    }
                }
                self.stream_at += taken.stream;
                self.window.sent(taken.stream, ends_image(&self.framer));
                if self.stream_at == self.stream.len() {
                    self.stream.clear();
                    self.stream_at = 0;
                }
            }
        }
        self.shown = Source::Nothing;
        taken
    }

    /// Begins the page's end: asks, after all that was written, whether it was taken in.
    pub(super) fn ask_at_end(&mut self) {
        self.trailer = Some(0);
        if self.window.ask_at_end() {
            self.append(&FENCE);
        }
    }

    /// Queues a real-time request; dropped when there is no room, as a lost one would be.
    pub(super) fn request(&mut self, bytes: &[u8]) {
        let _ = self.urgent.extend_from_slice(bytes);
    }

    /// As [`request`](Self::request), unless the same request still waits to leave.
    pub(super) fn request_once(&mut self, bytes: &[u8]) {
        let waiting = self.urgent.get(self.urgent_at..).unwrap_or(&[]);
        if waiting.is_empty() || !(waiting.ends_with(bytes) || bytes.ends_with(waiting)) {
            self.request(bytes);
        }
    }

    /// Queues ordered bytes: a page's, for which there is [`room`](Self::room), or the driver's own,
    /// for which [`TRAILER_BYTES`] are set aside.
    pub(super) fn append(&mut self, bytes: &[u8]) {
        if self.stream_at > 0 {
            self.stream.rotate_left(self.stream_at);
            self.stream.truncate(self.stream.len() - self.stream_at);
            self.stream_at = 0;
        }
        if self.stream.extend_from_slice(bytes).is_ok()
            && let Some(trailer) = &mut self.trailer
        {
            *trailer += bytes.len();
        }
    }

    /// How many page bytes fit now.
    pub(super) fn room(&self) -> usize {
        PAGE_BYTES.saturating_sub(self.stream_len())
    }

    /// Whether all ordered bytes have left.
    pub(super) fn stream_is_empty(&self) -> bool {
        self.stream_len() == 0 && self.padding == 0
    }

    fn stream_len(&self) -> usize {
        self.stream.len().saturating_sub(self.stream_at)
    }

    /// Drops what has not left and pads the command that was cut short, so that the printer is
    /// not left waiting for image data.
    pub(super) fn abandon(&mut self) {
        self.stream.clear();
        self.stream_at = 0;
        self.shown = Source::Nothing;
        self.trailer = None;
        self.padding = self.padding.max(missing(&self.framer));
        if self.window.image_in_doubt() {
            // It may wait for the rest of a band, or take all that follows for dots.
            self.padding = self.padding.max(LOST_BAND_NULS);
            self.request_once(&FREE);
        }
        self.window.reset();
        self.ack_at = 0;
    }

    /// A printer did not answer: it may take requests for dots. Lets padding go out; when that was
    /// to no avail, for without flow control a full printer loses it, frees it with [`FREE`], and
    /// pads `again`.
    pub(super) fn free_image(&mut self, again: bool) {
        self.padding_open = true;
        if self.payload_sent && self.padding == 0 {
            self.request_once(&FREE);
            self.padding = if again { LOST_BAND_NULS } else { 0 };
        }
    }

    /// Whether the printer may be in the middle of an image.
    pub(super) const fn owes_padding(&self) -> bool {
        self.padding > 0
    }

    /// Forgets everything at the loss of the link; remembers padding of `nuls` bytes if image data
    /// was among what the printer may have got in part.
    pub(super) fn link_lost(&mut self) {
        let padding = if self.payload_sent || !self.framer.at_boundary() || self.padding > 0 {
            LOST_IMAGE_NULS
        } else {
            0
        };
        let ack_bytes = self.window.ack_bytes();
        *self = Self { padding, payload_sent: padding > 0, ..Self::new(ack_bytes) };
    }

    /// A page is proven, or a fence after it is answered: image data before it is not in doubt any more.
    pub(super) fn page_over(&mut self) {
        self.payload_sent = false;
        self.trailer = None;
        self.window.page_over();
    }

    /// Whether data that may have brought unasked status answers has left since the last call.
    pub(super) const fn take_phantoms(&mut self) -> bool {
        core::mem::replace(&mut self.phantoms, false)
    }
}

/// Whether the bytes so far end with a whole raster image.
fn ends_image(framer: &Framer) -> bool {
    framer.at_boundary() && framer.head().starts_with(&[0x1D, 0x76])
}

/// Bytes of `rest`, at least `least` of them, up to the end of a command; an image ends them too.
fn to_boundary(framer: &Framer, rest: &[u8], least: usize) -> usize {
    let mut probe = framer.clone();
    let mut length = 0;
    for &byte in rest {
        if probe.at_boundary() && (length >= least || (length > 0 && ends_image(&probe))) {
            break;
        }
        probe.push(byte);
        length += 1;
    }
    length
}

/// Zero bytes that complete the present command.
fn missing(framer: &Framer) -> u32 {
    const HEAD_BYTES_MAX: u32 = 16;
    let mut probe = framer.clone();
    let mut count = 0;
    while !probe.at_boundary() && !probe.in_payload() && count < HEAD_BYTES_MAX {
        probe.push(0);
        count += 1;
    }
    count.saturating_add(probe.payload_left())
}
