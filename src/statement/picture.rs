//! A slip as it looks.

use gongji_hal::printer::profile::{DOTS_PER_MM, Paper};
use gongji_hal::printer::sim::{Bitmap, PrintedPaper, SimConfig, SimPrinter};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::font::PrinterFont;

/// Paper that the simulated printer has, in millimetres: more than a page.
const ROLL_MM: u32 = 2 * super::LARGE_PAGE_DOTS_MAX / DOTS_PER_MM;

/// A greyscale picture, one byte a pixel, 0 black, rows top to bottom. Holds personal data; wiped when
/// dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Picture {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Picture {
    /// The picture of `pixels`, `width` to a row; `None` unless there are `width * height` of them.
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Option<Self> {
        let wanted = u64::from(width).checked_mul(u64::from(height))?;
        (u64::try_from(pixels.len()).ok()? == wanted).then_some(Self { width, height, pixels })
    }

    /// A printed piece of paper with a margin around; `None` when it is too large to draw.
    pub fn of_paper(page: &PrintedPaper) -> Option<Self> {
        let ink = page.bitmap();
        let (width, height) = (ink.width() + 2 * MARGIN_DOTS, ink.height() + 2 * MARGIN_DOTS);
        let rows = (0..height).flat_map(|y| (0..width).map(move |x| shade(ink, x, y)));
        Self::new(width, height, rows.collect())
    }

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

/// Several pages of one width as one picture, a broken line where each is cut; `None` for no page or
/// pages of several widths.
pub fn stack(pages: &[Picture]) -> Option<Picture> {
    let width = pages.first()?.width;
    let same = pages.iter().all(|page| page.width == width);
    let cuts = u32::try_from(pages.len()).ok()?.checked_sub(1)?;
    let height = pages.iter().try_fold(cuts, |sum, page| sum.checked_add(page.height))?;
    let cut: Vec<u8> = (0..width).map(|x| if x % 16 < 8 { 0 } else { 255 }).collect();
    let mut pixels = Vec::with_capacity(width as usize * height as usize);
    for (number, page) in pages.iter().enumerate() {
        if number > 0 {
            pixels.extend_from_slice(&cut);
        }
        pixels.extend_from_slice(&page.pixels);
    }
    Picture::new(width, height, pixels).filter(|_| same)
}

impl core::fmt::Debug for Picture {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Picture({}×{})", self.width, self.height)
    }
}

/// Prints `bytes` on a simulated printer and takes the paper, cut or not; `None` when it prints
/// nothing.
pub fn print(bytes: &[u8], paper: Paper) -> Option<PrintedPaper> {
    let config = SimConfig { paper, roll_mm: ROLL_MM, ..SimConfig::default() };
    let mut printer = SimPrinter::fed(config, Box::new(PrinterFont::new()), bytes);
    let cut = printer.take_papers().into_iter().next();
    let page = cut.unwrap_or_else(|| printer.uncut().clone());
    (!page.is_blank()).then_some(page)
}

/// How `bytes` look on paper.
pub fn draw(bytes: &[u8], paper: Paper) -> Option<Picture> {
    Picture::of_paper(&print(bytes, paper)?)
}

/// Blank dots around the printed dots: 80 mm paper has 4 mm at either side.
const MARGIN_DOTS: u32 = 32;

fn shade(ink: &Bitmap, x: u32, y: u32) -> u8 {
    let inside = x >= MARGIN_DOTS && y >= MARGIN_DOTS;
    if inside && ink.get(x - MARGIN_DOTS, y - MARGIN_DOTS) { 0 } else { 255 }
}
