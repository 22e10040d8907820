//! Printed paper: dots and the text that makes them.

use std::{string::String, vec, vec::Vec};

/// A bitmap of packed rows, most significant bit left, 1 = black.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bitmap {
    width: u32,
    height: u32,
    bytes: Vec<u8>,
}

impl Bitmap {
    /// A white bitmap of `width` by `height` dots.
    pub fn new(width: u32, height: u32) -> Self {
        Self { width, height, bytes: vec![0; row_bytes(width) * height as usize] }
    }

    /// A bitmap from packed rows; missing bytes are white.
    pub fn from_rows(width: u32, height: u32, rows: &[u8]) -> Self {
        let mut bitmap = Self::new(width, height);
        for (to, &from) in bitmap.bytes.iter_mut().zip(rows) {
            *to = from;
        }
        bitmap
    }

    /// Dots across.
    pub const fn width(&self) -> u32 {
        self.width
    }

    /// Dots down.
    pub const fn height(&self) -> u32 {
        self.height
    }

    /// The packed rows, each of `width / 8` bytes rounded up.
    pub fn rows(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether the dot is black; outside is white.
    pub fn get(&self, x: u32, y: u32) -> bool {
        self.place(x, y).and_then(|at| self.bytes.get(at)).is_some_and(|b| b & mask(x) != 0)
    }

    /// Blackens a dot; outside nothing happens.
    pub fn set(&mut self, x: u32, y: u32) {
        if let Some(byte) = self.place(x, y).and_then(|at| self.bytes.get_mut(at)) {
            *byte |= mask(x);
        }
    }

    /// Black dots in all.
    pub fn ink(&self) -> u32 {
        self.bytes.iter().map(|byte| byte.count_ones()).sum()
    }

    /// Draws `other` with its upper left dot at `x`, `y`, each dot `sx` by `sy`.
    pub(super) fn draw(&mut self, other: &Self, x: u32, y: u32, sx: u32, sy: u32) {
        let bytes_per_row = row_bytes(other.width).max(1);
        for (at, &byte) in other.bytes.iter().enumerate().filter(|&(_, &byte)| byte != 0) {
            let row = (at / bytes_per_row) as u32;
            let first = (at % bytes_per_row) as u32 * 8;
            for column in (first..first + 8).filter(|&column| byte & mask(column) != 0) {
                for (dy, dx) in (0..sy).flat_map(|dy| (0..sx).map(move |dx| (dy, dx))) {
                    self.set(x + column * sx + dx, y + row * sy + dy);
                }
            }
        }
    }

    /// Takes the first `rows` rows off.
    pub(super) fn split_top(&mut self, rows: u32) -> Self {
        let rows = rows.min(self.height);
        let rest = self.bytes.split_off(row_bytes(self.width) * rows as usize);
        let bytes = core::mem::replace(&mut self.bytes, rest);
        self.height -= rows;
        Self { width: self.width, height: rows, bytes }
    }

    /// Adds `other`, of the same width, below.
    pub(super) fn append(&mut self, other: &Self) {
        self.bytes.extend_from_slice(&other.bytes);
        self.height += other.height;
    }

    fn place(&self, x: u32, y: u32) -> Option<usize> {
        let inside = x < self.width && y < self.height;
        inside.then(|| row_bytes(self.width) * y as usize + (x / 8) as usize)
    }
}

const fn row_bytes(width: u32) -> usize {
    width.div_ceil(8) as usize
}

const fn mask(x: u32) -> u8 {
    0x80 >> (x % 8)
}

/// Gives the printer's font.
pub trait GlyphSource {
    /// `ch` drawn in a box of `width` by `height` dots; `None` leaves an empty frame.
    fn glyph(&self, ch: char, width: u32, height: u32) -> Option<Bitmap>;
}

/// No font: every character is a frame. For tests that read [`PrintedPaper::text`].
#[derive(Clone, Copy, Debug, Default)]
pub struct NoGlyphs;

impl GlyphSource for NoGlyphs {
    fn glyph(&self, _ch: char, _width: u32, _height: u32) -> Option<Bitmap> {
        None
    }
}

/// What stands on one line of the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrintedLine {
    /// Characters, without padding.
    Text {
        /// What is read.
        text: String,
        /// Dots from the left edge.
        left_dots: u32,
        /// Multiples of normal width and height of the first character.
        size: (u32, u32),
        /// Whether the first character is emphasised.
        bold: bool,
    },
    /// A raster band of so many rows.
    Raster {
        /// Dots down.
        rows: u32,
    },
    /// A QR symbol with this content.
    Qr(Vec<u8>),
}

/// A piece of paper, printed from the top. The blank strip between head and cutter, which comes
/// off at the top of the next piece, is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedPaper {
    bitmap: Bitmap,
    lines: Vec<PrintedLine>,
}

impl PrintedPaper {
    pub(super) fn new(width: u32) -> Self {
        Self { bitmap: Bitmap::new(width, 0), lines: Vec::new() }
    }

    /// What is seen.
    pub const fn bitmap(&self) -> &Bitmap {
        &self.bitmap
    }

    /// What was printed, line by line.
    pub fn lines(&self) -> &[PrintedLine] {
        &self.lines
    }

    /// Whether nothing is printed on it.
    pub fn is_blank(&self) -> bool {
        self.lines.is_empty()
    }

    /// What a patron reads: one line per text line, each ended by a line feed.
    pub fn text(&self) -> String {
        let mut all = String::new();
        for line in &self.lines {
            if let PrintedLine::Text { text, .. } = line {
                all.push_str(text);
                all.push('\n');
            }
        }
        all
    }

    pub(super) fn print(&mut self, bitmap: &Bitmap, line: PrintedLine) {
        self.bitmap.append(bitmap);
        self.lines.push(line);
    }

    pub(super) fn feed(&mut self, dots: u32) {
        let blank = Bitmap::new(self.bitmap.width, dots);
        self.bitmap.append(&blank);
    }
}
