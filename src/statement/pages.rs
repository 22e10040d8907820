//! Spreading rows over pages: no row is cut, and sums are carried over each turn.

use jiff::civil::DateTime;

use super::document::{FROM_LAST, Frame, PageNumber, TO_NEXT};
use super::line::{Line, dots};
use super::{PrintSize, SlipError, Stamp};

/// The longest page in dots: an A4 sheet (297 mm), so that it can be copied and filed as one.
pub const PAGE_DOTS_MAX: u32 = 297 * 8;
/// The longest page of large print in dots: two A4 sheets, for it holds a third as many rows.
pub const LARGE_PAGE_DOTS_MAX: u32 = 2 * PAGE_DOTS_MAX;
/// Most pages of a slip; beyond, a shorter period is asked for.
pub const PAGES_MAX: usize = 99;

/// Lines that stay together on one page.
pub struct Block {
    /// What parts it from the block above on the same page.
    pub lead: Vec<Line>,
    /// The lines.
    pub lines: Vec<Line>,
    /// What stands above when a page begins with this block: column heads, the year, the person.
    pub head: Vec<Line>,
    /// The sums up to and with this block, as label and amount, for the turn of a page; none where
    /// nothing is summed.
    pub carry: Vec<(String, String)>,
}

/// The stamp of a reprint, as large as any, to measure with.
fn specimen() -> Stamp {
    Stamp {
        slip_no: "0".repeat(21),
        verification: "0".repeat(16),
        printed_at: DateTime::constant(2000, 12, 31, 0, 0, 0, 0),
        copy: 1,
    }
}

/// Spreads `blocks` over pages, the closing block last, and repeats heads and sums at each turn.
///
/// # Errors
/// [`SlipError::TooManyPages`].
pub fn paginate(
    frame: &Frame,
    opening: Vec<Line>,
    blocks: Vec<Block>,
    closing: Vec<Line>,
) -> Result<Vec<Vec<Line>>, SlipError> {
    let mut pages = Pages::new(frame, opening);
    let end = dots(&frame.full_foot(Some(NUMBERED), Some(&specimen()))) + dots(&closing);
    let last = blocks.len().saturating_sub(1);
    for (number, block) in blocks.into_iter().enumerate() {
        let foot = if number == last { end } else { pages.turn(&block.carry) };
        let above = dots(pages.above(&block));
        // The first page shows at least one row.
        if !pages.fresh && !pages.hold(above + dots(&block.lines) + foot) {
            pages.turn_over();
        }
        if pages.done.len() >= PAGES_MAX {
            return Err(too_many(number));
        }
        pages.add(block);
    }
    // Large print: the end may need a page of its own.
    if !pages.hold(end) {
        pages.turn_over();
    }
    pages.page.extend(closing);
    pages.done.push(pages.page);
    if pages.done.len() > PAGES_MAX { Err(too_many(last)) } else { Ok(pages.done) }
}

/// So many rows have fitted; in round numbers, for others are higher or less high.
fn too_many(rows: usize) -> SlipError {
    SlipError::TooManyPages(u32::try_from(rows / 10 * 10).unwrap_or(u32::MAX))
}

/// Pages under way.
struct Pages<'a> {
    frame: &'a Frame,
    done: Vec<Vec<Line>>,
    page: Vec<Line>,
    /// Paper that the page takes so far, with its head.
    used: u32,
    /// The sums up to here.
    carry: Vec<(String, String)>,
    /// Whether no row stands on the page.
    fresh: bool,
}

impl<'a> Pages<'a> {
    fn new(frame: &'a Frame, opening: Vec<Line>) -> Self {
        let used = dots(&frame.head(true, None, Some(&specimen()))) + dots(&opening);
        let carry = Vec::new();
        Self { frame, done: Vec::new(), page: opening, used, carry, fresh: true }
    }

    /// What would stand between the page so far and the lines of `block`.
    fn above<'b>(&self, block: &'b Block) -> &'b [Line] {
        if self.fresh { &block.head } else { &block.lead }
    }

    fn hold(&self, more: u32) -> bool {
        let most = match self.frame.size {
            PrintSize::Normal => PAGE_DOTS_MAX,
            PrintSize::Large => LARGE_PAGE_DOTS_MAX,
        };
        self.used + more <= most
    }

    /// Paper that it takes to end a page with these sums.
    fn turn(&self, carry: &[(String, String)]) -> u32 {
        let stamp = Some(specimen());
        let foot = dots(&self.frame.short_foot(Some(NUMBERED), stamp.as_ref()));
        // A lone page has no count in its head: it is paid for where the first page is turned.
        let head = |number| dots(&self.frame.head(true, number, stamp.as_ref()));
        let count = if self.done.is_empty() { head(Some(NUMBERED)) - head(None) } else { 0 };
        let sums = if carry.is_empty() { 0 } else { dots(&self.frame.carried(TO_NEXT, carry)) };
        foot + count + sums
    }

    fn turn_over(&mut self) {
        let mut next = Vec::new();
        if !self.carry.is_empty() {
            self.page.extend(self.frame.carried(TO_NEXT, &self.carry));
            next = self.frame.carried(FROM_LAST, &self.carry);
        }
        self.used = dots(&self.frame.head(false, Some(NUMBERED), Some(&specimen()))) + dots(&next);
        self.done.push(core::mem::replace(&mut self.page, next));
        self.fresh = true;
    }

    fn add(&mut self, block: Block) {
        let begun = self.page.len();
        self.page.extend(if self.fresh { block.head } else { block.lead });
        self.page.extend(block.lines);
        self.used += dots(self.page.get(begun..).unwrap_or_default());
        self.carry = block.carry;
        self.fresh = false;
    }
}

/// A number as wide as most, to measure with.
const NUMBERED: PageNumber = PageNumber { page: 10, of: 10 };
