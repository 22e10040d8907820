//! The panel beside the window that plays the devices.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use gongji_ui as ui;
use gongji_ui::PanelControl;
use gongji_ui::slint::{ComponentHandle, SharedString};

use super::picture::ShownPicture;
use super::rows::Rows;
use crate::statement::Picture;

/// What the person at the panel does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PanelAction {
    /// Puts the n-th card into the slot.
    InsertCard(usize),
    /// Pulls the card out.
    RemoveCard,
    /// Puts the n-th document on the ID card reader.
    PlaceDocument(usize),
    /// Takes the document off.
    LiftDocument,
    /// Holds the n-th code before the scanner.
    ScanCode(usize),
    /// Tears the printed paper off.
    TearPaper,
    /// Puts a new roll in.
    LoadPaper,
    /// Lets the roll run out.
    PaperOut,
    /// Opens or closes the printer's cover.
    Cover {
        /// Open now.
        open: bool,
    },
    /// Plugs or unplugs the printer.
    PrinterLink {
        /// Plugged now.
        linked: bool,
    },
    /// Plugs or unplugs the card reader.
    ReaderLink {
        /// Plugged now.
        linked: bool,
    },
    /// Plugs or unplugs the ID card reader.
    DocumentLink {
        /// Plugged now.
        linked: bool,
    },
    /// Plugs or unplugs the code scanner.
    CodeLink {
        /// Plugged now.
        linked: bool,
    },
}

/// What the panel shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelState {
    /// The cards at hand, by what is written on them.
    pub cards: Vec<String>,
    /// The PIN of these cards, and the query password of their owners; empty if it is not told.
    pub pin: String,
    /// The one in the slot.
    pub inserted: Option<usize>,
    /// The documents at hand, by whose they are.
    pub documents: Vec<String>,
    /// The one on the ID card reader.
    pub placed: Option<usize>,
    /// The codes at hand, by whose phone shows them.
    pub codes: Vec<String>,
    /// The printer's cover is open.
    pub cover_open: bool,
    /// The roll has run out.
    pub paper_out: bool,
    /// The printer is plugged.
    pub printer_linked: bool,
    /// The card reader is plugged.
    pub reader_linked: bool,
    /// The ID card reader is plugged.
    pub document_linked: bool,
    /// The code scanner is plugged.
    pub code_linked: bool,
    /// A line on how the devices are.
    pub status: String,
    /// The paper that hangs out of the printer.
    pub paper: Option<Arc<Picture>>,
}

impl Default for PanelState {
    fn default() -> Self {
        Self {
            cards: Vec::new(),
            pin: String::new(),
            inserted: None,
            documents: Vec::new(),
            placed: None,
            codes: Vec::new(),
            cover_open: false,
            paper_out: false,
            printer_linked: true,
            reader_linked: true,
            document_linked: true,
            code_linked: true,
            status: String::new(),
            paper: None,
        }
    }
}

type ActionSink = Rc<dyn Fn(PanelAction)>;

/// Ties the panel of one window to its state and its sink.
pub(super) struct PanelBinding {
    cards: Rows<SharedString>,
    documents: Rows<SharedString>,
    codes: Rows<SharedString>,
    paper: ShownPicture,
    shown: Rc<RefCell<PanelState>>,
    sink: Rc<RefCell<ActionSink>>,
}

impl PanelBinding {
    pub(super) fn new(app: &ui::App) -> Self {
        let (cards, documents, codes) = (Rows::new(), Rows::new(), Rows::new());
        let shown = Rc::new(RefCell::new(PanelState::default()));
        let sink: Rc<RefCell<ActionSink>> = Rc::new(RefCell::new(Rc::new(|_| {})));
        let panel = app.global::<ui::Panel>();
        panel.set_cards(cards.model());
        panel.set_documents(documents.model());
        panel.set_codes(codes.model());
        panel.on_touched({
            let (shown, sink) = (shown.clone(), sink.clone());
            move |control, index| {
                let action = usize::try_from(index)
                    .ok()
                    .and_then(|index| meaning(&shown.borrow(), control, index));
                let sink = sink.borrow().clone();
                if let Some(action) = action {
                    sink(action);
                }
            }
        });
        Self { cards, documents, codes, paper: ShownPicture::default(), shown, sink }
    }

    pub(super) fn on_action(&self, sink: impl Fn(PanelAction) + 'static) {
        self.sink.replace(Rc::new(sink));
    }

    pub(super) fn apply(&self, app: &ui::App, state: &PanelState) {
        let panel = app.global::<ui::Panel>();
        self.shown.replace(state.clone());
        self.cards.set(state.cards.iter().map(SharedString::from));
        self.documents.set(state.documents.iter().map(SharedString::from));
        self.codes.set(state.codes.iter().map(SharedString::from));
        let place = |n: Option<usize>| n.and_then(|n| i32::try_from(n).ok()).unwrap_or(-1);
        panel.set_pin(SharedString::from(&state.pin));
        panel.set_inserted(place(state.inserted));
        panel.set_placed(place(state.placed));
        panel.set_cover_open(state.cover_open);
        panel.set_paper_out(state.paper_out);
        panel.set_printer_linked(state.printer_linked);
        panel.set_reader_linked(state.reader_linked);
        panel.set_document_linked(state.document_linked);
        panel.set_code_linked(state.code_linked);
        panel.set_status(SharedString::from(&state.status));
        if let Some(image) = self.paper.change(state.paper.as_ref()) {
            panel.set_paper(image);
            panel.set_has_paper(state.paper.is_some());
        }
    }
}

fn meaning(state: &PanelState, control: PanelControl, index: usize) -> Option<PanelAction> {
    let one_of = |things: &[String]| Some(index).filter(|n| *n < things.len());
    Some(match control {
        PanelControl::InsertCard => PanelAction::InsertCard(one_of(&state.cards)?),
        PanelControl::PlaceDocument => PanelAction::PlaceDocument(one_of(&state.documents)?),
        PanelControl::LiftDocument => state.placed.map(|_| PanelAction::LiftDocument)?,
        PanelControl::ScanCode => PanelAction::ScanCode(one_of(&state.codes)?),
        PanelControl::DocumentLink => PanelAction::DocumentLink { linked: !state.document_linked },
        PanelControl::CodeLink => PanelAction::CodeLink { linked: !state.code_linked },
        PanelControl::RemoveCard => state.inserted.map(|_| PanelAction::RemoveCard)?,
        PanelControl::TearPaper => state.paper.as_ref().map(|_| PanelAction::TearPaper)?,
        PanelControl::LoadPaper => PanelAction::LoadPaper,
        PanelControl::PaperOut => PanelAction::PaperOut,
        PanelControl::Cover => PanelAction::Cover { open: !state.cover_open },
        PanelControl::PrinterLink => PanelAction::PrinterLink { linked: !state.printer_linked },
        PanelControl::ReaderLink => PanelAction::ReaderLink { linked: !state.reader_linked },
    })
}
