//! What a page takes of the printer: lines, rows, paper, cuts.

use super::{
    framing::{Framer, Role, word},
    profile::{CHINESE_DOTS, DOTS_PER_MM, LINE_DOTS},
};

/// Dots from the head to the cutter.
const CUT_DOTS: u32 = 120;
/// Assumed height of a printer-drawn QR symbol in dots where too little would be wrong.
const QR_DOTS_MAX: u32 = 500;
/// Bytes of a `GS ( k` payload that are looked at.
const SYMBOL_HEAD_BYTES: usize = 3;

/// What was printed, for a technician's counters. Adds up; saturates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Counts {
    /// Line feeds, of text and of the feed command.
    pub lines: u32,
    /// Rows of dots sent as raster.
    pub raster_rows: u32,
    /// QR symbols drawn by the printer.
    pub symbols: u32,
    /// Dots that the paper advanced; a QR symbol is counted within one of its versions.
    pub feed_dots: u32,
    /// Cuts.
    pub cuts: u32,
}

impl Counts {
    /// Paper used in whole millimetres.
    pub const fn millimetres(self) -> u32 {
        self.feed_dots / DOTS_PER_MM
    }

    /// Adds `other`.
    pub(super) const fn add(&mut self, other: Self) {
        self.lines = self.lines.saturating_add(other.lines);
        self.raster_rows = self.raster_rows.saturating_add(other.raster_rows);
        self.symbols = self.symbols.saturating_add(other.symbols);
        self.feed_dots = self.feed_dots.saturating_add(other.feed_dots);
        self.cuts = self.cuts.saturating_add(other.cuts);
    }
}

/// Follows a page's bytes and adds up what they take of the printer.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    framer: Framer,
    spacing: u32,
    height: u32,
    symbol: Symbol,
    counts: Counts,
}

impl Tally {
    pub(super) const fn new() -> Self {
        Self {
            framer: Framer::new(),
            spacing: LINE_DOTS as u32,
            height: 1,
            symbol: Symbol::new(),
            counts: Counts { lines: 0, raster_rows: 0, symbols: 0, feed_dots: 0, cuts: 0 },
        }
    }

    /// Takes the counts out and begins a new page.
    pub(super) fn take(&mut self) -> Counts {
        core::mem::take(&mut self.counts)
    }

    /// Takes a byte; returns the dots that the paper advances because of it, never too few for
    /// what the encoder writes.
    pub(super) fn push(&mut self, byte: u8) -> u32 {
        let role = self.framer.push(byte);
        if role == Role::Text {
            return if byte == b'\n' { self.feed(1) } else { 0 };
        }
        let is_symbol = self.framer.head().starts_with(&[0x1D, 0x28, 0x6B]);
        if role == Role::Payload {
            let drawn = is_symbol && self.symbol.push(byte, self.framer.at_boundary());
            if drawn {
                self.add(Counts { symbols: 1, feed_dots: self.symbol.dots(), ..Counts::default() });
                return QR_DOTS_MAX;
            }
            return 0;
        }
        if is_symbol {
            self.symbol.begin();
        }
        if self.framer.at_boundary() || self.framer.in_payload() { self.command() } else { 0 }
    }

    /// A command's head is complete.
    fn command(&mut self) -> u32 {
        match *self.framer.head() {
            [0x1B, 0x40] => {
                self.spacing = u32::from(LINE_DOTS);
                self.height = 1;
                0
            }
            [0x1B, 0x32] => {
                self.spacing = u32::from(LINE_DOTS);
                0
            }
            [0x1B, 0x33, dots] => {
                self.spacing = u32::from(dots);
                0
            }
            [0x1D, 0x21, size] => {
                self.height = u32::from(size & 7) + 1;
                0
            }
            [0x1B, 0x64, lines] => self.feed(u32::from(lines)),
            [0x1B, 0x4A, dots] => {
                let feed_dots = u32::from(dots);
                self.add(Counts { feed_dots, ..Counts::default() })
            }
            [0x1D, 0x76, 0x30, mode, _, _, low, high] => {
                let raster_rows = word(low, high);
                let feed_dots = raster_rows << (mode >> 1 & 1);
                self.add(Counts { raster_rows, feed_dots, ..Counts::default() })
            }
            [0x1D, 0x56, 0x41 | 0x42, dots] => {
                let feed_dots = CUT_DOTS + u32::from(dots);
                self.add(Counts { cuts: 1, feed_dots, ..Counts::default() })
            }
            [0x1D, 0x56, ..] => self.add(Counts { cuts: 1, ..Counts::default() }),
            _ => 0,
        }
    }

    fn feed(&mut self, lines: u32) -> u32 {
        let dots = self.spacing.max(self.height * u32::from(CHINESE_DOTS));
        self.add(Counts { lines, feed_dots: lines * dots, ..Counts::default() })
    }

