//! What receipts say of each kind of write.

use super::receipt::{ReceiptFacts, ReceiptOutcome};
use super::sheet::Title;
use super::words;
use crate::domain::account::RelativeRef;
use crate::domain::masking::mask_name;
use crate::domain::operation::OperationKind;
use crate::domain::person::Gender;

/// The verdict where the ledger's answer is missing.
pub const UNKNOWN: &str = "正在核实，尚未确认";
/// What that means, and what not to do.
pub const UNKNOWN_MEANS: [&str; 2] = ["系统还没有答复，现在不知道办没办上。", "请先不要再办一次。"];

/// The name of the paper.
pub fn title(kind: OperationKind) -> Title {
    let (whole, halves) = match kind {
        OperationKind::Open => ("家庭共济开通回执", ["家庭共济", "开通回执"]),
        OperationKind::Bind => ("授权回执", ["授权", "回执"]),
        OperationKind::Accept => ("接受邀请回执", ["接受邀请", "回执"]),
        OperationKind::Decline => ("不接受邀请回执", ["不接受邀请", "回执"]),
        OperationKind::Release => ("解绑回执", ["解绑", "回执"]),
        OperationKind::Order => ("扣款顺序设定回执", ["扣款顺序", "设定回执"]),
        OperationKind::Limit => ("限额设定回执", ["限额", "设定回执"]),
        OperationKind::Transfer => ("划拨回执", ["划拨", "回执"]),
        OperationKind::Quota => ("额度设定回执", ["额度", "设定回执"]),
        OperationKind::PayPremium => ("共济缴费凭条", ["共济缴费", "凭条"]),
        OperationKind::CancelPremium => ("撤销缴费凭条", ["撤销缴费", "凭条"]),
    };
    Title { whole, halves }
}

/// What became of the write, in large print, and what that means.
pub fn verdict(facts: &ReceiptFacts) -> (&'static str, &'static [&'static str]) {
    match &facts.outcome {
        ReceiptOutcome::Unknown { .. } => (UNKNOWN, &UNKNOWN_MEANS),
        ReceiptOutcome::Done(receipt) if receipt.pending => pending(facts.kind),
        ReceiptOutcome::Done(_) => (done(facts.kind), &[]),
    }
}

fn done(kind: OperationKind) -> &'static str {
    match kind {
        OperationKind::Open => "已开通",
        OperationKind::Bind => "已添加",
        OperationKind::Accept => "已接受",
        OperationKind::Decline => "已谢绝",
        OperationKind::Release => "已解除",
        OperationKind::Order | OperationKind::Limit | OperationKind::Quota => "已设定",
        OperationKind::Transfer => "已划拨",
        OperationKind::PayPremium => "已缴费",
        OperationKind::CancelPremium => "已撤销",
    }
}

/// Of a write that is taken but has yet to take effect.
fn pending(kind: OperationKind) -> (&'static str, &'static [&'static str]) {
    match kind {
        OperationKind::Bind => ("等家人接受", &["邀请已发出。", "家人接受以后，才能用您的账户。"]),
        OperationKind::Transfer => ("等待到账", &["划拨已受理，钱还没有到账。"]),
        OperationKind::Quota => ("等待到账", &["额度已受理，钱还没有到账。"]),
        OperationKind::PayPremium => {
            ("等待到账", &["缴费已受理，税务部门还没有收到。", "请不要再缴一次。"])
        }
        OperationKind::CancelPremium => ("等待到账", &["撤销已受理，钱还没有退回账户。"]),
        OperationKind::Open
        | OperationKind::Accept
        | OperationKind::Decline
        | OperationKind::Release
        | OperationKind::Order
        | OperationKind::Limit => ("等待生效", &["已受理，还没有生效。"]),
    }
}

/// Who the relative is, as label and value. An invitation says what the patron, of this sex, is to
/// who invites.
pub fn relative(
    kind: OperationKind,
    relative: &RelativeRef,
    patron: Gender,
) -> (&'static str, String) {
    match kind {
        OperationKind::Accept | OperationKind::Decline => {
            let (name, you) = (mask_name(&relative.name), relative.relation.label(patron));
            ("邀请人", format!("{name}，您是其{you}"))
        }
        _ => ("家人", words::relative(relative)),
    }
}

/// How to ask what became of a write that is not known.
pub fn how_to_ask(hotline: Option<&str>) -> String {
    let call = hotline.map(|number| format!("，也可拨打{number}")).unwrap_or_default();
    format!("问结果：请带上这张单子，凭办理编号到窗口询问{call}。")
}
