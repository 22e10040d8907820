//! Writing lines for one paper width.

use gongji_hal::printer::encode::Align;
use gongji_hal::printer::profile::{Paper, Profile};

use super::PrintSize;
use super::line::{Line, Size, Style};
use super::text::{self, Cell};

/// Collects lines that fit the paper.
#[derive(Clone)]
pub struct Sheet {
    profile: Profile,
    size: PrintSize,
    lines: Vec<Line>,
    lacking: bool,
}

impl Sheet {
    /// Nothing written yet.
    pub fn new(profile: Profile, size: PrintSize) -> Self {
        Self { profile, size, lines: Vec::new(), lacking: false }
    }

    /// Columns at normal size.
    pub fn columns(&self) -> usize {
        usize::from(self.profile.paper.columns())
    }

    /// Whether the paper is the narrow one, on which columns become lines.
    pub fn narrow(&self) -> bool {
        self.profile.paper == Paper::Mm58
    }

    /// The lines written since the last call, and whether a character had to be replaced.
    pub fn take(&mut self) -> (Vec<Line>, bool) {
        (core::mem::take(&mut self.lines), core::mem::take(&mut self.lacking))
    }

    /// A paragraph, wrapped.
    pub fn paragraph(&mut self, text: &str, style: Style) {
        let columns = self.columns() / usize::from(style.size.factors().0);
        let text = self.clean(text);
        for line in text::wrap(&text, columns) {
            self.push(line, style);
        }
    }

    /// A paragraph that breaks after its commas if it does not fit one line.
    pub fn phrases(&mut self, text: &str, style: Style) {
        if text::columns(text) <= self.columns() {
            return self.paragraph(text, style);
        }
        for phrase in text.split_inclusive('，') {
            self.paragraph(phrase, style);
        }
    }

    /// A paragraph whose lines all begin `indent` columns from the margin.
    pub fn indented(&mut self, text: &str, indent: usize, style: Style) {
        let text = self.clean(text);
        for line in text::indented(&text, indent, self.columns()) {
            self.push(line, style);
        }
    }

    /// `left` at the margin and every cell ending at its column; see [`text::table`].
    pub fn row(&mut self, left: &str, cells: &[Cell], style: Style) {
        let left = self.clean(left);
        for line in text::table(&left, cells, self.columns()) {
            self.push(line, style);
        }
    }

    /// `left` at the margin and `right` ending at the right margin.
    pub fn ends(&mut self, left: &str, right: &str, style: Style) {
        let right = self.clean(right);
        self.row(left, &[Cell::new(right, self.columns())], style);
    }

    /// A label and what it says; further lines of it stand under the first.
    pub fn field(&mut self, label: &str, value: &str) {
        let indent = FIELD_COLUMNS;
        let value = self.clean(value);
        let lines = text::wrap(&value, self.columns().saturating_sub(indent));
        for (number, line) in lines.into_iter().enumerate() {
            let before = if number == 0 { label } else { "" };
            self.push(text::padded(before, indent) + &line, Style::PLAIN);
        }
    }

    /// The key figure in the middle: big where it fits, high where it does not.
    pub fn figure(&mut self, text: &str) {
        self.large(text, Align::Centre);
    }

    /// A name above rows, in the size of [`figure`](Self::figure).
    pub fn heading(&mut self, text: &str) {
        self.large(text, Align::Left);
    }

    /// A line across.
    pub fn rule(&mut self, heavy: bool) {
        self.lines.push(Line::Rule { heavy });
    }

    /// Blank paper.
    pub fn space(&mut self, dots: u8) {
        self.lines.push(Line::Space(dots));
    }

    /// A QR symbol.
    pub fn qr(&mut self, data: String) {
        self.lines.push(Line::Qr(data));
    }

    fn large(&mut self, text: &str, align: Align) {
        let text = self.clean(text);
        let fits = text::columns(&text) * usize::from(Size::Big.factors().0) <= self.columns();
        let size = if fits { Size::Big } else { Size::Tall };
        self.paragraph(&text, Style { size, align, ..Style::BOLD });
    }

    fn clean(&mut self, text: &str) -> String {
        let (text, lacking) = text::printable(text, self.profile.font);
        self.lacking |= lacking;
        text
    }

    fn push(&mut self, text: String, style: Style) {
        let columns = text::columns(&text) * usize::from(style.size.factors().0);
        debug_assert!(columns <= self.columns(), "a line of {columns} columns");
        self.lines.push(Line::text(text, style));
    }
}

/// Columns of a label: four Chinese characters and a blank one.
const FIELD_COLUMNS: usize = 10;
