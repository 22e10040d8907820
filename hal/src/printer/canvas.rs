//! Dots to draw on with `embedded-graphics`, then sent as raster.

use core::convert::Infallible;
use core::fmt;

use embedded_graphics_core::{
    Pixel,
    draw_target::DrawTarget,
    geometry::{OriginDimensions, Point, Size},
    pixelcolor::BinaryColor,
    primitives::Rectangle,
};
use zeroize::Zeroize;

/// Most dots of a canvas in either direction; `GS v 0` and the drawing library take more.
pub const CANVAS_DOTS_MAX: usize = i16::MAX as usize;

/// White paper of `ROW_BYTES * 8` by `ROWS` dots, most significant bit left, 1 = black, in memory of
/// its own. What is drawn beyond its edges is left out.
///
/// [`BinaryColor::On`] is black. Sent by [`Encoder::canvas`](super::encode::Encoder::canvas). It may
/// show a name: it can be wiped, and its `Debug` tells its size only.
#[derive(Clone, PartialEq, Eq, Zeroize)]
pub struct Canvas<const ROW_BYTES: usize, const ROWS: usize> {
    rows: [[u8; ROW_BYTES]; ROWS],
}

impl<const ROW_BYTES: usize, const ROWS: usize> Canvas<ROW_BYTES, ROWS> {
    /// Dots across.
    pub const WIDTH: u32 = {
        assert!(ROW_BYTES * 8 <= CANVAS_DOTS_MAX && ROW_BYTES > 0, "a canvas too wide or empty");
        ROW_BYTES as u32 * 8
    };
    /// Dots down.
    pub const HEIGHT: u32 = {
        assert!(ROWS <= CANVAS_DOTS_MAX, "a canvas too high");
        ROWS as u32
    };

    /// A white canvas.
    pub const fn new() -> Self {
        Self { rows: [[0; ROW_BYTES]; ROWS] }
    }

    /// Whether the dot is black; outside is white.
    pub fn get(&self, x: u32, y: u32) -> bool {
        let (place, bit) = (x as usize / 8, 0x80 >> (x % 8));
        let byte = self.rows.get(y as usize).and_then(|row| row.get(place));
        byte.is_some_and(|byte| byte & bit != 0)
    }

    /// The rows from the top, each of `ROW_BYTES` bytes.
    pub const fn rows(&self) -> &[[u8; ROW_BYTES]; ROWS] {
        &self.rows
    }

    /// Bytes of each row up to the rightmost black dot among the first `height` rows; 0 when they
    /// are white.
    pub fn used_row_bytes(&self, height: usize) -> usize {
        let last = |row: &[u8; ROW_BYTES]| row.iter().rposition(|&byte| byte != 0);
        self.rows.iter().take(height).filter_map(last).max().map_or(0, |place| place + 1)
    }

    fn dot(&mut self, x: usize, y: usize, color: BinaryColor) {
        let bit = 0x80 >> (x % 8);
        if let Some(byte) = self.rows.get_mut(y).and_then(|row| row.get_mut(x / 8)) {
            *byte = if color.is_on() { *byte | bit } else { *byte & !bit };
        }
    }
}

impl<const ROW_BYTES: usize, const ROWS: usize> fmt::Debug for Canvas<ROW_BYTES, ROWS> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Canvas({}×{})", Self::WIDTH, Self::HEIGHT)
    }
}

impl<const ROW_BYTES: usize, const ROWS: usize> Default for Canvas<ROW_BYTES, ROWS> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const ROW_BYTES: usize, const ROWS: usize> OriginDimensions for Canvas<ROW_BYTES, ROWS> {
    fn size(&self) -> Size {
        Size::new(Self::WIDTH, Self::HEIGHT)
    }
}

impl<const ROW_BYTES: usize, const ROWS: usize> DrawTarget for Canvas<ROW_BYTES, ROWS> {
    type Color = BinaryColor;
    type Error = Infallible;

    fn draw_iter<I>(&mut self, pixels: I) -> Result<(), Infallible>
    where
        I: IntoIterator<Item = Pixel<BinaryColor>>,
    {
        for Pixel(Point { x, y }, color) in pixels {
            if let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) {
                self.dot(x, y, color);
            }
        }
        Ok(())
    }

    fn fill_solid(&mut self, area: &Rectangle, color: BinaryColor) -> Result<(), Infallible> {
        // In 64 bits no corner overflows; the library's own clipping works in 32.
        let span = |from: i32, length: u32, limit: u32| {
            let end = (i64::from(from) + i64::from(length)).clamp(0, i64::from(limit));
            let start = i64::from(from).clamp(0, end);
            (start as usize, end as usize)
        };
        let (left, right) = span(area.top_left.x, area.size.width, Self::WIDTH);
        let (top, bottom) = span(area.top_left.y, area.size.height, Self::HEIGHT);
        for (y, x) in (top..bottom).flat_map(|y| (left..right).map(move |x| (y, x))) {
            self.dot(x, y, color);
        }
        Ok(())
    }

    fn clear(&mut self, color: BinaryColor) -> Result<(), Infallible> {
        let byte = if color.is_on() { 0xFF } else { 0 };
        self.rows.iter_mut().for_each(|row| row.fill(byte));
        Ok(())
    }
}
