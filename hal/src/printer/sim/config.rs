//! What kind of printer is simulated.

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
