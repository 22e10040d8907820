//! A kiosk whose screen is in memory, led by words: what a script or a test does instead of a finger.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::app::{App, Face};
use crate::config::Config;
use crate::view::model::{PageView, ViewModel};
use crate::view::screen::Headless;
use crate::view::words::{heading, touchables};
use crate::visit::event::{PadKey, Tap};

/// How long what is waited for may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long the screen may take to answer a touch; some touches change nothing.
const ANSWER: Duration = Duration::from_millis(500);

/// 王, by strokes: points in pixels from the upper left of the field for the signature.
const STROKES: [&[(f32, f32)]; 4] = [
    &[(160.0, 90.0), (260.0, 88.0), (400.0, 86.0)],
    &[(180.0, 200.0), (280.0, 198.0), (380.0, 196.0)],
    &[(280.0, 90.0), (281.0, 200.0), (282.0, 330.0)],
    &[(120.0, 332.0), (280.0, 330.0), (440.0, 328.0)],
];

enum Shown {
    View(Arc<ViewModel>),
    Clock(String),
}

struct Mailer(Sender<Shown>);

impl Face for Mailer {
    fn show(&mut self, view: &Arc<ViewModel>) {
        let _ = self.0.send(Shown::View(Arc::clone(view)));
    }

    fn clock(&mut self, text: &str) {
        let _ = self.0.send(Shown::Clock(text.to_owned()));
    }
}

/// A running kiosk and its screen in memory. Lives in the thread that made it.
pub(super) struct Session {
    _app: App,
    screen: Headless,
    mail: Receiver<Shown>,
    view: Arc<ViewModel>,
}

impl Session {
    /// Starts the kiosk.
    pub(super) fn start(config: &Config) -> Result<Self, String> {
        let screen = Headless::new()?;
        let (sender, mail) = unbounded();
        let app = App::open(config, Mailer(sender))?;
        screen.on_tap(app.touches());
        Ok(Self { _app: app, screen, mail, view: Arc::default() })
    }

    /// Carries out `wait WORDS`, `tap WORDS`, `picture FILE` or `text`.
    pub(super) fn order(&mut self, line: &str) -> Result<String, String> {
        let line = line.trim();
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        match word {
            "" => Ok(String::new()),
            "wait" => self.wait(rest).map(|()| heading(&self.view).to_owned()),
            "tap" => self.tap(rest).map(|()| "ok".into()),
            "picture" => self.picture(Path::new(rest)).map(|()| rest.into()),
            "text" => Ok(self.text()),
            _ => Err(format!(
                "'{line}' is not known; say wait WORDS, tap WORDS, picture FILE.png, text or quit"
            )),
        }
    }

    /// Waits until the heading holds these words.
    pub(super) fn wait(&mut self, words: &str) -> Result<(), String> {
        self.wait_for(words, |view| heading(view).contains(words))
    }

    /// Waits until the screen is as told; `what` says it in words.
    pub(super) fn wait_for(
        &mut self,
        what: &str,
        fits: impl Fn(&ViewModel) -> bool,
    ) -> Result<(), String> {
        let until = Instant::now() + PATIENCE;
        loop {
            while let Ok(shown) = self.mail.try_recv() {
                self.take(shown);
            }
            if fits(&self.view) {
                return Ok(());
            }
            match self.mail.recv_deadline(until) {
                Ok(shown) => self.take(shown),
                Err(_) => {
                    let now = heading(&self.view);
                    let patience = PATIENCE.as_secs();
                    return Err(format!(
                        "'{what}' did not come within {patience} s; the screen says '{now}'"
                    ));
                }
            }
        }
    }

    /// Touches what bears these words, at its place on the screen, once it is there.
    pub(super) fn tap(&mut self, words: &str) -> Result<(), String> {
        let meaning = |view: &ViewModel| {
            touchables(view).into_iter().find(|(w, _)| w == words).map(|(_, tap)| tap)
        };
        self.wait_for(words, |view| meaning(view).is_some())?;
        self.touch(meaning(&self.view), words)
    }

    /// The screen as it is now.
    pub(super) fn view(&mut self) -> Arc<ViewModel> {
        while let Ok(shown) = self.mail.try_recv() {
            self.take(shown);
        }
        Arc::clone(&self.view)
    }

    /// Touches what means this.
    pub(super) fn touch_meaning(&mut self, tap: Tap) -> Result<(), String> {
        self.touch(Some(tap), &format!("{tap:?}"))
    }

    /// Keys characters in on the pad.
    pub(super) fn key_in(&mut self, text: &str) -> Result<(), String> {
        for character in text.bytes() {
            self.touch_meaning(Tap::Key(PadKey::Character(character)))?;
        }
        Ok(())
    }

    /// Writes a few strokes on the field for the signature.
    pub(super) fn write_name(&mut self) -> Result<(), String> {
        let (left, top) = self.screen.find_field().ok_or("there is no field to write on")?;
        for stroke in STROKES {
            let mut points = stroke.iter().map(|(x, y)| (left + x, top + y));
            if let Some((x, y)) = points.next() {
                self.screen.press(x, y);
                let mut last = (x, y);
                for point in points {
                    self.screen.slide(point.0, point.1);
                    last = point;
                }
                self.screen.release(last.0, last.1);
            }
        }
        self.wait_for("ink", |view| matches!(&view.page, PageView::Sign(page) if page.can_wipe))
    }

    /// Touches the first row of the list, or the first of a few choices, once there is one.
    pub(super) fn tap_first_row(&mut self) -> Result<(), String> {
        let first = |view: &ViewModel| match &view.page {
            PageView::Choice(choice) => choice.choices.first().map(|choice| choice.tap),
            PageView::List(list) if !list.loading => list.rows.first().and_then(|row| row.tap),
            _ => None,
        };
        self.wait_for("a row", |view| first(view).is_some())?;
        self.touch(first(&self.view), "the first row")
    }

    /// Touches a place and lets the kiosk answer, if it does.
    fn touch(&mut self, tap: Option<Tap>, what: &str) -> Result<(), String> {
        if !tap.is_some_and(|tap| self.screen.touch_tap(tap)) {
            return Err(format!("'{what}' cannot be touched on the screen"));
        }
        if let Ok(shown) = self.mail.recv_timeout(ANSWER) {
            self.take(shown);
        }
        Ok(())
    }

    /// Writes the screen as a PNG file.
    pub(super) fn picture(&mut self, path: &Path) -> Result<(), String> {
        let file =
            File::create(path).and_then(|f| self.screen.frame().write_png(BufWriter::new(f)));
        file.map_err(|e| format!("{}: cannot be written: {e}", path.display()))
    }

    /// The screen's heading and what can be touched.
    fn text(&mut self) -> String {
        let words = touchables(&self.view()).into_iter().map(|(words, _)| words);
        format!("{} [{}]", heading(&self.view), words.collect::<Vec<_>>().join("] ["))
    }

    fn take(&mut self, shown: Shown) {
        match shown {
            Shown::View(view) => {
                self.screen.apply(&view);
                self.view = view;
            }
            Shown::Clock(text) => self.screen.set_clock(&text),
        }
    }
}
