//! What a window and the headless screen have in common: the pages, the touches, the panel.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use gongji_ui as ui;
use gongji_ui::slint::{ComponentHandle, SharedString, Timer};

use super::apply::Applier;
use super::panel::PanelBinding;
use super::pen::PenTrack;
use super::scale;
use super::touch::{can_write, meaning};
use crate::view::model::ViewModel;
use crate::visit::event::Tap;

type TapSink = Rc<dyn Fn(Tap)>;

/// The pages in one Slint window.
pub(super) struct View {
    pub(super) app: ui::App,
    pub(super) panel: PanelBinding,
    applier: Applier,
    touched: Rc<Touched>,
}

/// What a touch is weighed against, shared with the callback.
struct Touched {
    shown: RefCell<ViewModel>,
    sink: RefCell<TapSink>,
}

impl View {
    /// Makes the pages in the platform of this thread, showing the idle page.
    pub(super) fn new(panel: bool, motion: bool) -> Result<Self, String> {
        ui::register_fonts()?;
        let app = ui::App::new().map_err(|e| format!("the screen cannot be opened: {e}"))?;
        app.set_with_panel(panel);
        let touched = Rc::new(Touched {
            shown: RefCell::new(ViewModel::default()),
            sink: RefCell::new(Rc::new(|_| {})),
        });
        let frame = app.global::<ui::Frame>();
        frame.set_motion(motion);
        frame.on_touched({
            let touched = touched.clone();
            move |control, index| {
                let tap = usize::try_from(index)
                    .ok()
                    .and_then(|index| meaning(&touched.shown.borrow(), control, index));
                // Neither borrow may last: the sink may show the next page at once.
                let sink = touched.sink.borrow().clone();
                if let Some(tap) = tap {
                    sink(tap);
                }
            }
        });
        app.global::<ui::SignData>().on_pen({
            let (touched, track) = (touched.clone(), RefCell::new(PenTrack::default()));
            move |down, x, y| {
                let mut track = track.borrow_mut();
                let pen = match can_write(&touched.shown.borrow()) {
                    true => track.point(down, x, y),
                    false => {
                        track.lift();
                        None
                    }
                };
                drop(track);
                let sink = touched.sink.borrow().clone();
                if let Some(pen) = pen {
                    sink(Tap::Pen(pen));
                }
            }
        });
        app.on_resized({
            let app = app.as_weak();
            move || {
                let app = app.clone();
                // Told while a picture is being drawn: a scale that changed under it would leave
                // texts in the layout cache that were shaped with the former one (Slint 1.18).
                Timer::single_shot(Duration::ZERO, move || {
                    if let Some(app) = app.upgrade() {
                        scale::fit(&app);
                    }
                });
            }
        });
        let view =
            Self { applier: Applier::new(&app), panel: PanelBinding::new(&app), app, touched };
        view.apply(&ViewModel::default());
        Ok(view)
    }

    pub(super) fn apply(&self, vm: &ViewModel) {
        self.applier.apply(&self.app, vm);
        self.touched.shown.replace(vm.clone());
    }

    pub(super) fn set_clock(&self, words: &str) {
        self.app.global::<ui::Frame>().set_clock(SharedString::from(words));
    }

    pub(super) fn on_tap(&self, sink: impl Fn(Tap) + 'static) {
        self.touched.sink.replace(Rc::new(sink));
    }

    /// Puts another sink in place and returns the former one.
    pub(super) fn swap_sink(&self, sink: TapSink) -> TapSink {
        self.touched.sink.replace(sink)
    }
}
