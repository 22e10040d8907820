//! Help: five questions. What differs by region is left to the local bureau.

/// Above the questions.
pub const TITLE: &str = "使用帮助";
/// Beneath the title.
pub const LEAD: &str = "您想问什么";
/// Under every answer that touches a rule.
pub const LOCAL_RULES: &str = "各地规定不同，以当地医保部门公布为准。";
/// The region's rules, when the settings name the region.
pub fn local_rules_of(region: &str) -> String {
    format!("以{region}医保部门公布为准。")
}
/// Where else to ask.
pub fn hotline(number: &str) -> String {
    format!("也可以打电话 {number} 询问。")
}

/// One question.
pub struct Question {
    /// One character.
    pub seal: char,
    /// Its words.
    pub question: &'static str,
    /// Smaller, beneath.
    pub detail: &'static str,
    /// Heading and text, one or two.
    pub answer: &'static [(&'static str, &'static str)],
    /// The answer touches a rule that differs by region.
    pub local: bool,
}

/// The first answer where a visit can begin in other ways, too: how to begin, by card and then by
/// document and code where the kiosk has them, and how to end.
pub const BEGIN: Question = Question {
    seal: '用',
    question: "怎么开始，怎么结束",
    detail: BEGIN_BY_ANY,
    answer: &[BEGIN_CARD, BEGIN_DOCUMENT, BEGIN_CODE, END],
    local: false,
};
/// Beneath [`BEGIN`] where a visit can begin in all three ways.
pub const BEGIN_BY_ANY: &str = "插卡、放身份证或者扫码";
/// Without a code scanner.
pub const BEGIN_BY_CARD_OR_DOCUMENT: &str = "插卡或者放身份证";
/// Without an ID card reader.
pub const BEGIN_BY_CARD_OR_CODE: &str = "插卡或者扫码";
/// See [`BEGIN`].
pub const BEGIN_CARD: (&str, &str) =
    ("插社保卡", "芯片朝上，芯片一头先进，轻轻插到底。办理的时候不要拔卡。");
/// See [`BEGIN`]; only with an ID card reader.
pub const BEGIN_DOCUMENT: (&str, &str) =
    ("放身份证", "把身份证平放在感应区上，不要动。屏幕变了就可以拿起来。");
/// See [`BEGIN`]; only with a code scanner.
pub const BEGIN_CODE: (&str, &str) =
    ("扫医保码", "在手机上打开医保码，对准扫码窗口。每个码只能用一次。");
/// See [`BEGIN`].
pub const END: (&str, &str) =
    ("办完以后", "请按“办完了”，取走卡和证件。插卡办理的，随时拔卡，屏幕会马上清除您的信息。");

/// The five questions.
pub const QUESTIONS: [Question; 5] = [
    Question {
        seal: '卡',
        question: "怎么插卡，怎么取卡",
        detail: "卡插不进、读不出怎么办",
        answer: &[
            ("插卡", "芯片朝上，芯片一头先进，轻轻插到底。"),
            (
                "取卡",
                "办完按“办完了，取卡”，再把卡拔出来。随时拔卡也可以，屏幕会马上清除您的信息。",
            ),
        ],
        local: false,
    },
    Question {
        seal: '共',
        question: "什么是家庭共济",
        detail: "家人用您个人账户里的钱",
        answer: &[
            ("是什么", "您参加职工医保，个人账户里的钱可以给近亲属看病、买药、缴居民医保。"),
            (
                "不是什么",
                "共用的只是钱，不是卡。每个人看病都刷自己的卡，账户里的钱不能取现金，也不能转账。",
            ),
        ],
        local: true,
    },
    Question {
        seal: '用',
        question: "家人看病怎么用",
        detail: "刷谁的卡，先扣谁的钱",
        answer: &[
            (
                "看病买药",
                "家人用自己的社保卡或者医保码。钱会按登记的顺序扣，前一个账户用完，再用下一个。",
            ),
            ("替家人买药", "请带上家人的卡和两个人的身份证件。"),
        ],
        local: true,
    },
    Question {
        seal: '改',
        question: "怎么添加或者解除家人",
        detail: "在首页按“家人管理”",
        answer: &[
            ("在哪里办", "在首页按“家人管理”。办之前要核对密码，忘了密码请带证件到窗口。"),
            ("什么时候要解除", "家里的情况变了，请及时解除，不要把卡借给别人。"),
        ],
        local: true,
    },
    Question {
        seal: '对',
        question: "余额或者记录对不上怎么办",
        detail: "先打印单据，再去窗口",
        answer: &[
            ("先看一看", "在“账户明细”里找到那一笔，按一下可以看清楚每一项。退费的会写“退”。"),
            ("再去核对", "把单据打印出来，带到窗口核对。单据只用来核对，不能用来报销。"),
        ],
        local: true,
    },
];
