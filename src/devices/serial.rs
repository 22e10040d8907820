//! A serial port of the operating system: opening, and a thread that waits for its bytes.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Receiver, bounded};
use serialport::{ErrorKind, FlowControl, SerialPort, StopBits, TTYPort};

/// How long the waiting thread sleeps at most before it looks whether it is still wanted.
const READ_WAIT: Duration = Duration::from_millis(200);
/// How long a write may wait for room before the owner goes on with other work.
const WRITE_WAIT: Duration = Duration::from_millis(20);
/// The largest piece written at once. A tty reports room from 256 bytes on, so that a piece of this
/// size never blocks in the kernel, not even behind an XOFF.
const WRITE_MAX: usize = 128;

/// Which port, and how it is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SerialSettings {
    /// The device file; best a stable name that udev gives.
    pub path: PathBuf,
    /// Bits a second.
    pub baud: u32,
    /// Two stop bits instead of one.
    pub two_stop_bits: bool,
    /// XON/XOFF from the device stops our output.
    pub xon_xoff: bool,
}

/// Why a port could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// No such port.
    Missing(String),
    /// Another program has it.
    Taken(String),
    /// Anything else.
    Other(String),
}

impl core::fmt::Display for OpenError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Missing(text) | Self::Taken(text) | Self::Other(text) => f.write_str(text),
        }
    }
}

/// What the waiting thread tells.
#[derive(Debug)]
pub enum Incoming {
    /// Bytes, in order.
    Bytes(Vec<u8>),
    /// The port is gone; nothing more comes.
    Lost,
}

/// An open port.
pub struct Serial {
    port: TTYPort,
    real_path: PathBuf,
    incoming: Receiver<Incoming>,
    stop: Arc<AtomicBool>,
    waiter: Option<JoinHandle<()>>,
}

impl Serial {
    /// Opens the port for this program alone.
    ///
    /// # Errors
    /// One sentence that names the port and the way out.
    pub fn open(settings: &SerialSettings) -> Result<Self, OpenError> {
        // The symbolic link is followed here, at each try anew: a device that comes back may have
        // another name behind it, and a port is locked by its real name.
        let (port, real_path) = std::fs::canonicalize(&settings.path)
            .map_err(serialport::Error::from)
            .and_then(|real| open_port(&real, settings).map(|port| (port, real)))
            .map_err(|e| explain(&settings.path, &e))?;
        let mut port = port;
        let _ = port.clear(serialport::ClearBuffer::All);
        let other =
            |e: serialport::Error| OpenError::Other(format!("{}: {e}", settings.path.display()));
        port.set_timeout(WRITE_WAIT).map_err(other)?;
        let mut reader = port.try_clone_native().map_err(other)?;
        reader.set_timeout(READ_WAIT).map_err(other)?;
        let (sender, incoming) = bounded(64);
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let waiter = std::thread::Builder::new()
            .name("serial-wait".into())
            .spawn(move || {
                let mut buffer = [0u8; 512];
                while !stopped.load(Ordering::Relaxed) {
                    let news = match reader.read(&mut buffer) {
                        // Hung up: a read that returns nothing would return nothing for ever.
                        Ok(0) => Incoming::Lost,
                        Ok(count) => {
                            Incoming::Bytes(buffer.get(..count).unwrap_or_default().to_vec())
                        }
                        Err(e) if is_passing(&e) => continue,
                        Err(_) => Incoming::Lost,
                    };
                    let last = matches!(news, Incoming::Lost);
                    if sender.send(news).is_err() || last {
                        break;
                    }
                }
            })
            .map_err(|e| {
                OpenError::Other(format!(
                    "{}: no thread could be started: {e}",
                    settings.path.display()
                ))
            })?;
        Ok(Self { port, real_path, incoming, stop, waiter: Some(waiter) })
    }

    /// The device file behind the name in the configuration.
    pub fn real_path(&self) -> &Path {
        &self.real_path
    }

    /// What the waiting thread tells.
    pub fn incoming(&self) -> &Receiver<Incoming> {
        &self.incoming
    }

    /// Writes what the port takes now; 0 when it takes nothing (XOFF, full).
    ///
    /// # Errors
    /// When the port is gone.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let piece = bytes.get(..bytes.len().min(WRITE_MAX)).unwrap_or(bytes);
        match self.port.write(piece) {
            Ok(0) => Err(io::ErrorKind::BrokenPipe.into()),
            Err(e) if is_passing(&e) => Ok(0),
            other => other,
        }
    }
}

impl Drop for Serial {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // What the device has not taken by now is not wanted any more; without this a close can wait
        // for a stopped device.
        let _ = self.port.clear(serialport::ClearBuffer::All);
        while self.incoming.try_recv().is_ok() {}
        if let Some(waiter) = self.waiter.take() {
            let _ = waiter.join();
        }
    }
}

fn is_passing(e: &io::Error) -> bool {
    matches!(
        e.kind(),
        io::ErrorKind::TimedOut | io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock
    )
}

fn open_port(path: &Path, settings: &SerialSettings) -> serialport::Result<TTYPort> {
    let stop_bits = if settings.two_stop_bits { StopBits::Two } else { StopBits::One };
    let flow = if settings.xon_xoff { FlowControl::Software } else { FlowControl::None };
    serialport::new(path.to_string_lossy(), settings.baud)
        .stop_bits(stop_bits)
        .flow_control(flow)
        .timeout(READ_WAIT)
        .open_native()
}

fn explain(path: &Path, e: &serialport::Error) -> OpenError {
    let name = path.display();
    match e.kind() {
        ErrorKind::Io(io::ErrorKind::NotFound) => OpenError::Missing(format!(
            "{name}: no such port; connect the device or correct its port in the configuration"
        )),
        ErrorKind::NoDevice if !path.exists() => OpenError::Missing(format!(
            "{name}: no such port; connect the device or correct its port in the configuration"
        )),
        ErrorKind::NoDevice
        | ErrorKind::Io(io::ErrorKind::ResourceBusy | io::ErrorKind::WouldBlock) => {
            OpenError::Taken(format!(
                "{name}: the port is in use by another program; stop that program ({e})"
            ))
        }
        ErrorKind::Io(io::ErrorKind::PermissionDenied) => OpenError::Other(format!(
            "{name}: no permission; run as a member of the group dialout or install the udev rules"
        )),
        _ => OpenError::Other(format!("{name}: cannot be used as a serial port: {e}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_is_told_from_what_is_an_end() {
        use io::ErrorKind::{BrokenPipe, Interrupted, NotConnected, Other, TimedOut, WouldBlock};
        let table = [
            (Interrupted, true),
            (WouldBlock, true),
            (TimedOut, true),
            (BrokenPipe, false),
            (NotConnected, false),
            (Other, false),
        ];
        for (kind, passes) in table {
            assert_eq!(is_passing(&kind.into()), passes, "{kind}");
        }
        // As the system numbers them: EINTR, EAGAIN; ENXIO, EIO, EPIPE.
        for (number, passes) in [(4, true), (11, true), (6, false), (5, false), (32, false)] {
            assert_eq!(is_passing(&io::Error::from_raw_os_error(number)), passes, "{number}");
        }
    }
}
