//! Scripted visits without a display, through the real byte protocols over ptys.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use gongji_hal::code::limits::REPEAT_WINDOW;

use crate::commands::Failure;
use crate::commands::session::Session;
use crate::domain::person::InsuranceCode;
use crate::statement::{Picture, png};
use crate::view::messages::write::OFFER_RECEIPT;
use crate::view::model::{PageView, ViewModel};
use crate::view::words::{heading, touchables};
use crate::visit::event::{PrintSize, Tap};

use super::pilot::{self, Move};
use super::stage::{Phone, Stage};
use super::steps::{FAMILY, SCRIPT, Step, Stop};

/// How long the scanner may take to be lit once the page asks for a code, and how often it is looked at.
const LIGHT_PATIENCE: Duration = Duration::from_secs(10);
const LIGHT_INTERVAL: Duration = Duration::from_millis(20);

/// Most pages that a patron goes through in one go; more is a circle.
const PAGES_MAX: usize = 60;

/// Plays the visits and leaves a picture of each screen and slip in `out`: all of them, or, for people of
/// another region, those about the family account.
pub(super) fn play(out: &Path, region: Option<&str>) -> Result<(), Failure> {
    std::fs::create_dir_all(out).map_err(|e| {
        Failure::new(format!("{}: cannot be made: {e}; take another with --out", out.display()))
    })?;
    let stage = Stage::set_in(region).map_err(Failure::new)?;
    let session = Session::start(&stage.config).map_err(Failure::new)?;
    let mut player =
        Player { stage: &stage, session, out, screens: 0, files: Vec::new(), steps: 0, code: None };
    let parts: &[&[Step]] = match region {
        None => &[SCRIPT, FAMILY],
        Some(_) => &[&[Step::Ready], FAMILY],
    };
    for step in parts.iter().copied().flatten() {
        player.take(step).map_err(Failure::new)?;
    }
    player.summary();
    Ok(())
}

struct Player<'a> {
    stage: &'a Stage,
    session: Session,
    out: &'a Path,
    screens: usize,
    files: Vec<PathBuf>,
    steps: usize,
    /// The code held up last.
    code: Option<InsuranceCode>,
}

