//! Every Chinese text that a patron reads from Rust. Plain words, second person, the state first; no
//! codes, no English, no exclamation marks, full-width punctuation.

pub mod bind;
pub mod bind_media;
pub mod care;
pub mod effects;
pub mod faults;
pub mod help;
pub mod lists;
pub mod media;
pub mod members;
pub mod pay;
pub mod printing;
pub mod typed;
pub mod write;

use crate::domain::money::Money;
use crate::visit::Settings;

/// The idle page's heading.
pub const IDLE_TITLE: &str = "请插入社保卡";
/// How the card goes in.
pub const IDLE_SUBTITLE: &str = "芯片朝上，芯片一头先进";
/// Where the slot is, unless the hall's settings say otherwise.
pub const SLOT_HINT: &str = "插卡口在屏幕右下方";
/// What can be done here: seal and two lines.
pub const OFFER_QUERY: (char, &str, &str) = ('查', "查余额", "查明细");
/// See [`OFFER_QUERY`].
pub const OFFER_FAMILY: (char, &str, &str) = ('亲', "家人用了多少", "缴了多少");
/// See [`OFFER_QUERY`]; only with a printer.
pub const OFFER_PRINT: (char, &str, &str) = ('印', "打印单据", "带回家看");

/// Idle, while the reader is away.
pub const NO_READER_TITLE: &str = "这台机器暂时不能插卡";
/// See [`NO_READER_TITLE`].
pub const NO_READER_SUBTITLE: &str = "请到别的机器办理，或者呼叫工作人员";
/// Idle, with the card of an ended visit in the slot.
pub const CARD_LEFT_TITLE: &str = "请先取走插卡口里的卡";
/// See [`CARD_LEFT_TITLE`].
pub const CARD_LEFT_SUBTITLE: &str = "如果不是您的卡，请交给工作人员";
/// Idle, with somebody's document on the reader that begins no visit before it is put down anew.
pub const DOCUMENT_LEFT: &str =
    "感应区上有一张证件。是您的，请拿起来再放一次；不是您的，请交给工作人员。";
/// The kiosk has a printer that cannot print now.
pub const NOTICE_NO_PRINTING_NOW: &str = "现在不能打印单据，查询照常。";
/// The kiosk has no printer.
pub const NOTICE_NO_PRINTER: &str = "这台机器不打印单据，查询照常。";
/// The notice of a kiosk that has no printer.
pub fn no_printer_notice(settings: &Settings) -> Option<String> {
    (!settings.printer).then(|| NOTICE_NO_PRINTER.into())
}
/// The reader went away in mid-visit.
pub const NOTICE_NO_READER: &str = "读卡器暂时没有回应，您可以继续办理。办完请按“办完了，取卡”。";

/// The staff overlay.
pub const STAFF_CALLED: &str = "已经通知工作人员，请在这里稍等。您也可以继续办理。";
/// The staff overlay where no call reaches the staff.
pub const STAFF_NOT_TOLD: &str =
    "请向身边的工作人员招手，或者请旁边的人帮忙叫一声。您也可以继续办理。";
/// The staff overlay, when the hall's settings name a hotline.
pub fn staff_called_with_hotline(hotline: &str) -> String {
    format!("{STAFF_CALLED}也可以打电话 {hotline} 询问。")
}

/// 返回
pub const BACK: &str = "返回";
/// 使用帮助
pub const HELP: &str = "使用帮助";
/// Home's one action.
pub const FINISH: &str = "办完了，取卡";
/// To end where nothing has been done.
pub const TAKE_CARD: &str = "取卡";
/// 回到首页
pub const HOME: &str = "回到首页";
/// 再试一次
pub const RETRY: &str = "再试一次";
/// A message that needs no answer.
pub const UNDERSTOOD: &str = "知道了";

/// Reading the card: seal, heading and lines.
pub const READING: (char, &str, [&str; 2]) =
    ('卡', "正在读您的卡", ["请不要把卡取出来", "通常只要几秒钟"]);
/// Asking whose card it is, and for home's figures.
pub const LOOKING_UP: (char, &str) = ('查', "正在查您的账户");
/// The ledger has not answered yet.
pub const SLOW_TITLE: &str = "比平时慢一些";
/// See [`SLOW_TITLE`].
pub const SLOW_LINES: [&str; 3] =
    ["机器还在等医保系统回答", "您可以再等一会儿，也可以再试一次", "您的钱和记录都没有变"];

