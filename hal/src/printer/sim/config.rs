//! What kind of printer is simulated, and what may go wrong with it.

use std::vec::Vec;

use crate::printer::profile::Paper;

/// The simulated printer. The default is a small kiosk printer that can do everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SimConfig {
    /// Paper width.
    pub paper: Paper,
    /// Line speed in bits a second, ten bits a byte.
    pub baud: u32,
    /// Paper speed in millimetres a second.
    pub speed_mm_s: u32,
    /// Receive buffer in bytes.
    pub buffer_bytes: usize,
    /// Whether XOFF and XON are sent, and the sending side obeys them.
    pub flow_control: bool,
    /// Whether process ids (`GS ( H`) are answered.
    pub process_ids: bool,
    /// Whether automatic status (`GS a`) is known.
    pub asb: bool,
    /// Whether the real-time clear (`DLE DC4 8`) is known.
    pub real_time_clear: bool,
    /// Whether `10 04 01..04` inside image data triggers an answer.
    pub phantoms: bool,
    /// From power on to the first answer, in milliseconds; what comes before is lost.
    pub boot_ms: u64,
    /// Paper on the roll in millimetres.
    pub roll_mm: u32,
    /// The near-end sensor reports this much or less, in millimetres.
    pub near_end_mm: u32,
}

impl Default for SimConfig {
    fn default() -> Self {
        Self {
            paper: Paper::Mm80,
            baud: 115_200,
            speed_mm_s: 90,
            buffer_bytes: 4096,
            flow_control: true,
            process_ids: true,
            asb: true,
            real_time_clear: true,
            phantoms: false,
            boot_ms: 1500,
            roll_mm: 50_000,
            near_end_mm: 3000,
        }
    }
}

/// Something that goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The roll ends; ended by [`load_paper`](super::SimPrinter::load_paper).
    PaperOut,
    /// The cover is opened; ended by [`close_cover`](super::SimPrinter::close_cover).
    CoverOpen,
    /// The head is hot for so many milliseconds and then goes on by itself.
    HeadHot {
        /// How long.
        ms: u64,
    },
    /// The cutter jams; ended by [`free_cutter`](super::SimPrinter::free_cutter).
    CutterJam,
    /// A fault that only a power cycle ends.
    Unrecoverable,
    /// Answers nothing, prints on; ended by [`unmute`](super::SimPrinter::unmute).
    Mute,
    /// Loses power and all it had not printed; ended by [`power_on`](super::SimPrinter::power_on).
    PowerOff,
    /// Sends bytes that nobody asked for.
    Noise(Vec<u8>),
}

/// When a fault comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// After so many more lines, raster bands or QR symbols are printed.
    AfterLines(u32),
    /// Before the next cut.
    BeforeCut,
    /// Before the next answer to a fence or process id.
    BeforeProof,
}
