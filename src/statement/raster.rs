//! What the printer cannot make by itself, as dots: a line with a rare character, a QR symbol.

use core::convert::Infallible;

use embedded_graphics_core::Pixel;
use embedded_graphics_core::draw_target::DrawTarget;
use embedded_graphics_core::geometry::{Point, Size};
use embedded_graphics_core::pixelcolor::BinaryColor;
use embedded_graphics_core::primitives::Rectangle;
use gongji_hal::printer::canvas::Canvas;
use gongji_hal::printer::encode::{Align, BAND_ROWS};
use gongji_hal::printer::profile::{CHINESE_DOTS, Paper, char_columns, text_columns};
use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};
use zeroize::Zeroizing;

use super::font::PrinterFont;
use super::line::{Style, TEXT_DOTS_MAX};

/// Bytes of a row of the widest paper.
const ROW_BYTES: usize = Paper::Mm80.dots() as usize / 8;

/// Room for a line of the largest characters. Holds personal data; wiped when dropped.
pub type LineCanvas = Zeroizing<Canvas<ROW_BYTES, TEXT_DOTS_MAX>>;

/// A line of text on the columns that the printer's own characters would take, so that it stands in
/// line with the lines around it, and its height in dots.
///
/// Characters are drawn at their full size and not enlarged dot by dot. Emphasis is a second strike
/// one dot to the right, as the printers do it: the bold face clots at 24 dots.
pub fn text_line(text: &str, style: Style, paper: Paper) -> (LineCanvas, usize) {
    let (wide, high) = style.size.factors();
    let column = u32::from(CHINESE_DOTS / 2) * u32::from(wide);
    let height = u32::from(CHINESE_DOTS) * u32::from(high);
    let across = u32::from(paper.dots());
    let used = u32::try_from(text_columns(text)).unwrap_or(u32::MAX).saturating_mul(column);
    let free = across.saturating_sub(used);
    let mut left = match style.align {
        Align::Left => 0,
        Align::Centre => free / 2,
        Align::Right => free,
    };
    let mut canvas = LineCanvas::default();
    let font = PrinterFont::new();
    for ch in text.chars() {
        let width = u32::from(char_columns(ch)) * column;
        // A character without a glyph was replaced before.
        let _ = font.dots(ch, width, height, |x, y| {
            black(&mut canvas, left + x, y);
            // At the margin there is no paper for the second strike.
            if style.bold && left + x + 1 < across {
                black(&mut canvas, left + x + 1, y);
            }
        });
        left += width;
    }
    (canvas, usize::from(CHINESE_DOTS) * usize::from(high))
}

fn black(canvas: &mut LineCanvas, x: u32, y: u32) {
    if let (Ok(x), Ok(y)) = (i32::try_from(x), i32::try_from(y)) {
        infallible(canvas.draw_iter([Pixel(Point::new(x, y), BinaryColor::On)]));
    }
}

/// A QR symbol in the middle of the paper, as the printer would draw it.
pub struct QrRaster {
    code: QrCode,
    module: i32,
    left: i32,
}

/// A band of a QR symbol.
pub type Band = Canvas<ROW_BYTES, BAND_ROWS>;

impl QrRaster {
    /// The symbol of `data` at level M, `module` dots a module; `None` when it has no room on the
    /// paper.
    pub fn new(data: &[u8], module: u8, paper: Paper) -> Option<Self> {
        let segments = [QrSegment::make_bytes(data)];
        let (level, least, most) = (QrCodeEcc::Medium, Version::MIN, Version::MAX);
        let code =
            QrCode::encode_segments_advanced(&segments, level, least, most, None, false).ok()?;
        let module = i32::from(module);
        let free = i32::from(paper.dots()) - code.size() * module;
        (free >= 0).then_some(Self { code, module, left: free / 2 })
    }

    /// The symbol from top to bottom in bands, each with its height in dots.
    pub fn bands(&self) -> impl Iterator<Item = (Band, usize)> {
        let side = self.code.size() * self.module;
        (0..side).step_by(BAND_ROWS).map(move |top| {
            let height = usize::try_from(side - top).unwrap_or(0).min(BAND_ROWS);
            (self.band(top), height)
        })
    }

    fn band(&self, top: i32) -> Band {
        let mut band = Band::new();
        let side = self.code.size();
        let size = Size::new_equal(self.module.unsigned_abs());
        for (x, y) in (0..side).flat_map(|y| (0..side).map(move |x| (x, y))) {
            if self.code.get_module(x, y) {
                let corner = Point::new(self.left + x * self.module, y * self.module - top);
                infallible(band.fill_solid(&Rectangle::new(corner, size), BinaryColor::On));
            }
        }
        band
    }
}

fn infallible(drawn: Result<(), Infallible>) {
    let Ok(()) = drawn;
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use gongji_hal::printer::encode::Encoder;
    use gongji_hal::printer::profile::Font;

    use super::*;

    #[test]
    fn a_second_strike_at_the_margin_stays_on_the_paper() {
        for paper in [Paper::Mm58, Paper::Mm80] {
            // It has ink in its last column of dots.
            let text = "─".repeat(usize::from(paper.dots() / CHINESE_DOTS));
            let (canvas, height) = text_line(&text, Style::BOLD, paper);
            assert_eq!(canvas.used_row_bytes(height), usize::from(paper.dots() / 8));
            Encoder::new(Vec::new(), paper, Font::Gb2312).canvas(&canvas, height).unwrap();
        }
    }
}
