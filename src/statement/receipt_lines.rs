//! 授权/解绑回执 and 共济缴费凭条: what was written, for whom, and what became of it.

use super::amount::bounded;
use super::document::{Frame, ROW_GAP_DOTS};
use super::line::{Line, Size, Style};
use super::pages::{Block, paginate};
use super::receipt::{ReceiptFacts, ReceiptOutcome};
use super::sheet::Sheet;
use super::{Content, SlipContext, SlipError, receipt_words, words};
use crate::records::port::AcceptedDocument;

/// Above the documents.
const DOCUMENTS: &str = "已阅读并同意";
/// Columns before a document's version.
const VERSION_INDENT: usize = 2;
/// Stands for the acceptance number that the ledger has not given.
const NO_NUMBER: &str = "还没有";

/// Lays the receipt out.
///
/// # Errors
/// [`SlipError::TooManyPages`], or an amount beyond reason.
pub fn lay_out(facts: &ReceiptFacts, context: &SlipContext<'_>) -> Result<Content, SlipError> {
    let mut frame = Frame::new(receipt_words::title(facts.kind), context);
    let mut sheets = matter(&frame, facts, context)?;
    let first = sheets.is_empty();
    sheets.extend(handling(&frame, facts, first));
    sheets.extend(facts.documents.iter().enumerate().map(|(n, one)| document(&frame, one, n == 0)));
    let mut blocks = Vec::with_capacity(sheets.len());
    for mut sheet in sheets {
        let (lines, lacking) = sheet.take();
        frame.lacking |= lacking;
        let head = if blocks.is_empty() { Vec::new() } else { vec![Line::Rule { heavy: true }] };
        blocks.push(Block { lead: Vec::new(), lines, head, carry: Vec::new() });
    }
    let (top, lacking) = opening_lines(frame.sheet(), facts, context);
    frame.lacking |= lacking;
    let pages = paginate(&frame, top, blocks, Vec::new())?;
    let summary = summary(facts, context);
    Ok(Content { kind: facts.slip_kind(), summary, frame, pages, rows: 0 })
}

/// What was asked for and what became of it.
fn opening_lines(
    mut sheet: Sheet,
    facts: &ReceiptFacts,
    context: &SlipContext<'_>,
) -> (Vec<Line>, bool) {
    let (verdict, meaning) = receipt_words::verdict(facts);
    sheet.rule(true);
    sheet.paragraph(facts.kind.label(), Style::CENTRED);
    sheet.verdict(verdict);
    for sentence in meaning {
        sheet.phrases(sentence, Style { size: Size::Tall, ..Style::CENTRED });
    }
    if matches!(facts.outcome, ReceiptOutcome::Unknown { .. }) {
        let hotline = context.issuer.hotline.as_deref();
        sheet.space(ROW_GAP_DOTS);
        sheet.phrases(&receipt_words::how_to_ask(hotline), Style::TALL);
    }
    sheet.rule(true);
    sheet.take()
}

/// For whom, the fields of the write, and what is left in the account.
fn matter(
    frame: &Frame,
    facts: &ReceiptFacts,
    context: &SlipContext<'_>,
) -> Result<Vec<Sheet>, SlipError> {
    let relative = relative(facts, context);
    let relative = relative.as_ref().map(|(label, name)| (*label, name.as_str()));
    let fields = facts.fields.iter().map(|(label, value)| (label.as_str(), value.as_str()));
    let balance = match &facts.outcome {
        ReceiptOutcome::Done(receipt) => receipt.balance_after,
        ReceiptOutcome::Unknown { .. } => None,
    };
    let balance = balance.map(bounded).transpose()?.map(|balance| format!("{balance}元"));
    let balance = balance.as_deref().map(|balance| ("账户余额", balance));
    let all = relative.into_iter().chain(fields).chain(balance);
    Ok(all
        .map(|(label, value)| {
            let mut sheet = frame.sheet();
            sheet.fact(label, value);
            sheet
        })
        .collect())
}

/// By which numbers it is known, and when it was taken; parted from what stands above unless this is
/// the `first` part.
fn handling(frame: &Frame, facts: &ReceiptFacts, first: bool) -> Vec<Sheet> {
    let (acceptance_no, when, at) = match &facts.outcome {
        ReceiptOutcome::Done(receipt) => {
            (receipt.acceptance_no.as_str(), "受理时间", receipt.accepted_at)
        }
        ReceiptOutcome::Unknown { asked_at } => (NO_NUMBER, "申请时间", *asked_at),
    };
    let at = words::moment(at);
    let all = [("受理号", acceptance_no), (when, &at), ("办理编号", &facts.reference)];
    all.into_iter()
        .enumerate()
        .map(|(number, (label, value))| {
            let mut sheet = frame.sheet();
            if number == 0 && !first {
                sheet.rule(false);
            }
            sheet.field(label, value);
            sheet
        })
        .collect()
}

/// A document that was accepted, and of which version.
fn document(frame: &Frame, document: &AcceptedDocument, first: bool) -> Sheet {
    let mut sheet = frame.sheet();
    if first {
        sheet.rule(false);
        sheet.paragraph(DOCUMENTS, Style::PLAIN);
    }
    let title = document.title.trim_start_matches('《').trim_end_matches('》');
    sheet.paragraph(&format!("《{title}》"), Style::BOLD);
    sheet.indented(&format!("版本：{}", document.version), VERSION_INDENT, Style::PLAIN);
    sheet
}

fn relative(facts: &ReceiptFacts, context: &SlipContext<'_>) -> Option<(&'static str, String)> {
    let relative = facts.relative.as_ref()?;
    Some(receipt_words::relative(facts.kind, relative, context.insured.gender))
}

fn summary(facts: &ReceiptFacts, context: &SlipContext<'_>) -> Vec<(String, String)> {
    let matter = ("办理事项", facts.kind.label().to_owned());
    let verdict = ("结果", receipt_words::verdict(facts).0.to_owned());
    let number = match &facts.outcome {
        ReceiptOutcome::Done(receipt) => receipt.acceptance_no.clone(),
        ReceiptOutcome::Unknown { .. } => NO_NUMBER.to_owned(),
    };
    let numbers = [("受理号", number), ("办理编号", facts.reference.clone())];
    let all = [matter, verdict].into_iter().chain(relative(facts, context)).chain(numbers);
    all.map(|(label, value)| (label.to_owned(), value)).collect()
}
