//! `records generate` and `records import`.

use std::io::{IsTerminal, Write};
use std::path::Path;

use jiff::Zoned;

use crate::devices::simulate::card_file;
use crate::records::embedded::EmbeddedLedger;
use crate::records::{generate, import};

use super::Failure;
use super::cli::{GenerateOptions, ImportOptions};

pub(super) fn generate(options: &GenerateOptions) -> Result<(), Failure> {
    let plan = generate::GenerateOptions {
        persons: options.persons,
        years: options.years,
        seed: options.seed,
        today: options.until.unwrap_or_else(|| Zoned::now().date()),
    };
    let mut progress = Progress::new("generating");
    let summary = generate::generate(&plan, &options.db, &mut |done, all| progress.show(done, all))
        .map_err(Failure::new)?;
    progress.end();
    println!("{}: {summary}", options.db.display());
    if let Some(folder) = &options.cards {
        write_cards(&options.db, folder)?;
    }
    Ok(())
}

fn write_cards(db: &Path, folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)
        .map_err(|e| Failure::new(format!("{}: cannot be made: {e}", folder.display())))?;
    let mut ledger = EmbeddedLedger::open(db).map_err(Failure::new)?;
    for card in generate::cards(&mut ledger).map_err(Failure::new)? {
        let file = folder.join(format!("{}.toml", card.label));
        std::fs::write(&file, card_file::write(&card))
            .map_err(|e| Failure::new(format!("{}: cannot be written: {e}", file.display())))?;
        println!("{}: {}", file.display(), card.what);
    }
    Ok(())
}

pub(super) fn import(options: &ImportOptions) -> Result<(), Failure> {
    let report = import::import(&options.files, &options.db).map_err(Failure::new)?;
    println!("{report}");
    if report.is_complete() {
        Ok(())
    } else {
        Err(Failure::new("some files were not imported; correct the rows named above and import them again"))
    }
}

/// A line that tells how far long work is; on a terminal only.
struct Progress {
    what: &'static str,
    shown: Option<u64>,
}

impl Progress {
    fn new(what: &'static str) -> Self {
        Self { what, shown: std::io::stderr().is_terminal().then_some(u64::MAX) }
    }

    fn show(&mut self, done: u64, all: u64) {
        let percent = done.saturating_mul(100) / all.max(1);
        if self.shown.is_some_and(|shown| shown != percent) {
            self.shown = Some(percent);
            eprint!("\r{} {percent} %", self.what);
            let _ = std::io::stderr().flush();
        }
    }

    fn end(&self) {
        if self.shown.is_some() {
            eprintln!();
        }
    }
}
