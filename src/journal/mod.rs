//! The kiosk's own durable memory: which writes and slips it began, and how each ended.
//!
//! SQLite in WAL mode with `synchronous=FULL`: what a method has returned survives a power cut.
//! Nothing personal is in it; of persons, requests and slips it keeps keyed digests. The hall's time
//! is told with each call; numbers never depend on it. `docs/journal.md` is for whoever runs a kiosk.

mod chain;
mod device;
mod digest;
mod error;
mod job;
mod key;
mod number;
mod operation;
mod room;
mod schema;
mod stored;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::civil::DateTime;
use rusqlite::Connection;

pub use chain::{
    Archived, AuditEvent, MONTHS_KEPT_MIN, Verdict, archive, export, has_chain, verify,
};
pub use device::{DeviceFact, PrintCount, PrinterCounters};
pub use error::JournalError;
pub use job::{Issue, PrintJob, PrintKind, PrintRecord, PrintState};
pub use key::{DigestKey, KeyPlace};
pub use number::TERMINAL_NO_CHARS_MAX;
pub use operation::{Begun, OpenOperation, OperationState};
pub use room::{Fullness, SIZE_MB_DEFAULT, SIZE_MB_MAX, SIZE_MB_MIN};

use error::in_file;

/// How long a call waits for another process that reads the journal.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// Which journal, of which kiosk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalOptions {
    /// The file.
    pub db: PathBuf,
    /// The key's file; `None`: beside the journal, made when the journal is made.
    pub key: Option<PathBuf>,
    /// The bound, [`SIZE_MB_MIN`] to [`SIZE_MB_MAX`] megabytes.
    pub size_mb: u32,
    /// The kiosk's number.
    pub terminal_no: String,
}

impl JournalOptions {
    /// A journal with its key beside it and the usual bound.
    pub fn new(db: &Path, terminal_no: &str) -> Self {
        Self {
            db: db.to_owned(),
            key: None,
            size_mb: SIZE_MB_DEFAULT,
            terminal_no: terminal_no.to_owned(),
        }
    }
}

/// The journal, open. One process at a time may have it open.
#[derive(Debug)]
pub struct Journal {
    connection: Connection,
    path: PathBuf,
    terminal_no: String,
    size_mb: u32,
    key: DigestKey,
    interrupted: usize,
    /// Holds the lock as long as the journal is open.
    _lock: File,
}

impl Journal {
    /// Opens a journal at the hall's time `now`, makes or upgrades it, and settles what a crash left of
    /// slips: jobs of which bytes may have gone out become [`PrintState::Unknown`], jobs of which none
    /// did become [`PrintState::Failed`]. None is ever printed again by that. Writes that a crash left
    /// stay open until the ledger has said what became of them.
    ///
    /// # Errors
    /// [`JournalError`] names the file: in use, not writable, no journal, or of a newer version; its
    /// key gone or wrong.
    pub fn open(options: &JournalOptions, now: DateTime) -> Result<Self, JournalError> {
        let JournalOptions { db: path, key, size_mb, terminal_no } = options;
        number::check_terminal(terminal_no)?;
        let lock = lock(path)?;
        let mut connection = Connection::open(path).map_err(in_file(path))?;
        connection.busy_timeout(BUSY_TIMEOUT).map_err(in_file(path))?;
        let place = KeyPlace::of(path, key.as_deref());
        let key = schema::prepare(&mut connection, path, &place)?;
        let interrupted =
            job::settle_interrupted(&mut connection, &key, now).map_err(in_file(path))?;
        Ok(Self {
            connection,
            path: path.clone(),
            terminal_no: terminal_no.clone(),
            size_mb: (*size_mb).clamp(SIZE_MB_MIN, SIZE_MB_MAX),
            key,
            interrupted,
            _lock: lock,
        })
    }

    /// Jobs that opening found unfinished.
    pub fn interrupted(&self) -> usize {
        self.interrupted
    }

    /// The key for the digests of what is printed.
    pub fn digest_key(&self) -> &[u8; 32] {
        self.key.bytes()
    }

    /// An error of the database, with the file's name.
    fn named(&self) -> impl Fn(rusqlite::Error) -> JournalError + use<> {
        in_file(&self.path)
    }
}

/// How long a lock is waited for. A program that the former owner was just starting holds it too, until
/// it runs.
const LOCK_PATIENCE: Duration = Duration::from_millis(500);
/// How often it is tried meanwhile.
const LOCK_INTERVAL: Duration = Duration::from_millis(10);

/// Keeps a second process out: it would take a running job for an interrupted one.
fn lock(path: &Path) -> Result<File, JournalError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let path = PathBuf::from(name);
    let failed = |error: std::io::Error| JournalError::Lock(path.clone(), error.to_string());
    let file =
        File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    let until = Instant::now() + LOCK_PATIENCE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(std::fs::TryLockError::WouldBlock) if Instant::now() < until => {
                std::thread::sleep(LOCK_INTERVAL);
            }
            Err(std::fs::TryLockError::WouldBlock) => return Err(JournalError::InUse(path)),
            Err(std::fs::TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
}
