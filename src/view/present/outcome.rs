//! What became of a write: told to the patron, or to whoever stands there after the visit.

use super::Screen;
use super::format::{button, field, lines};
use super::write::numbers;
use crate::records::port::{Receipt, WriteRefusal};
use crate::view::messages::{self, write as texts};
use crate::view::model::{MessageView, PageView, Tone, WaitingView};
use crate::visit::event::Tap;
use crate::visit::state::finishing::Finishing;
use crate::visit::state::write::{Done, Fate, Finding, Recheck};

/// The result of a write, within its visit.
pub(super) fn told(page: &Done, printer: bool) -> MessageView {
    match &page.fate {
        Fate::Confirmed { receipt, reference } => confirmed(page, receipt, reference, printer),
        Fate::Refused { why, reference } => refused(*why, reference),
        Fate::Unknown { reference } => unknown(reference.as_deref()),
        Fate::NotBegun => not_begun(),
    }
}

/// While a write is finished after its visit, and then its result: no name, no amount.
pub(super) fn finishing(state: &Finishing) -> Screen {
    let view = match &state.fate {
        None => {
            let (seal, title, texts) = texts::FINISHING;
            return Screen::new(PageView::Waiting(WaitingView {
                seal,
                title: title.into(),
                lines: lines(&texts),
                progress: None,
            }));
        }
        Some(Fate::Confirmed { receipt, reference }) => MessageView {
            fields: numbers(Some(&receipt.acceptance_no), Some(reference)),
            ..plain('成', Tone::Good, texts::FINISHED)
        },
        Some(Fate::Refused { reference, .. }) => MessageView {
            fields: numbers(None, Some(reference)),
            ..plain('未', Tone::Warn, texts::NOT_FINISHED)
        },
        Some(Fate::NotBegun) => plain('未', Tone::Warn, texts::NOT_FINISHED),
        Some(Fate::Unknown { reference }) => unknown(reference.as_deref()),
    };
    Screen::message(view).primary(button(messages::UNDERSTOOD, Tap::Back))
}

fn plain(seal: char, tone: Tone, (title, texts): (&str, [&str; 2])) -> MessageView {
    let (title, lines, fields) = (title.into(), lines(&texts), Vec::new());
    MessageView { seal, tone, title, reassurance: None, lines, fields }
}

fn confirmed(page: &Done, receipt: &Receipt, reference: &str, printer: bool) -> MessageView {
    let words = texts::words(page.draft.action.kind());
    let mut told = Vec::new();
    told.extend(receipt.pending.then_some(words.pending_line));
    told.extend(page.recheck.as_ref().map(finding));
    told.push(texts::DONE_KEEP);
    told.extend(printer.then_some(texts::DONE_PRINT));
    let mut fields = numbers(Some(&receipt.acceptance_no), Some(reference));
    let balance = receipt.balance_after;
    fields.extend(balance.map(|amount| field(texts::LABEL_BALANCE, messages::yuan(amount))));
    let found = page.recheck.as_ref().map(Recheck::finding);
    let (seal, tone, title) = match (found, receipt.pending) {
        // The ledger has confirmed it, and still has the person: nobody is told that it is done.
        (Some(Finding::StillThere), _) => ('核', Tone::Warn, texts::UNKNOWN.0),
        (_, true) => ('成', Tone::Good, words.pending),
        (_, false) => ('成', Tone::Good, words.done),
    };
    let (title, lines) = (title.into(), lines(&told));
    MessageView { seal, tone, title, reassurance: None, lines, fields }
}

fn finding(recheck: &Recheck) -> &'static str {
    match recheck.finding() {
        Finding::Looking => texts::LOOKING,
        Finding::Gone => texts::GONE,
        Finding::StillThere => texts::STILL_THERE,
        Finding::NoAnswer => texts::NOT_LOOKED,
    }
}

fn refused(why: WriteRefusal, reference: &str) -> MessageView {
    let (title, reassurance) = texts::REFUSED;
    let (reason, way_on) = texts::refused(why);
    MessageView {
        seal: '未',
        tone: Tone::Warn,
        title: title.into(),
        reassurance: Some(reassurance.into()),
        lines: lines(&[reason, way_on]),
        fields: numbers(None, Some(reference)),
    }
}

fn unknown(reference: Option<&str>) -> MessageView {
    let (title, reassurance, mut texts) = texts::UNKNOWN;
    if let (None, Some(last)) = (reference, texts.last_mut()) {
        *last = texts::UNKNOWN_NO_NUMBER;
    }
    MessageView {
        seal: '核',
        tone: Tone::Warn,
        title: title.into(),
        reassurance: Some(reassurance.into()),
        lines: lines(&texts),
        fields: numbers(None, reference),
    }
}

fn not_begun() -> MessageView {
    let (title, reassurance, texts) = texts::NOT_BEGUN;
    MessageView {
        seal: '查',
        tone: Tone::Warn,
        title: title.into(),
        reassurance: Some(reassurance.into()),
        lines: lines(&texts),
        fields: Vec::new(),
    }
}
