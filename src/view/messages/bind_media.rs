//! Texts of showing a relative's card, document or code.

use super::faults::{LEDGER_AWAY, LEDGER_BUSY, LEDGER_SILENT};
use crate::visit::medium::MediumKind;
use crate::visit::pending::LedgerTrouble;
use crate::visit::state::bind::note::Note;

/// Whom?
pub const WHO_TITLE: &str = "要添加哪位家人？";
/// What was read before in this visit need not be read again.
pub const READ_BEFORE: &str = "须知您这次已经看过、同意过，不用再看。";
/// The ways to show somebody: heading and text.
pub const BY_DOCUMENT: (&str, &str) = ("放身份证", "请把家人的身份证放在感应区。");
/// See [`BY_DOCUMENT`].
pub const BY_CODE: (&str, &str) = ("扫医保码", "请把家人的医保码对准扫码窗口。");
/// See [`BY_DOCUMENT`].
pub const BY_CARD: (&str, &str) = ("插社保卡", "请把家人的社保卡插进插卡口。");
/// No device for any medium works.
pub const ONLY_TYPING: &str = "现在只能输入家人的身份证号码。";
/// A choice: seal, label, detail.
pub const TYPE: (char, &str, &str) = ('号', "输入身份证号码", "家人不在身边也可以");
/// See [`TYPE`].
pub const SWAP: (char, &str, &str) = ('换', "换插家人的卡", "先取出您的卡，读完再插回来");
/// See [`TYPE`].
pub const READ_CARD: (char, &str, &str) = ('卡', "读插卡口里的卡", "插卡口里已经有一张卡");
/// A card is being read: seal, title, lines.
pub const READING: (char, &str, [&str; 2]) =
    ('卡', "正在读家人的卡", ["请不要把卡取出来", "通常只要几秒钟"]);
/// The ledger is asked.
pub const LOOKING: (char, &str, [&str; 2]) =
    ('查', "正在查这位家人", ["请稍等", "不会动任何人的钱"]);
/// It takes longer.
pub const LOOKING_SLOW: [&str; 2] = ["机器还在等医保系统回答", "不想等可以返回"];

/// The exchange of cards: seal, title, lines.
pub const TAKE_OWN: (char, &str, [&str; 3]) = (
    '取',
    "请取出您的卡",
    ["接着插入家人的卡", "读完以后，再插回您自己的卡", "只有现在取卡，办理才不会中断"],
);
/// See [`TAKE_OWN`].
pub const PUT_OTHER: (char, &str, [&str; 2]) =
    ('卡', "请插入家人的卡", ["芯片朝上，芯片一头先进", "您的卡请拿在手里"]);
/// See [`TAKE_OWN`].
pub const TAKE_UNUSABLE: (char, &str) = ('取', "请取出这张卡，再试一次");
/// See [`TAKE_OWN`].
pub const TAKE_OTHER: (char, &str, [&str; 2]) =
    ('取', "请取出家人的卡，插回您自己的卡", ["先把家人的卡取出来", "再插回您自己的卡，接着办"]);
/// In a visit that no card binds.
pub const TAKE_OTHER_ONLY: (char, &str, [&str; 2]) =
    ('取', "请取出家人的卡", ["取出来以后接着办", "请把卡还给家人"]);
/// See [`TAKE_OWN`].
pub const PUT_OWN: (char, &str, [&str; 2]) =
    ('卡', "请插回您自己的卡", ["一定要插同一张卡", "插了别的卡，这次办理就会结束"]);
/// See [`TAKE_OWN`].
pub const VERIFYING: (char, &str, [&str; 2]) =
    ('卡', "正在核对您的卡", ["请不要把卡取出来", "通常只要几秒钟"]);
/// The way out of an exchange.
pub const NO_SWAP: &str = "不换了";

/// What was wrong with what was shown.
pub(crate) const fn note(note: Note) -> &'static str {
    match note {
        Note::Own => "这是您自己的证件，请用家人的。",
        Note::Expired => "这张证件过期了，请换一张，或者输入号码。",
        Note::Unreadable(MediumKind::Card) => "这张卡没有读出来，请取出来擦一擦，再插一次。",
        Note::Unreadable(_) => "证件没有读出来，请拿起来再放一次。",
        Note::TooShort(MediumKind::Card) => "卡取得太快了，请再插一次。",
        Note::TooShort(_) => "证件拿得太快了，请放平，等一会儿。",
        Note::Doubted => "机器认不出这张证件，已经请工作人员来看。",
        Note::ReaderAway => "读卡器暂时没有回应，请换一种办法。",
        Note::Unknown => "医保系统里查不到这个人，请核对，或者带证件到窗口问。",
        Note::Lost => "这张卡已经挂失，不能用，请换一种办法。",
        Note::Mismatch => "证件和医保系统里的登记不一样，请到窗口核对。",
        Note::CodeInvalid => "医保码过了时间，请家人刷新以后再扫。",
        Note::Ledger(LedgerTrouble::Busy) => LEDGER_BUSY.title,
        Note::Ledger(LedgerTrouble::Away) => LEDGER_AWAY.title,
        Note::Ledger(LedgerTrouble::Silent) => LEDGER_SILENT.title,
        Note::SomebodyElse => "请核对号码，再放一次证件或者输入号码。",
    }
}
