//! The devices of a hall, simulated on kernel pseudo-terminals: the bytes are real, the metal is not.

pub mod card_file;
mod faults;
pub mod idcard_file;
mod medium_file;
mod orders;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use gongji_hal::card::sim::{ReaderKind, SimCard, SimReader};
use gongji_hal::code::sim::{SimScanner, Trigger};
use gongji_hal::idcard::sim::{AfterReading, SimIdDocument, SimIdReader};
use gongji_hal::printer::sim::{GlyphSource, PrintedPaper, SimConfig, SimPrinter};

use super::line::LineFaults;
use super::pty::PtyDevice;
use super::supervise::Device;
use faults::{Change, Lines};

/// Name of the card reader's link in the folder.
pub const CARD_LINK: &str = "card";
/// Name of the code scanner's link in the folder.
pub const CODE_LINK: &str = "code";
/// Name of the ID card reader's link in the folder.
pub const IDCARD_LINK: &str = "idcard";
/// Name of the printer's link in the folder.
pub const PRINTER_LINK: &str = "printer";
/// Paper on a new roll, in millimetres.
pub const ROLL_MM: u32 = 50_000;
/// Paper left when the near-end sensor reports, in millimetres.
pub const ROLL_LOW_MM: u32 = 2000;

/// What whoever plays the hall understands beside the orders to its devices.
const SCRIPT_HELP: &str = "\
wait MS                 the next order comes so many milliseconds later
play FILE               carry out a file of orders, one a line, with # comments";

/// A card reader, an ID card reader, a code scanner and a printer on pseudo-terminals; dropped, they
/// are gone.
pub struct SimulatedHall {
    folder: PathBuf,
    card: PtyDevice<SimReader>,
    code: PtyDevice<SimScanner>,
    idcard: PtyDevice<SimIdReader>,
    printer: PtyDevice<SimPrinter>,
    lines: Mutex<Lines>,
}

impl SimulatedHall {
    /// Serves all devices under links in `folder`, which must exist.
    ///
    /// # Errors
    /// When there is no pseudo-terminal to be had or a link cannot be made.
    pub fn serve(
        folder: &Path,
        config: SimConfig,
        font: Box<dyn GlyphSource + Send>,
    ) -> io::Result<Self> {
        Self::serve_reader(folder, ReaderKind::default(), config, font)
    }

    /// The same with a card reader of another kind.
    ///
    /// # Errors
    /// As [`serve`](Self::serve).
    pub fn serve_reader(
        folder: &Path,
        kind: ReaderKind,
        config: SimConfig,
        font: Box<dyn GlyphSource + Send>,
    ) -> io::Result<Self> {
        let reader = SimReader::new(kind);
        let scanner = SimScanner::new(Trigger::Commanded);
        // As most readers do.
        let id_reader = SimIdReader::new(AfterReading::Hides);
        Ok(Self {
            folder: folder.to_path_buf(),
            card: PtyDevice::serve(reader, &folder.join(CARD_LINK))?,
            code: PtyDevice::serve(scanner, &folder.join(CODE_LINK))?,
            idcard: PtyDevice::serve(id_reader, &folder.join(IDCARD_LINK))?,
            printer: PtyDevice::serve(SimPrinter::new(config, font), &folder.join(PRINTER_LINK))?,
            lines: Mutex::default(),
        })
    }

    /// The card reader's port.
    pub fn card_port(&self) -> PathBuf {
        self.folder.join(CARD_LINK)
    }

    /// The code scanner's port.
    pub fn code_port(&self) -> PathBuf {
        self.folder.join(CODE_LINK)
    }

    /// The ID card reader's port.
    pub fn idcard_port(&self) -> PathBuf {
        self.folder.join(IDCARD_LINK)
    }

    /// The printer's port.
    pub fn printer_port(&self) -> PathBuf {
        self.folder.join(PRINTER_LINK)
    }

    /// The card reader.
    pub fn card(&self) -> &PtyDevice<SimReader> {
        &self.card
    }

    /// The code scanner.
    pub fn code(&self) -> &PtyDevice<SimScanner> {
        &self.code
    }

    /// The ID card reader.
    pub fn idcard(&self) -> &PtyDevice<SimIdReader> {
        &self.idcard
    }

    /// The printer.
    pub fn printer(&self) -> &PtyDevice<SimPrinter> {
        &self.printer
    }

    /// Puts a card in the slot, in place of one that may be there.
    pub fn insert(&self, card: SimCard) {
        self.card.with(move |reader, now| reader.insert(now, card));
    }

    /// Takes the card out.
    pub fn remove(&self) {
        self.card.with(|reader, now| {
            reader.remove(now);
        });
    }

    /// Puts a document on the ID card reader, in place of one that may lie there.
    pub fn place(&self, document: SimIdDocument) {
        self.idcard.with(|reader, _| reader.place(document));
    }

    /// Takes the document off the ID card reader.
    pub fn lift(&self) {
        self.idcard.with(|reader, _| {
            reader.lift();
        });
    }

    /// Holds a code before the scanner; whether it was seen, for which the scanner's light must be on.
    pub fn scan(&self, content: &str) -> bool {
        let content = content.to_owned();
        self.code.with(move |scanner, now| scanner.scan(now, &content)).unwrap_or_default()
    }

    /// Takes the cut pieces of paper away, as a patron does; oldest first.
    pub fn take_papers(&self) -> Vec<PrintedPaper> {
        self.printer.with(|printer, _| printer.take_papers()).unwrap_or_default()
    }

    /// Takes out the bytes that the printer has worked on since the last time.
    pub fn take_printed_bytes(&self) -> Vec<u8> {
        self.printer.with(|printer, _| printer.take_processed()).unwrap_or_default()
    }

    /// Carries out one line, such as `card insert FILE` or `printer paper out`.
    ///
    /// # Errors
    /// One sentence that says what is wrong with the line.
    pub fn order(&self, line: &str) -> Result<String, String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let change = self.lines.lock().unwrap_or_else(PoisonError::into_inner).take(&words);
        match change {
            Some(change) => self.change_line(change?),
            None if words == ["help"] => {
                let of_devices = orders::carry_out(self, line)?;
                Ok(format!("{of_devices}\n{}\n{SCRIPT_HELP}", faults::HELP))
            }
            None => orders::carry_out(self, line),
        }
    }

    fn change_line(&self, change: Change) -> Result<String, String> {
        let (device, faults) = match change {
            Change::Kept => return Ok(orders::DONE.into()),
            Change::Line(device, faults) => (device, faults),
            Change::Clear(device) => {
                self.clear_faults(device);
                (device, LineFaults::default())
            }
        };
        match device {
            Device::Card => self.card.set_line(faults),
            Device::Printer => self.printer.set_line(faults),
            Device::Code => self.code.set_line(faults),
            Device::IdCard => self.idcard.set_line(faults),
        }
        Ok(orders::DONE.into())
    }

    fn clear_faults(&self, device: Device) {
        match device {
            Device::Card => self.card.with(|reader, _| reader.clear_faults()),
            Device::Code => self.code.with(|scanner, _| scanner.clear_faults()),
            Device::IdCard => self.idcard.with(|reader, _| reader.clear_faults()),
            Device::Printer => self.printer.with(|printer, now| printer.mend(now, ROLL_MM)),
        };
    }
}
