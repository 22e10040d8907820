//! Commands become things to do: print, feed, cut, answer.

use std::{collections::VecDeque, string::String, vec::Vec};

use encoding_rs::{DecoderResult, GB18030};
use qrcodegen::QrCodeEcc;

use super::{
    draw::{Cell, Style, draw_cell, symbol},
    paper::{Bitmap, GlyphSource, PrintedLine},
    wire::LostPlace,
};
use crate::printer::{
    framing::{Framer, Role},
    profile::LINE_DOTS,
};

/// What the printer reads where its font has nothing.
const REPLACEMENT: char = '\u{FFFD}';

/// One thing to do, in order.
#[derive(Clone, Debug)]
pub(super) enum Op {
    /// Print these rows.
    Print(Bitmap, PrintedLine),
    /// Advance by so many dots.
    Feed(u32),
    /// Cut after so many more dots.
    Cut(u32),
    /// Send the answer that proves what went before.
    ProcessId([u8; 4]),
    /// Send the paper sensor's byte.
    Fence,
    /// Switch automatic status.
    Asb(bool),
    /// Send the printer's name.
    Name,
}

impl Op {
    /// Rows of raster that it prints.
    pub(super) const fn raster_rows(&self) -> u32 {
        match self {
            Self::Print(_, PrintedLine::Raster { rows }) => *rows,
            _ => 0,
        }
    }

    /// Whether it prints raster.
    pub(super) const fn is_raster(&self) -> bool {
        self.raster_rows() > 0
    }
}

/// The printer's command interpreter.
#[derive(Debug)]
pub(super) struct Interpreter {
    dots: u32,
    framer: Framer,
    command: Vec<u8>,
    style: Style,
    line: Vec<Cell>,
    qr: Vec<u8>,
    qr_module: u32,
    qr_level: QrCodeEcc,
    /// All is taken for dots.
    lost: Option<LostPlace>,
    lost_row: Vec<u8>,
}

impl Interpreter {
    pub(super) fn new(dots: u32) -> Self {
        Self {
            dots,
            framer: Framer::new(),
            command: Vec::new(),
            style: Style::default(),
            line: Vec::new(),
            qr: Vec::new(),
            qr_module: 3,
            qr_level: QrCodeEcc::Low,
            lost: None,
            lost_row: Vec::new(),
        }
    }

    /// Takes all that follows for dots, until it finds its place again.
    pub(super) fn lose_place(&mut self) {
        *self = Self { lost: Some(LostPlace::default()), ..Self::new(self.dots) };
    }

    pub(super) const fn has_lost_place(&self) -> bool {
        self.lost.is_some()
    }

    fn push_lost(&mut self, byte: u8, ops: &mut VecDeque<Op>) {
        self.lost_row.push(byte);
        let row_bytes = (self.dots / 8) as usize;
        let found = self.lost.as_mut().is_none_or(|lost| lost.finds(byte));
        if found || self.lost_row.len() == row_bytes {
            let row = core::mem::take(&mut self.lost_row);
            let bitmap = Bitmap::from_rows(self.dots, 1, &row);
            ops.push_back(Op::Print(bitmap, PrintedLine::Raster { rows: 1 }));
        }
        if found {
            self.lost = None;
        }
    }

    /// Takes one byte from the receive buffer.
    pub(super) fn push(&mut self, byte: u8, font: &dyn GlyphSource, ops: &mut VecDeque<Op>) {
        if self.lost.is_some() {
            return self.push_lost(byte, ops);
        }
        let role = self.framer.push(byte);
        if role == Role::Head && self.framer.head().len() == 1 && !self.command.is_empty() {
            self.command.clear();
            self.put(REPLACEMENT, font, ops);
        }
        self.command.push(byte);
        if !self.framer.at_boundary() {
            return;
        }
        let command = core::mem::take(&mut self.command);
        if role == Role::Text {
            self.text(&command, font, ops);
        } else {
            self.execute(&command, font, ops);
        }
    }

    fn text(&mut self, bytes: &[u8], font: &dyn GlyphSource, ops: &mut VecDeque<Op>) {
        match *bytes {
            [b'\n'] => self.end_line(true, font, ops),
            [byte @ 0x20..=0x7E] => self.put(char::from(byte), font, ops),
            [0x00..=0x1F | 0x7F] => {}
            [_, low @ 0x00..=0x3F] => {
                self.put(REPLACEMENT, font, ops);
                self.text(&[low], font, ops);
            }
            [_, _] => {
                let ch = decode(bytes).unwrap_or(REPLACEMENT);
                self.put(ch, font, ops);
            }
            _ => self.put(REPLACEMENT, font, ops),
        }
    }

    fn put(&mut self, ch: char, font: &dyn GlyphSource, ops: &mut VecDeque<Op>) {
        let cell = Cell { ch, style: self.style };
        let used: u32 = self.line.iter().map(Cell::width).sum();
        if used + cell.width() > self.dots {
            self.end_line(true, font, ops);
        }
        self.line.push(cell);
    }

