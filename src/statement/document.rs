//! What a slip says besides its rows: the head and the foot of each page.

use gongji_hal::printer::profile::Profile;
use zeroize::Zeroizing;

use super::line::{Line, Style};
use super::sheet::{Layout, Sheet, Title};
use super::text::printable;
use super::{PrintSize, SlipContext, Stamp, words};
use crate::domain::masking;
use crate::domain::period::Period;

/// Blank dots between two parts.
pub const PART_GAP_DOTS: u8 = 24;
/// Blank dots between two rows.
pub const ROW_GAP_DOTS: u8 = 12;
/// The remark on every slip.
pub const REMARK: &str = "本凭条仅供核对，不作报销或完税凭证";

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
    /// The span of the rows; a receipt is of one moment, which it says itself.
    period: Option<Period>,
    /// Whether a character of the slip is replaced by a geta mark.
    pub lacking: bool,
}

impl Frame {
    /// The frame of a slip with rows of `period`, for the person of `context`.
    pub fn spanning(title: Title, period: Period, context: &SlipContext<'_>) -> Self {
        Self { period: Some(period), ..Self::new(title, context) }
    }

    /// The frame of a slip that spans no time, for the person of `context`.
    pub fn new(title: Title, context: &SlipContext<'_>) -> Self {
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
            period: None,
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

    /// Whether the rows may lie in more than one year, and must say in which.
    pub fn years(&self) -> bool {
        self.period.is_some_and(|period| period.from().year() != period.to().year())
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
        if let Some(period) = self.period {
            sheet.field("起止日期", &words::span(period));
        }
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
    pub fn carried(&self, title: &str, carry: &[(String, String)]) -> Vec<Line> {
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
pub const TO_NEXT: &str = "转下页";
/// Above the same sums at the top of the next page.
pub const FROM_LAST: &str = "接上页";
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
