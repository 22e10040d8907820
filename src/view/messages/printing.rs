//! Texts of slips and of everything about the printer.

/// Which slip.
pub const SLIPS_TITLE: &str = "打印哪一份";
/// The slips: seal, label.
pub const SLIP_ACCOUNT: (char, &str) = ('明', "余额和明细");
/// See [`SLIP_ACCOUNT`].
pub const SLIP_FAMILY: (char, &str) = ('亲', "家人用了多少");
/// Their official names.
pub const SLIP_ACCOUNT_OFFICIAL: &str = "个人账户余额及明细单";
/// See [`SLIP_ACCOUNT_OFFICIAL`].
pub const SLIP_FAMILY_OFFICIAL: &str = "共济支付情况单";
/// Opens the choice of months.
pub const SLIP_PERIOD: (char, &str) = ('月', "换月份");
/// The time the slips are of.
pub fn slips_lead(period: &str) -> String {
    format!("打印{period}的记录")
}
/// 现在是…
pub fn period_now(period: &str) -> String {
    format!("现在选的是{period}")
}

/// Fetching and laying out.
pub const PREPARING: (char, &str, [&str; 2]) =
    ('印', "正在准备单据", ["先给您看单据的样子", "现在还没有打印"]);
/// Too many rows for one slip: seal, heading.
pub const TOO_MANY: (char, &str) = ('多', "这段时间的记录太多");
/// See [`TOO_MANY`].
pub fn too_many_line(limit: u32) -> String {
    format!("一份单据最多放 {limit} 笔")
}
/// See [`TOO_MANY`].
pub const TOO_MANY_WAY_OUT: &str = "请选短一点的时间，分几份打印";
/// See [`TOO_MANY`].
pub const SHORTER_PERIOD: &str = "换一段时间";

/// Under the picture.
pub const PREVIEW_NOTE: &str = "名字和证件号码已经遮住一部分。现在还没有打印。";
/// Under the picture, when some of the slip may be on paper already.
pub fn preview_note_copy(copy: u16) -> String {
    format!("这份单据打过。再打会标上“补打第 {copy} 次”。")
}
/// The preview's one action.
pub const PRINT_NOW: &str = "开始打印";
/// The preview's one action for a further copy.
pub const PRINT_COPY: &str = "补打一份";

/// Printing: seal, heading.
pub const PRINTING: (char, &str) = ('印', "正在打印");
/// See [`PRINTING`].
pub const PRINTING_LINES: [&str; 2] = ["单据会从出纸口送出来", "请等它打完再取"];
/// The slip was asked to stop.
pub const STOPPING_TITLE: &str = "正在停下来";
/// See [`STOPPING_TITLE`].
pub const STOPPING_LINE: &str = "正在核实打到了哪一页，请稍等";
/// 打到第 1 页，共 2 页
pub fn pages_done(done: u16, pages: u16) -> String {
    format!("单据打到第 {done} 页，共 {pages} 页")
}
/// No page yet.
pub fn pages_none(pages: u16) -> String {
    format!("单据还没有打出来，共 {pages} 页")
}
/// Nothing was sent.
pub const NOT_BEGUN: &str = "单据还没有开始打";
/// After any fault of the printer.
pub const NOTHING_LOST: &str = "您的业务已经办好，没有丢失";

/// What hinders the printer: seal, heading, who sees to it.
pub const PAPER_OUT: (char, &str, &str) = ('纸', "打印机没有纸了", "已经通知工作人员来换纸");
/// See [`PAPER_OUT`].
pub const COVER_OPEN: (char, &str, &str) = ('盖', "打印机的盖子开着", "已经通知工作人员来关好");
/// See [`PAPER_OUT`].
pub const HEAD_HOT: (char, &str, &str) = ('热', "打印机太热，要凉一会儿", "凉下来会自己接着打");
/// See [`PAPER_OUT`].
pub const BROKEN: (char, &str, &str) = ('修', "打印机出了故障", "已经通知工作人员来修");
/// See [`PAPER_OUT`].
pub const AWAY: (char, &str, &str) = ('修', "打印机没有回应", "已经通知工作人员来看");
/// Who sees to it, where no call reaches the staff.
pub const ASK_STAFF: &str = "请招呼身边的工作人员来看一看";
/// In mid-slip.
pub const GOES_ON_ITSELF: &str = "好了以后会接着打，不会重复";
/// Before the first byte.
pub const BEGINS_ITSELF: &str = "好了以后会自己开始打";
/// In mid-slip, with no link to the printer.
pub const STAYS_AS_IT_IS: &str = "打出来的部分请先留在出纸口";
/// 等换纸 was touched.
pub const WAITING: &str = "您在等，不用再按";
/// To wait for paper.
pub const WAIT_FOR_PAPER: &str = "等换纸";
/// To wait for anything else.
pub const WAIT: &str = "等一等";
/// Not to wait.
pub const STOP: &str = "不打了";

/// Confirmed: seal, heading, lines.
pub const PRINTED: (char, &str, [&str; 2]) =
    ('成', "单据打好了", ["请从出纸口取走单据", "单据上有您的记录，请收好"]);
/// 单号
pub const LABEL_SLIP_NO: &str = "单号";
/// 页数
pub const LABEL_PAGES: &str = "页数";
/// 共 2 页
pub fn page_count(pages: u16) -> String {
    format!("共 {pages} 页")
}

/// The seal of a slip that is not known to be whole.
pub const UNFINISHED_SEAL: char = '印';
/// Not to be known.
pub const UNKNOWN_TITLE: &str = "不能确定单据有没有打全";
/// See [`UNKNOWN_TITLE`].
pub fn unknown_line(done: u16, pages: u16) -> String {
    format!("能确定的有 {done} 页，共 {pages} 页")
}
/// See [`UNKNOWN_TITLE`].
pub const UNKNOWN_LOOK: &str = "请看出纸口，数一数单据的页数";
/// In part on paper.
pub const PARTLY_TITLE: &str = "单据只打出一部分";
/// Not on paper.
pub const NOT_PRINTED_TITLE: &str = "单据没有打出来";
/// What it was.
pub fn because(what: &str) -> String {
    format!("原因：{what}")
}
/// Offers a further copy.
pub fn again_marked(copy: u16) -> String {
    format!("想再打，请按“再打一次”，会标上“补打第 {copy} 次”")
}
/// Offers the first copy.
pub const AGAIN_PLAIN: &str = "想再打，请按“再打一次”";
/// See [`again_marked`].
pub const PRINT_AGAIN: &str = "再打一次";

/// The sizes of print.
pub const SIZE_NORMAL: &str = "普通字";
/// See [`SIZE_NORMAL`].
pub const SIZE_LARGE: &str = "大字";