    fn end_line(&mut self, feed: bool, font: &dyn GlyphSource, ops: &mut VecDeque<Op>) {
        let cells = core::mem::take(&mut self.line);
        let Some(first) = cells.first() else {
            if feed {
                ops.push_back(Op::Feed(self.style.spacing));
            }
            return;
        };
        let height = cells.iter().map(Cell::height).max().unwrap_or(0);
        let used: u32 = cells.iter().map(Cell::width).sum();
        let left = self.left(used);
        let text = cells.iter().map(|cell| cell.ch).collect::<String>();
        let (size, bold) = ((first.style.width, first.style.height), first.style.bold);
        let mut bitmap = Bitmap::new(self.dots, self.style.spacing.max(height));
        let mut x = left;
        for cell in &cells {
            draw_cell(&mut bitmap, cell, x, height - cell.height(), font);
            x += cell.width();
        }
        ops.push_back(Op::Print(bitmap, PrintedLine::Text { text, left_dots: left, size, bold }));
    }

    fn left(&self, used: u32) -> u32 {
        let free = self.dots.saturating_sub(used);
        match self.style.align & 3 {
            1 => free / 2,
            2 => free,
            _ => 0,
        }
    }

    fn execute(&mut self, command: &[u8], font: &dyn GlyphSource, ops: &mut VecDeque<Op>) {
        match *command {
            [0x1B, 0x40] => {
                self.style = Style::default();
                self.line.clear();
            }
            [0x1B, 0x61, align] => self.style.align = align,
            [0x1B, 0x45, on] => self.style.bold = on & 1 != 0,
            [0x1B, 0x32] => self.style.spacing = u32::from(LINE_DOTS),
            [0x1B, 0x33, dots] => self.style.spacing = u32::from(dots),
            [0x1D, 0x21, size] => {
                self.style.width = u32::from(size >> 4 & 7) + 1;
                self.style.height = u32::from(size & 7) + 1;
            }
            [0x1B, 0x64, lines @ 1..=255] => {
                self.end_line(true, font, ops);
                ops.push_back(Op::Feed((u32::from(lines) - 1) * self.style.spacing));
            }
            [0x1D, 0x56, 0x41 | 0x42, dots] => {
                self.end_line(false, font, ops);
                ops.push_back(Op::Cut(u32::from(dots)));
            }
            [0x1D, 0x56, ..] => ops.push_back(Op::Cut(0)),
            [0x1D, 0x72, 1 | 0x31] => ops.push_back(Op::Fence),
            [0x1D, 0x61, what] => ops.push_back(Op::Asb(what != 0)),
            [0x1D, 0x49, _] => ops.push_back(Op::Name),
            [0x1D, 0x28, 0x48, 6, 0, 0x30, 0x30, a, b, c, d] => {
                ops.push_back(Op::ProcessId([a, b, c, d]));
            }
            [0x1D, 0x76, 0x30, mode, xl, xh, _, _, ref data @ ..] => {
                self.raster(mode, u32::from(xl) | u32::from(xh) << 8, data, font, ops);
            }
            [0x1D, 0x28, 0x6B, _, _, 0x31, function, ref data @ ..] => {
                self.qr(function, data, font, ops);
            }
            _ => {}
        }
    }

    fn raster(
        &mut self,
        mode: u8,
        row_bytes: u32,
        data: &[u8],
        font: &dyn GlyphSource,
        ops: &mut VecDeque<Op>,
    ) {
        self.end_line(false, font, ops);
        if row_bytes == 0 || data.is_empty() {
            return;
        }
        let rows = data.len() as u32 / row_bytes;
        let image = Bitmap::from_rows(row_bytes * 8, rows, data);
        let (sx, sy) = (u32::from(mode & 1) + 1, u32::from(mode >> 1 & 1) + 1);
        let mut bitmap = Bitmap::new(self.dots, rows * sy);
        bitmap.draw(&image, self.left(row_bytes * 8 * sx), 0, sx, sy);
        ops.push_back(Op::Print(bitmap, PrintedLine::Raster { rows: rows * sy }));
    }

    fn qr(&mut self, function: u8, data: &[u8], font: &dyn GlyphSource, ops: &mut VecDeque<Op>) {
        match (function, data) {
            (0x43, &[module]) => self.qr_module = u32::from(module.clamp(1, 16)),
            (0x45, &[level]) => {
                self.qr_level = match level {
                    0x31 => QrCodeEcc::Medium,
                    0x32 => QrCodeEcc::Quartile,
                    0x33 => QrCodeEcc::High,
                    _ => QrCodeEcc::Low,
                }
            }
            (0x50, &[0x30, ref content @ ..]) => self.qr = content.to_vec(),
            (0x51, _) => {
                self.end_line(false, font, ops);
                if let Some(symbol) = symbol(&self.qr, self.qr_level) {
                    let side = symbol.width() * self.qr_module;
                    let mut bitmap = Bitmap::new(self.dots, side);
                    let module = self.qr_module;
                    bitmap.draw(&symbol, self.left(side), 0, module, module);
                    ops.push_back(Op::Print(bitmap, PrintedLine::Qr(self.qr.clone())));
                }
            }
            _ => {}
        }
    }
}

/// The one character that two bytes of GB 18030 stand for.
fn decode(bytes: &[u8]) -> Option<char> {
    let mut out = [0u8; 8];
    let (result, _, written) = GB18030
        .new_decoder_without_bom_handling()
        .decode_to_utf8_without_replacement(bytes, &mut out, true);
    let text = core::str::from_utf8(out.get(..written)?).ok()?;
    let mut chars = text.chars();
    match (result, chars.next(), chars.next()) {
        (DecoderResult::InputEmpty, Some(ch), None) => Some(ch),
        _ => None,
    }
}
