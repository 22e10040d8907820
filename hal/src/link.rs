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
