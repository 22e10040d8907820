//! The configuration of one kiosk: `kiosk.toml`, every setting explained in `deploy/kiosk.toml`.

mod error;
mod journal;
pub mod policy;

use std::path::{Path, PathBuf};

use gongji_hal::printer::baud::RATES;
use gongji_hal::printer::driver::ProcessIds;
use gongji_hal::printer::profile::{Font, Paper, Profile, QrPrinting};
use serde::Deserialize;

use crate::journal::TERMINAL_NO_CHARS_MAX;

pub use error::ConfigError;
use error::Place;
pub use journal::JournalSection;
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
    pub journal: JournalSection,
    /// The contact card reader.
    pub card: CardSection,
    /// The ID card reader; a kiosk without one reads social-security cards only.
    pub idcard: Option<IdCardSection>,
    /// The code scanner; a kiosk without one knows no 医保码.
    pub code: Option<CodeSection>,
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
    /// Where the patron finds the ID card reader.
    #[serde(default = "default_document_hint")]
    pub document_hint: String,
    /// Where the patron finds the code scanner.
    #[serde(default = "default_code_hint")]
    pub code_hint: String,
    /// The hotline told on help and fault pages and on slips; not stated: that of the region's pack.
    pub hotline: Option<String>,
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

/// The ID card reader.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdCardSection {
    /// The serial port, best by a stable name that udev gives.
    pub port: PathBuf,
    /// Bits a second.
    #[serde(default = "default_baud")]
    pub baud: u32,
    /// Whether the reader is reset after a reading to learn whether the document still lies there.
    #[serde(default = "default_true")]
    pub probes_by_reset: bool,
}

/// The code scanner.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeSection {
    /// The serial port, best by a stable name that udev gives.
    pub port: PathBuf,
    /// Bits a second.
    #[serde(default = "default_scanner_baud")]
    pub baud: u32,
    /// Whether the scanner's light is put on and out by command; false: it is always on.
    #[serde(default = "default_true")]
    pub trigger: bool,
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
    /// The printer's own characters.
    #[serde(default)]
    pub font: PrinterFont,
    /// Who draws a QR symbol.
    #[serde(default)]
    pub qr: QrWay,
    /// Whether it cuts the paper by itself.
    #[serde(default = "default_true")]
    pub cutter: bool,
    /// Whether it proves single pages.
    #[serde(default)]
    pub process_id: ProcessIdHint,
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

/// Which characters the printer has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum PrinterFont {
    /// The two-byte area of GB 18030.
    #[default]
    #[serde(rename = "gb18030")]
    Gb18030,
    /// GB 2312 only: rarer characters are drawn.
    #[serde(rename = "gb2312")]
    Gb2312,
}

/// Who draws a QR symbol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QrWay {
    /// The printer, by its own command.
    #[default]
    Native,
    /// The kiosk, as a picture.
    Raster,
}

/// Whether the printer answers process ids (`GS ( H`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProcessIdHint {
    /// Found out when the kiosk starts.
    #[default]
    Probe,
    /// It does.
    Yes,
    /// It does not, and must never be asked: some clones print the question.
    No,
}

impl PrinterSection {
    /// What the printer can.
    pub fn profile(&self) -> Profile {
        Profile {
            paper: self.paper.into(),
            font: match self.font {
                PrinterFont::Gb18030 => Font::Gb18030,
                PrinterFont::Gb2312 => Font::Gb2312,
            },
            qr: match self.qr {
                QrWay::Native => QrPrinting::Native,
                QrWay::Raster => QrPrinting::Raster,
            },
            cutter: self.cutter,
            process_ids: match self.process_id {
                ProcessIdHint::Probe => ProcessIds::Unknown,
                ProcessIdHint::Yes => ProcessIds::Supported,
                ProcessIdHint::No => ProcessIds::Unsupported,
            },
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

fn default_document_hint() -> String {
    "感应区在屏幕下方正中".into()
}

fn default_code_hint() -> String {
    "扫码窗口在屏幕左下方".into()
}

const fn default_baud() -> u32 {
    115_200
}

const fn default_scanner_baud() -> u32 {
    9600
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
        config.check().map_err(|(place, why)| ConfigError::wrong_value(path, text, place, &why))?;
        let files = [&mut config.records.db, &mut config.journal.db];
        for file in files.into_iter().chain(&mut config.journal.key) {
            *file = folder.join(&*file);
        }
        for port in config.ports() {
            *port = folder.join(&*port);
        }
        if let Some(dir) = &mut config.policy.dir {
            *dir = folder.join(&*dir);
        }
        Ok(config)
    }

    /// The port of every device that the kiosk has.
    fn ports(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let idcard = self.idcard.as_mut().map(|section| &mut section.port);
        let code = self.code.as_mut().map(|section| &mut section.port);
        let printer = self.printer.as_mut().map(|section| &mut section.port);
        [Some(&mut self.card.port), idcard, code, printer].into_iter().flatten()
    }

    /// Section and key of the first wrong value, and what is wrong with it.
    fn check(&self) -> Result<(), (Place, String)> {
        let no = &self.kiosk.terminal_no;
        let fits = no.chars().all(|c| c.is_ascii_alphanumeric());
        if no.is_empty() || no.len() > TERMINAL_NO_CHARS_MAX || !fits {
            let why = "takes 1 to 8 letters and digits".to_owned();
            return Err((("kiosk", "terminal_no"), why));
        }
        if self.visit.warning_seconds < WARNING_SECONDS_MIN {
            let why = format!("must be at least {WARNING_SECONDS_MIN}, so that a patron can react");
            return Err((("visit", "warning_seconds"), why));
        }
        if self.visit.idle_seconds < IDLE_SECONDS_MIN {
            let why = format!("must be at least {IDLE_SECONDS_MIN}, so that a patron can read");
            return Err((("visit", "idle_seconds"), why));
        }
        self.journal.check().map_err(|(key, why)| (("journal", key), why))?;
        let bauds = [
            ("card", Some(self.card.baud)),
            ("idcard", self.idcard.as_ref().map(|section| section.baud)),
            ("code", self.code.as_ref().map(|section| section.baud)),
            ("printer", self.printer.as_ref().map(|section| section.baud)),
        ];
        let wrong = bauds.iter().find(|(_, baud)| baud.is_some_and(|b| !RATES.contains(&b)));
        wrong.map_or(Ok(()), |(section, _)| {
            Err(((*section, "baud"), format!("takes one of {RATES:?}")))
        })
    }
}

const SHIPPED: &str = include_str!("../../deploy/kiosk.toml");

#[cfg(test)]
mod tests;
