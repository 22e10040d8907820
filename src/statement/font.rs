//! The project's face as a printer's font, for pictures of slips and for what a printer's own lacks.

use std::cell::RefCell;
use std::collections::HashMap;

use ab_glyph::{Font, FontRef, Glyph, GlyphId, PxScale, point};
use gongji_hal::printer::sim::{Bitmap, GlyphSource};

/// How much of a dot must be covered for it to be black.
const INK: f32 = 0.42;
/// Part of the em above the baseline, as in every CJK face.
const ASCENT: f32 = 0.88;

/// Draws characters as a thermal printer's own font would look.
pub struct PrinterFont {
    face: Option<FontRef<'static>>,
    /// What was drawn before: a page has many characters and few different ones.
    drawn: RefCell<HashMap<(char, u32, u32), Bitmap>>,
}

impl PrinterFont {
    /// The project's face.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Default for PrinterFont {
    fn default() -> Self {
        let face = FontRef::try_from_slice(gongji_fonts::REGULAR).ok();
        Self { face, drawn: RefCell::default() }
    }
}

impl PrinterFont {
    /// Tells every black dot of `ch` in a box of `width` by `height` dots, from its upper left;
    /// `None` when the face has no such character.
    pub fn dots(
        &self,
        ch: char,
        width: u32,
        height: u32,
        mut dot: impl FnMut(u32, u32),
    ) -> Option<()> {
        let face = self.face.as_ref()?;
        let id = face.glyph_id(ch);
        if id == GlyphId(0) {
            return None;
        }
        if let Some(outline) = face.outline_glyph(placed(face, id, width as f32, height as f32)?) {
            let bounds = outline.px_bounds();
            let (left, top) = (bounds.min.x as i64, bounds.min.y as i64);
            outline.draw(|x, y, cover| {
                let place = (u32::try_from(left + i64::from(x)), u32::try_from(top + i64::from(y)));
                if let (Ok(x), Ok(y), true) = (place.0, place.1, cover >= INK)
                    && x < width
                    && y < height
                {
                    dot(x, y);
                }
            });
        }
        Some(())
    }
}

impl GlyphSource for PrinterFont {
    fn glyph(&self, ch: char, width: u32, height: u32) -> Option<Bitmap> {
        let key = (ch, width, height);
        if let Some(bitmap) = self.drawn.borrow().get(&key) {
            return Some(bitmap.clone());
        }
        let mut bitmap = Bitmap::new(width, height);
        self.dots(ch, width, height, |x, y| bitmap.set(x, y))?;
        self.drawn.borrow_mut().insert(key, bitmap.clone());
        Some(bitmap)
    }
}

/// The glyph with its em as high as the box, in the middle of it, narrowed if it is too wide.
fn placed(face: &FontRef<'_>, id: GlyphId, width: f32, height: f32) -> Option<Glyph> {
    let em = face.units_per_em()?;
    let natural = face.h_advance_unscaled(id) * height / em;
    let narrowed = if natural > width { width / natural } else { 1.0 };
    let scale = height * face.height_unscaled() / em;
    let left = (width - natural * narrowed) / 2.0;
    let scale = PxScale { x: scale * narrowed, y: scale };
    Some(id.with_scale_and_position(scale, point(left, height * ASCENT)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn characters_are_drawn_in_their_boxes() {
        let font = PrinterFont::new();
        for (ch, width) in [('医', 24), ('保', 24), ('〓', 24), ('─', 24), ('8', 12), ('W', 12)]
        {
            let glyph = font.glyph(ch, width, 24).unwrap();
            assert_eq!((glyph.width(), glyph.height()), (width, 24));
            assert!(glyph.ink() > 20, "{ch}: {} dots", glyph.ink());
        }
        assert_ne!(font.glyph('医', 24, 24), font.glyph('保', 24, 24));
        assert_eq!(font.glyph(' ', 12, 24).unwrap().ink(), 0);
        assert_eq!(font.glyph('😀', 24, 24), None, "the printer draws a frame then");
    }

    #[test]
    fn rules_are_unbroken() {
        let rule = PrinterFont::new().glyph('─', 24, 24).unwrap();
        let covered = (0..24).all(|x| (0..24).any(|y| rule.get(x, y)));
        assert!(covered, "every column has ink");
    }
}
