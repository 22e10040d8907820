//! The screen as a value. [`ViewModel::idle`] is the idle screen of a healthy kiosk, so privacy is an
//! equality; `ViewModel::default()` is that of a kiosk with every device.
//!
//! All text is ready to show: Chinese, masked, formatted, punctuated.

mod family;
mod idle;

use std::sync::Arc;

use super::messages;
use crate::statement::Picture;
use crate::visit::Settings;
use crate::visit::event::Tap;

pub use family::{DocumentView, MemberCard, MembersView, PadKeys, PadView, ReviewView, SignView};
pub use idle::{IdleView, Offer, Way};

/// Everything on the screen but the clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewModel {
    /// The page.
    pub page: PageView,
    /// 返回, in the middle of the footer.
    pub back: Option<Button>,
    /// The one action at the right of the footer.
    pub primary: Option<Button>,
    /// What lies over the page and takes all touches.
    pub overlay: Option<Overlay>,
    /// One sentence under the heading bar: what does not work now, and what still does.
    pub notice: Option<String>,
    /// Staff have been called and have not come yet.
    pub staff_called: bool,
}

/// A button in words, with what a touch means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// Its words.
    pub label: String,
    /// Its meaning.
    pub tap: Tap,
}

/// What lies over the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// 您还在吗: the visit ends by itself unless 我还在 is touched.
    StillThere {
        /// Seconds left.
        seconds: u16,
    },
    /// Staff are on their way.
    StaffCalled {
        /// A sentence or two.
        text: String,
    },
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageView {
    /// 请插入社保卡
    Idle(IdleView),
    /// Waiting, with a progress mark.
    Waiting(WaitingView),
    /// The balance, who used how much, and what can be done.
    Home(HomeView),
    /// Rows with a heading, sums, a choice of period, pages.
    List(ListView),
    /// One record, label by label.
    Record(RecordView),
    /// The choice of months.
    Months(MonthsView),
    /// A few choices (which slip; help questions).
    Choice(ChoiceView),
    /// How the slip looks.
    Preview(PreviewView),
    /// A message with a seal: done, fault, take your card.
    Message(MessageView),
    /// The family: a card a relative.
    Members(MembersView),
    /// A pad of keys.
    Pad(PadView),
    /// A document to be agreed to.
    Document(DocumentView),
    /// The field for a signature.
    Sign(SignView),
    /// What a write will do.
    Review(ReviewView),
}

/// A wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingView {
    /// One character.
    pub seal: char,
    /// What is being done.
    pub title: String,
    /// What the patron should know meanwhile.
    pub lines: Vec<String>,
    /// Done so far of all, for work with a known end (pages printed).
    pub progress: Option<(u16, u16)>,
}

/// The home page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeView {
    /// 张*，您好
    pub greeting: String,
    /// 职工医保 · 正常参保
    pub insured_as: String,
    /// 2,035.75
    pub balance: String,
    /// 当年 1,200.00 元
    pub this_year: String,
    /// 历年 835.75 元
    pub earlier_years: String,
    /// 今年家人用了 1,386.40 元
    pub used_title: String,
    /// At most three relatives; the rest is summed in a last one.
    pub used_by: Vec<UsedBy>,
    /// At most five, in order.
    pub choices: Vec<Choice>,
}

/// What one relative used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedBy {
    /// 母亲 李*
    pub who: String,
    /// 986.40 元
    pub amount: String,
    /// Length of the bar, 0..=1000 of the whole.
    pub permille: u16,
}

/// A touchable choice with a seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// One character.
    pub seal: char,
    /// Its words.
    pub label: String,
    /// Smaller, beneath.
    pub detail: String,
    /// Its meaning.
    pub tap: Tap,
}

/// A list of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListView {
    /// 家人用了多少
    pub title: String,
    /// The official term, smaller: 共济支付情况
    pub official: String,
    /// 2025年 共 1,386.40 元，18 笔
    pub summary: Vec<String>,
    /// The chart, if the page has one.
    pub bars: Vec<Bar>,
    /// Chips: the period, the relatives.
    pub chips: Vec<Chip>,
    /// At most four or five rows.
    pub rows: Vec<Row>,
    /// What is said instead of rows when there are none.
    pub empty: Option<String>,
    /// 第 1 页，共 5 页; none when there is one page only.
    pub pager: Option<Pager>,
    /// The rows are on their way; those shown are of before.
    pub loading: bool,
}

