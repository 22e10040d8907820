//! Reads a page's bytes as its paper is read: printed characters, and drawn ones dot by dot.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use gongji_hal::printer::profile::char_columns;
use gongji_hal::printer::sim::{Bitmap, GlyphSource};
use gongji_kiosk::statement::PrinterFont;

/// What stands on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadLine {
    pub text: String,
    pub size: (u32, u32),
    pub bold: bool,
    /// Drawn by the kiosk, not written by the printer.
    pub drawn: bool,
}

/// The lines of a page. Drawn lines are read with the characters of `alphabet`; a line that holds
/// any other dot is a panic.
pub fn lines(mut bytes: &[u8], alphabet: &str) -> Vec<ReadLine> {
    let mut found = Vec::new();
    let mut line = ReadLine { text: String::new(), size: (1, 1), bold: false, drawn: false };
    let mut bands: Vec<Bitmap> = Vec::new();
    loop {
        bytes = match *bytes {
            [] => return found,
            [0x1B, 0x40, ref rest @ ..] | [0x1C, 0x26, ref rest @ ..] => rest,
            [0x1B, 0x61 | 0x33, _, ref rest @ ..] => rest,
            [0x1B, 0x45, on, ref rest @ ..] => {
                line.bold = on == 1;
                rest
            }
            [0x1D, 0x21, size, ref rest @ ..] => {
                line.size = (u32::from(size >> 4) + 1, u32::from(size & 7) + 1);
                rest
            }
            [0x1D, 0x76, 0x30, 0, xl, xh, yl, yh, ref rest @ ..] => {
                let row_bytes = u32::from(u16::from_le_bytes([xl, xh]));
                let rows = u32::from(u16::from_le_bytes([yl, yh]));
                assert!(rows <= 24, "a band of {rows} rows");
                let (data, rest) = rest.split_at((row_bytes * rows) as usize);
                bands.push(Bitmap::from_rows(row_bytes * 8, rows, data));
                rest
            }
            [0x1D, 0x28, 0x6B, low, high, ref rest @ ..] => {
                rest.split_at(usize::from(u16::from_le_bytes([low, high]))).1
            }
            [b'\n', ref rest @ ..] => {
                if !bands.is_empty() {
                    let (text, size, bold) = decode(&bands, alphabet);
                    found.push(ReadLine { text, size, bold, drawn: true });
                    bands.clear();
                } else if !line.text.is_empty() {
                    found.push(line.clone());
                    line.text.clear();
                }
                rest
            }
            [byte @ b' '..=b'~', ref rest @ ..] => {
                line.text.push(char::from(byte));
                rest
            }
            [row, cell, ref rest @ ..] => {
                let pair = [row, cell];
                line.text.push_str(&encoding_rs::GB18030.decode_without_bom_handling(&pair).0);
                rest
            }
            ref other => panic!("cannot be read: {other:02X?}"),
        };
    }
}

/// The text of the lines, one a line.
pub fn text(lines: &[ReadLine]) -> String {
    lines.iter().map(|line| line.text.clone() + "\n").collect()
}

fn decode(bands: &[Bitmap], alphabet: &str) -> (String, (u32, u32), bool) {
    let height: u32 = bands.iter().map(Bitmap::height).sum();
    let width = bands.iter().map(Bitmap::width).max().unwrap();
    let mut whole = Bitmap::new(width, height);
    let mut top = 0;
    for band in bands {
        for (x, y) in all(band.width(), band.height()).filter(|&(x, y)| band.get(x, y)) {
            whole.set(x, top + y);
        }
        top += band.height();
    }
    let first = (0..width).find(|&x| (0..height).any(|y| whole.get(x, y))).unwrap();
    let high = height / 24;
    for (wide, bold) in [(1, false), (1, true), (high, false), (high, true)] {
        let glyphs = glyphs(alphabet, wide, high, bold);
        // In the middle a line begins at any half column, at the left margin at the first.
        for left in (0..=first).step_by(6) {
            if let Some(text) = attempt(&whole, left, wide, bold, &glyphs) {
                return (text, (wide, high), bold);
            }
        }
    }
    panic!("a drawn line of {width}×{height} dots cannot be read with {alphabet}")
}

/// Characters and how they look, struck twice if bold; one dot wider than their box then.
fn glyphs(alphabet: &str, wide: u32, high: u32, bold: bool) -> Rc<Glyphs> {
    thread_local!(static DRAWN: RefCell<HashMap<Key, Rc<Glyphs>>> = RefCell::default());
    let key = (alphabet.to_owned(), wide, high, bold);
    DRAWN.with_borrow_mut(|drawn| {
        let draw = |key: &Key| Rc::new(draw(&key.0, wide, high, bold));
        Rc::clone(drawn.entry(key).or_insert_with_key(draw))
    })
}

type Glyphs = Vec<(char, Bitmap)>;
type Key = (String, u32, u32, bool);

fn draw(alphabet: &str, wide: u32, high: u32, bold: bool) -> Glyphs {
    let font = PrinterFont::new();
    let look = |ch: char| {
        let width = u32::from(char_columns(ch)) * 12 * wide;
        let glyph = font.glyph(ch, width, 24 * high).unwrap();
        let mut struck = Bitmap::new(width + 1, 24 * high);
        for (x, y) in all(width, 24 * high).filter(|&(x, y)| glyph.get(x, y)) {
            struck.set(x, y);
            if bold {
                struck.set(x + 1, y);
            }
        }
        (ch, struck)
    };
    alphabet.chars().filter(|ch| *ch != ' ').map(look).collect()
}

fn attempt(
    line: &Bitmap,
    left: u32,
    wide: u32,
    bold: bool,
    glyphs: &[(char, Bitmap)],
) -> Option<String> {
    let mut text = String::new();
    let mut x = left;
    let mut spilt = Bitmap::new(1, line.height());
    while x < line.width() {
        let is = |glyph: &Bitmap| {
            let width = glyph.width() - 1;
            all(width, line.height()).all(|(column, y)| {
                let before = column == 0 && spilt.get(0, y);
                line.get(x + column, y) == (glyph.get(column, y) || before)
            })
        };
        let blank = Bitmap::new(12 * wide + 1, line.height());
        if is(&blank) {
            text.push(' ');
            x += 12 * wide;
            spilt = Bitmap::new(1, line.height());
            continue;
        }
        let (ch, glyph) = glyphs.iter().find(|(_, glyph)| is(glyph))?;
        text.push(*ch);
        let width = glyph.width() - 1;
        spilt = Bitmap::new(1, line.height());
        for y in (0..line.height()).filter(|&y| bold && glyph.get(width, y)) {
            spilt.set(0, y);
        }
        x += width;
    }
    Some(text.trim_end().to_owned())
}

fn all(width: u32, height: u32) -> impl Iterator<Item = (u32, u32)> {
    (0..height).flat_map(move |y| (0..width).map(move |x| (x, y)))
}
