//! How much room the journal has left.

use rusqlite::Connection;

use super::{Journal, JournalError};

/// The smallest bound that may be set, in megabytes: some thousand writes.
pub const SIZE_MB_MIN: u32 = 4;
/// The largest bound that may be set, in megabytes.
pub const SIZE_MB_MAX: u32 = 65_536;
/// The bound when none is set, in megabytes: years of a busy hall.
pub const SIZE_MB_DEFAULT: u32 = 256;

/// From this part on staff are told, in percent of the bound.
const FILLING_PERCENT: u64 = 80;
/// From this part on no write is begun, in percent of the bound.
const FULL_PERCENT: u64 = 100;
/// From this part on no slip is begun either, in percent of the bound: what is left is for the ends
/// of what was begun.
const NO_SLIPS_PERCENT: u64 = 110;
const BYTES_PER_MB: u64 = 1024 * 1024;

/// How full a journal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fullness {
    /// Bytes that its rows take; what archiving has freed does not count.
    pub used: u64,
    /// The bound in bytes.
    pub max: u64,
}

impl Fullness {
    /// Used part of the bound in percent; above 100 when the bound was lowered or slips went on.
    pub fn percent(self) -> u64 {
        self.used.saturating_mul(100) / self.max.max(1)
    }

    /// Staff should make room.
    pub fn is_filling(self) -> bool {
        self.percent() >= FILLING_PERCENT
    }

    /// No write is begun any more.
    pub fn is_full(self) -> bool {
        self.percent() >= FULL_PERCENT
    }

    /// No slip is begun any more.
    pub(super) fn takes_no_slips(self) -> bool {
        self.percent() >= NO_SLIPS_PERCENT
    }
}

impl Journal {
    /// How full the journal is.
    ///
    /// # Errors
    /// [`JournalError::Database`].
    pub fn fullness(&self) -> Result<Fullness, JournalError> {
        let used = used(&self.connection).map_err(self.named())?;
        Ok(Fullness { used, max: u64::from(self.size_mb).saturating_mul(BYTES_PER_MB) })
    }

    /// Writes without changing anything, to learn whether the journal can be written.
    ///
    /// # Errors
    /// [`JournalError::Database`].
    pub fn check_writable(&mut self) -> Result<(), JournalError> {
        let written = self.connection.execute("UPDATE chain_end SET last = last", []);
        written.map(|_| ()).map_err(self.named())
    }
}

fn used(connection: &Connection) -> rusqlite::Result<u64> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let pages = number("page_count")?.saturating_sub(number("freelist_count")?);
    Ok(pages.saturating_mul(number("page_size")?).max(0).unsigned_abs())
}