impl Player<'_> {
    fn take(&mut self, step: &Step) -> Result<(), String> {
        self.steps += 1;
        let large = Tap::Size(PrintSize::Large);
        match step {
            Step::Ready => self.ready(),
            Step::Insert(label) => self.insert(label),
            Step::Remove => {
                self.stage.hall.remove();
                Ok(())
            }
            Step::Place(label) => self.place(label),
            Step::Lift => {
                self.stage.hall.lift();
                Ok(())
            }
            Step::Scan => {
                self.code = Some(self.stage.fresh_code(Phone::Showcase)?);
                self.scan()
            }
            Step::ScanAgain => {
                // A phone that stays before the scanner is one scan to it.
                std::thread::sleep(Duration::from_millis(REPEAT_WINDOW.as_millis()));
                self.scan()
            }
            Step::LargePrint => self.session.wait_for("the preview in large print", |view| {
                let PageView::Preview(page) = &view.page else { return false };
                page.sizes.iter().any(|size| size.chosen && size.tap == large)
            }),
            Step::Devices(order) => self.stage.hall.order(order).map(drop),
            Step::Wait(words) => self.session.wait(words),
            Step::Past(words) => {
                self.session.wait_for(&format!("the page after {words}"), |view| {
                    !heading(view).contains(words)
                })
            }
            Step::Tap(words) => self.session.tap(words),
            Step::FirstRow => self.session.tap_first_row(),
            Step::Overlay => {
                self.session.wait_for("the staff message", |view| view.overlay.is_some())
            }
            Step::Record => {
                self.session.wait_for("one record", |view| matches!(view.page, PageView::Record(_)))
            }
            Step::Picture(name) => self.picture(name),
            Step::Paper(name) => self.paper(name),
            Step::GoOn(stop) => self.go_on(*stop),
            Step::Receipt(name) => self.receipt(name),
        }
    }

    fn receipt(&mut self, name: &str) -> Result<(), String> {
        let offered = touchables(&self.session.view());
        if !offered.iter().any(|(words, _)| words == OFFER_RECEIPT) {
            return Ok(());
        }
        self.session.tap(OFFER_RECEIPT)?;
        let preview = |view: &ViewModel| matches!(view.page, PageView::Preview(_));
        self.session.wait_for("the preview of the receipt", preview)?;
        self.picture("receipt-preview")?;
        self.session.tap("开始打印")?;
        self.session.wait("单据打好了")?;
        self.paper(name)
    }

    /// Answers page after page, and keeps a picture of each.
    fn go_on(&mut self, stop: Stop) -> Result<(), String> {
        let card = self.stage.cards.iter().find(|card| card.label == "normal");
        let card = card.map(|card| card.file.number.clone()).unwrap_or_default();
        for _ in 0..PAGES_MAX {
            let view = self.session.view();
            let here = heading(&view).to_owned();
            if matches!(stop, Stop::Heading(words) if here.contains(words)) {
                return Ok(());
            }
            match pilot::next(&view, &card) {
                Move::Wait => self.session.wait_for(&format!("the page after {here}"), |now| {
                    pilot::next(now, &card) != Move::Wait
                })?,
                Move::Touch(tap) => {
                    self.picture(pilot::name(&view))?;
                    self.session.touch_meaning(tap)?;
                }
                Move::Enter(text) => {
                    self.session.key_in(&text)?;
                    self.picture(pilot::name(&view))?;
                    self.session.touch_meaning(Tap::Confirm)?;
                }
                Move::Sign => {
                    self.session.write_name()?;
                    self.picture(pilot::name(&view))?;
                    self.session.touch_meaning(Tap::Confirm)?;
                }
                Move::Stop if matches!(stop, Stop::Told) => return self.picture("told"),
                Move::Stop => return Err(format!("'{here}' leads nowhere on")),
            }
        }
        Err(format!("after {PAGES_MAX} pages it still goes on"))
    }

    fn ready(&mut self) -> Result<(), String> {
        let idle = ViewModel::default();
        // Told at first: nothing has answered yet.
        self.session.wait_for("devices that do not answer yet", |view| view.notice.is_some())?;
        self.session.wait_for("devices that answer", move |view| *view == idle)
    }

    fn insert(&self, label: &str) -> Result<(), String> {
        let card = self.stage.cards.iter().find(|card| card.label == label);
        let card = card.ok_or_else(|| format!("no generated card is labelled {label}"))?;
        self.stage.hall.insert(card.file.card()?);
        Ok(())
    }

    fn place(&self, label: &str) -> Result<(), String> {
        let document = self.stage.documents.iter().find(|document| document.label == label);
        let document =
            document.ok_or_else(|| format!("no generated document is labelled {label}"))?;
        let (key, why) = match document.file.document() {
            Ok(document) => {
                self.stage.hall.place(document);
                return Ok(());
            }
            Err(wrong) => wrong,
        };
        Err(format!("the generated document {label}: {key} {why}"))
    }

    /// A patron holds the phone still until the scanner is lit and has seen it.
    fn scan(&self) -> Result<(), String> {
        let code = self.code.as_ref().ok_or("there is no code to hold up")?;
        let until = Instant::now() + LIGHT_PATIENCE;
        while !self.stage.hall.scan(code.reveal()) {
            if Instant::now() >= until {
                let patience = LIGHT_PATIENCE.as_secs();
                return Err(format!("the scanner was not lit within {patience} s"));
            }
            std::thread::sleep(LIGHT_INTERVAL);
        }
        Ok(())
    }

    fn picture(&mut self, name: &str) -> Result<(), String> {
        self.screens += 1;
        let file = self.out.join(format!("{:02}-{name}.png", self.screens));
        self.session.picture(&file)?;
        self.files.push(file);
        Ok(())
    }

    fn paper(&mut self, name: &str) -> Result<(), String> {
        let bytes = self.out.join(format!("slip-{name}.escpos"));
        std::fs::write(&bytes, self.stage.hall.take_printed_bytes())
            .map_err(|e| format!("{}: cannot be written: {e}", bytes.display()))?;
        self.files.push(bytes);
        for (index, page) in self.stage.hall.take_papers().iter().enumerate() {
            let file = self.out.join(format!("slip-{name}-{}.png", index + 1));
            let picture = Picture::of_paper(page).ok_or("a slip is too long to draw")?;
            png::write(&picture, &file).map_err(|e| e.to_string())?;
            self.files.push(file);
        }
        Ok(())
    }

    fn summary(&self) {
        say!("{} steps, {} screens", self.steps, self.screens);
        for file in &self.files {
            say!("{}", file.display());
        }
    }
}
