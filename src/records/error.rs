//! Why a command on the ledger's file failed.

use core::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a ledger file could not be opened, filled or read. One sentence each; nothing personal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordsError {
    /// There is no file.
    NoLedger(PathBuf),
    /// The file is something else.
    NotALedger(PathBuf),
    /// The file was written by a newer version of this program.
    NewerLedger {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The latest version this program knows.
        known: i64,
    },
    /// Another program holds the file.
    Busy(PathBuf),
    /// The file cannot be read or written; the text says why.
    Unusable(PathBuf, String),
    /// The ledger already has persons, and this command wants an empty one.
    NotEmpty(PathBuf),
    /// An option has a value that makes no sense; the text is the whole sentence.
    Options(String),
    /// The ledger was not generated and so has no showcase household.
    NoShowcase(PathBuf),
}

impl fmt::Display for RecordsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLedger(path) => write!(
                f,
                "{}: there is no ledger file; make one with `records generate` or `records import`",
                path.display()
            ),
            Self::NotALedger(path) => write!(
                f,
                "{}: this file is not a ledger of gongji-kiosk; name another with --db",
                path.display()
            ),
            Self::NewerLedger { path, found, known } => write!(
                f,
                "{}: the ledger has version {found} and this program knows up to {known}; update the program",
                path.display()
            ),
            Self::Busy(path) => write!(
                f,
                "{}: another program is using the ledger; try again when it has finished",
                path.display()
            ),
            Self::Unusable(path, why) => write!(
                f,
                "{}: the ledger cannot be used ({why}); check the disk or restore a copy",
                path.display()
            ),
            Self::NotEmpty(path) => write!(
                f,
                "{}: the ledger already has persons; name a new file with --db",
                path.display()
            ),
            Self::Options(sentence) => f.write_str(sentence),
            Self::NoShowcase(path) => write!(
                f,
                "{}: the ledger was not made by `records generate`, so it has no showcase person",
                path.display()
            ),
        }
    }
}

impl std::error::Error for RecordsError {}

impl RecordsError {
    /// What a failure of SQLite on `path` means.
    pub(crate) fn of_sqlite(path: &Path, error: &rusqlite::Error) -> Self {
        let path = path.to_path_buf();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(path),
            Some(ErrorCode::NotADatabase) => Self::NotALedger(path),
            _ => Self::Unusable(path, sqlite_reason(error)),
        }
    }
}

/// What SQLite says, without values of any row.
pub(crate) fn sqlite_reason(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(failure, _) => {
            format!("SQLite: {:?}, code {}", failure.code, failure.extended_code)
        }
        rusqlite::Error::InvalidPath(_) => String::from("the path is not UTF-8"),
        _ => String::from("a row breaks the ledger's own rules"),
    }
}
