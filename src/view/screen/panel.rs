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
}

/// What the panel shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelState {
    /// The cards at hand, by what is written on them.
    pub cards: Vec<String>,
    /// The one in the slot.
    pub inserted: Option<usize>,
    /// The printer's cover is open.
    pub cover_open: bool,
    /// The roll has run out.
    pub paper_out: bool,
    /// The printer is plugged.
    pub printer_linked: bool,
    /// The card reader is plugged.
    pub reader_linked: bool,
    /// A line on how the devices are.
    pub status: String,
    /// The paper that hangs out of the printer.
    pub paper: Option<Arc<Picture>>,
}

impl Default for PanelState {
    fn default() -> Self {
        Self {
            cards: Vec::new(),
            inserted: None,
            cover_open: false,
            paper_out: false,
            printer_linked: true,
            reader_linked: true,
            status: String::new(),
            paper: None,
        }
    }
}

type ActionSink = Rc<dyn Fn(PanelAction)>;

/// Ties the panel of one window to its state and its sink.
pub(super) struct PanelBinding {
    cards: Rows<SharedString>,
    paper: ShownPicture,
    shown: Rc<RefCell<PanelState>>,
    sink: Rc<RefCell<ActionSink>>,
}

impl PanelBinding {
    pub(super) fn new(app: &ui::App) -> Self {
        let cards = Rows::new();
        let shown = Rc::new(RefCell::new(PanelState::default()));
        let sink: Rc<RefCell<ActionSink>> = Rc::new(RefCell::new(Rc::new(|_| {})));
        let panel = app.global::<ui::Panel>();
        panel.set_cards(cards.model());
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
        Self { cards, paper: ShownPicture::default(), shown, sink }
    }

    pub(super) fn on_action(&self, sink: impl Fn(PanelAction) + 'static) {
        self.sink.replace(Rc::new(sink));
    }

    pub(super) fn apply(&self, app: &ui::App, state: &PanelState) {
        let panel = app.global::<ui::Panel>();
        self.shown.replace(state.clone());
        self.cards.set(state.cards.iter().map(SharedString::from));
        panel.set_inserted(state.inserted.and_then(|n| i32::try_from(n).ok()).unwrap_or(-1));
        panel.set_cover_open(state.cover_open);
        panel.set_paper_out(state.paper_out);
        panel.set_printer_linked(state.printer_linked);
        panel.set_reader_linked(state.reader_linked);
        panel.set_status(SharedString::from(&state.status));
        if let Some(image) = self.paper.change(state.paper.as_ref()) {
            panel.set_paper(image);
            panel.set_has_paper(state.paper.is_some());
        }
    }
}

fn meaning(state: &PanelState, control: PanelControl, index: usize) -> Option<PanelAction> {
    Some(match control {
        PanelControl::InsertCard => {
            PanelAction::InsertCard(Some(index).filter(|n| *n < state.cards.len())?)
        }
        PanelControl::RemoveCard => state.inserted.map(|_| PanelAction::RemoveCard)?,
        PanelControl::TearPaper => state.paper.as_ref().map(|_| PanelAction::TearPaper)?,
        PanelControl::LoadPaper => PanelAction::LoadPaper,
        PanelControl::PaperOut => PanelAction::PaperOut,
        PanelControl::Cover => PanelAction::Cover { open: !state.cover_open },
        PanelControl::PrinterLink => PanelAction::PrinterLink { linked: !state.printer_linked },
        PanelControl::ReaderLink => PanelAction::ReaderLink { linked: !state.reader_linked },
    })
}
