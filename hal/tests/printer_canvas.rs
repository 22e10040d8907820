//! What is drawn on a canvas is what the printer prints.
#![cfg(feature = "sim")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use embedded_graphics_core::{
    Pixel,
    draw_target::DrawTarget,
    geometry::{OriginDimensions, Point, Size},
    pixelcolor::BinaryColor,
    primitives::Rectangle,
};
use gongji_hal::printer::canvas::Canvas;
use gongji_hal::printer::encode::{BAND_ROWS, EncodeError, Encoder};
use gongji_hal::printer::profile::{Font, Paper};
use gongji_hal::printer::sim::{NoGlyphs, PrintedLine, PrintedPaper, SimConfig, SimPrinter};
use proptest::prelude::*;

const ROW_BYTES: usize = 48;
const ROWS: usize = 60;
type Sheet = Canvas<ROW_BYTES, ROWS>;

fn encoded(
    canvas: &Sheet,
    height: usize,
) -> Result<Vec<u8>, EncodeError<core::convert::Infallible>> {
    let mut encoder = Encoder::new(Vec::new(), Paper::Mm58, Font::Gb18030);
    encoder.init()?;
    encoder.canvas(canvas, height)?;
    Ok(encoder.into_sink())
}

fn print(bytes: &[u8]) -> PrintedPaper {
    let config = SimConfig { paper: Paper::Mm58, ..SimConfig::default() };
    SimPrinter::fed(config, Box::new(NoGlyphs), bytes).uncut().clone()
}

/// One thing drawn: a dot, or a filled area.
#[derive(Clone, Debug)]
enum Stroke {
    Dot(Point, BinaryColor),
    Area(Rectangle, BinaryColor),
}

fn stroke() -> impl Strategy<Value = Stroke> {
    let place = prop_oneof![8 => -20i32..400, 1 => any::<i32>()];
    let point = (place.clone(), place).prop_map(|(x, y)| Point::new(x, y));
    let length = prop_oneof![8 => 0u32..90, 1 => any::<u32>()];
    let size = (length.clone(), length).prop_map(|(w, h)| Size::new(w, h));
    let color = any::<bool>().prop_map(BinaryColor::from);
    prop_oneof![
        (point.clone(), color.clone()).prop_map(|(point, color)| Stroke::Dot(point, color)),
        (point, size, color)
            .prop_map(|(at, size, color)| Stroke::Area(Rectangle::new(at, size), color)),
    ]
}

/// The dots that must be black, told one by one.
fn blacken(black: &mut BTreeSet<(u32, u32)>, stroke: &Stroke) {
    let all = (0..ROWS as u32).flat_map(|y| (0..Sheet::WIDTH).map(move |x| (x, y)));
    for (x, y) in all {
        let (here_x, here_y) = (i64::from(x), i64::from(y));
        let (hit, color) = match stroke {
            Stroke::Dot(at, color) => {
                ((i64::from(at.x), i64::from(at.y)) == (here_x, here_y), color)
            }
            Stroke::Area(area, color) => {
                let (left, top) = (i64::from(area.top_left.x), i64::from(area.top_left.y));
                let across = (left..left + i64::from(area.size.width)).contains(&here_x);
                (across && (top..top + i64::from(area.size.height)).contains(&here_y), color)
            }
        };
        match (hit, color.is_on()) {
            (true, true) => drop(black.insert((x, y))),
            (true, false) => drop(black.remove(&(x, y))),
            (false, _) => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_paper_shows_what_was_drawn(
        strokes in prop::collection::vec(stroke(), 0..12),
        height in 1..=ROWS,
    ) {
        let mut canvas = Sheet::new();
        let mut black = BTreeSet::new();
        for stroke in &strokes {
            blacken(&mut black, stroke);
            match stroke {
                Stroke::Dot(at, color) => canvas.draw_iter([Pixel(*at, *color)]).unwrap(),
                Stroke::Area(area, color) => canvas.fill_solid(area, *color).unwrap(),
            }
        }
        let page = print(&encoded(&canvas, height).unwrap());
        prop_assert_eq!(page.bitmap().height() as usize, height);
        let bands: Vec<u32> = page.lines().iter().map(|line| match line {
            PrintedLine::Raster { rows } => *rows,
            other => panic!("no raster: {other:?}"),
        }).collect();
        prop_assert_eq!(bands.len(), height.div_ceil(BAND_ROWS));
        prop_assert!(bands.iter().all(|rows| *rows as usize <= BAND_ROWS));
        for (x, y) in (0..height as u32).flat_map(|y| (0..Sheet::WIDTH).map(move |x| (x, y))) {
            let wanted = black.contains(&(x, y));
            prop_assert_eq!(canvas.get(x, y), wanted, "canvas {} {}", x, y);
            prop_assert_eq!(page.bitmap().get(x, y), wanted, "paper {} {}", x, y);
        }
    }
}

#[test]
fn white_at_the_right_is_not_sent() {
    let mut canvas = Sheet::new();
    assert_eq!(canvas.size(), Size::new(384, 60));
    let white = encoded(&canvas, 24).unwrap();
    canvas.draw_iter([Pixel(Point::new(79, 3), BinaryColor::On)]).unwrap();
    assert_eq!((canvas.used_row_bytes(3), canvas.used_row_bytes(4)), (0, 10));
    let dot = encoded(&canvas, 24).unwrap();
    assert_eq!(dot.len() - white.len(), 24 * 9, "ten bytes a row against one");
    canvas.clear(BinaryColor::On).unwrap();
    assert_eq!(canvas.used_row_bytes(ROWS), ROW_BYTES);
}

#[test]
fn what_the_paper_cannot_hold_is_refused() {
    let mut wide = Canvas::<72, 24>::new();
    let mut encoder = Encoder::new(Vec::new(), Paper::Mm58, Font::Gb18030);
    for height in [0, 25] {
        assert_eq!(encoder.canvas(&wide, height), Err(EncodeError::Raster), "{height} rows");
    }
    assert_eq!(encoder.canvas(&wide, 24), Ok(()), "white beyond the paper does not matter");
    wide.draw_iter([Pixel(Point::new(384, 0), BinaryColor::On)]).unwrap();
    assert_eq!(encoder.canvas(&wide, 24), Err(EncodeError::Raster));
}
