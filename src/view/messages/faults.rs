//! Texts of cards, documents and codes that cannot be taken and of a ledger that does not answer.

/// What a message says: seal, heading, what is not lost, lines.
pub struct Fault {
    /// One character.
    pub seal: char,
    /// What happened.
    pub title: &'static str,
    /// That nothing is lost.
    pub reassurance: Option<&'static str>,
    /// What to do now.
    pub lines: &'static [&'static str],
    /// Another way to begin may help: those open are named before the last line.
    pub other_ways: bool,
}

/// Taken out too early.
pub const PULLED_OUT: Fault = Fault {
    seal: '卡',
    title: "卡取出得早了一点",
    reassurance: Some("没有关系，什么都没有变"),
    lines: &["请再插一次，芯片朝上", "读完以后屏幕会显示余额，再办别的"],
    other_ways: false,
};
/// No answer from the chip.
pub const MUTE: Fault = Fault {
    seal: '卡',
    title: "读不到卡里的芯片",
    reassurance: Some("卡没有被扣下，可以取出来"),
    lines: &[
        "请取出卡，看看有没有插反",
        "芯片朝上，芯片一头先进，插到底",
        "芯片脏了，可以用干布轻轻擦",
        "还是不行，请呼叫工作人员",
    ],
    other_ways: true,
};
/// Some other chip card.
pub const NOT_SOCIAL_CARD: Fault = Fault {
    seal: '卡',
    title: "这不是社保卡",
    reassurance: Some("卡没有被扣下，可以取出来"),
    lines: &["请取出这张卡，换社保卡插入", "银行卡、公交卡在这里不能用"],
    other_ways: true,
};
/// Answers that make no sense.
pub const UNREADABLE: Fault = Fault {
    seal: '卡',
    title: "这张卡读不出来",
    reassurance: Some("卡没有被扣下，可以取出来"),
    lines: &["可以再试一次", "还是不行，请拿着卡找工作人员"],
    other_ways: true,
};
/// The reader went away.
pub const READER_AWAY: Fault = Fault {
    seal: '修',
    title: "读卡器没有回应",
    reassurance: Some("您的卡没有问题，可以取出来"),
    lines: &["请取走您的卡，到别的机器办理", "也可以呼叫工作人员"],
    other_ways: true,
};
/// The last day has passed.
pub const EXPIRED: Fault = Fault {
    seal: '期',
    title: "这张卡过了有效期",
    reassurance: Some("账户里的钱没有变"),
    lines: &["请取走卡，带身份证到发卡的窗口换新卡", "不清楚去哪里换，请呼叫工作人员"],
    other_ways: true,
};
/// A document was lifted before it was read.
pub const LIFTED_OFF: Fault = Fault {
    seal: '证',
    title: "身份证拿起得早了一点",
    reassurance: Some("没有关系，什么都没有变"),
    lines: &["请再放一次，放平，不要动", "等屏幕变了再拿起来"],
    other_ways: false,
};
/// A document could not be read.
pub const DOCUMENT_UNREADABLE: Fault = Fault {
    seal: '证',
    title: "身份证没有读出来",
    reassurance: Some("没有关系，什么都没有变"),
    lines: &[
        "请拿起来，再放一次，放平，不要动",
        "请先从证件套、钱包里取出来",
        "还是不行，请呼叫工作人员",
    ],
    other_ways: true,
};
/// The reader's security module does not hold a document genuine.
pub const DOCUMENT_DOUBTED: Fault = Fault {
    seal: '证',
    title: "这台机器认不出这张证件",
    reassurance: Some("账户里的钱没有变"),
    lines: &["请拿好证件，到窗口办理", "工作人员可以帮您看一看"],
    other_ways: true,
};
/// The last day of a document has passed.
pub const DOCUMENT_EXPIRED: Fault = Fault {
    seal: '期',
    title: "这张身份证过了有效期",
    reassurance: Some("账户里的钱没有变"),
    lines: &["请到派出所换领新证", "着急的话，请到窗口问一问"],
    other_ways: true,
};
/// The ledger does not know the person of a document or code.
pub const NOT_INSURED: Fault = Fault {
    seal: '查',
    title: "没有查到您的参保记录",
    reassurance: Some("账户里的钱没有变"),
    lines: &["您可能在别的地方参保", "请带身份证到窗口问一问", "也可以呼叫工作人员"],
    other_ways: false,
};
/// The name on a document is not the one registered.
pub const DOCUMENT_MISMATCH: Fault = Fault {
    seal: '查',
    title: "身份证和登记的姓名对不上",
    reassurance: Some("账户里的钱没有变"),
    lines: &["为了您账户的安全，这里先不办理", "请拿好身份证，到窗口核对"],
    other_ways: false,
};
/// A code that is not known, was used, or is too old.
pub const CODE_INVALID: Fault = Fault {
    seal: '码',
    title: "这个医保码已经失效",
    reassurance: Some("没有关系，什么都没有变"),
    lines: &[
        "每个码只能用一次，几分钟以后也会失效",
        "请在手机上刷新医保码，再扫一次",
        "还是不行，请呼叫工作人员",
    ],
    other_ways: true,
};
/// 挂失
pub const REPORTED_LOST: Fault = Fault {
    seal: '失',
    title: "这张卡已经挂失",
    reassurance: Some("账户里的钱没有变"),
    lines: &["请取走卡，带身份证到窗口解除挂失或者换新卡", "也可以呼叫工作人员"],
    other_ways: false,
};
/// Not known to the ledger.
pub const UNKNOWN_PERSON: Fault = Fault {
    seal: '查',
    title: "没有查到这张卡的参保记录",
    reassurance: None,
    lines: &[
        "可能参保在别的地方，或者刚换了新卡",
        "请取走卡，带身份证到窗口问一问",
        "也可以呼叫工作人员",
    ],
    other_ways: false,
};
/// Card and document disagree.
pub const MISMATCH: Fault = Fault {
    seal: '查',
    title: "卡和登记的证件对不上",
    reassurance: Some("账户里的钱没有变"),
    lines: &["为了您账户的安全，这里先不办理", "请取走卡，带身份证到窗口核对"],
    other_ways: false,
};
/// The ledger is busy.
pub const LEDGER_BUSY: Fault = Fault {
    seal: '等',
    title: "现在查询的人很多",
    reassurance: Some("您的钱和记录都没有变"),
    lines: &["请过一会儿再试一次", "着急的话，请呼叫工作人员"],
    other_ways: false,
};
/// The ledger cannot be reached.
pub const LEDGER_AWAY: Fault = Fault {
    seal: '等',
    title: "现在连不上医保系统",
    reassurance: Some("您的钱和记录都没有变"),
    lines: &["可以再试一次", "还是不行，请呼叫工作人员，或者到窗口办理"],
    other_ways: false,
};
/// The ledger gave no answer in time.
pub const LEDGER_SILENT: Fault = Fault {
    seal: '等',
    title: "等了很久，没有等到回答",
    reassurance: Some("您的钱和记录都没有变"),
    lines: &["可以再试一次", "还是不行，请呼叫工作人员，或者到窗口办理"],
    other_ways: false,
};
