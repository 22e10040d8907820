//! A page as ESC/POS bytes.

mod types;

use embedded_io::Write;

use super::canvas::Canvas;
use super::profile::{Font, Paper};

pub use types::{Align, EncodeError, QrLevel};

/// Rows of one raster command at most: a fault inside an image then spoils 3 mm, not a page.
pub const BAND_ROWS: usize = 24;
/// Widest and highest character size as a multiple of normal.
pub const SIZE_MAX: u8 = 8;
/// Largest side of a QR module in dots.
pub const QR_MODULE_DOTS_MAX: u8 = 16;

/// Bytes of text that are encoded in one go: two lines of the widest paper.
const TEXT_BYTES: usize = 192;

/// Writes ESC/POS into any sink: a `heapless::Vec`, a `Vec`, a slice.
///
/// Text is refused as a whole, before any byte of it is written, when the font lacks one of its
/// characters; a four-byte GB 18030 character would print as garbage.
#[derive(Debug)]
pub struct Encoder<W> {
    sink: W,
    paper: Paper,
    font: Font,
}

impl<W: Write> Encoder<W> {
    /// An encoder for a printer with this paper and font; writes nothing yet.
    pub const fn new(sink: W, paper: Paper, font: Font) -> Self {
        Self { sink, paper, font }
    }

    /// The sink with all that was written.
    pub fn into_sink(self) -> W {
        self.sink
    }

    /// Resets the printer's modes and selects Chinese (`ESC @`, `FS &`): start every page with it.
    ///
    /// # Errors
    /// [`EncodeError::Sink`], as every method here.
    pub fn init(&mut self) -> Result<(), EncodeError<W::Error>> {
        self.put(&[0x1B, 0x40, 0x1C, 0x26])
    }

    /// Alignment of the following lines (`ESC a`).
    ///
    /// # Errors
    /// [`EncodeError::Sink`].
    pub fn align(&mut self, align: Align) -> Result<(), EncodeError<W::Error>> {
        self.put(&[0x1B, 0x61, align as u8])
    }

    /// Character size as multiples 1 to 8 of normal (`GS !`).
    ///
    /// # Errors
    /// [`EncodeError::OutOfRange`] outside 1..=8.
    pub fn size(&mut self, width: u8, height: u8) -> Result<(), EncodeError<W::Error>> {
        let valid = 1..=SIZE_MAX;
        if !valid.contains(&width) || !valid.contains(&height) {
            return Err(EncodeError::OutOfRange);
        }
        self.put(&[0x1D, 0x21, (width - 1) << 4 | (height - 1)])
    }

    /// Emphasis (`ESC E`).
    ///
    /// # Errors
    /// [`EncodeError::Sink`].
    pub fn bold(&mut self, on: bool) -> Result<(), EncodeError<W::Error>> {
        self.put(&[0x1B, 0x45, u8::from(on)])
    }

    /// Distance of lines in dots (`ESC 3`), or the printer's own with `None` (`ESC 2`).
    ///
    /// # Errors
    /// [`EncodeError::Sink`].
    pub fn line_spacing(&mut self, dots: Option<u8>) -> Result<(), EncodeError<W::Error>> {
        match dots {
            Some(dots) => self.put(&[0x1B, 0x33, dots]),
            None => self.put(&[0x1B, 0x32]),
        }
    }

    /// Text without a line end.
    ///
    /// # Errors
    /// [`EncodeError::Unprintable`] names the first character that the font lacks.
    pub fn text(&mut self, text: &str) -> Result<(), EncodeError<W::Error>> {
        let font = self.font;
        let mut room = [0; TEXT_BYTES];
        if let Some(bytes) = font.encode_all(text, &mut room) {
            return self.put(bytes);
        }
        // Longer, or not printable: one character at a time.
        if let Some(ch) = text.chars().find(|&ch| !font.covers(ch)) {
            return Err(EncodeError::Unprintable(ch));
        }
        for bytes in text.chars().filter_map(|ch| font.encode(ch)) {
            self.put(bytes.as_bytes())?;
        }
        Ok(())
    }

    /// A line of text; the paper advances.
    ///
    /// # Errors
    /// As [`text`](Self::text).
    pub fn line(&mut self, text: &str) -> Result<(), EncodeError<W::Error>> {
        self.text(text)?;
        self.put(b"\n")
    }

