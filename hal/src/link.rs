//! The byte link that a driver talks through.

use embedded_io::{ErrorType, Read, ReadReady, Write};

use crate::{driver::Machine, time::Instant};

/// Moves the bytes that are ready, both ways, once; never waits for input.
///
/// Returns whether any byte was moved. For hosts without threads; a kiosk uses
/// its own port owner.
///
/// # Errors
/// The link's own error; the caller then reports [`Machine::link_lost`].
pub fn pump<L, M>(
    link: &mut L,
    machine: &mut M,
    now: Instant,
) -> Result<bool, <L as ErrorType>::Error>
where
    L: Read + Write + ReadReady,
    M: Machine + ?Sized,
{
    let mut moved = false;
    let mut buffer = [0u8; 256];
    while link.read_ready()? {
        let count = link.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        machine.receive(now, &buffer[..count]);
        moved = true;
    }
    loop {
        let output = machine.pending_output(now);
        if output.is_empty() {
            break;
        }
        let count = link.write(output)?;
        if count == 0 {
            break;
        }
        machine.output_taken(now, count);
        moved = true;
    }
    if machine.next_timeout().is_some_and(|at| at <= now) {
        machine.handle_timeout(now);
    }
    Ok(moved)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use core::convert::Infallible;
    use std::collections::VecDeque;
    use std::vec::Vec;

    use super::*;

    /// A link that takes three bytes at a time.
    #[derive(Default)]
    struct Wire {
        incoming: VecDeque<u8>,
        outgoing: Vec<u8>,
    }

    impl ErrorType for Wire {
        type Error = Infallible;
    }

    impl Read for Wire {
        fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Infallible> {
            let count = buffer.len().min(self.incoming.len()).min(3);
            for (to, from) in buffer.iter_mut().zip(self.incoming.drain(..count)) {
                *to = from;
            }
            Ok(count)
        }
    }

    impl ReadReady for Wire {
        fn read_ready(&mut self) -> Result<bool, Infallible> {
            Ok(!self.incoming.is_empty())
        }
    }

    impl Write for Wire {
        fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
            let count = bytes.len().min(3);
            self.outgoing.extend_from_slice(&bytes[..count]);
            Ok(count)
        }

        fn flush(&mut self) -> Result<(), Infallible> {
            Ok(())
        }
    }

    /// Sends back what it hears, and a mark when its time has come.
    #[derive(Default)]
    struct Parrot {
        output: Vec<u8>,
        due: Option<Instant>,
    }

    impl Machine for Parrot {
        fn link_opened(&mut self, _now: Instant) {}
        fn link_lost(&mut self, _now: Instant) {}
        fn receive(&mut self, _now: Instant, bytes: &[u8]) {
            self.output.extend_from_slice(bytes);
        }
        fn pending_output(&mut self, _now: Instant) -> &[u8] {
            &self.output
        }
        fn output_taken(&mut self, _now: Instant, count: usize) {
            self.output.drain(..count);
        }
        fn next_timeout(&self) -> Option<Instant> {
            self.due
        }
        fn handle_timeout(&mut self, _now: Instant) {
            self.due = None;
            self.output.push(b'!');
        }
    }

    #[test]
    fn all_bytes_go_both_ways_and_time_is_told_when_due() {
        let at = Instant::from_millis;
        let mut wire =
            Wire { incoming: b"0123456789".iter().copied().collect(), ..Wire::default() };
        let mut parrot = Parrot { due: Some(at(5)), ..Parrot::default() };
        assert!(pump(&mut wire, &mut parrot, at(4)).unwrap());
        assert_eq!(wire.outgoing, b"0123456789");
        assert!(!pump(&mut wire, &mut parrot, at(4)).unwrap(), "nothing is due");
        pump(&mut wire, &mut parrot, at(5)).unwrap();
        assert!(pump(&mut wire, &mut parrot, at(5)).unwrap());
        assert_eq!(wire.outgoing, b"0123456789!");
    }
}
