//! Everything about the printer: at work, in trouble, done, or not to be known.

use super::Screen;
use super::format::{button, field};
use crate::statement::ReceiptOutcome;
use crate::view::messages::{self, media, printing as texts, write};
use crate::view::model::{Button, MessageView, PageView, Tone, WaitingView};
use crate::visit::Kiosk;
use crate::visit::event::{PrintEnd, PrinterTrouble, Tap};
use crate::visit::paper::Paper;
use crate::visit::patron::Patron;
use crate::visit::state::blocked::Blocked;
use crate::visit::state::preview::Job;
use crate::visit::state::printed::Printed;
use crate::visit::state::printing::Printing;
use crate::visit::state::unfinished::Unfinished;

pub(super) fn blocked(kiosk: &Kiosk, page: &Blocked) -> Screen {
    let so_far = texts::NOT_BEGUN.into();
    held(kiosk, &page.job, page.trouble, page.waiting(), so_far, texts::BEGINS_ITSELF)
}

pub(super) fn printing(kiosk: &Kiosk, page: &Printing) -> Screen {
    if let Some(trouble) = page.trouble() {
        let then = match trouble {
            PrinterTrouble::Away => texts::STAYS_AS_IT_IS,
            _ => texts::GOES_ON_ITSELF,
        };
        let so_far = so_far(page.pages_done, page.pages);
        return held(kiosk, &page.job, trouble, page.waiting, so_far, then);
    }
    let (seal, title) = texts::PRINTING;
    let stopping = page.stopping();
    let lines = match stopping {
        true => vec![texts::STOPPING_LINE.to_owned()],
        false => texts::PRINTING_LINES.map(str::to_owned).to_vec(),
    };
    Screen::new(PageView::Waiting(WaitingView {
        seal,
        title: if stopping { texts::STOPPING_TITLE.into() } else { title.into() },
        lines,
        progress: (page.pages > 0).then_some((page.pages_done, page.pages)),
    }))
    .back(button(texts::STOP, Tap::StopPrinting).filter(|_| !stopping))
}

pub(super) fn printed(patron: &Patron, page: &Printed) -> Screen {
    let (seal, title, lines) = texts::PRINTED;
    let number = page.slip_no.as_ref().map(|no| field(texts::LABEL_SLIP_NO, no.clone()));
    let pages = field(texts::LABEL_PAGES, texts::page_count(page.pages));
    Screen::message(MessageView {
        seal,
        tone: Tone::Good,
        title: title.into(),
        reassurance: None,
        lines: lines.map(str::to_owned).to_vec(),
        fields: number.into_iter().chain([pages]).collect(),
    })
    .back(button(messages::HOME, Tap::Home))
    .primary(button(media::finish(patron.medium()), Tap::Finish))
}

pub(super) fn unfinished(patron: &Patron, page: &Unfinished) -> Screen {
    let mut lines = Vec::new();
    let title = match page.end {
        PrintEnd::Failed { pages: 0, trouble } => {
            lines.extend(trouble.map(because));
            texts::NOT_PRINTED_TITLE
        }
        PrintEnd::Failed { pages, trouble } => {
            lines.push(so_far(pages, page.pages));
            lines.extend(trouble.map(because));
            texts::PARTLY_TITLE
        }
        PrintEnd::Unknown { pages } => {
            lines.push(texts::unknown_line(pages, page.pages));
            lines.push(texts::UNKNOWN_LOOK.into());
            texts::UNKNOWN_TITLE
        }
        // A confirmed slip has its own page.
        PrintEnd::Printed => texts::UNKNOWN_TITLE,
    };
    lines.push(match patron.next_copy(&page.job.paper) {
        0 => texts::AGAIN_PLAIN.into(),
        copy => texts::again_marked(copy),
    });
    Screen::message(MessageView {
        seal: texts::UNFINISHED_SEAL,
        tone: Tone::Warn,
        title: title.into(),
        reassurance: Some(reassurance(&page.job).into()),
        lines,
        fields: Vec::new(),
    })
    .back(button(texts::PRINT_AGAIN, Tap::PrintAgain))
    .primary(button(messages::HOME, Tap::Home))
}

/// What is sure, whatever becomes of the slip.
fn reassurance(job: &Job) -> &'static str {
    match &job.paper {
        Paper::Receipt(facts) if matches!(facts.outcome, ReceiptOutcome::Unknown { .. }) => {
            write::RECEIPT_STILL_VERIFYING
        }
        Paper::Receipt(_) | Paper::Statement { .. } => texts::NOTHING_LOST,
    }
}

fn held(
    kiosk: &Kiosk,
    job: &Job,
    trouble: PrinterTrouble,
    waiting: bool,
    so_far: String,
    then: &str,
) -> Screen {
    let (seal, title, mut help) = words(trouble);
    if trouble != PrinterTrouble::HeadHot && !kiosk.settings().staff_told {
        help = texts::ASK_STAFF;
    }
    let mut lines = vec![so_far, help.to_owned()];
    if trouble != PrinterTrouble::HeadHot {
        lines.push(then.to_owned());
    }
    if waiting {
        lines.push(texts::WAITING.into());
    }
    Screen::message(MessageView {
        seal,
        tone: if trouble == PrinterTrouble::HeadHot { Tone::Warn } else { Tone::Call },
        title: title.into(),
        reassurance: Some(reassurance(job).into()),
        lines,
        fields: Vec::new(),
    })
    .back(button(texts::STOP, Tap::StopPrinting))
    .primary(wait(trouble).filter(|_| !waiting))
}

fn wait(trouble: PrinterTrouble) -> Option<Button> {
    let label = match trouble {
        PrinterTrouble::PaperOut => texts::WAIT_FOR_PAPER,
        _ => texts::WAIT,
    };
    button(label, Tap::WaitForPaper)
}

fn because(trouble: PrinterTrouble) -> String {
    texts::because(words(trouble).1)
}

fn words(trouble: PrinterTrouble) -> (char, &'static str, &'static str) {
    match trouble {
        PrinterTrouble::PaperOut => texts::PAPER_OUT,
        PrinterTrouble::CoverOpen => texts::COVER_OPEN,
        PrinterTrouble::HeadHot => texts::HEAD_HOT,
        PrinterTrouble::Broken => texts::BROKEN,
        PrinterTrouble::Away => texts::AWAY,
    }
}

fn so_far(done: u16, pages: u16) -> String {
    match done {
        0 => texts::pages_none(pages),
        done => texts::pages_done(done, pages),
    }
}
