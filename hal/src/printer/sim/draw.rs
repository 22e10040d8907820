//! Characters and QR symbols as dots.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

use super::paper::{Bitmap, GlyphSource};
use crate::printer::profile::{ASCII_DOTS, CHINESE_DOTS, LINE_DOTS};

/// How characters look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) bold: bool,
    pub(super) align: u8,
    pub(super) spacing: u32,
}

impl Default for Style {
    fn default() -> Self {
        Self { width: 1, height: 1, bold: false, align: 0, spacing: u32::from(LINE_DOTS) }
    }
}

/// One character on the line.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) ch: char,
    pub(super) style: Style,
}

impl Cell {
    pub(super) fn base_width(&self) -> u32 {
        u32::from(if self.ch.is_ascii() { ASCII_DOTS } else { CHINESE_DOTS })
    }

    pub(super) fn width(&self) -> u32 {
        self.base_width() * self.style.width
    }

    pub(super) fn height(&self) -> u32 {
        u32::from(CHINESE_DOTS) * self.style.height
    }
}

/// The modules of a QR symbol; `None` when the content does not fit.
pub(super) fn symbol(content: &[u8], level: QrCodeEcc) -> Option<Bitmap> {
    if content.is_empty() {
        return None;
    }
    let segments = [QrSegment::make_bytes(content)];
    let code =
        QrCode::encode_segments_advanced(&segments, level, Version::MIN, Version::MAX, None, false)
            .ok()?;
    let side = code.size();
    let mut modules = Bitmap::new(side as u32, side as u32);
    for (x, y) in (0..side).flat_map(|y| (0..side).map(move |x| (x, y))) {
        if code.get_module(x, y) {
            modules.set(x as u32, y as u32);
        }
    }
    Some(modules)
}

pub(super) fn draw_cell(to: &mut Bitmap, cell: &Cell, x: u32, y: u32, font: &dyn GlyphSource) {
    let (width, height) = (cell.base_width(), u32::from(CHINESE_DOTS));
    if cell.ch == ' ' {
        return;
    }
    let glyph = font.glyph(cell.ch, width, height).unwrap_or_else(|| frame(width, height));
    to.draw(&glyph, x, y, cell.style.width, cell.style.height);
    if cell.style.bold {
        to.draw(&glyph, x + 1, y, cell.style.width, cell.style.height);
    }
}

/// The empty frame that stands for a character without a glyph.
fn frame(width: u32, height: u32) -> Bitmap {
    let mut frame = Bitmap::new(width, height);
    let (right, bottom) = (width.saturating_sub(2), height.saturating_sub(2));
    for x in 1..=right {
        frame.set(x, 1);
        frame.set(x, bottom);
    }
    for y in 1..=bottom {
        frame.set(1, y);
        frame.set(right, y);
    }
    frame
}
