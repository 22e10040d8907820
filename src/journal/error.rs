//! Why the journal did not do it.

use core::fmt;
use std::path::{Path, PathBuf};

use super::job::PrintState;
use super::number::TERMINAL_NO_CHARS_MAX;

/// Why the journal did not do it; as text, one sentence that names the file and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JournalError {
    /// The terminal number cannot be part of a slip number.
    TerminalNo,
    /// Another process has the journal open; the path is the lock file's.
    InUse(PathBuf),
    /// The lock file cannot be made.
    Lock(PathBuf, String),
    /// A later version of this software has upgraded the journal.
    Newer(PathBuf, i64),
    /// The database failed.
    Database(PathBuf, String),
    /// The operating system gave no random numbers.
    Random(String),
    /// No job has this slip number.
    NoSuchSlip(String),
    /// A job cannot go from one state to the other.
    Transition {
        /// The slip.
        slip_no: String,
        /// Its state.
        from: PrintState,
        /// The state asked for.
        to: PrintState,
    },
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TerminalNo => write!(
                f,
                "the terminal number must be 1 to {TERMINAL_NO_CHARS_MAX} letters or digits; \
                 correct it in the configuration"
            ),
            Self::InUse(path) => write!(
                f,
                "another kiosk process holds {}; stop it before starting this one",
                path.display()
            ),
            Self::Lock(path, error) => write!(
                f,
                "cannot lock the journal with {}: {error}; check that its folder exists and is \
                 writable",
                path.display()
            ),
            Self::Newer(path, version) => write!(
                f,
                "the journal {} has version {version}, made by newer software; install that",
                path.display()
            ),
            Self::Database(path, error) => write!(
                f,
                "the journal {} failed: {error}; check the disk, or move the file away to begin a \
                 new one",
                path.display()
            ),
            Self::Random(error) => write!(f, "no random numbers from the system: {error}"),
            Self::NoSuchSlip(slip_no) => write!(f, "the journal has no slip {slip_no}"),
            Self::Transition { slip_no, from, to } => {
                write!(f, "the slip {slip_no} is {from}, it cannot become {to}")
            }
        }
    }
}

impl std::error::Error for JournalError {}

/// Puts the file's name to an error of the database.
pub fn in_file(path: &Path) -> impl Fn(rusqlite::Error) -> JournalError + use<> {
    let path = path.to_owned();
    move |error| JournalError::Database(path.clone(), error.to_string())
}
