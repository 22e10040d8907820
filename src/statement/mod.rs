//! Slips: from the ledger's rows to lines, to ESC/POS bytes, to a picture.

/// A slip laid out, before the journal has given it a number. Holds personal data; wiped when dropped.
#[derive(Debug, PartialEq, Eq)]
pub struct Slip {}

/// A greyscale picture, one byte a pixel, 0 black, rows top to bottom. Holds personal data; wiped when
/// dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Picture {
    /// The picture of `pixels`, `width` to a row; `None` unless there are `width * height` of them.
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Option<Self> {
        let wanted = u64::from(width).checked_mul(u64::from(height))?;
        (u64::try_from(pixels.len()).ok()? == wanted).then_some(Self { width, height, pixels })
    }

    /// Pixels a row.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// `width * height` bytes, row by row; 0 black, 255 white.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }
}