    const fn add(&mut self, counts: Counts) -> u32 {
        self.counts.add(counts);
        counts.feed_dots
    }
}

/// The QR symbol that the printer has been told to draw.
#[derive(Clone, Debug)]
struct Symbol {
    head: heapless::Vec<u8, SYMBOL_HEAD_BYTES>,
    payload: u32,
    module_dots: u32,
    level: u8,
    bytes: u32,
}

impl Symbol {
    const fn new() -> Self {
        Self { head: heapless::Vec::new(), payload: 0, module_dots: 3, level: 0x30, bytes: 0 }
    }

    fn begin(&mut self) {
        self.head.clear();
        self.payload = 0;
    }

    /// Takes a payload byte; whether it makes the printer draw.
    fn push(&mut self, byte: u8, last: bool) -> bool {
        let _ = self.head.push(byte);
        self.payload = self.payload.saturating_add(1);
        if !last {
            return false;
        }
        match *self.head {
            [_, 0x43, dots] => self.module_dots = u32::from(dots.clamp(1, 16)),
            [_, 0x45, level] => self.level = level,
            [_, 0x50, _] => self.bytes = self.payload.saturating_sub(3),
            [_, 0x51, _] => return self.bytes > 0,
            _ => {}
        }
        false
    }

    fn dots(&self) -> u32 {
        (17 + 4 * self.version()) * self.module_dots
    }

    /// The version (1 to 40) by the module count of ISO/IEC 18004 and the usual share of data in it.
    fn version(&self) -> u32 {
        let data_percent = match self.level {
            0x31 => 62,
            0x32 => 46,
            0x33 => 35,
            _ => 79,
        };
        let holds = |version: &u32| {
            let data = raw_modules(*version) / 8 * data_percent / 100;
            data >= self.bytes + if *version < 10 { 2 } else { 3 }
        };
        (1..=40).find(holds).unwrap_or(40)
    }
}

/// Modules of a symbol that carry codewords.
const fn raw_modules(version: u32) -> u32 {
    let mut modules = (16 * version + 128) * version + 64;
    if version >= 2 {
        let patterns = version / 7 + 2;
        modules -= (25 * patterns - 10) * patterns - 55;
    }
    if version >= 7 {
        modules -= 36;
    }
    modules
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn count(bytes: &[u8]) -> (u32, Counts) {
        let mut tally = Tally::new();
        let limit = bytes.iter().map(|&byte| tally.push(byte)).sum();
        (limit, tally.take())
    }

    #[test]
    fn lines_rows_and_paper_add_up() {
        let dots = |bytes: &[u8]| count(bytes);
        let lines = |lines, feed_dots| Counts { lines, feed_dots, ..Counts::default() };
        assert_eq!(dots(b"ab\ncd\n"), (60, lines(2, 60)));
        assert_eq!(dots(&[0x1D, 0x21, 0x11, b'\n', 0x1B, 0x40, b'\n']), (78, lines(2, 78)));
        assert_eq!(dots(&[0x1B, 0x64, 3]), (90, lines(3, 90)));
        let raster = Counts { raster_rows: 3, feed_dots: 3, ..Counts::default() };
        assert_eq!(dots(&[0x1D, 0x76, 0x30, 0, 1, 0, 3, 0, 10, 10, 10]), (3, raster));
        let cut = Counts { cuts: 1, feed_dots: 125, ..Counts::default() };
        assert_eq!(dots(&[0x1D, 0x56, 0x42, 5]), (125, cut));
    }

    #[cfg(feature = "sim")]
    #[test]
    fn a_symbol_is_measured_within_one_version() {
        use crate::printer::{
            encode::{Encoder, QrLevel},
            profile::{Font, Paper},
        };
        use qrcodegen::{QrCode, QrCodeEcc};
        use std::vec;

        for (level, ecc) in [
            (QrLevel::Low, QrCodeEcc::Low),
            (QrLevel::Medium, QrCodeEcc::Medium),
            (QrLevel::Quartile, QrCodeEcc::Quartile),
            (QrLevel::High, QrCodeEcc::High),
        ] {
            for length in [1, 14, 17, 40, 62, 120, 213, 400] {
                let data = vec![b'a'; length];
                let mut encoder = Encoder::new(vec![], Paper::Mm80, Font::Gb18030);
                encoder.qr(&data, 4, level).unwrap();
                let (limit, counts) = count(&encoder.into_sink());
                let segments = [qrcodegen::QrSegment::make_bytes(&data)];
                let true_side = QrCode::encode_segments_advanced(
                    &segments,
                    ecc,
                    qrcodegen::Version::MIN,
                    qrcodegen::Version::MAX,
                    None,
                    false,
                )
                .unwrap()
                .size() as u32
                    * 4;
                assert_eq!((limit, counts.symbols), (QR_DOTS_MAX, 1));
                assert!(counts.feed_dots.abs_diff(true_side) <= 16, "{length} {level:?}");
            }
        }
    }
}
