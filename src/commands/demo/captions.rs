//! What the panel calls the cards, documents and codes at hand.

/// A card, by the label of its sample.
pub(super) fn card(label: &str) -> &'static str {
    match label {
        "showcase" => "王建国",
        "normal" => "另一个人",
        "expired" => "已过期",
        "lost" => "已挂失",
        "rare-name" => "生僻字姓名",
        "payer" => "可代缴的人",
        "invited" => "被邀请的人",
        "two-donors" => "两位家人共济",
        "number-only" => "只给卡号",
        "mute" => "芯片坏了",
        _ => "银行卡",
    }
}

/// A document, by the label of its sample.
pub(super) fn document(label: &str) -> &'static str {
    match label {
        "showcase" => "王建国",
        "normal" => "另一个人",
        "relative" => "王建国的家人",
        "expired" => "已过期",
        "hk-macao-taiwan" => "港澳台居民",
        "foreigner-2017" => "外国人（旧版）",
        _ => "外国人",
    }
}

/// The codes: two fresh ones, and the one held up last.
pub(super) const CODES: [&str; 3] = ["王建国", "另一个人", "再扫刚才的码"];
/// The kiosk does not ask for a code.
pub(super) const SCANNER_DARK: &str = "扫码窗口没有亮：现在这一页不收医保码。";
/// There is no code to hold up again.
pub(super) const NO_CODE_YET: &str = "还没有扫过码。";
