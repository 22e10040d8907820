//! Texts of a write: its review, the second factor, and what became of it.

use crate::domain::operation::OperationKind;
use crate::records::port::WriteRefusal;

/// The words of one kind of write.
pub struct Words {
    /// Has not happened yet: 现在还没有添加。
    pub not_yet: &'static str,
    /// The review's one action: 确认添加
    pub confirm: &'static str,
    /// The result's heading, once it is done.
    pub done: &'static str,
    /// The result's heading while something has yet to happen.
    pub pending: &'static str,
    /// What has yet to happen, or what to do with it.
    pub pending_line: &'static str,
}

/// The words of a kind.
pub const fn words(kind: OperationKind) -> Words {
    let (not_yet, confirm, done) = match kind {
        OperationKind::Open => ("现在还没有开通。", "确认开通", "家庭共济开通了"),
        OperationKind::Bind => ("现在还没有添加。", "确认添加", "家人添加好了"),
        OperationKind::Accept => ("现在还没有接受。", "确认接受", "邀请接受好了"),
        OperationKind::Decline => ("现在还没有回复。", "确认不接受", "已经回复不接受"),
        OperationKind::Release => ("现在还没有解除。", "确认解除", "已经解除了"),
        OperationKind::Order => ("现在还没有改顺序。", "确认顺序", "扣款顺序改好了"),
        OperationKind::Limit => ("现在还没有改限额。", "确认限额", "限额改好了"),
        OperationKind::Transfer => ("现在还没有划拨。", "确认划拨", "划拨好了"),
        OperationKind::Quota => ("现在还没有改额度。", "确认额度", "额度改好了"),
        OperationKind::PayPremium => ("现在还没有缴费。", "确认缴费", "缴费好了"),
        OperationKind::CancelPremium => ("现在还没有撤销。", "确认撤销", "已经撤销了"),
    };
    let (pending, pending_line) = match kind {
        OperationKind::Bind => ("邀请发出去了", "等家人接受以后，就可以用您的账户"),
        OperationKind::PayPremium => {
            ("已经付款，等待到账", "到账以前请不要再缴一次，也不要到别处缴")
        }
        OperationKind::CancelPremium => ("撤销已经受理", "钱退回账户要等一等"),
        _ => (done, "已经受理，还要等一等才会生效"),
    };
    Words { not_yet, confirm, done, pending, pending_line }
}

/// Under the effects: nothing has happened yet, and which touch makes it happen.
pub fn review_note(kind: OperationKind) -> String {
    let Words { not_yet, confirm, .. } = words(kind);
    format!("{not_yet}按“{confirm}”以后才会生效。")
}
/// Under the effects while nothing can be written.
pub const REVIEW_QUERIES_ONLY: &str =
    "这台机器现在只能查询，不能办理。请到别的机器，或者到窗口办理。";
/// Whom it is for.
pub const LABEL_WHO: &str = "家人";

/// Which second factor.
pub const CHOOSE_TITLE: &str = "先核对是您本人";
/// See [`CHOOSE_TITLE`].
pub const CHOOSE_LEAD: &str = "用哪一种密码核对都可以，任选一种。";
/// The card's PIN: seal, label, detail.
pub const CHOICE_PIN: (char, &str, &str) = ('卡', "社保卡密码", "办卡的时候设的密码");
/// The query password.
pub const CHOICE_PASSWORD: (char, &str, &str) = ('密', "查询密码", "六位数字，查医保用的密码");
/// Staff.
pub const CHOICE_STAFF: (char, &str, &str) =
    ('助', "请工作人员帮忙", "机器不能替您核对，工作人员会带您办");

/// The pad of the card's PIN: heading, lines.
pub const PIN: (&str, [&str; 2]) =
    ("请输入社保卡密码", ["请用手遮住，不要让旁人看到", "工作人员不会问您的密码"]);
/// The pad of the query password.
pub const PASSWORD: (&str, [&str; 2]) =
    ("请输入查询密码", ["六位数字，请用手遮住", "工作人员不会问您的密码"]);
/// The pad's one action.
pub const CHECK: &str = "核对密码";
/// The way round the pad.
pub const FORGOTTEN: (char, &str, &str) = ('忘', "不记得密码", "看看还能怎么办");
/// The last PIN or password was wrong.
pub fn wrong(tries_left: u8) -> String {
    match tries_left {
        1 => String::from(
            "密码不对。只能再试 1 次，再错就会锁住，要到窗口解开。想不起来请先不要试。",
        ),
        tries => format!("密码不对，还可以试 {tries} 次。"),
    }
}
/// The ledger could not be asked.
pub const NOT_CHECKED: &str = "刚才没有连上医保系统，密码没有核对，次数没有少。请再输一次。";
/// Being checked: seal, heading.
pub const CHECKING: (char, &str) = ('核', "正在核对密码");
/// By the card.
pub const CHECKING_CARD: [&str; 2] = ["请不要把卡取出来", "通常只要几秒钟"];
/// By the ledger.
pub const CHECKING_LEDGER: [&str; 1] = ["请稍等"];
/// The ledger takes its time.
pub const CHECKING_SLOW: [&str; 2] = ["机器还在等医保系统回答", "请再等一会儿，不用再输密码"];