    /// A bitmap of rows of `row_bytes` bytes, most significant bit left, 1 = black, in bands of at
    /// most [`BAND_ROWS`] (`GS v 0`).
    ///
    /// # Errors
    /// [`EncodeError::Raster`].
    pub fn raster(&mut self, row_bytes: usize, rows: &[u8]) -> Result<(), EncodeError<W::Error>> {
        let fits = (1..=usize::from(self.paper.dots() / 8)).contains(&row_bytes);
        if !fits || rows.is_empty() || !rows.len().is_multiple_of(row_bytes) {
            return Err(EncodeError::Raster);
        }
        for band in rows.chunks(row_bytes * BAND_ROWS) {
            self.band(row_bytes, band.len() / row_bytes)?;
            self.put(band)?;
        }
        Ok(())
    }

    /// The first `height` rows of a canvas, in bands as [`raster`](Self::raster); white at the right
    /// is not sent.
    ///
    /// # Errors
    /// [`EncodeError::Raster`] when `height` is none of the canvas, or ink lies beyond the paper.
    pub fn canvas<const ROW_BYTES: usize, const ROWS: usize>(
        &mut self,
        canvas: &Canvas<ROW_BYTES, ROWS>,
        height: usize,
    ) -> Result<(), EncodeError<W::Error>> {
        let row_bytes = canvas.used_row_bytes(height).max(1);
        let fits = row_bytes <= usize::from(self.paper.dots() / 8);
        let rows = canvas.rows().get(..height).filter(|rows| fits && !rows.is_empty());
        for band in rows.ok_or(EncodeError::Raster)?.chunks(BAND_ROWS) {
            self.band(row_bytes, band.len())?;
            for row in band {
                self.put(row.get(..row_bytes).unwrap_or(row))?;
            }
        }
        Ok(())
    }

    /// What stands before the rows of a band.
    fn band(&mut self, row_bytes: usize, height: usize) -> Result<(), EncodeError<W::Error>> {
        self.put(&[0x1D, 0x76, 0x30, 0, low(row_bytes), high(row_bytes), low(height), high(height)])
    }

    /// A QR symbol drawn by the printer, `module` dots a module (`GS ( k`, model 2).
    ///
    /// # Errors
    /// [`EncodeError::QrLength`], or [`EncodeError::OutOfRange`] for a module outside 1..=16.
    pub fn qr(
        &mut self,
        data: &[u8],
        module: u8,
        level: QrLevel,
    ) -> Result<(), EncodeError<W::Error>> {
        let max = level.bytes_max();
        if !(1..=QR_MODULE_DOTS_MAX).contains(&module) {
            return Err(EncodeError::OutOfRange);
        }
        if data.is_empty() || data.len() > max {
            return Err(EncodeError::QrLength { max });
        }
        let stored = data.len() + 3;
        self.put(&[0x1D, 0x28, 0x6B, 4, 0, 0x31, 0x41, 0x32, 0])?;
        self.put(&[0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x43, module])?;
        self.put(&[0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x45, 0x30 + level as u8])?;
        self.put(&[0x1D, 0x28, 0x6B, low(stored), high(stored), 0x31, 0x50, 0x30])?;
        self.put(data)?;
        self.put(&[0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x51, 0x30])
    }

    /// Advances the paper by `lines` lines (`ESC d`).
    ///
    /// # Errors
    /// [`EncodeError::Sink`].
    pub fn feed(&mut self, lines: u8) -> Result<(), EncodeError<W::Error>> {
        self.put(&[0x1B, 0x64, lines])
    }

    /// Feeds past the cutter plus `dots` and cuts, leaving one point uncut (`GS V 66`).
    ///
    /// # Errors
    /// [`EncodeError::Sink`].
    pub fn cut(&mut self, dots: u8) -> Result<(), EncodeError<W::Error>> {
        self.put(&[0x1D, 0x56, 0x42, dots])
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), EncodeError<W::Error>> {
        self.sink.write_all(bytes).map_err(EncodeError::Sink)
    }
}

const fn low(number: usize) -> u8 {
    (number & 0xFF) as u8
}

const fn high(number: usize) -> u8 {
    (number >> 8 & 0xFF) as u8
}