/// 张*，您好
pub fn greeting(name: &str) -> String {
    format!("{name}，您好")
}
/// Between two facts of a line.
pub const DOT: &str = " · ";
/// Under the balance.
pub fn this_year(amount: Money) -> String {
    format!("当年 {amount} 元")
}
/// Under the balance.
pub fn earlier_years(amount: Money) -> String {
    format!("历年 {amount} 元")
}
/// Above the relatives.
pub fn used_this_year(amount: Money) -> String {
    format!("今年家人用了 {amount} 元")
}
/// Instead of the relatives' amounts.
pub const NO_RELATIVES: &str = "您还没有添加可以用您账户的家人";
/// The last of the relatives on home, when there are more.
pub fn other_relatives(count: usize) -> String {
    format!("其他 {count} 位家人")
}
/// Instead of a balance.
pub const NO_ACCOUNT: &str = "您参加的医保没有个人账户，所以这里没有余额。";
/// See [`NO_ACCOUNT`].
pub const NO_ACCOUNT_MORE: &str = "职工医保才有个人账户。有疑问请问工作人员。";
/// 元
pub fn yuan(amount: Money) -> String {
    format!("{amount} 元")
}
/// Home's choices: seal, label, detail.
pub const CHOICE_ACCOUNT: (char, &str, &str) = ('明', "账户明细", "每一笔收入和支出");
/// See [`CHOICE_ACCOUNT`].
pub const CHOICE_FAMILY: (char, &str, &str) = ('亲', "家人用了多少", "看病、买药用您账户的钱");
/// See [`CHOICE_ACCOUNT`].
pub const CHOICE_MEMBERS: (char, &str, &str) = ('管', "家人管理", "添加、解除、限额、顺序");
/// See [`CHOICE_ACCOUNT`]; for somebody without an account.
pub const CHOICE_DONORS: (char, &str, &str) = ('管', "家人管理", "谁的账户给您用");
/// See [`CHOICE_ACCOUNT`].
pub const CHOICE_PREMIUMS: (char, &str, &str) = ('缴', "家人缴费", "居民医保");
/// See [`CHOICE_ACCOUNT`].
pub const CHOICE_SLIPS: (char, &str, &str) = ('印', "打印单据", "带回家看");
/// See [`CHOICE_ACCOUNT`].
pub const CHOICE_HELP: (char, &str, &str) = ('问', "使用帮助", "怎么用，能付什么，缴多少");

/// The visit is over, the card is in the slot.
pub const TAKE_CARD_PAGE: (char, &str, [&str; 2]) =
    ('卡', "请取走您的卡", ["您的信息已经从屏幕上清除", "请带好您的卡和单据"]);
/// The reader is away: the card cannot be seen.
pub const TAKE_CARD_UNSEEN: [&str; 2] =
    ["您的信息已经从屏幕上清除", "卡如果还在插卡口里，请把它取走"];
/// The card was taken while the slip is coming.
pub const TAKE_SLIP_PAGE: (char, &str, [&str; 2]) =
    ('印', "请取走单据", ["单据打完会自己送出来", "请拿好您的卡和单据"]);

#[cfg(test)]
mod tests {
    /// The texts of a source file, without placeholders.
    fn texts(source: &str) -> Vec<String> {
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code: Vec<&str> = lines.collect();
        let code = code.join("\n");
        let quoted = code.split('"').skip(1).step_by(2);
        quoted.map(|text| text.split(['{', '}']).step_by(2).collect()).collect()
    }

    #[test]
    fn plain_chinese_with_full_width_signs() {
        let sources = [
            include_str!("mod.rs"),
            include_str!("bind.rs"),
            include_str!("bind_media.rs"),
            include_str!("effects.rs"),
            include_str!("care.rs"),
            include_str!("faults.rs"),
            include_str!("help.rs"),
            include_str!("lists.rs"),
            include_str!("media.rs"),
            include_str!("members.rs"),
            include_str!("pay.rs"),
            include_str!("printing.rs"),
            include_str!("typed.rs"),
            include_str!("write.rs"),
        ];
        let mut seen = 0;
        for text in sources.into_iter().flat_map(texts) {
            seen += 1;
            // X is the one letter that a document number has.
            let plain = |c: &char| matches!(c, ' ' | 'X' | '0'..='9') || !c.is_ascii();
            let strange = text.chars().find(|c| !plain(c));
            assert_eq!(strange, None, "in {text}");
            assert!(!text.contains(['！', '…']), "{text}");
            assert!(!["系统错误", "异常", "失败"].iter().any(|word| text.contains(word)), "{text}");
        }
        assert!(seen > 100, "only {seen} texts were found");
    }
}
