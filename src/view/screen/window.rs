//! A window on a display.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use gongji_ui::slint::winit_030::{EventResult, WinitWindowAccessor, winit};
use gongji_ui::slint::{
    self, BackendSelector, CloseRequestResponse, ComponentHandle, PhysicalSize, Timer, TimerMode,
};
use gongji_ui::{Frame, IdleData, PageKind};

use super::panel::{PanelAction, PanelState};
use super::scale::{drawing_size, fitting_scale};
use super::view::View;
use crate::view::model::ViewModel;
use crate::visit::event::Tap;

/// How long the card on the idle page stays where it is before it moves.
const CARD_REST: Duration = Duration::from_secs(4);
/// The share of the monitor that a window takes, in thousandths: room for a title bar and a task bar.
const WINDOW_SHARE_PERMILLE: u32 = 900;
/// The window's height before the monitor's size is known, physical pixels: fits any monitor.
const FIRST_HEIGHT_PX: u32 = 640;

/// How the window opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScreenOptions {
    /// With a second column that plays the devices.
    pub panel: bool,
    /// Over the whole monitor, without a frame.
    pub fullscreen: bool,
    /// The card on the idle page and the progress mark move.
    pub motion: bool,
}

/// The touch screen. Lives in the thread that made it, which must be the main thread.
pub struct Screen {
    view: Rc<View>,
    mail: Arc<Mutex<Mail>>,
    card: Timer,
}

/// What other threads have posted and the window has not yet shown; the latest of each counts.
#[derive(Default)]
struct Mail {
    vm: Option<ViewModel>,
    clock: Option<String>,
    panel: Option<PanelState>,
    /// The event loop has been told that there is mail.
    announced: bool,
}

std::thread_local! {
    /// The view of this thread's window, for closures that came from other threads.
    static VIEW: RefCell<Option<Rc<View>>> = const { RefCell::new(None) };
}

impl Screen {
    /// Opens a window, showing the idle page once [`Screen::run`] is called.
    ///
    /// # Errors
    ///
    /// A sentence if there is no display; the thread can then still draw into memory with
    /// [`Headless`](super::Headless).
    pub fn new(options: ScreenOptions) -> Result<Self, String> {
        BackendSelector::new().renderer_name("software".into()).select().map_err(|e| {
            log::debug!("no display: {e}");
            String::from("there is no display; run it where there is one, or see a visit by `demo`")
        })?;
        let view = Rc::new(View::new(options.panel, options.motion)?);
        let window = view.app.window();
        if options.fullscreen {
            window.set_fullscreen(true);
        } else {
            let (width, height) = drawing_size(options.panel);
            window.set_size(PhysicalSize::new(FIRST_HEIGHT_PX * width / height, FIRST_HEIGHT_PX));
        }
        window.on_close_requested(|| {
            let _ = slint::quit_event_loop();
            CloseRequestResponse::HideWindow
        });
        VIEW.with(|held| held.replace(Some(view.clone())));
        let screen = Self { view, mail: Arc::default(), card: Timer::default() };
        if !options.fullscreen {
            screen.grow_to_monitor(options.panel);
        }
        if options.motion {
            screen.move_card();
        }
        Ok(screen)
    }

    /// Shows a view model.
    pub fn apply(&self, vm: &ViewModel) {
        self.view.apply(vm);
    }

    /// Sets the words of the clock.
    pub fn set_clock(&self, words: &str) {
        self.view.set_clock(words);
    }

    /// Says where taps go. The sink is called on this thread and must not block.
    pub fn on_tap(&self, sink: impl Fn(Tap) + 'static) {
        self.view.on_tap(sink);
    }

    /// Says where the panel's actions go. The sink is called on this thread and must not block.
    pub fn on_panel(&self, sink: impl Fn(PanelAction) + 'static) {
        self.view.panel.on_action(sink);
    }

    /// Shows the state of the devices on the panel.
    pub fn apply_panel(&self, state: &PanelState) {
        self.view.panel.apply(&self.view.app, state);
    }

