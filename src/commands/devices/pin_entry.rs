//! Takes a PIN from standard input: never shown, never kept.

use std::io;

use rustix::stdio::stdin;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

/// Longest line that is taken; a PIN has 12 digits at most.
const LINE_BYTES_MAX: usize = 64;
/// What a terminal sends for Ctrl-C and Ctrl-D while it does not act on them.
const INTERRUPT: u8 = 0x03;
const END: u8 = 0x04;

/// Where the PIN comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A person at a terminal that is made not to show it.
    Hidden,
    /// A line of whatever standard input is.
    Line,
}

/// The terminal as it was; put back when dropped.
struct Silence(Termios);

impl Silence {
    fn begin() -> io::Result<Self> {
        let before = tcgetattr(stdin())?;
        let mut silent = before.clone();
        // Signals too: an interrupted program would leave the terminal silent.
        silent.local_modes -= LocalModes::ECHO | LocalModes::ISIG | LocalModes::ICANON;
        tcsetattr(stdin(), OptionalActions::Flush, &silent)?;
        Ok(Self(before))
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        let _ = tcsetattr(stdin(), OptionalActions::Flush, &self.0);
        eprintln!();
    }
}

/// Reads one line.
///
/// # Errors
/// One sentence: the input cannot be read, is too long, or was broken off.
pub(super) fn read(entry: Entry) -> Result<Zeroizing<String>, String> {
    let cannot = |e: io::Error| format!("the PIN cannot be read ({e}); type it at a terminal");
    let _silence = match entry {
        Entry::Hidden => {
            eprint!("PIN (not shown): ");
            Some(Silence::begin().map_err(cannot)?)
        }
        Entry::Line => None,
    };
    // Byte by byte: a buffered reader would keep what came, and more than the line.
    let mut line = Zeroizing::new(Vec::with_capacity(LINE_BYTES_MAX));
    let mut byte = Zeroizing::new([0u8; 1]);
    loop {
        match rustix::io::read(stdin(), byte.as_mut_slice()) {
            Ok(0) => break,
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => continue,
            Err(e) => return Err(cannot(e.into())),
        }
        match (entry, byte[0]) {
            (_, b'\n' | b'\r') => break,
            (Entry::Hidden, INTERRUPT | END) => {
                return Err("broken off; nothing was sent to the card".into());
            }
            (Entry::Hidden, 0x08 | 0x7F) => {
                line.pop();
            }
            (_, _) if line.len() == LINE_BYTES_MAX => {
                return Err("a PIN has 4 to 12 digits; nothing was sent to the card".into());
            }
            (_, byte) => line.push(byte),
        }
    }
    let text = std::str::from_utf8(&line)
        .map_err(|_| "a PIN is of digits only; nothing was sent to the card".to_owned())?;
    Ok(Zeroizing::new(text.to_owned()))
}
