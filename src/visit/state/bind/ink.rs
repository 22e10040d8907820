//! A signature: strokes of a finger as a picture, and the digest by which it is known.

use std::sync::Arc;

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::statement::Picture;
use crate::visit::event::{Pen, SIGNATURE_HEIGHT, SIGNATURE_WIDTH};

/// Most points of a signature; a finger that goes on leaves no further trace.
pub(crate) const POINTS_MAX: u16 = 4096;
/// How far the finger must have gone at least, in units of the field: more than a dot.
pub(crate) const STROKES_LENGTH_MIN: u32 = 150;
/// How wide or high the writing must be at least, in units of the field.
pub(crate) const STROKES_SPAN_MIN: i16 = 60;

/// Half the width of a stroke, in pixels: strokes are five wide.
const NIB: i32 = 2;
const WIDTH: usize = SIGNATURE_WIDTH as usize;
const HEIGHT: usize = SIGNATURE_HEIGHT as usize;
const WHITE: u8 = 255;

/// What has been written. Personal; wiped when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Ink {
    /// One byte a pixel, 0 black; empty while nothing is written.
    pixels: Vec<u8>,
    /// Where the finger was last.
    at: Option<(i16, i16)>,
    points: u16,
    length: u32,
    /// Left, top, right and bottom of the writing.
    bounds: Option<(i16, i16, i16, i16)>,
}

impl Ink {
    /// An empty field.
    pub(crate) fn new() -> Self {
        Self { pixels: Vec::new(), at: None, points: 0, length: 0, bounds: None }
    }

    /// The finger moves.
    pub(crate) fn pen(&mut self, pen: Pen) {
        match pen {
            Pen::Down(x, y) => self.draw(None, inside(x, y)),
            Pen::To(x, y) => self.draw(self.at, inside(x, y)),
            Pen::Wipe => {
                self.zeroize();
                *self = Self::new();
            }
        }
    }

    /// Something is written.
    pub(crate) fn any(&self) -> bool {
        self.points > 0
    }

    /// There is no room for more.
    pub(crate) fn full(&self) -> bool {
        self.points >= POINTS_MAX
    }

    /// It is more than a dot.
    pub(crate) fn enough(&self) -> bool {
        let wide = self.bounds.is_some_and(|(left, top, right, bottom)| {
            right - left >= STROKES_SPAN_MIN || bottom - top >= STROKES_SPAN_MIN
        });
        wide && self.length >= STROKES_LENGTH_MIN
    }

    /// The field as it looks; `None` while it is empty.
    pub(crate) fn picture(&self) -> Option<Arc<Picture>> {
        if !self.any() {
            return None;
        }
        Picture::new(SIGNATURE_WIDTH as u32, SIGNATURE_HEIGHT as u32, self.pixels.clone())
            .map(Arc::new)
    }

    /// SHA-256 over width and height (32 bits each, most significant byte first) and the pixels, eight
    /// to a byte, the first in the highest bit, 1 black.
    pub(crate) fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update((WIDTH as u32).to_be_bytes());
        hash.update((HEIGHT as u32).to_be_bytes());
        for eight in self.pixels.chunks(8) {
            let bits = eight.iter().enumerate().fold(0u8, |bits, (n, pixel)| {
                if *pixel == WHITE { bits } else { bits | (0x80 >> n) }
            });
            hash.update([bits]);
        }
        hash.finalize().into()
    }

    fn draw(&mut self, from: Option<(i16, i16)>, to: (i16, i16)) {
        if self.full() {
            return;
        }
        if self.pixels.is_empty() {
            self.pixels = vec![WHITE; WIDTH * HEIGHT];
        }
        self.points += 1;
        let (x, y) = to;
        let (left, top, right, bottom) = self.bounds.unwrap_or((x, y, x, y));
        self.bounds = Some((left.min(x), top.min(y), right.max(x), bottom.max(y)));
        let from = from.unwrap_or(to);
        let (dx, dy) = (i32::from(x) - i32::from(from.0), i32::from(y) - i32::from(from.1));
        let steps = dx.abs().max(dy.abs());
        self.length = self.length.saturating_add(steps.unsigned_abs());
        for step in 0..=steps {
            let along = |delta: i32| if steps == 0 { 0 } else { delta * step / steps };
            self.dot(i32::from(from.0) + along(dx), i32::from(from.1) + along(dy));
        }
        self.at = Some(to);
    }

    /// The nib stands on a point: a disc.
    fn dot(&mut self, x: i32, y: i32) {
        for dy in -NIB..=NIB {
            for dx in -NIB..=NIB {
                if dx * dx + dy * dy <= NIB * NIB + 1 {
                    self.black(x + dx, y + dy);
                }
            }
        }
    }

    fn black(&mut self, x: i32, y: i32) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        if x < WIDTH
            && let Some(pixel) = self.pixels.get_mut(y * WIDTH + x)
        {
            *pixel = 0;
        }
    }
}

