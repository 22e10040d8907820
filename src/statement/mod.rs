//! Slips: from the ledger's rows to lines, to ESC/POS bytes, to a picture.

use std::sync::Arc;

/// A slip laid out, before the journal has given it a number. Holds personal data; wiped when dropped.
#[derive(Debug, PartialEq, Eq)]
pub struct Slip {
    title: String,
    pages: u16,
    rows: usize,
    summary: Vec<(String, String)>,
    picture: Option<Arc<Picture>>,
}

impl Slip {
    /// The name of the slip.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// How many pages it has.
    pub fn pages(&self) -> u16 {
        self.pages
    }

    /// How many records it lists.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Labels and values for the preview, ready to show.
    pub fn summary(&self) -> Vec<(String, String)> {
        self.summary.clone()
    }

    /// The top of the first page.
    pub fn picture(&self) -> Option<Arc<Picture>> {
        self.picture.clone()
    }

    /// A slip for tests of other parts.
    #[cfg(test)]
    pub(crate) fn for_test(title: &str, pages: u16, summary: &[(&str, &str)]) -> Self {
        let summary = summary.iter().map(|(l, v)| ((*l).into(), (*v).into())).collect();
        Self { title: title.into(), pages, rows: 3, summary, picture: None }
    }
}

/// A greyscale picture, one byte a pixel, 0 black, rows top to bottom. Holds personal data; wiped when
/// dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Picture {
    /// Pixels a row.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// `width * height` bytes, row by row; 0 black, 255 white.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }
}
