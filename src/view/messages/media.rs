//! Texts that differ by what a visit began with: 社保卡, 身份证 or 医保码.

use crate::view::ways::Ways;
use crate::visit::medium::MediumKind;

/// Idle, while the card reader is away and documents can be read.
pub const TITLE_DOCUMENT: &str = "请放身份证";
/// Idle, while the card reader is away and codes can be read.
pub const TITLE_CODE: &str = "请扫医保码";
/// Idle, while the card reader is away and the two others work.
pub const TITLE_DOCUMENT_OR_CODE: &str = "请放身份证，或者扫医保码";
/// See [`TITLE_DOCUMENT`].
pub const NO_SLOT_NOW: &str = "插卡口暂时不能用";
/// Idle, while no way is open at a kiosk that has several.
pub const NO_WAY_TITLE: &str = "这台机器暂时不能办理";
/// Before a way beside the card.
pub const ALSO: &str = "也可以";
/// A way: seal and words.
pub const WAY_DOCUMENT: (char, &str) = ('证', "放身份证");
/// See [`WAY_DOCUMENT`].
pub const WAY_CODE: (char, &str) = ('码', "扫医保码");
/// Where documents are put down, unless the hall's settings say otherwise.
pub const DOCUMENT_HINT: &str = "感应区在屏幕下方正中";
/// Where codes are held up, unless the hall's settings say otherwise.
pub const CODE_HINT: &str = "扫码窗口在屏幕左下方";

/// Asking the ledger: what the patron should know meanwhile.
pub(crate) const fn looking_up(kind: MediumKind) -> [&'static str; 2] {
    match kind {
        MediumKind::Card => ["请不要把卡取出来", "请稍等"],
        MediumKind::Document => ["身份证可以拿起来了", "请稍等"],
        MediumKind::Code => ["手机可以收起来了", "请稍等"],
        MediumKind::Typed => ["密码核对好了", "请稍等"],
    }
}
/// The ledger has not answered yet, and asking once more would not help.
pub const SLOW_LINES: [&str; 3] =
    ["机器还在等医保系统回答", "请再等一会儿，不想等可以按“不等了”", "您的钱和记录都没有变"];

/// Home's one action.
pub(crate) const fn finish(kind: MediumKind) -> &'static str {
    match kind {
        MediumKind::Card => super::FINISH,
        MediumKind::Document | MediumKind::Code | MediumKind::Typed => "办完了",
    }
}
/// To end a wait and the visit.
pub(crate) const fn stop_waiting(kind: MediumKind) -> &'static str {
    match kind {
        MediumKind::Card => super::TAKE_CARD,
        MediumKind::Document | MediumKind::Code | MediumKind::Typed => "不等了",
    }
}
/// To end a visit that has not come to anything.
pub(crate) const fn give_up(kind: MediumKind) -> &'static str {
    match kind {
        MediumKind::Card => super::TAKE_CARD,
        MediumKind::Document | MediumKind::Code | MediumKind::Typed => "不办了",
    }
}

/// Other ways than the one refused, among those open now; `None` when there is none.
pub(crate) fn other_ways(open: Ways, refused: MediumKind) -> Option<String> {
    let ways = [
        (open.card && refused != MediumKind::Card, "插社保卡"),
        (open.document && refused != MediumKind::Document, "放身份证"),
        (open.code && refused != MediumKind::Code, "扫医保码"),
    ];
    let ways: Vec<&str> = ways.into_iter().filter_map(|(open, way)| open.then_some(way)).collect();
    (!ways.is_empty()).then(|| format!("也可以{}", ways.join("，或者")))
}

/// A second medium is another person's.
pub const WHOSE_TITLE: &str = "这次为谁办理？";
/// See [`WHOSE_TITLE`].
pub(crate) fn whose_lead(other: MediumKind) -> String {
    let shown = match other {
        MediumKind::Card => "刚才插入的是另一位的社保卡",
        MediumKind::Document => "刚才放的是另一位的身份证",
        MediumKind::Code => "刚才扫的是另一位的医保码",
        MediumKind::Typed => "刚才输的是另一位的身份证号码",
    };
    format!("{shown}。换人以后，前一位的信息会从屏幕上清除。")
}
/// The choice that keeps the visit: 接着为王**办理
pub(crate) fn stay_with(name: &str) -> String {
    format!("接着为{name}办理")
}
/// The choice that makes it the other's visit: 改为李**办理
pub(crate) fn change_to(name: &str) -> String {
    format!("改为{name}办理")
}
/// By what the present patron is known.
pub(crate) const fn known_by(kind: MediumKind) -> &'static str {
    match kind {
        MediumKind::Card => "凭先插的社保卡",
        MediumKind::Document => "凭先放的身份证",
        MediumKind::Code => "凭先扫的医保码",
        MediumKind::Typed => "凭先输的身份证号码",
    }
}
/// By what the other person is known.
pub(crate) const fn other_known_by(kind: MediumKind) -> &'static str {
    match kind {
        MediumKind::Card => "凭刚才插的社保卡",
        MediumKind::Document => "凭刚才放的身份证",
        MediumKind::Code => "凭刚才扫的医保码",
        MediumKind::Typed => "凭刚才输的身份证号码",
    }
}
/// The seal of a medium.
pub(crate) const fn seal(kind: MediumKind) -> char {
    match kind {
        MediumKind::Card => '卡',
        MediumKind::Document => '证',
        MediumKind::Code => '码',
        MediumKind::Typed => '号',
    }
}
/// The footer of the question.
pub const WHOSE_FINISH: &str = "办完了";
/// The last medium could not be used.
pub const NOTICE_UNUSED: &str = "刚才的证件没有用上，您可以继续办理。";
/// See [`NOTICE_UNUSED`]; where codes are scanned, too.
pub const NOTICE_UNUSED_OR_CODE: &str = "刚才的证件或者医保码没有用上，您可以继续办理。";

/// The visit is over, a document still lies on the reader; it may be one that was there before.
pub const TAKE_DOCUMENT_PAGE: (char, &str, [&str; 3]) = (
    '证',
    "请拿走您的身份证",
    ["您的信息已经从屏幕上清除", "请带好您的证件和单据", "如果不是您的证件，请交给工作人员"],
);
