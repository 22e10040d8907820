//! The kiosk in a window, or over the whole screen.

use std::sync::Arc;

use signal_hook::consts::{SIGINT, SIGTERM};

use crate::app::{App, Face};
use crate::config::Config;
use crate::view::model::ViewModel;
use crate::view::screen::{Screen, ScreenHandle, ScreenOptions};

use super::Failure;
use super::process_age::process_age;

/// Shows the visit on a screen that lives in another thread.
pub(super) struct ScreenFace(pub(super) ScreenHandle);

impl Face for ScreenFace {
    fn show(&mut self, view: &Arc<ViewModel>) {
        self.0.post(ViewModel::clone(view));
    }

    fn clock(&mut self, text: &str) {
        self.0.post_clock(text.to_owned());
    }
}

/// Runs a kiosk until its window is closed or the process is told to end.
pub(super) fn run(config: Config) -> Result<(), Failure> {
    let options = ScreenOptions {
        panel: false,
        fullscreen: config.screen.full_screen,
        motion: config.screen.animation,
    };
    let screen = Screen::new(options).map_err(Failure::new)?;
    let face = ScreenFace(screen.handle());
    show_while(&screen, move || App::open(&config, face))
}

/// Shows the screen first and starts the rest behind it: a patron must not look at nothing while
/// files are opened. The kiosk lives until the window closes.
pub(super) fn show_while(
    screen: &Screen,
    start: impl FnOnce() -> Result<App, String> + Send + 'static,
) -> Result<(), Failure> {
    let (taps, touched) = crossbeam_channel::bounded(TAPS_MAX);
    screen.on_tap(move |tap| {
        // A full queue means that nobody answers; more of the same touch would not help.
        let _ = taps.try_send(tap);
    });
    quit_on_signal(screen.handle())?;
    screen.on_first_frame(|| match process_age() {
        Some(age) => log::info!("screen.first_frame ms={}", age.as_millis()),
        None => log::info!("screen.first_frame"),
    });
    let handle = screen.handle();
    let (end, ended) = crossbeam_channel::bounded::<()>(0);
    let runner = std::thread::Builder::new().name("kiosk".into()).spawn(move || {
        let app = match start() {
            Ok(app) => app,
            Err(sentence) => {
                handle.quit();
                return Err(sentence);
            }
        };
        let touch = app.touches();
        loop {
            crossbeam_channel::select! {
                recv(touched) -> tap => match tap {
                    Ok(tap) => touch(tap),
                    Err(_) => return Ok(()),
                },
                recv(ended) -> _ => return Ok(()),
            }
        }
    });
    let runner = runner.map_err(|e| Failure::new(format!("no thread could be started: {e}")))?;
    let shown = screen.run();
    drop(end);
    let worked = runner.join().unwrap_or_else(|_| Err("the kiosk ended unexpectedly".into()));
    worked.and(shown).map_err(Failure::new)
}

/// Touches that may wait for the visit.
const TAPS_MAX: usize = 16;

fn quit_on_signal(handle: ScreenHandle) -> Result<(), Failure> {
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])
        .map_err(|e| Failure::new(format!("signals cannot be awaited: {e}")))?;
    let spawned = std::thread::Builder::new().name("signals".into()).spawn(move || {
        if signals.forever().next().is_some() {
            handle.quit();
        }
    });
    spawned.map(drop).map_err(|e| Failure::new(format!("no thread could be started: {e}")))
}