/// On its way: seal, heading, lines.
pub const COMMITTING: (char, &str, [&str; 2]) =
    ('办', "正在办理，请不要拔卡", ["请稍等，马上告诉您结果", "同一件事只会办一次"]);
/// See [`COMMITTING`], without a card in the slot.
pub const COMMITTING_NO_CARD: &str = "正在办理，请不要走开";

/// 受理号
pub const LABEL_ACCEPTANCE: &str = "受理号";
/// 办理编号
pub const LABEL_REFERENCE: &str = "办理编号";
/// Where a person is found.
pub const LABEL_WINDOW: &str = "窗口";
/// See [`LABEL_WINDOW`].
pub const LABEL_HOTLINE: &str = "咨询电话";
/// The balance after it.
pub const LABEL_BALANCE: &str = "账户余额";
/// A confirmed write.
pub const DONE_KEEP: &str = "请记好受理号，以后可以凭它查";
/// A receipt can be printed.
pub const DONE_PRINT: &str = "想留底，可以打印回执";
/// The relative is gone.
pub const GONE: &str = "已经核对：家人名单里没有这位家人了";
/// The relative is still there.
pub const STILL_THERE: &str = "名单里还看得到这位家人，正在核实，过一会儿请再看一看";
/// Whether the relative is gone is being looked at.
pub const LOOKING: &str = "正在核对家人名单";
/// Nobody has said whether the relative is gone.
pub const NOT_LOOKED: &str = "名单还没有核对到，过一会儿请在“家人管理”里看一看";

/// Not known: heading, what is sure, lines.
pub const UNKNOWN: (&str, &str, [&str; 3]) = (
    "正在核实",
    "机器会一直核实，同一件事不会办两次",
    [
        "现在还不知道有没有办成",
        "请先不要再办同一件事，也不要到别处办",
        "过一会儿再来看，或者凭办理编号问窗口",
    ],
);
/// See [`UNKNOWN`], without a number.
pub const UNKNOWN_NO_NUMBER: &str = "过一会儿再来看，或者到窗口问一问";
/// The journal took nothing: heading, what is sure, lines.
pub const NOT_BEGUN: (&str, &str, [&str; 2]) = (
    "现在只能查询",
    "刚才的没有办，什么都没有变",
    ["这台机器暂时不能办理，查询照常", "请到别的机器，或者到窗口办理"],
);
/// Not done: the heading, and what is sure.
pub const REFUSED: (&str, &str) = ("这次没有办成", "您的钱和家人名单都没有变");

/// Why the ledger did not take a write, and the way on.
pub const fn refused(why: WriteRefusal) -> (&'static str, &'static str) {
    match why {
        WriteRefusal::AlreadyBound => ("这位家人已经添加过了", "您不用再办"),
        WriteRefusal::NotBound => ("这位家人已经不在您的名单里", "请回家人管理看一看"),
        WriteRefusal::NoSlotLeft => {
            ("给这位家人用的账户已经满了", "请家人先解除一个，或者到窗口问一问")
        }
        WriteRefusal::OrderIncomplete => {
            ("可以用的账户刚刚有变化，顺序没有改", "请回家人管理，重新排一次")
        }
        WriteRefusal::InvitationGone => ("这个邀请已经失效", "想用对方的账户，请对方再邀请一次"),
        WriteRefusal::NotInsured => ("现在的参保情况不能办这件事", "请带身份证到窗口问一问"),
        WriteRefusal::BalanceTooSmall => {
            ("账户里可以用的钱不够", "请等钱够了再来，或者换小一点的数")
        }
        WriteRefusal::LimitTooSmall => ("这位家人今年的限额不够", "请先把限额改高一些，再来办"),
        WriteRefusal::AlreadyPaid => ("这笔居民医保已经缴过，或者正在到账", "请不要再缴一次"),
        WriteRefusal::DueChanged => ("要缴的金额刚刚有变化", "请重新选一次，看清金额再缴"),
        WriteRefusal::NotPending => {
            ("这笔钱已经到账，或者已经撤销过", "到账以后要退，请到窗口办理")
        }
        WriteRefusal::AlreadyOpen => ("您的家庭共济已经开通了", "可以直接添加家人"),
        WriteRefusal::FactorRejected => ("刚才的核对已经过了时间", "请再核对一次密码"),
        WriteRefusal::Voided => ("医保系统没有收到这次办理", "可以放心再办一次"),
        WriteRefusal::NotOffered => ("这件事在机器上还不能办", "请带身份证到窗口办理"),
    }
}