/// A month of the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// 11月
    pub label: String,
    /// Height, 0..=1000 of the highest.
    pub permille: u16,
    /// This month.
    pub now: bool,
}

/// A small choice of which one is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// Its words.
    pub label: String,
    /// Whether it is the one taken.
    pub chosen: bool,
    /// Its meaning.
    pub tap: Tap,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where: 国大药房(张杨路店)
    pub title: String,
    /// When, who, what: 11月20日 母亲 李* · 买药
    pub detail: String,
    /// 86.40, or 退 64.25
    pub amount: String,
    /// Money that came in or back: shown green, and its words say so too.
    pub incoming: bool,
    /// Opens one record.
    pub tap: Option<Tap>,
}

/// The pages of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pager {
    /// 第 1 页，共 5 页
    pub text: String,
    /// 上一页 can be touched.
    pub previous: bool,
    /// 下一页 can be touched.
    pub next: bool,
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordView {
    /// Where.
    pub title: String,
    /// The amount, largest.
    pub amount: String,
    /// Label and value, at most eight.
    pub fields: Vec<Field>,
    /// Shown on amber, if something must be read.
    pub note: Option<String>,
}

/// A label and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// 医疗费总额
    pub label: String,
    /// 203.00 元
    pub value: String,
    /// A part of the field above it (其中共济).
    pub part: bool,
}

/// The choice of months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthsView {
    /// 看哪几个月
    pub title: String,
    /// What is chosen, or what to touch next.
    pub hint: String,
    /// Ready-made periods: 本月, 近三个月, 今年, 去年.
    pub quick: Vec<Chip>,
    /// 2025年
    pub year: String,
    /// The year before can be shown.
    pub earlier: bool,
    /// The year after can be shown.
    pub later: bool,
    /// Twelve.
    pub months: Vec<MonthCell>,
}

/// A month of the choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthCell {
    /// 1月
    pub label: String,
    /// In the chosen span.
    pub chosen: bool,
    /// Can be touched: not in the future, not before the first record.
    pub enabled: bool,
    /// Its meaning.
    pub tap: Tap,
}

/// A page of a few choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceView {
    /// The question.
    pub title: String,
    /// A sentence beneath, or none.
    pub lead: Option<String>,
    /// At most five.
    pub choices: Vec<Choice>,
    /// Plain paragraphs beneath the choices (help answers), each heading and text.
    pub texts: Vec<(String, String)>,
}

/// How the slip looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewView {
    /// 个人账户余额及明细单
    pub title: String,
    /// Period, rows, pages, totals: at most five.
    pub fields: Vec<Field>,
    /// The sizes of print; one of them is chosen.
    pub sizes: Vec<Chip>,
    /// The top of the first page as it will be printed.
    pub picture: Option<Arc<Picture>>,
    /// 名字和证件号码已经遮住一部分。
    pub note: String,
}

/// What a message's colour says; its seal and words say it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Done.
    Good,
    /// To be read.
    Warn,
    /// A person is needed.
    Call,
    /// Neither.
    Plain,
}

/// A message with a seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageView {
    /// One character.
    pub seal: char,
    /// Colour.
    pub tone: Tone,
    /// What happened.
    pub title: String,
    /// That nothing is lost; the most important sentence after the title.
    pub reassurance: Option<String>,
    /// What to do now, at most five lines.
    pub lines: Vec<String>,
    /// Label and value beneath (受理号, 单号).
    pub fields: Vec<Field>,
}

impl ViewModel {
    /// What a kiosk with these settings shows while all its devices work and it serves nobody.
    pub fn idle(settings: &Settings) -> Self {
        let page = PageView::Idle(IdleView::of(settings));
        Self { page, notice: messages::no_printer_notice(settings), ..Self::default() }
    }
}

/// [`ViewModel::idle`] of a kiosk with every device.
impl Default for ViewModel {
    fn default() -> Self {
        Self {
            page: PageView::Idle(IdleView::default()),
            back: None,
            primary: Some(Button { label: messages::HELP.into(), tap: Tap::Help }),
            overlay: None,
            notice: None,
            staff_called: false,
        }
    }
}
