//! What is known of a slip before it is printed, and the pages it makes.

use gongji_hal::printer::profile::Profile;
use jiff::civil::DateTime;
use zeroize::Zeroizing;

use super::line::{Line, Style, dots};
use super::sheet::{Layout, Sheet, Title};
use super::text::printable;
use super::{PrintSize, SlipContext, SlipError, Stamp, words};
use crate::domain::masking;
use crate::domain::period::Period;

/// The longest page in dots: an A4 sheet (297 mm), so that it can be copied and filed as one.
pub const PAGE_DOTS_MAX: u32 = 297 * 8;
/// The longest page of large print in dots: two A4 sheets, for it holds a third as many rows.
pub const LARGE_PAGE_DOTS_MAX: u32 = 2 * PAGE_DOTS_MAX;
/// Most pages of a slip; beyond, a shorter period is asked for.
pub const PAGES_MAX: usize = 99;
/// Blank dots between two parts.
pub const PART_GAP_DOTS: u8 = 24;
/// Blank dots between two rows.
pub const ROW_GAP_DOTS: u8 = 12;
/// The remark on every slip.
pub const REMARK: &str = "本凭条仅供核对，不作报销或完税凭证";

/// Lines that stay together on one page.
pub struct Block {
    /// What parts it from the block above on the same page.
    pub lead: Vec<Line>,
    /// The lines.
    pub lines: Vec<Line>,
    /// What stands above when a page begins with this block: column heads, the year, the person.
    pub head: Vec<Line>,
    /// The sums up to and with this block, as label and amount, for the turn of a page.
    pub carry: Vec<(String, String)>,
}

/// What the pages say besides their rows.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    pub title: Title,
    pub profile: Profile,
    pub size: PrintSize,
    body: String,
    hall: String,
    terminal_no: String,
    hotline: Option<String>,
    name: Zeroizing<String>,
    id_number: Zeroizing<String>,
    insurance: &'static str,
    period: Period,
    /// Whether a character of the slip is replaced by a geta mark.
    pub lacking: bool,
}

impl Frame {
    /// The frame of a slip for the person of `context`.
    pub fn new(title: Title, period: Period, context: &SlipContext<'_>) -> Self {
        let SlipContext { insured, issuer, profile, size, .. } = *context;
        let mut lacking = false;
        let mut clean = |text: &str| {
            let (text, lacks) = printable(text, profile.font);
            lacking |= lacks;
            text
        };
        Self {
            title,
            profile,
            size,
            body: clean(&issuer.body),
            hall: clean(&issuer.hall),
            terminal_no: clean(&issuer.terminal_no),
            hotline: issuer.hotline.as_deref().map(&mut clean),
            name: Zeroizing::new(clean(&masking::mask_name(&insured.name))),
            id_number: Zeroizing::new(clean(&masking::mask_id_number(&insured.id_number))),
            insurance: insured.insurance.plain_label(),
            period,
            lacking,
        }
    }

    /// An empty sheet of the slip's paper.
    pub fn sheet(&self) -> Sheet {
        Sheet::new(self.profile, self.size)
    }

    /// What parts a row from the row above: large rows are of several lines.
    pub fn row_lead(&self, first: bool) -> Vec<Line> {
        let large = self.sheet().layout() == Layout::Large;
        if large && !first { vec![Line::Rule { heavy: false }] } else { Vec::new() }
    }

    /// The span that the slip is about.
    pub fn period(&self) -> Period {
        self.period
    }

    /// `2026年1月1日至2026年11月20日`
    pub fn period_text(&self) -> String {
        let (from, to) = (self.period.from(), self.period.to());
        if from == to {
            return words::full_date(from);
        }
        format!("{}至{}", words::full_date(from), words::full_date(to))
    }

    /// Whether the rows may lie in more than one year, and must say in which.
    pub fn years(&self) -> bool {
        self.period.from().year() != self.period.to().year()
    }

    /// The top of a page: whole on the first, short on the others.
    pub fn head(
        &self,
        first: bool,
        number: Option<PageNumber>,
        stamp: Option<&Stamp>,
    ) -> Vec<Line> {
        let mut sheet = self.sheet();
        if first {
            sheet.paragraph(&self.body, Style::CENTRED);
        }
        sheet.title(self.title);
        if let Some(copy) = stamp.map(|stamp| stamp.copy).filter(|copy| *copy > 0) {
            sheet.mark(&format!("补打第{copy}次"));
        }
        if let Some(number) = number.filter(|number| number.of > 1) {
            sheet.paragraph(&number.text(), Style::CENTRED);
        }
        sheet.space(PART_GAP_DOTS);
        sheet.field("姓名", &self.name);
        // Large print spends the paper on rows: the slip's number binds the pages.
        if !first && self.size == PrintSize::Large {
            return sheet.take().0;
        }
        sheet.field("证件号码", &self.id_number);
        if first {
            sheet.field("参保类型", self.insurance);
        }
        sheet.field("起止日期", &self.period_text());
        sheet.take().0
    }

