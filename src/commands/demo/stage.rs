//! What the demonstration plays on: generated records, simulated devices, a configuration for both.

use std::path::{Path, PathBuf};

use gongji_hal::printer::sim::SimConfig;
use jiff::{Timestamp, Zoned};

use crate::config::Config;
use crate::devices::simulate::SimulatedHall;
use crate::devices::simulate::card_file::{self, CardFile};
use crate::devices::simulate::idcard_file::{self, IdCardFile};
use crate::domain::id_number::IdNumber;
use crate::domain::person::InsuranceCode;
use crate::records::embedded::mint_code;
use crate::records::generate::{self, GenerateOptions};
use crate::records::port::Credential;
use crate::statement::PrinterFont;

/// The population of the demonstration: a small town, the same one each day.
const PERSONS: u32 = 200;
const YEARS: u8 = 3;
const SEED: u64 = 20_200_701;

/// A document at hand: its label and what it shows.
pub(super) struct Document {
    pub(super) label: &'static str,
    pub(super) file: IdCardFile,
}

/// Whose phone shows a code.
#[derive(Clone, Copy)]
pub(super) enum Phone {
    /// That of the person whom the demonstration is about.
    Showcase,
    /// Another person's.
    Other,
}

/// A card at hand: its label and what it shows.
pub(super) struct Card {
    pub(super) label: &'static str,
    pub(super) file: CardFile,
}

/// Records, devices and configuration in a folder of their own; dropped, they are gone.
pub(super) struct Stage {
    pub(super) config: Config,
    pub(super) hall: SimulatedHall,
    pub(super) cards: Vec<Card>,
    pub(super) documents: Vec<Document>,
    _folder: Folder,
}

impl Stage {
    pub(super) fn set() -> Result<Self, String> {
        Self::set_in(None)
    }

    /// The same with people who are insured in another place: six digits of 医保区划.
    pub(super) fn set_in(region: Option<&str>) -> Result<Self, String> {
        let folder = Folder::make()?;
        let config = configure(&folder.0)?;
        let today = Zoned::now().date();
        let plan = GenerateOptions { persons: PERSONS, years: YEARS, seed: SEED, today };
        let region = region.unwrap_or(generate::REGION);
        generate::generate_in(&plan, region, &config.records.db, &mut |_, _| {})
            .map_err(|e| e.to_string())?;
        let samples = card_file::samples(&config.records.db, today).map_err(|e| e.to_string())?;
        let cards = samples.into_iter().map(|(label, _, file)| Card { label, file }).collect();
        let samples = idcard_file::samples(&config.records.db, today).map_err(|e| e.to_string())?;
        let documents = samples.into_iter().map(|(label, _, file)| Document { label, file });
        let documents = documents.collect();
        let hall =
            SimulatedHall::serve(&folder.0, SimConfig::default(), Box::new(PrinterFont::new()));
        let hall = hall.map_err(|e| format!("no pseudo-terminal is to be had: {e}"))?;
        Ok(Self { config, hall, cards, documents, _folder: folder })
    }

    /// A fresh code, as the person's phone would show it.
    pub(super) fn fresh_code(&self, phone: Phone) -> Result<InsuranceCode, String> {
        let label = match phone {
            Phone::Showcase => "showcase",
            Phone::Other => "normal",
        };
        let document = self.documents.iter().find(|document| document.label == label);
        let number = document.and_then(|document| IdNumber::parse(&document.file.number).ok());
        let number = number.ok_or_else(|| format!("no generated document is labelled {label}"))?;
        mint_code(&self.config.records.db, &Credential::IdNumber(number), Timestamp::now())
            .map_err(|e| e.to_string())
    }
}

fn configure(folder: &Path) -> Result<Config, String> {
    let mut config = Config::shipped().map_err(|e| e.to_string())?;
    config.records.db = folder.join("records.db");
    config.journal.db = folder.join("journal.db");
    config.card.port = folder.join("card");
    if let Some(idcard) = &mut config.idcard {
        idcard.port = folder.join("idcard");
    }
    if let Some(code) = &mut config.code {
        code.port = folder.join("code");
    }
    if let Some(printer) = &mut config.printer {
        printer.port = folder.join("printer");
    }
    config.screen.full_screen = false;
    Ok(config)
}

/// A folder that is removed when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn make() -> Result<Self, String> {
        let path = std::env::temp_dir().join(format!("gongji-kiosk-{}", std::process::id()));
        std::fs::create_dir(&path)
            .map_err(|e| format!("{}: cannot be made: {e}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