/// To print the receipt.
pub const OFFER_RECEIPT: &str = "打印回执";
/// Back to the family.
pub const OFFER_MEMBERS: &str = "回家人管理";
/// To do it once more.
pub const OFFER_AGAIN: &str = "再办一次";

/// The visit is over, the write is not: seal, heading, lines.
pub const FINISHING: (char, &str, [&str; 2]) =
    ('办', "正在办完刚才的业务", ["不会办两次，也不会丢失", "请稍等，马上告诉您结果"]);
/// It is done.
pub const FINISHED: (&str, [&str; 2]) =
    ("刚才的业务办好了", ["屏幕上已经没有您的信息", "请记好受理号"]);
/// It is not done.
pub const NOT_FINISHED: (&str, [&str; 2]) =
    ("刚才的业务没有办成", ["什么都没有变", "想再办，请重新插卡，或者到窗口办理"]);

/// Why nothing could be proved: heading and lines.
pub struct Unproved {
    /// What happened.
    pub title: &'static str,
    /// What to do now.
    pub lines: &'static [&'static str],
}

/// No rules.
pub const NO_RULES: Unproved = Unproved {
    title: "这里现在不能办理",
    lines: &["机器里没有您参保地的规定，不能替您决定", "请带身份证到窗口办理"],
};
/// The card could be put in.
pub const CARD_NEEDED: Unproved = Unproved {
    title: "要先核对社保卡密码",
    lines: &[
        "请把您自己的社保卡插入插卡口",
        "插好以后等几秒钟，再按“插好了”",
        "没有带卡，请到窗口办理",
    ],
};
/// The card's reader is away.
pub const READER_NEEDED: Unproved = Unproved {
    title: "现在不能核对社保卡密码",
    lines: &[
        "读卡器暂时没有回应，卡没有问题",
        "可以过一会儿再试一次",
        "着急的话，请到别的机器或者窗口办理",
    ],
};
/// Nothing that the kiosk could check.
pub const NOTHING_USABLE: Unproved = Unproved {
    title: "机器不能核对是您本人",
    lines: &["这里规定要由工作人员核对", "请带身份证到窗口办理"],
};
/// The card takes no PIN any more.
pub const PIN_BLOCKED: Unproved = Unproved {
    title: "社保卡密码已经锁住",
    lines: &["卡还可以看病买药，只是密码不能用", "请带身份证和社保卡，到发卡的窗口解锁"],
};
/// The card or the reader cannot check a PIN.
pub const PIN_NOT_POSSIBLE: Unproved = Unproved {
    title: "这张卡现在不能核对密码",
    lines: &["密码没有核对，次数没有少", "可以再试一次", "还是不行，请到窗口办理"],
};
/// The card's word was lost.
pub const PIN_UNKNOWN: Unproved = Unproved {
    title: "没有等到卡的回答",
    lines: &["不知道密码对不对，这一次可能已经算试过", "可以再试一次", "不放心，请到窗口办理"],
};
/// The ledger takes no password any more.
pub const PASSWORD_LOCKED: Unproved = Unproved {
    title: "查询密码已经锁住",
    lines: &["试错的次数太多了", "请带身份证到窗口重设密码"],
};
/// The person has none.
pub const PASSWORD_NOT_SET: Unproved = Unproved {
    title: "您还没有设查询密码",
    lines: &["请带身份证到窗口设密码"],
};
/// The ledger's word was lost.
pub const PASSWORD_UNKNOWN: Unproved = Unproved {
    title: "没有等到医保系统的回答",
    lines: &["不知道密码对不对，这一次可能已经算试过", "可以再试一次", "不放心，请到窗口办理"],
};
/// The patron does not know it.
pub const PIN_FORGOTTEN: Unproved = Unproved {
    title: "不记得社保卡密码",
    lines: &["请不要随便试，试错几次会锁住", "请带身份证和社保卡，到发卡的窗口重设"],
};
/// See [`PIN_FORGOTTEN`].
pub const PASSWORD_FORGOTTEN: Unproved = Unproved {
    title: "不记得查询密码",
    lines: &["请不要随便试，试错几次会锁住", "请带身份证到窗口重设密码"],
};
/// What is sure.
pub const UNPROVED_NOTHING_DONE: &str = "还没有办，什么都没有变";
/// Another way can be used.
pub const ANOTHER_WAY: &str = "换一种方式";
/// The card has been put in.
pub const CARD_IS_IN: &str = "插好了";
/// Staff may help.
pub const STAFF_MAY_HELP: &str = "也可以呼叫工作人员，机器不能替您核对，他们会带您办";
/// After a fault of the printer, while it is not known whether the write is done.
pub const RECEIPT_STILL_VERIFYING: &str = "办理的结果还在核实，不会办两次";