    /// The bottom of a page that is not the last.
    pub fn short_foot(&self, number: Option<PageNumber>, stamp: Option<&Stamp>) -> Vec<Line> {
        let mut sheet = self.sheet();
        sheet.rule(true);
        sheet.field("凭条编号", stamp.map_or(LATER, |stamp| &stamp.slip_no));
        if let Some(number) = number.map(PageNumber::text) {
            if sheet.layout() == Layout::Large {
                sheet.paragraph(&number, Style::CENTRED);
                sheet.paragraph("后面还有", Style::CENTRED);
            } else {
                sheet.phrases(&format!("{number}，后面还有"), Style::CENTRED);
            }
        }
        sheet.take().0
    }

    /// The bottom of the last page.
    pub fn full_foot(&self, number: Option<PageNumber>, stamp: Option<&Stamp>) -> Vec<Line> {
        let mut sheet = self.sheet();
        sheet.rule(true);
        sheet.phrases(&format!("{REMARK}。"), Style::BOLD);
        if self.lacking {
            sheet.paragraph("有“〓”的地方，是打不出来的字。", Style::PLAIN);
        }
        if let Some(hotline) = &self.hotline {
            sheet.phrases(&format!("有疑问请到窗口，或拨打{hotline}。"), Style::PLAIN);
        }
        sheet.space(PART_GAP_DOTS);
        sheet.field("打印地点", &self.hall);
        sheet.field("终端编号", &self.terminal_no);
        sheet.field(
            "打印时间",
            &stamp.map_or_else(|| LATER.to_owned(), |stamp| words::moment(stamp.printed_at)),
        );
        sheet.field("凭条编号", stamp.map_or(LATER, |stamp| &stamp.slip_no));
        let times = stamp.map(|stamp| times(stamp.copy));
        sheet.field("打印次数", times.as_deref().unwrap_or(LATER));
        if let Some(stamp) = stamp {
            sheet.space(PART_GAP_DOTS);
            sheet.qr(format!("{}:{}", stamp.slip_no, stamp.verification));
            sheet.phrases("二维码只供核对，里面没有个人信息", Style::CENTRED);
        }
        if let Some(number) = number {
            sheet.paragraph(&number.text(), Style::CENTRED);
        }
        sheet.take().0
    }

    /// The sums where a page ends, or begins; large print says them once.
    fn carried(&self, title: &str, carry: &[(String, String)]) -> Vec<Line> {
        let mut sheet = self.sheet();
        sheet.rule(true);
        if title == FROM_LAST && self.size == PrintSize::Large {
            return sheet.take().0;
        }
        sheet.paragraph(title, Style::BOLD);
        for (label, amount) in carry {
            sheet.ends(label, amount, Style::PLAIN);
        }
        if title == FROM_LAST {
            sheet.rule(true);
        }
        sheet.take().0
    }
}

/// Above the sums at the end of a page that is not the last.
const TO_NEXT: &str = "转下页";
/// Above the same sums at the top of the next page.
const FROM_LAST: &str = "接上页";
/// What stands for the number and the time while the slip has none.
const LATER: &str = "打印时给出";

/// `第1次打印`, `补打第1次`
fn times(copy: u16) -> String {
    if copy == 0 { "第1次打印".to_owned() } else { format!("补打第{copy}次") }
}

/// Which page of how many, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageNumber {
    pub page: u16,
    pub of: u16,
}

impl PageNumber {
    /// `第1页，共2页`
    pub fn text(self) -> String {
        format!("第{}页，共{}页", self.page, self.of)
    }
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
        if !pages.carry.is_empty() && !pages.hold(above + dots(&block.lines) + foot) {
            pages.turn_over();
        }
        pages.add(block);
    }
    // Large print: the end may need a page of its own.
    if !pages.hold(end) {
        pages.turn_over();
    }
    pages.page.extend(closing);
    pages.done.push(pages.page);
    if pages.done.len() > PAGES_MAX { Err(SlipError::TooManyPages) } else { Ok(pages.done) }
}

/// Pages under way.
struct Pages<'a> {
    frame: &'a Frame,
    done: Vec<Vec<Line>>,
    page: Vec<Line>,
    /// Paper that the page takes so far, with its head.
    used: u32,
    /// The sums up to here; none before the first row.
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
        foot + count + dots(&self.frame.carried(TO_NEXT, carry))
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
