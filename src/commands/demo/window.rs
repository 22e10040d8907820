//! The main job in a window, with a panel that plays the devices.

use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Receiver, bounded, tick};

use crate::app::App;
use crate::commands::Failure;
use crate::commands::display::{ScreenFace, show_while};
use crate::devices::simulate::{ROLL_MM, SimulatedHall};
use crate::records::generate::GENERATED_PIN;
use crate::statement::Picture;
use crate::view::screen::{PanelAction, PanelState, Screen, ScreenHandle, ScreenOptions};

use super::captions;
use super::stage::{Phone, Stage};
use crate::domain::person::InsuranceCode;

/// How often the panel looks for new paper.
const PAPER_INTERVAL: Duration = Duration::from_millis(300);

/// Shows the kiosk and the panel until the window is closed.
pub(super) fn show() -> Result<(), Failure> {
    let options = ScreenOptions { panel: true, fullscreen: false, motion: true };
    let screen = Screen::new(options).map_err(Failure::new)?;
    let (actions, asked) = bounded(16);
    screen.on_panel(move |action| {
        let _ = actions.try_send(action);
    });
    let face = ScreenFace(screen.handle());
    let panel = screen.handle();
    let (keep, kept) = bounded(1);
    let shown = show_while(&screen, move || {
        let stage = Stage::set()?;
        let app = App::open(&stage.config, face)?;
        let no_thread = |e: std::io::Error| format!("no thread could be started: {e}");
        let puppeteer = Puppeteer { stage, panel, state: PanelState::default(), last_code: None };
        let player = std::thread::Builder::new()
            .name("panel".into())
            .spawn(move || puppeteer.play(&asked))
            .map_err(no_thread)?;
        let _ = keep.send(player);
        Ok(app)
    });
    // The panel's thread ends with its window, and takes the stage's folder with it.
    drop(screen);
    if let Ok(player) = kept.try_recv() {
        let _ = player.join();
    }
    shown
}

/// Does to the simulated devices what a hand does to the panel.
struct Puppeteer {
    stage: Stage,
    panel: ScreenHandle,
    state: PanelState,
    /// The code held up last, to be held up again.
    last_code: Option<InsuranceCode>,
}

impl Puppeteer {
    fn play(mut self, asked: &Receiver<PanelAction>) {
        let stage = &self.stage;
        self.state.cards =
            stage.cards.iter().map(|card| captions::card(card.label).to_owned()).collect();
        self.state.pin = GENERATED_PIN.into();
        self.state.documents =
            stage.documents.iter().map(|d| captions::document(d.label).to_owned()).collect();
        self.state.codes = captions::CODES.map(str::to_owned).to_vec();
        self.tell();
        let looking = tick(PAPER_INTERVAL);
        loop {
            crossbeam_channel::select! {
                recv(asked) -> action => match action {
                    Ok(action) => self.act(action),
                    // The window is closed.
                    Err(_) => return,
                },
                recv(looking) -> _ => self.look_for_paper(),
            }
        }
    }

    fn act(&mut self, action: PanelAction) {
        let hall = &self.stage.hall;
        match action {
            PanelAction::InsertCard(index) => {
                if let Some(Ok(card)) = self.stage.cards.get(index).map(|card| card.file.card()) {
                    hall.insert(card);
                    self.state.inserted = Some(index);
                }
            }
            PanelAction::RemoveCard => {
                hall.remove();
                self.state.inserted = None;
            }
            PanelAction::PlaceDocument(index) => {
                let document = self.stage.documents.get(index).map(|d| d.file.document());
                if let Some(Ok(document)) = document {
                    hall.place(document);
                    self.state.placed = Some(index);
                }
            }
            PanelAction::LiftDocument => {
                hall.lift();
                self.state.placed = None;
            }
            PanelAction::ScanCode(index) => self.scan(index),
            PanelAction::DocumentLink { linked } => {
                order(hall, if linked { "idcard replug" } else { "idcard unplug" });
                self.state.document_linked = linked;
            }
            PanelAction::CodeLink { linked } => {
                order(hall, if linked { "code replug" } else { "code unplug" });
                self.state.code_linked = linked;
            }
            PanelAction::TearPaper => self.state.paper = None,
            PanelAction::LoadPaper => {
                hall.printer().with(|printer, now| printer.load_paper(now, ROLL_MM));
                self.state.paper_out = false;
            }
            PanelAction::PaperOut => {
                order(hall, "printer paper out");
                self.state.paper_out = true;
            }
            PanelAction::Cover { open } => {
                order(hall, if open { "printer cover open" } else { "printer cover close" });
                self.state.cover_open = open;
            }
            PanelAction::PrinterLink { linked } => {
                order(hall, if linked { "printer replug" } else { "printer unplug" });
                self.state.printer_linked = linked;
            }
            PanelAction::ReaderLink { linked } => {
                order(hall, if linked { "card replug" } else { "card unplug" });
                self.state.reader_linked = linked;
            }
        }
        self.tell();
    }

    /// Holds a phone before the scanner: two with fresh codes, and one with the code of before.
    fn scan(&mut self, index: usize) {
        let fresh = match index {
            0 => Some(self.stage.fresh_code(Phone::Showcase)),
            1 => Some(self.stage.fresh_code(Phone::Other)),
            _ => None,
        };
        match fresh.transpose() {
            Ok(code) => self.last_code = code.or_else(|| self.last_code.take()),
            Err(sentence) => log::error!("panel.code {sentence}"),
        }
        let seen = self.last_code.as_ref().map(|code| self.stage.hall.scan(code.reveal()));
        self.state.status = match seen {
            Some(true) => String::new(),
            Some(false) => captions::SCANNER_DARK.into(),
            None => captions::NO_CODE_YET.into(),
        };
    }

    /// The newest piece of paper hangs out of the printer until it is torn off.
    fn look_for_paper(&mut self) {
        let papers = self.stage.hall.take_papers();
        if let Some(picture) = papers.last().and_then(Picture::of_paper) {
            self.state.paper = Some(Arc::new(picture));
            self.tell();
        }
    }

    fn tell(&mut self) {
        self.panel.post_panel(self.state.clone());
    }
}

fn order(hall: &SimulatedHall, line: &str) {
    if let Err(sentence) = hall.order(line) {
        log::error!("panel.refused {sentence}");
    }
}
