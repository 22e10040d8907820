//! Cards, documents and codes that cannot be taken, and a ledger that does not answer.

use super::Screen;
use super::format::{button, lines};
use crate::view::messages;
use crate::view::messages::faults::{self, Fault};
use crate::view::messages::{media, typed};
use crate::view::model::{MessageView, Tone};
use crate::view::ways::Ways;
use crate::visit::Kiosk;
use crate::visit::event::{CardTrouble, DocumentTrouble, Tap};
use crate::visit::medium::MediumKind;
use crate::visit::pending::LedgerTrouble;
use crate::visit::state::refused::{Refusal, Refused};
use crate::visit::state::stuck::{Blocker, Stuck};

pub(super) fn present(kiosk: &Kiosk, state: &Refused) -> Screen {
    let screen = Screen::message(refusal(state.why, Ways::now(kiosk)));
    if !state.has_card() {
        return screen.primary(button(messages::UNDERSTOOD, Tap::Back));
    }
    let take = button(messages::TAKE_CARD, Tap::Finish);
    if state.why.retry_helps() {
        screen.back(take).primary(button(messages::RETRY, Tap::Retry))
    } else {
        screen.primary(take)
    }
}

pub(super) fn stuck(page: &Stuck, kind: MediumKind) -> Screen {
    let back = match page.blocker {
        Blocker::Opening => button(media::give_up(kind), Tap::Finish),
        Blocker::List(_)
        | Blocker::Slip { .. }
        | Blocker::Members
        | Blocker::Records(_)
        | Blocker::Pay(_) => button(messages::BACK, Tap::Back),
    };
    Screen::message(message(ledger(page.why)))
        .back(back)
        .primary(button(messages::RETRY, Tap::Retry))
}

/// What the message says, with the other ways that are open.
fn refusal(why: Refusal, open: Ways) -> MessageView {
    let fault = fault(why);
    let mut view = message(fault);
    let others = media::other_ways(open, why.kind()).filter(|_| fault.other_ways);
    if let Some(others) = others {
        view.lines.insert(view.lines.len().saturating_sub(1), others);
    }
    view
}

fn fault(why: Refusal) -> &'static Fault {
    match why {
        Refusal::Card(CardTrouble::PulledOut) => &faults::PULLED_OUT,
        Refusal::Card(CardTrouble::Mute) => &faults::MUTE,
        Refusal::Card(CardTrouble::NotSocialCard) => &faults::NOT_SOCIAL_CARD,
        Refusal::Card(CardTrouble::Unreadable) => &faults::UNREADABLE,
        Refusal::Card(CardTrouble::ReaderAway) => &faults::READER_AWAY,
        Refusal::Document(DocumentTrouble::LiftedOff) => &faults::LIFTED_OFF,
        Refusal::Document(DocumentTrouble::Unreadable) => &faults::DOCUMENT_UNREADABLE,
        Refusal::Document(DocumentTrouble::NotGenuine) => &faults::DOCUMENT_DOUBTED,
        Refusal::Expired(MediumKind::Document) => &faults::DOCUMENT_EXPIRED,
        Refusal::Expired(MediumKind::Card | MediumKind::Code | MediumKind::Typed) => {
            &faults::EXPIRED
        }
        Refusal::ReportedLost => &faults::REPORTED_LOST,
        Refusal::UnknownPerson(MediumKind::Card) => &faults::UNKNOWN_PERSON,
        Refusal::UnknownPerson(MediumKind::Document | MediumKind::Code | MediumKind::Typed) => {
            &faults::NOT_INSURED
        }
        Refusal::Mismatch(MediumKind::Document) => &faults::DOCUMENT_MISMATCH,
        Refusal::Mismatch(MediumKind::Card | MediumKind::Code | MediumKind::Typed) => {
            &faults::MISMATCH
        }
        Refusal::CodeInvalid => &faults::CODE_INVALID,
        Refusal::NotProved => &typed::NOT_PROVED,
        Refusal::NoPassword => &typed::NO_PASSWORD,
        Refusal::Ledger(why, _) => ledger(why),
    }
}

fn ledger(why: LedgerTrouble) -> &'static Fault {
    match why {
        LedgerTrouble::Busy => &faults::LEDGER_BUSY,
        LedgerTrouble::Away => &faults::LEDGER_AWAY,
        LedgerTrouble::Silent => &faults::LEDGER_SILENT,
    }
}

fn message(fault: &Fault) -> MessageView {
    MessageView {
        seal: fault.seal,
        tone: Tone::Warn,
        title: fault.title.into(),
        reassurance: fault.reassurance.map(Into::into),
        lines: lines(fault.lines),
        fields: Vec::new(),
    }
}
