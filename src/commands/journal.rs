//! `journal verify`, `journal export` and `journal archive`.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::Zoned;
use jiff::civil::Date;

use crate::journal::{self, JournalError, KeyPlace};

use super::Failure;

#[derive(Debug, Subcommand)]
pub(super) enum JournalCommand {
    /// Check that no row of the audit chain was changed, added or taken away
    Verify(VerifyOptions),
    /// Write the audit chain as lines of JSON; nothing in it is personal
    Export(ExportOptions),
    /// Move old rows into a file of their own; the kiosk must be stopped
    Archive(ArchiveOptions),
}

#[derive(Debug, Args)]
pub(super) struct VerifyOptions {
    /// The journal, or an archive of it
    #[arg(long, value_name = "FILE")]
    db: PathBuf,
    /// Its key, to check the seals too [default: beside the journal, if it is there]
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ExportOptions {
    /// The journal, or an archive of it
    #[arg(long, value_name = "FILE")]
    db: PathBuf,
    /// The file to make: it ends in .jsonl
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct ArchiveOptions {
    /// The journal
    #[arg(long, value_name = "FILE")]
    db: PathBuf,
    /// The archive to make; it must not exist
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// Rows before this day go, at least six months ago: 2026-01-01
    #[arg(long, value_name = "DATE")]
    before: Date,
    /// Its key [default: beside the journal]
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

pub(super) fn journal(command: &JournalCommand) -> Result<(), Failure> {
    match command {
        JournalCommand::Verify(options) => verify(options),
        JournalCommand::Export(options) => export(options),
        JournalCommand::Archive(options) => archive(options),
    }
}

fn verify(options: &VerifyOptions) -> Result<(), Failure> {
    let db = existing(&options.db)?;
    let place = KeyPlace::of(db, options.key.as_deref());
    let key = match place.read() {
        Ok(key) => Some(key),
        // Whoever only has the file can still check its hashes.
        Err(JournalError::KeyMissing(_)) if options.key.is_none() => None,
        Err(error) => return Err(Failure::new(error)),
    };
    let verdict = journal::verify(db, key.as_ref()).map_err(Failure::new)?;
    say!("{}: {verdict}", db.display());
    Ok(())
}

fn export(options: &ExportOptions) -> Result<(), Failure> {
    let (db, out) = (existing(&options.db)?, &options.out);
    if out.extension().is_none_or(|ending| ending != "jsonl") {
        return Err(Failure::usage(format!(
            "--out {}: takes a name that ends in .jsonl",
            out.display()
        )));
    }
    // A file that is no journal leaves no empty export behind.
    journal::has_chain(db).map_err(Failure::new)?;
    let file = File::options().write(true).create_new(true).open(out).map_err(|e| {
        let way = "name a new file in a folder that is writable";
        Failure::new(format!("{}: cannot be made ({e}); {way}", out.display()))
    })?;
    let rows = journal::export(db, &mut BufWriter::new(file), out).map_err(Failure::new)?;
    say!("{}: {rows} rows", out.display());
    Ok(())
}

fn archive(options: &ArchiveOptions) -> Result<(), Failure> {
    let (db, to) = (existing(&options.db)?, &options.to);
    let place = KeyPlace::of(db, options.key.as_deref());
    let now = Zoned::now().datetime();
    let archived =
        journal::archive(db, &place, to, options.before, now).map_err(|error| match error {
            JournalError::TooYoung { .. } => Failure::usage(format!("--before: {error}")),
            error => Failure::new(error),
        })?;
    let journal::Archived { rows, last } = archived;
    if rows == 0 {
        say!("{}: no row before {} can go yet", db.display(), options.before);
    } else {
        say!("{}: {rows} rows moved, up to row {last}", to.display());
    }
    Ok(())
}

/// A database that is missing would be made by opening it.
fn existing(db: &Path) -> Result<&Path, Failure> {
    if db.exists() {
        Ok(db)
    } else {
        let way = "name the `db` of [journal] in the configuration";
        Err(Failure::new(format!("{}: there is no such journal; {way}", db.display())))
    }
}
