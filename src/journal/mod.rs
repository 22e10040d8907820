//! The kiosk's own durable memory: which slips it began to print, and how each ended.
//!
//! SQLite in WAL mode with `synchronous=FULL`: what a method has returned survives a power cut.
//! Nothing personal is in it; of a slip's content it keeps a keyed digest. The hall's time is told
//! with each call; numbers never depend on it.

mod device;
mod error;
mod job;
mod number;
mod schema;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use zeroize::Zeroizing;

pub use device::{DeviceFact, PrintCount, PrinterCounters};
pub use error::JournalError;
pub use job::{Issue, PrintJob, PrintKind, PrintRecord, PrintState};
pub use number::TERMINAL_NO_CHARS_MAX;

use error::in_file;

/// How long a call waits for another process that reads the journal.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// The journal, open. One process at a time may have it open.
#[derive(Debug)]
pub struct Journal {
    connection: Connection,
    path: PathBuf,
    terminal_no: String,
    digest_key: Zeroizing<[u8; 32]>,
    interrupted: usize,
    /// Holds the lock as long as the journal is open.
    _lock: File,
}

impl Journal {
    /// Opens the journal of the kiosk `terminal_no` at `path`, makes or upgrades it, and settles what
    /// a crash left: jobs of which bytes may have gone out become [`PrintState::Unknown`], jobs of
    /// which none did become [`PrintState::Failed`]. None is ever printed again by that.
    ///
    /// # Errors
    /// [`JournalError`] names the file: in use, not writable, no journal, or of a newer version.
    pub fn open(path: &Path, terminal_no: &str) -> Result<Self, JournalError> {
        number::check_terminal(terminal_no)?;
        let lock = lock(path)?;
        let mut connection = Connection::open(path).map_err(in_file(path))?;
        connection.busy_timeout(BUSY_TIMEOUT).map_err(in_file(path))?;
        schema::prepare(&mut connection, path)?;
        let digest_key = schema::digest_key(&connection, path)?;
        let interrupted = job::settle_interrupted(&mut connection).map_err(in_file(path))?;
        Ok(Self {
            connection,
            path: path.to_owned(),
            terminal_no: terminal_no.to_owned(),
            digest_key,
            interrupted,
            _lock: lock,
        })
    }

    /// Jobs that opening found unfinished.
    pub fn interrupted(&self) -> usize {
        self.interrupted
    }

    /// The key for the digests of what is printed: random, made with the journal, never exported.
    pub fn digest_key(&self) -> &[u8; 32] {
        &self.digest_key
    }

    /// An error of the database, with the file's name.
    fn named(&self) -> impl Fn(rusqlite::Error) -> JournalError + use<> {
        in_file(&self.path)
    }
}

/// Keeps a second process out: it would take a running job for an interrupted one.
fn lock(path: &Path) -> Result<File, JournalError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let path = PathBuf::from(name);
    let failed = |error: std::io::Error| JournalError::Lock(path.clone(), error.to_string());
    let file =
        File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(JournalError::InUse(path)),
        Err(std::fs::TryLockError::Error(error)) => Err(failed(error)),
    }
}
