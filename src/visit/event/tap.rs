//! What touches mean.

use super::{PrintSize, SlipKind};

/// What a touch means; the view gives each button its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tap {
    /// 呼叫工作人员
    CallStaff,
    /// Staff are no longer needed, or are here.
    StaffDone,
    /// 使用帮助
    Help,
    /// One step back.
    Back,
    /// 回到首页
    Home,
    /// 办完了, and other words that end the visit.
    Finish,
    /// 我还在; under the message that staff are called: 知道了，接着办.
    StillHere,
    /// 再试一次
    Retry,
    /// 账户明细
    Account,
    /// 家人用了多少
    Family,
    /// 家人缴费
    Premiums,
    /// 家人管理: the family account.
    Members,
    /// 看病报销记录: one's own visits.
    Care,
    /// 替家人缴费
    PayPremium,
    /// Add a relative.
    AddMember,
    /// Something to do on the page shown besides its rows.
    Act(Act),
    /// A key of the pad.
    Key(PadKey),
    /// The finger on the field for the signature.
    Pen(Pen),
    /// The page shown is agreed to, taken, or confirmed: its one primary action.
    Confirm,
    /// What the page asks is not wanted or not possible: go on without it.
    Skip,
    /// 打印: choose a slip.
    Slips,
    /// 下一页
    NextPage,
    /// 上一页
    PreviousPage,
    /// The n-th row of the list shown, or the n-th of a few choices.
    Row(u8),
    /// All relatives (`None`), or the n-th.
    Relative(Option<u8>),
    /// Open the choice of months.
    ChoosePeriod,
    /// The n-th of the ready-made periods.
    QuickPeriod(u8),
    /// In the choice of months: a year back or on.
    Year(i8),
    /// In the choice of months: month 1..=12 of the year shown.
    Month(u8),
    /// In the choice of months: take the chosen months.
    UsePeriod,
    /// Print what is shown, or the n-th slip of the choice.
    Slip(SlipKind),
    /// In the preview: another size of print.
    Size(PrintSize),
    /// The preview is right: print it.
    PrintNow,
    /// 不打了
    StopPrinting,
    /// 等换纸
    WaitForPaper,
    /// Print the slip again, marked 补打.
    PrintAgain,
    /// Show or hide names in full for a while.
    Reveal,
}

/// What a page of the family account offers besides its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// 设定限额
    Limit,
    /// 解除绑定
    Release,
    /// 设定扣款顺序
    Order,
    /// 划拨
    Transfer,
    /// 设定额度
    Quota,
    /// 谁的账户给我用: whose accounts the patron may use.
    Donors,
    /// 授权记录
    Records,
    /// 用了多少: what this relative used.
    Use,
    /// 撤销代缴
    CancelPremium,
    /// An invitation: look at it.
    Invitation,
    /// An invitation: turn it down.
    Decline,
    /// Type the number on the screen.
    Type,
    /// Put the relative's card into the slot in the place of one's own.
    SwapCard,
    /// Print the receipt.
    Receipt,
}

/// A key of the pad on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PadKey {
    /// `0`–`9` or `A`–`Z`, as ASCII.
    Character(u8),
    /// Take the last one back.
    Erase,
    /// Take all back.
    Clear,
}

/// The finger on the field for the signature; the field is [`SIGNATURE_WIDTH`] × [`SIGNATURE_HEIGHT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pen {
    /// A stroke begins here.
    Down(i16, i16),
    /// It goes on to here.
    To(i16, i16),
    /// Wipe the field.
    Wipe,
}

/// Width of the field for the signature, in its own units.
pub const SIGNATURE_WIDTH: i16 = 960;
/// Height of the field for the signature, in its own units.
pub const SIGNATURE_HEIGHT: i16 = 480;
