//! The configuration of one kiosk: `kiosk.toml`, every setting explained in `deploy/kiosk.toml`.

mod error;
pub mod policy;

use std::path::{Path, PathBuf};

use gongji_hal::printer::profile::Paper;
use serde::Deserialize;

use crate::journal::TERMINAL_NO_CHARS_MAX;

pub use error::ConfigError;
pub use policy::PolicySection;

/// Shortest warning that may be set before a time-out (WCAG 2.2, 2.2.1: 20 s).
pub const WARNING_SECONDS_MIN: u16 = 20;
/// Shortest time without a touch that may be set before the warning.
pub const IDLE_SECONDS_MIN: u16 = 20;

/// Everything that differs from kiosk to kiosk.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Which kiosk this is.
    pub kiosk: KioskSection,
    /// The ledger.
    pub records: DatabaseSection,
    /// The kiosk's own memory.
    pub journal: DatabaseSection,
    /// The contact card reader.
    pub card: CardSection,
    /// The receipt printer; a kiosk without one still answers questions.
    pub printer: Option<PrinterSection>,
    /// How staff learn that they are wanted.
    #[serde(default)]
    pub staff: StaffSection,
    /// Times.
    #[serde(default)]
    pub visit: VisitSection,
    /// The screen.
    #[serde(default)]
    pub screen: ScreenSection,
    /// Which region's rules hold.
    #[serde(default)]
    pub policy: PolicySection,
}

/// Which kiosk this is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KioskSection {
    /// On slips and in the log; 1 to 8 letters and digits.
    pub terminal_no: String,
    /// Who issues the slips: 上海市医疗保障局.
    pub issuing_body: String,
    /// The hall: 浦东新区医保服务大厅.
    pub hall: String,
    /// Where the patron finds the card slot.
    #[serde(default = "default_slot_hint")]
    pub slot_hint: String,
    /// The hotline told on help and fault pages.
    #[serde(default = "default_hotline")]
    pub hotline: String,
}

/// A SQLite file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseSection {
    /// The file; relative to the configuration file's folder.
    pub db: PathBuf,
}

/// The contact card reader.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardSection {
    /// The serial port, best by a stable name that udev gives.
    pub port: PathBuf,
    /// Bits a second.
    #[serde(default = "default_baud")]
    pub baud: u32,
}

/// The receipt printer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrinterSection {
    /// The serial port, best by a stable name that udev gives.
    pub port: PathBuf,
    /// Bits a second.
    #[serde(default = "default_baud")]
    pub baud: u32,
    /// Width of the paper.
    #[serde(default)]
    pub paper: PaperWidth,
    /// Whether the printer stops the kiosk with XON/XOFF.
    #[serde(default = "default_true")]
    pub xon_xoff: bool,
}

/// Width of the paper roll.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum PaperWidth {
    /// 576 dots.
    #[default]
    #[serde(rename = "80mm")]
    Mm80,
    /// 384 dots.
    #[serde(rename = "58mm")]
    Mm58,
}

impl From<PaperWidth> for Paper {
    fn from(width: PaperWidth) -> Self {
        match width {
            PaperWidth::Mm80 => Self::Mm80,
            PaperWidth::Mm58 => Self::Mm58,
        }
    }
}

/// How staff learn that they are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffSection {
    /// A program and its arguments; `call REASON` or `dismiss` is added. Empty: only the screen and
    /// the log say so.
    #[serde(default)]
    pub notify: Vec<String>,
}

/// Times, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VisitSection {
    /// Without a touch, before the warning.
    pub idle_seconds: u16,
    /// How long the warning stands before the visit ends.
    pub warning_seconds: u16,
}

impl Default for VisitSection {
    fn default() -> Self {
        Self { idle_seconds: 60, warning_seconds: 30 }
    }
}

/// The screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScreenSection {
    /// The card moves on the idle page, the progress mark while waiting.
    pub animation: bool,
    /// The whole screen, without a window frame.
    pub full_screen: bool,
}

impl Default for ScreenSection {
    fn default() -> Self {
        Self { animation: true, full_screen: true }
    }
}

fn default_slot_hint() -> String {
    "插卡口在屏幕右下方".into()
}

fn default_hotline() -> String {
    "12393".into()
}

const fn default_baud() -> u32 {
    115_200
}

const fn default_true() -> bool {
    true
}

impl Config {
    /// The shipped configuration, `deploy/kiosk.toml`, as it is built in.
    ///
    /// # Errors
    /// As [`load`](Self::load); a test holds that there is none.
    pub fn shipped() -> Result<Self, ConfigError> {
        Self::parse(SHIPPED, Path::new("deploy/kiosk.toml"), Path::new("/"))
    }

    /// Reads a configuration file; relative paths in it start at its folder.
    ///
    /// # Errors
    /// One sentence with file, line, and what to write instead.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|e| ConfigError::unreadable(path, &e))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        Self::parse(&text, path, folder)
    }

    fn parse(text: &str, path: &Path, folder: &Path) -> Result<Self, ConfigError> {
        let mut config: Self =
            toml::from_str(text).map_err(|e| ConfigError::malformed(path, text, &e))?;
        config.check().map_err(|(key, why)| ConfigError::wrong_value(path, text, key, &why))?;
        for file in [&mut config.records.db, &mut config.journal.db, &mut config.card.port] {
            *file = folder.join(&*file);
        }
        if let Some(printer) = &mut config.printer {
            printer.port = folder.join(&printer.port);
        }
        if let Some(dir) = &mut config.policy.dir {
            *dir = folder.join(&*dir);
        }
        Ok(config)
    }

    fn check(&self) -> Result<(), (&'static str, String)> {
        let no = &self.kiosk.terminal_no;
        let fits = no.chars().all(|c| c.is_ascii_alphanumeric());
        if no.is_empty() || no.len() > TERMINAL_NO_CHARS_MAX || !fits {
            let why = "takes 1 to 8 letters and digits".to_owned();
            return Err(("terminal_no", why));
        }
        if self.visit.warning_seconds < WARNING_SECONDS_MIN {
            let why = format!("must be at least {WARNING_SECONDS_MIN}, so that a patron can react");
            return Err(("warning_seconds", why));
        }
        if self.visit.idle_seconds < IDLE_SECONDS_MIN {
            let why = format!("must be at least {IDLE_SECONDS_MIN}, so that a patron can read");
            return Err(("idle_seconds", why));
        }
        let bauds = [self.card.baud, self.printer.as_ref().map_or(9600, |p| p.baud)];
        if bauds.iter().any(|b| !BAUDS.contains(b)) {
            return Err(("baud", format!("takes one of {BAUDS:?}")));
        }
        Ok(())
    }
}

const SHIPPED: &str = include_str!("../../deploy/kiosk.toml");

/// The speeds that receipt printers and card readers have.
const BAUDS: [u32; 6] = [9600, 19_200, 38_400, 57_600, 115_200, 230_400];

#[cfg(test)]
mod tests;
