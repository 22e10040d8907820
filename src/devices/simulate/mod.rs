//! The devices of a hall, simulated on kernel pseudo-terminals: the bytes are real, the metal is not.

pub mod card_file;
mod orders;

use std::io;
use std::path::{Path, PathBuf};

use gongji_hal::card::sim::{ReaderKind, SimCard, SimReader};
use gongji_hal::printer::sim::{GlyphSource, PrintedPaper, SimConfig, SimPrinter};

use super::pty::PtyDevice;

/// Name of the card reader's link in the folder.
pub const CARD_LINK: &str = "card";
/// Name of the printer's link in the folder.
pub const PRINTER_LINK: &str = "printer";
/// Paper on a new roll, in millimetres.
pub const ROLL_MM: u32 = 50_000;
/// Paper left when the near-end sensor reports, in millimetres.
pub const ROLL_LOW_MM: u32 = 2000;

/// A card reader and a printer on pseudo-terminals; dropped, they are gone.
pub struct SimulatedHall {
    folder: PathBuf,
    card: PtyDevice<SimReader>,
    printer: PtyDevice<SimPrinter>,
}

impl SimulatedHall {
    /// Serves both devices under links in `folder`, which must exist.
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
        Ok(Self {
            folder: folder.to_path_buf(),
            card: PtyDevice::serve(reader, &folder.join(CARD_LINK))?,
            printer: PtyDevice::serve(SimPrinter::new(config, font), &folder.join(PRINTER_LINK))?,
        })
    }

    /// The card reader's port.
    pub fn card_port(&self) -> PathBuf {
        self.folder.join(CARD_LINK)
    }

    /// The printer's port.
    pub fn printer_port(&self) -> PathBuf {
        self.folder.join(PRINTER_LINK)
    }

    /// The card reader.
    pub fn card(&self) -> &PtyDevice<SimReader> {
        &self.card
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
        orders::carry_out(self, line)
    }
}
