//! What the kiosk has learnt of its devices, and what they have done, by port.

use std::path::Path;

use gongji_hal::printer::counts::Counts;
use gongji_hal::printer::profile::DOTS_PER_MM;
use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::error::in_file;
use super::schema::{COUNTERS_SINCE, open_unchanged};
use super::{Journal, JournalError};

/// A thing learnt of a device that is kept from one start to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeviceFact {
    /// Whether the printer answers process ids: `yes` or `no`.
    ProcessIds,
}

impl DeviceFact {
    const fn name(self) -> &'static str {
        match self {
            Self::ProcessIds => "process_ids",
        }
    }
}

/// What a printer has done that is known to be on paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PrintCount {
    /// Slips printed to their end.
    pub slips: u32,
    /// Pages.
    pub pages: u32,
    /// What the pages took.
    pub counts: Counts,
}

/// A printer's counters since its port was first used. They only grow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrinterCounters {
    /// The port, as configured.
    pub port: String,
    /// Slips printed to their end.
    pub slips: u64,
    /// Pages.
    pub pages: u64,
    /// Cuts.
    pub cuts: u64,
    /// Line feeds.
    pub lines: u64,
    /// Rows of raster.
    pub raster_rows: u64,
    /// QR symbols drawn by the printer.
    pub symbols: u64,
    /// Paper in millimetres.
    pub millimetres: u64,
}

impl Journal {
    /// What was learnt of the device on `port`.
    ///
    /// # Errors
    /// [`JournalError::Database`].
    pub fn device_fact(
        &self,
        port: &Path,
        fact: DeviceFact,
    ) -> Result<Option<String>, JournalError> {
        self.connection
            .query_row(
                "SELECT value FROM device_memory WHERE port = ?1 AND name = ?2",
                params![key(port), fact.name()],
                |row| row.get(0),
            )
            .optional()
            .map_err(self.named())
    }

    /// Keeps what was learnt of the device on `port`, in place of what was known before.
    ///
    /// # Errors
    /// [`JournalError::Database`].
    pub fn learn_device_fact(
        &mut self,
        port: &Path,
        fact: DeviceFact,
        value: &str,
    ) -> Result<(), JournalError> {
        self.connection
            .execute(
                "INSERT INTO device_memory (port, name, value) VALUES (?1, ?2, ?3)
                 ON CONFLICT (port, name) DO UPDATE SET value = excluded.value",
                params![key(port), fact.name(), value],
            )
            .map(|_| ())
            .map_err(self.named())
    }

    /// The counters of every printer in the journal at `path`, by port; none where there is no journal
    /// yet. It is only read, and may be open in a running kiosk.
    ///
    /// # Errors
    /// [`JournalError::Database`].
    pub fn counters(path: &Path) -> Result<Vec<PrinterCounters>, JournalError> {
        if !path.exists() {
            return Ok(Vec::new());
        }
        read_counters(path).map_err(in_file(path))
    }
}

/// Adds to the counters of the printer on `port`.
pub(super) fn count(
    step: &Transaction<'_>,
    port: &Path,
    count: PrintCount,
) -> rusqlite::Result<()> {
    let PrintCount { slips, pages, counts } = count;
    step.execute(
        "INSERT INTO counters
             (port, slips, pages, cuts, lines, raster_rows, symbols, feed_dots)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (port) DO UPDATE SET
             slips = slips + excluded.slips,
             pages = pages + excluded.pages,
             cuts = cuts + excluded.cuts,
             lines = lines + excluded.lines,
             raster_rows = raster_rows + excluded.raster_rows,
             symbols = symbols + excluded.symbols,
             feed_dots = feed_dots + excluded.feed_dots",
        params![
            key(port),
            slips,
            pages,
            counts.cuts,
            counts.lines,
            counts.raster_rows,
            counts.symbols,
            counts.feed_dots
        ],
    )
    .map(|_| ())
}

fn read_counters(path: &Path) -> rusqlite::Result<Vec<PrinterCounters>> {
    let connection = open_unchanged(path)?;
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version < COUNTERS_SINCE {
        return Ok(Vec::new());
    }
    let mut query = connection.prepare(
        "SELECT port, slips, pages, cuts, lines, raster_rows, symbols, feed_dots
         FROM counters ORDER BY port",
    )?;
    query.query_map([], read)?.collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<PrinterCounters> {
    let number = |at: usize| row.get::<_, i64>(at).map(|number| number.max(0) as u64);
    Ok(PrinterCounters {
        port: row.get(0)?,
        slips: number(1)?,
        pages: number(2)?,
        cuts: number(3)?,
        lines: number(4)?,
        raster_rows: number(5)?,
        symbols: number(6)?,
        millimetres: number(7)? / u64::from(DOTS_PER_MM),
    })
}

fn key(port: &Path) -> String {
    port.to_string_lossy().into_owned()
}
