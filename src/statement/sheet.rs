//! Writing lines for one paper width, in one of two sizes.

use gongji_hal::printer::encode::Align;
use gongji_hal::printer::profile::{Paper, Profile};

use super::PrintSize;
use super::line::{Line, Size, Style};
use super::text::{self, Cell};

/// How rows are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// 48 columns: a table.
    Wide,
    /// 32 columns: what does not fit beside stands below.
    Narrow,
    /// 24 or 16 columns of large print: a label and its value, one after the other.
    Large,
}

/// A slip's name, and where it may be parted in two lines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Title {
    /// The official name.
    pub whole: &'static str,
    /// The same in two parts.
    pub halves: [&'static str; 2],
}

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

    /// Columns of the usual text.
    pub fn columns(&self) -> usize {
        self.columns_of(self.body(Size::Normal))
    }

    /// How rows are laid out.
    pub fn layout(&self) -> Layout {
        match (self.size, self.profile.paper) {
            (PrintSize::Large, _) => Layout::Large,
            (PrintSize::Normal, Paper::Mm58) => Layout::Narrow,
            (PrintSize::Normal, Paper::Mm80) => Layout::Wide,
        }
    }

    /// The lines written since the last call, and whether a character had to be replaced.
    pub fn take(&mut self) -> (Vec<Line>, bool) {
        (core::mem::take(&mut self.lines), core::mem::take(&mut self.lacking))
    }

    /// A paragraph, wrapped.
    pub fn paragraph(&mut self, text: &str, style: Style) {
        let text = self.clean(text);
        let size = self.fitting(self.body(style.size), text::widest_piece(&text));
        self.wrapped(&text, Style { size, ..style });
    }

    /// A paragraph that breaks after its commas if it does not fit one line.
    pub fn phrases(&mut self, text: &str, style: Style) {
        if text::columns(text) <= self.columns() {
            return self.paragraph(text, style);
        }
        let text = self.clean(text);
        phrases(&text, self.columns()).for_each(|phrase| self.even(phrase, style));
    }

    /// A paragraph whose lines all begin `indent` columns from the margin; in large print at it.
    pub fn indented(&mut self, text: &str, indent: usize, style: Style) {
        let text = self.clean(text);
        if self.size == PrintSize::Large {
            return self.even(&text, style);
        }
        for line in text::indented(&text, indent, self.columns()) {
            self.push(line, style);
        }
    }

    /// `left` at the margin and every cell ending at its column; see [`text::table`]. In large print
    /// a row that holds a text wider than the paper is half as wide.
    pub fn row(&mut self, left: &str, cells: &[Cell], style: Style) {
        let left = self.clean(left);
        let widths = cells.iter().map(|cell| text::columns(&cell.text));
        let widest = widths.chain([text::widest_piece(&left)]).max().unwrap_or(0);
        let size = self.fitting(self.body(style.size), widest);
        let columns = self.columns_of(size);
        let finer = columns / self.columns().max(1);
        let placed = |cell: &Cell| Cell::new(cell.text.as_str(), cell.end * finer);
        let cells: Vec<Cell> = cells.iter().map(placed).collect();
        for line in text::table(&left, &cells, columns) {
            self.push(line, Style { size, ..style });
        }
    }

    /// `left` at the margin and `right` ending at the right margin.
    pub fn ends(&mut self, left: &str, right: &str, style: Style) {
        let right = self.clean(right);
        self.row(left, &[Cell::new(right, self.columns())], style);
    }

    /// A label and what it says; further lines of it stand under the first. The label stands above if
    /// it is long, if a word of the value is, and in large print if they do not fit one line.
    pub fn field(&mut self, label: &str, value: &str) {
        self.labelled(label, value, Style::PLAIN);
    }

    /// A field that matters: high and emphasised.
    pub fn fact(&mut self, label: &str, value: &str) {
        self.labelled(label, value, Style::TALL);
    }

    fn labelled(&mut self, label: &str, value: &str, style: Style) {
        let (label, value) = (self.clean(label), self.clean(value));
        if value.is_empty() {
            return self.paragraph(&label, style);
        }
        let room = self.columns().saturating_sub(FIELD_COLUMNS);
        let widest = match self.size {
            PrintSize::Large => text::columns(&value),
            PrintSize::Normal => text::widest_piece(&value),
        };
        if text::columns(&label) >= FIELD_COLUMNS || widest > room {
            self.paragraph(&label, style);
            return phrases(&value, self.columns())
                .for_each(|phrase| self.paragraph(phrase, style));
        }
        let size = self.body(style.size);
        let lines = phrases(&value, room).flat_map(|phrase| text::wrap(phrase, room));
        for (number, line) in lines.enumerate() {
            let before = if number == 0 { label.as_str() } else { "" };
            self.push(text::padded(before, FIELD_COLUMNS) + &line, Style { size, ..style });
        }
    }

    /// A date and what happened then, for one line; where they do not fit, the date gets a line of its
    /// own.
    pub fn dated(&mut self, date: &str, what: &str, style: Style) -> String {
        let whole = format!("{date} {what}");
        if text::columns(&whole) <= self.columns() {
            return whole;
        }
        self.paragraph(date, style);
        what.to_owned()
    }

    /// The key figure in the middle, as large as it fits.
    pub fn figure(&mut self, text: &str) {
        self.prominent(text, self.figure_size(), Align::Centre);
    }

    /// What has become of a matter, as large as each of its phrases fits.
    pub fn verdict(&mut self, text: &str) {
        if text::columns(text) <= self.columns_of(self.figure_size()) {
            return self.figure(text);
        }
        text.split_inclusive('，').for_each(|phrase| self.figure(phrase));
    }

    /// What the paper is, in the middle.
    pub fn title(&mut self, title: Title) {
        let one_line = text::columns(title.whole) <= self.columns_of(Size::Big);
        match self.size {
            PrintSize::Large if !one_line => {
                title.halves.iter().for_each(|half| self.mark(half));
            }
            _ => self.mark(title.whole),
        }
    }

    /// A mark below the title, in its size.
    pub fn mark(&mut self, text: &str) {
        self.prominent(text, self.body(Size::Big), Align::Centre);
    }

    /// A name above rows, in the size of the title.
    pub fn heading(&mut self, text: &str) {
        self.prominent(text, self.body(Size::Big), Align::Left);
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

    /// The largest size up to `most` in which the text takes one line; else high and wrapped.
    fn prominent(&mut self, text: &str, most: Size, align: Align) {
        let text = self.clean(text);
        let sizes = [most, self.body(Size::Big)];
        let wide = sizes.into_iter().find(|size| text::columns(&text) <= self.columns_of(*size));
        let size =
            wide.unwrap_or_else(|| self.fitting(self.body(Size::Tall), text::widest_piece(&text)));
        self.wrapped(&text, Style { size, align, ..Style::BOLD });
    }

    fn figure_size(&self) -> Size {
        if self.size == PrintSize::Large { Size::Huge } else { Size::Big }
    }

    /// The size that stands for a size of normal print.
    fn body(&self, size: Size) -> Size {
        match (self.size, size) {
            (PrintSize::Large, Size::Normal | Size::Tall | Size::Big) => Size::Large,
            _ => size,
        }
    }

    /// `wanted`, or half as wide when `widest` columns do not fit.
    fn fitting(&self, wanted: Size, widest: usize) -> Size {
        match wanted {
            Size::Big | Size::Large | Size::Huge if widest > self.columns_of(wanted) => Size::Tall,
            _ => wanted,
        }
    }

    fn columns_of(&self, size: Size) -> usize {
        usize::from(self.profile.paper.columns()) / usize::from(size.factors().0)
    }

    /// A paragraph in lines of about one length.
    fn even(&mut self, text: &str, style: Style) {
        let size = self.fitting(self.body(style.size), text::widest_piece(text));
        for line in text::balanced(text, self.columns_of(size)) {
            self.push(line, Style { size, ..style });
        }
    }

    fn wrapped(&mut self, text: &str, style: Style) {
        let columns = self.columns_of(style.size);
        let lines = match style.align {
            Align::Centre => text::balanced(text, columns),
            Align::Left | Align::Right => text::wrap(text, columns),
        };
        lines.into_iter().for_each(|line| self.push(line, style));
    }

    fn clean(&mut self, text: &str) -> String {
        let (text, lacking) = text::printable(text, self.profile.font);
        self.lacking |= lacking;
        text
    }

    fn push(&mut self, text: String, style: Style) {
        let columns = text::columns(&text) * usize::from(style.size.factors().0);
        let most = usize::from(self.profile.paper.columns());
        debug_assert!(columns <= most, "a line of {columns} columns");
        self.lines.push(Line::text(text, style));
    }
}

/// `text` if it fits so many columns, else what its commas part.
fn phrases(text: &str, columns: usize) -> impl Iterator<Item = &str> {
    let whole = text::columns(text) <= columns;
    text.split_inclusive(move |ch| ch == '，' && !whole)
}

/// Columns of a label: four Chinese characters and a blank one.
const FIELD_COLUMNS: usize = 10;
