//! Why the journal did not do it.

use core::fmt;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::job::PrintState;
use super::number::TERMINAL_NO_CHARS_MAX;
use crate::domain::operation::OperationId;

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
    /// There is no key file at this place.
    KeyMissing(PathBuf),
    /// The key file of a journal that has one is gone: the journal, the key file.
    KeyGone(PathBuf, PathBuf),
    /// The key file cannot be used, and why.
    KeyFile(PathBuf, String),
    /// The journal was begun with another key.
    KeyWrong(PathBuf),
    /// The journal has reached its bound, in megabytes.
    Full(PathBuf, u32),
    /// The journal is of a version without a chain.
    NoChain(PathBuf),
    /// A row of the chain is wrong: the file, the row's number, what is wrong.
    Broken(PathBuf, i64, &'static str),
    /// No such operation was begun.
    NoSuchOperation(OperationId),
    /// What has become of the operation is settled otherwise.
    Settled(OperationId),
    /// The day up to which rows shall be archived is too near.
    TooYoung {
        /// The day asked for.
        before: Date,
        /// The latest that may be asked for.
        latest: Date,
    },
    /// Another file cannot be used, and why.
    File(PathBuf, String),
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
            Self::KeyMissing(path) => {
                write!(f, "{}: there is no such key file; name it with --key", path.display())
            }
            Self::KeyGone(path, key) => write!(
                f,
                "the journal {} needs its key {}, which is gone; put it back from the backup, or \
                 move the journal away to begin a new one",
                path.display(),
                key.display()
            ),
            Self::KeyFile(path, why) => write!(f, "the key {} {why}", path.display()),
            Self::KeyWrong(path) => write!(
                f,
                "the key is not that of the journal {}; put the right one back, or move the \
                 journal away to begin a new one",
                path.display()
            ),
            Self::Full(path, size_mb) => write!(
                f,
                "the journal {} has reached its {size_mb} MB; stop the kiosk and run `gongji-kiosk \
                 journal archive`, or set a larger size_max",
                path.display()
            ),
            Self::NoChain(path) => write!(
                f,
                "{} has no chain: it is no journal, or of an earlier version, which the kiosk \
                 upgrades when it starts",
                path.display()
            ),
            Self::Broken(path, row, why) => write!(
                f,
                "{}: row {row} of the chain is wrong: {why}; keep the file as evidence and compare \
                 it with the last export",
                path.display()
            ),
            Self::NoSuchOperation(id) => write!(f, "the journal has no operation {id}"),
            Self::Settled(id) => {
                write!(f, "what became of the operation {id} is settled otherwise already")
            }
            Self::TooYoung { before, latest } => write!(
                f,
                "rows are archived when they are half a year old: {before} is too near, give \
                 {latest} or a day before it"
            ),
            Self::File(path, why) => write!(f, "{}: {why}", path.display()),
            Self::NoSuchSlip(slip_no) => write!(f, "the journal has no slip {slip_no}"),
            Self::Transition { slip_no, from, to } => {
                write!(f, "the slip {slip_no} is {from}, it cannot become {to}")
            }
        }
    }
}

impl std::error::Error for JournalError {}

impl JournalError {
    /// Puts the journal's name to a missing key.
    pub(super) fn of_journal(self, journal: &Path) -> Self {
        match self {
            Self::KeyMissing(key) => Self::KeyGone(journal.to_owned(), key),
            other => other,
        }
    }
}

/// Puts the file's name to an error of the database.
pub fn in_file(path: &Path) -> impl Fn(rusqlite::Error) -> JournalError + use<> {
    let path = path.to_owned();
    move |error| {
        // Some errors bring the whole statement with them.
        let text = error.to_string();
        let sentence = text.lines().next().unwrap_or_default().trim().to_owned();
        JournalError::Database(path.clone(), sentence)
    }
}
