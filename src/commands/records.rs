//! `records generate`, `records import` and `records code`.

use std::io::{IsTerminal, Write};
use std::path::Path;

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

use crate::devices::simulate::{card_file, idcard_file};
use crate::records::embedded::mint_code;
use crate::records::{generate, import};

use super::Failure;
use super::cli::{CodeOptions, GenerateOptions, ImportOptions};
use super::statement::credential;

pub(super) fn generate(options: &GenerateOptions) -> Result<(), Failure> {
    let plan = generate::GenerateOptions {
        persons: options.persons,
        years: options.years,
        seed: options.seed,
        today: options.until.unwrap_or_else(|| Zoned::now().date()),
    };
    let mut progress = Progress::new("generating");
    let mut show = |done, all| progress.show(done, all);
    let summary = generate::generate_in(&plan, &options.region, &options.db, &mut show)
        .map_err(Failure::new)?;
    progress.end();
    say!("{}: {summary}", options.db.display());
    if let Some(folder) = &options.cards {
        write_cards(&options.db, folder, plan.today)?;
    }
    Ok(())
}

/// One card and one document of each kind that a person at the simulator may want to put in or down.
fn write_cards(db: &Path, folder: &Path, today: Date) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)
        .map_err(|e| Failure::new(format!("{}: cannot be made: {e}", folder.display())))?;
    let write = |name: String, what: &str, text: String| {
        let path = folder.join(name);
        std::fs::write(&path, text)
            .map_err(|e| Failure::new(format!("{}: cannot be written: {e}", path.display())))?;
        say!("{}: {what}", path.display());
        Ok(())
    };
    for (label, what, file) in card_file::samples(db, today).map_err(Failure::new)? {
        write(format!("{label}.toml"), what, file.text())?;
    }
    for (label, what, file) in idcard_file::samples(db, today).map_err(Failure::new)? {
        write(format!("{label}.idcard.toml"), what, file.text())?;
    }
    Ok(())
}

pub(super) fn import(options: &ImportOptions) -> Result<(), Failure> {
    let report = import::import(&options.files, &options.db).map_err(Failure::new)?;
    say!("{report}");
    if report.is_complete() {
        Ok(())
    } else {
        let refused = report.files.iter().filter(|file| !file.refused.is_empty());
        let names: Vec<String> = refused.map(|file| file.path.display().to_string()).collect();
        let names = names.join(", ");
        Err(Failure::new(format!(
            "{names}: not imported; correct what the report names and import again"
        )))
    }
}

/// The patron's phone of the simulation: whoever runs this holds the code.
pub(super) fn code(options: &CodeOptions) -> Result<(), Failure> {
    let code = mint_code(&options.db, &credential(&options.person), Timestamp::now());
    say!("{}", code.map_err(Failure::new)?.reveal());
    Ok(())
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
