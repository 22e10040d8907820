//! Bytes that wait to be written to a device.

use heapless::Vec;
use zeroize::Zeroize;

/// One frame that waits to be written, behind the rest of one that was begun.
///
/// A frame that is partly written stays whole on the line, however often another takes its place
/// before the line goes on; one that is not begun is then never sent. All is wiped once written.
#[derive(Default)]
pub(crate) struct Outgoing<const N: usize> {
    bytes: Vec<u8, N>,
    written: usize,
    /// Where the last frame begins; what is before it was begun.
    frame_at: usize,
}

impl<const N: usize> Outgoing<N> {
    /// Nothing to write.
    pub(crate) const fn new() -> Self {
        Self { bytes: Vec::new(), written: 0, frame_at: 0 }
    }

    /// What is to be written next.
    pub(crate) fn pending(&self) -> &[u8] {
        self.bytes.get(self.written..).unwrap_or_default()
    }

    /// The first `count` bytes were written.
    pub(crate) fn taken(&mut self, count: usize) {
        self.written = self.written.saturating_add(count);
        if self.written >= self.bytes.len() {
            self.clear();
        }
    }

    /// Sends `frame` in place of one that was not begun; it is dropped when it does not fit behind
    /// the rest of one that was.
    pub(crate) fn send(&mut self, frame: &[u8]) {
        let end = if self.written > self.frame_at { self.bytes.len() } else { self.frame_at };
        let mut begun = self.bytes.get(self.written..end).map(Vec::<u8, N>::from_slice);
        self.clear();
        if let Some(Ok(begun)) = &mut begun {
            let _ = self.bytes.extend_from_slice(begun);
            begun.zeroize();
        }
        self.frame_at = self.bytes.len();
        let _ = self.bytes.extend_from_slice(frame);
    }

    /// Forgets and wipes everything.
    pub(crate) fn clear(&mut self) {
        self.bytes.zeroize();
        self.written = 0;
        self.frame_at = 0;
    }
}

impl<const N: usize> Drop for Outgoing<N> {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::Outgoing;

    /// Writes `count` bytes to `line`.
    fn write<const N: usize>(outgoing: &mut Outgoing<N>, count: usize, line: &mut Vec<u8>) {
        line.extend(outgoing.pending().iter().take(count));
        outgoing.taken(count.min(outgoing.pending().len()));
    }

    #[test]
    fn a_frame_that_was_begun_stays_whole_however_often_another_takes_its_place() {
        for begun in 0..=4 {
            for more in 0..=4 {
                let mut outgoing = Outgoing::<8>::new();
                let mut line = Vec::new();
                outgoing.send(b"AAAA");
                write(&mut outgoing, begun, &mut line);
                // Twice without a byte written between.
                outgoing.send(b"BBBB");
                outgoing.send(b"CCCC");
                write(&mut outgoing, more, &mut line);
                outgoing.send(b"DDDD");
                write(&mut outgoing, usize::MAX, &mut line);
                let frames: Vec<_> = line.chunks(4).collect();
                assert!(frames.iter().all(|frame| frame.iter().all(|byte| *byte == frame[0])));
                assert_eq!(frames.contains(&&b"AAAA"[..]), begun > 0, "{begun} {more}");
                assert!(!frames.contains(&&b"BBBB"[..]), "{begun} {more}");
                assert_eq!(frames.last(), Some(&&b"DDDD"[..]), "{begun} {more}");
                assert!(outgoing.pending().is_empty());
            }
        }
    }

    #[test]
    fn a_frame_that_does_not_fit_is_dropped_whole() {
        let mut outgoing = Outgoing::<8>::new();
        let mut line = Vec::new();
        outgoing.send(b"AAAA");
        write(&mut outgoing, 1, &mut line);
        outgoing.send(b"BBBBBB");
        write(&mut outgoing, usize::MAX, &mut line);
        assert_eq!(line, b"AAAA");
    }
}