    /// Calls `done` once, when the first picture has been drawn.
    pub fn on_first_frame(&self, done: impl FnOnce() + Send + 'static) {
        let mut done = Some(done);
        self.view.app.window().on_winit_window_event(move |_, event| {
            if matches!(event, winit::event::WindowEvent::RedrawRequested)
                && let Some(done) = done.take()
            {
                // Runs when this event, the drawing, is over.
                let _ = slint::invoke_from_event_loop(done);
            }
            EventResult::Propagate
        });
    }

    /// A handle by which other threads reach the screen.
    pub fn handle(&self) -> ScreenHandle {
        ScreenHandle { mail: self.mail.clone() }
    }

    /// Shows the window until it is closed or [`ScreenHandle::quit`] is called.
    ///
    /// # Errors
    ///
    /// A sentence if the display goes away.
    pub fn run(&self) -> Result<(), String> {
        let result = self.view.app.run().map_err(|e| format!("the display failed: {e}"));
        // Nothing of the last page outlives the window.
        self.view.apply(&ViewModel::default());
        result
    }

    fn grow_to_monitor(&self, panel: bool) {
        let app = self.view.app.as_weak();
        let grow = async move {
            let Some(app) = app.upgrade() else { return };
            let Ok(window) = app.window().winit_window().await else { return };
            let monitor = window.current_monitor().or_else(|| window.primary_monitor());
            let Some(monitor) = monitor else { return };
            let room = |side: u32| side / 1000 * WINDOW_SHARE_PERMILLE + side % 1000 * 9 / 10;
            let size = monitor.size();
            let scale =
                fitting_scale(PhysicalSize::new(room(size.width), room(size.height)), panel);
            let (width, height) = drawing_size(panel);
            let pixels = |side: u32| (side as f32 * scale.min(1.0)).round() as u32;
            app.window().set_size(PhysicalSize::new(pixels(width), pixels(height)));
        };
        // Fails only without an event loop, and then there is no window either.
        let _ = slint::spawn_local(grow);
    }

    fn move_card(&self) {
        let app = self.view.app.as_weak();
        self.card.start(TimerMode::Repeated, CARD_REST, move || {
            let Some(app) = app.upgrade() else { return };
            let frame = app.global::<Frame>();
            let idle =
                frame.get_page() == PageKind::Idle && app.global::<IdleData>().get_text().card;
            frame.set_card_at_slot(idle && !frame.get_card_at_slot());
        });
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        VIEW.with(|held| held.replace(None));
    }
}

/// Reaches the screen from any thread. Posts replace each other: only the latest is drawn.
#[derive(Clone)]
pub struct ScreenHandle {
    mail: Arc<Mutex<Mail>>,
}

impl ScreenHandle {
    /// Posts a view model; whether the window is still there to show it.
    pub fn post(&self, vm: ViewModel) -> bool {
        self.put(|mail| mail.vm = Some(vm))
    }

    /// Posts the words of the clock.
    pub fn post_clock(&self, words: String) -> bool {
        self.put(|mail| mail.clock = Some(words))
    }

    /// Posts the state of the devices for the panel.
    pub fn post_panel(&self, state: PanelState) -> bool {
        self.put(|mail| mail.panel = Some(state))
    }

    /// Ends [`Screen::run`]; whether it was running.
    pub fn quit(&self) -> bool {
        slint::quit_event_loop().is_ok()
    }

    fn put(&self, write: impl FnOnce(&mut Mail)) -> bool {
        let mut mail = lock(&self.mail);
        write(&mut mail);
        if mail.announced {
            return true;
        }
        let shared = self.mail.clone();
        mail.announced = slint::invoke_from_event_loop(move || deliver(&shared)).is_ok();
        mail.announced
    }
}

/// Shows what has been posted; runs in the thread of the window.
fn deliver(shared: &Mutex<Mail>) {
    let mail = std::mem::take(&mut *lock(shared));
    let Some(view) = VIEW.with(|held| held.borrow().clone()) else { return };
    if let Some(words) = mail.clock {
        view.set_clock(&words);
    }
    if let Some(vm) = mail.vm {
        view.apply(&vm);
    }
    if let Some(state) = mail.panel {
        view.panel.apply(&view.app, &state);
    }
}

/// A thread that panicked while it wrote has left at worst an older picture.
fn lock(mail: &Mutex<Mail>) -> MutexGuard<'_, Mail> {
    mail.lock().unwrap_or_else(PoisonError::into_inner)
}