/// A finger that leaves the field writes along its edge.
fn inside(x: i16, y: i16) -> (i16, i16) {
    (x.clamp(0, SIGNATURE_WIDTH - 1), y.clamp(0, SIGNATURE_HEIGHT - 1))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn drawn(pens: &[Pen]) -> Ink {
        let mut ink = Ink::new();
        pens.iter().for_each(|pen| ink.pen(*pen));
        ink
    }

    fn black(ink: &Ink) -> usize {
        ink.pixels.iter().filter(|pixel| **pixel == 0).count()
    }

    #[test]
    fn a_stroke_is_five_pixels_wide() {
        let ink = drawn(&[Pen::Down(100, 100), Pen::To(300, 100)]);
        let column = (0..HEIGHT).filter(|y| ink.pixels[y * WIDTH + 200] == 0).count();
        assert_eq!(column, 5);
        assert_eq!(ink.picture().unwrap().width(), SIGNATURE_WIDTH as u32);
    }

    #[test]
    fn a_dot_is_not_enough_and_a_name_is() {
        let table: [(&[Pen], bool); 6] = [
            (&[], false),
            (&[Pen::Down(5, 5)], false),
            (&[Pen::Down(5, 5), Pen::To(5, 100)], false),
            // Many dots apart are no line.
            (&[Pen::Down(5, 5), Pen::Down(500, 5), Pen::Down(900, 400)], false),
            (&[Pen::Down(100, 100), Pen::To(300, 100)], true),
            // Long, but all in one place.
            (
                &[Pen::Down(5, 5), Pen::To(50, 5), Pen::To(5, 5), Pen::To(50, 5), Pen::To(5, 5)],
                false,
            ),
        ];
        for (pens, enough) in table {
            assert_eq!(drawn(pens).enough(), enough, "{pens:?}");
        }
    }

    #[test]
    fn the_digest_is_stable_and_tells_pictures_apart() {
        let pens = [Pen::Down(100, 100), Pen::To(300, 140), Pen::To(280, 300)];
        let digest: String = drawn(&pens).digest().iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(digest, "dfa226a6c38681b53bd17d2befddead3bdaa34548f0e9ca1b1c8a4c7c54b4269");
        assert_ne!(drawn(&pens[..2]).digest(), drawn(&pens).digest());
    }

    #[test]
    fn wiping_leaves_an_empty_field() {
        let ink = drawn(&[Pen::Down(1, 1), Pen::To(200, 200), Pen::Wipe]);
        assert!(!ink.any() && !ink.enough() && ink.picture().is_none());
    }

    #[test]
    fn an_endless_finger_leaves_no_more_than_the_bound() {
        let mut ink = Ink::new();
        for n in 0..POINTS_MAX {
            ink.pen(Pen::To((n % 900) as i16, (n / 900) as i16));
        }
        assert!(ink.full());
        let before = black(&ink);
        ink.pen(Pen::To(900, 470));
        assert_eq!(black(&ink), before);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn any_finger_stays_in_the_field(points in prop::collection::vec(any::<(i16, i16)>(), 1..20)) {
            let mut ink = Ink::new();
            for (x, y) in points {
                ink.pen(Pen::To(x, y));
                prop_assert!(black(&ink) > 0);
                prop_assert_eq!(ink.pixels.len(), WIDTH * HEIGHT);
            }
        }
    }
}
