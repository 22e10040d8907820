//! Adding a relative: what is read, signed and typed.

use super::Screen;
use super::bind::choice;
use super::format::{button, lines};
use crate::policy::words::limit as limit_words;
use crate::view::messages;
use crate::view::messages::bind as words;
use crate::view::model::{DocumentView, PadKeys, PadView, PageView, Pager, SignView};
use crate::visit::event::Tap;
use crate::visit::state::bind::amount::AmountFault;
use crate::visit::state::bind::pad::{Pad, PadFault, PadKind};
use crate::visit::state::bind::reading::Reading;
use crate::visit::state::bind::sign::Sign;

pub(super) fn reading(page: &Reading) -> Screen {
    let at_the_end = page.at_the_end();
    let view = DocumentView {
        title: page.document().map(|document| document.title.clone()).unwrap_or_default(),
        lead: None,
        lines: page.pages.get(page.page).cloned().unwrap_or_default(),
        pager: Pager {
            text: words::page_of(page.page.saturating_add(1), page.pages.len()),
            previous: page.page > 0,
            next: !at_the_end,
        },
        note: if at_the_end { words::READ_TO_THE_END } else { words::READ_ON }.into(),
    };
    Screen::new(PageView::Document(view))
        .back(button(words::DISAGREE, Tap::Back))
        .primary(button(words::AGREE, Tap::Confirm).filter(|_| at_the_end))
}

pub(super) fn sign(page: &Sign) -> Screen {
    let mut lead = lines(&words::SIGN_LEAD);
    if page.ink.full() {
        lead = vec![words::SIGN_FULL.into()];
    }
    let view = SignView {
        title: words::SIGN_TITLE.into(),
        lead,
        ink: page.ink.picture(),
        can_wipe: page.ink.any(),
        other: Some(choice(words::CANNOT_WRITE, Tap::Skip)),
    };
    Screen::new(PageView::Sign(view))
        .back(button(messages::BACK, Tap::Back))
        .primary(button(words::SIGNED, Tap::Confirm).filter(|_| page.ink.enough()))
}

/// Where the groups of a document number end.
pub(super) const ID_NUMBER_GROUPS: [usize; 3] = [6, 10, 14];

pub(super) fn pad(page: &Pad) -> Screen {
    let (title, lead, keys) = match page.kind {
        PadKind::IdNumber => (words::PAD_ID_NUMBER, words::PAD_ID_NUMBER_LEAD, PadKeys::DigitsX),
        PadKind::CardNumber => {
            (words::PAD_CARD_NUMBER, words::PAD_CARD_NUMBER_LEAD, PadKeys::Letters)
        }
        PadKind::Phone => (words::PAD_PHONE, words::PAD_PHONE_LEAD, PadKeys::Digits),
        PadKind::Limit => (words::LIMIT_TITLE, words::PAD_AMOUNT_LEAD, PadKeys::Digits),
        PadKind::Amount => (words::OTHER_AMOUNT_TITLE, words::PAD_AMOUNT_LEAD, PadKeys::Digits),
    };
    let (most, fewer) = page.kind.length();
    let amount = matches!(page.kind, PadKind::Limit | PadKind::Amount);
    let breaks: &[usize] = match page.kind {
        PadKind::IdNumber => &ID_NUMBER_GROUPS,
        PadKind::CardNumber => &[3, 6],
        PadKind::Phone => &[3, 7],
        PadKind::Limit | PadKind::Amount => &[],
    };
    let view = PadView {
        title: title.into(),
        lead: lines(&[lead]),
        shown: grouped(page.typed(), breaks),
        filled: (page.filled(), if fewer { 0 } else { most }),
        secret: false,
        unit: amount.then(|| words::YUAN.into()),
        note: page.fault.map(fault),
        keys,
        other: None,
    };
    Screen::new(PageView::Pad(view))
        .back(button(messages::BACK, Tap::Back))
        .primary(button(words::ENTERED, Tap::Confirm).filter(|_| page.complete()))
}

/// Digits in groups, as they stand on the document or are said.
pub(super) fn grouped(text: &str, breaks: &[usize]) -> String {
    let mut shown = String::with_capacity(text.len().saturating_add(breaks.len()));
    for (index, c) in text.chars().enumerate() {
        if breaks.contains(&index) {
            shown.push(' ');
        }
        shown.push(c);
    }
    shown
}

fn fault(fault: PadFault) -> String {
    match fault {
        PadFault::IdNumber(error) => words::id_number_wrong(error).into(),
        PadFault::Own => words::PAD_OWN.into(),
        PadFault::CardNumber { tries_left } => words::pad_card_wrong(tries_left),
        PadFault::Phone => words::PAD_PHONE_WRONG.into(),
        PadFault::Limit(answer) => limit_words(answer).unwrap_or_default(),
        PadFault::Amount(AmountFault::Nothing) => words::AMOUNT_NOTHING.into(),
        PadFault::Amount(AmountFault::TooMuch { spendable }) => words::amount_too_much(spendable),
        PadFault::Amount(AmountFault::AboveLimit { most }) => words::amount_above_limit(most),
    }
}
