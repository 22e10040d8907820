//! The pages without a display: real pixels into memory, touches at coordinates.

use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;
use std::time::Duration;

use gongji_ui::slint::platform::software_renderer::{MinimalSoftwareWindow, RepaintBufferType};
use gongji_ui::slint::platform::{
    Platform, PointerEventButton, WindowAdapter, WindowEvent, set_platform,
    update_timers_and_animations,
};
use gongji_ui::slint::{
    ComponentHandle, LogicalPosition, PhysicalSize, PlatformError, Rgb8Pixel, SharedPixelBuffer,
};

use super::panel::{PanelAction, PanelState};
use super::scale;
use super::view::View;
use crate::view::model::ViewModel;
use crate::visit::event::{Pen, Tap};

/// Distance of the points that are tried when a tap's place is looked for, logical pixels: less than
/// the least side of anything that can be touched.
const PROBE_STEP_PX: u16 = 40;
/// Distance of the points tried for the field of the signature.
const FIELD_STEP_PX: u16 = 20;

/// A picture of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Pixels a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Red, green, blue; row by row.
    pub rgb: Vec<u8>,
}

impl Frame {
    /// Writes the picture as PNG.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn write_png(&self, out: impl Write) -> std::io::Result<()> {
        let mut encoder = png::Encoder::new(out, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.rgb)?;
        writer.finish()?;
        Ok(())
    }
}

/// The screen of a machine without a display.
///
/// A thread has one Slint platform: `new` fails in a thread that already has another one, and
/// several headless screens in one thread take turns.
pub struct Headless {
    view: View,
    window: Rc<MinimalSoftwareWindow>,
    pixels: RefCell<SharedPixelBuffer<Rgb8Pixel>>,
}

/// Windows are made in memory, and time stands still: nothing on the screen moves by itself.
struct MemoryPlatform;

impl Platform for MemoryPlatform {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, PlatformError> {
        let window = MinimalSoftwareWindow::new(RepaintBufferType::ReusedBuffer);
        LATEST.with(|latest| latest.replace(Some(window.clone())));
        Ok(window)
    }

    fn duration_since_start(&self) -> Duration {
        Duration::ZERO
    }
}

std::thread_local! {
    /// Slint asks the platform for a window; this is where `new` finds it again.
    static LATEST: RefCell<Option<Rc<MinimalSoftwareWindow>>> = const { RefCell::new(None) };
    static INSTALLED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

impl Headless {
    /// A screen of 1080×1920.
    ///
    /// # Errors
    ///
    /// A sentence if this thread already draws on another Slint platform.
    pub fn new() -> Result<Self, String> {
        Self::with_size(scale::SCREEN_WIDTH_PX, scale::SCREEN_HEIGHT_PX, false)
    }

    /// A screen of any size, to which the pages are scaled, with or without the device panel.
    ///
    /// # Errors
    ///
    /// As [`Headless::new`].
    pub fn with_size(width: u32, height: u32, panel: bool) -> Result<Self, String> {
        if !INSTALLED.get() {
            set_platform(Box::new(MemoryPlatform)).map_err(|e| {
                format!("this thread has another screen, so that none can be drawn in memory: {e}")
            })?;
            INSTALLED.set(true);
        }
        let view = View::new(panel, false)?;
        let window = LATEST.with(RefCell::take).ok_or_else(|| {
            String::from("the screen in memory was not made; start the program again")
        })?;
        view.app.show().map_err(|e| format!("the screen in memory cannot be shown: {e}"))?;
        window.set_size(PhysicalSize::new(width, height));
        scale::fit(&view.app);
        let pixels = RefCell::new(SharedPixelBuffer::new(width, height));
        Ok(Self { view, window, pixels })
    }

    /// Shows a view model.
    pub fn apply(&self, vm: &ViewModel) {
        self.view.apply(vm);
    }

    /// Sets the words of the clock.
    pub fn set_clock(&self, words: &str) {
        self.view.set_clock(words);
    }

    /// Says where taps go.
    pub fn on_tap(&self, sink: impl Fn(Tap) + 'static) {
        self.view.on_tap(sink);
    }

    /// Shows the state of the devices on the panel.
    pub fn apply_panel(&self, state: &PanelState) {
        self.view.panel.apply(&self.view.app, state);
    }

    /// Says where the panel's actions go.
    pub fn on_panel(&self, sink: impl Fn(PanelAction) + 'static) {
        self.view.panel.on_action(sink);
    }

    /// The Slint component, for what tests ask of it.
    pub fn app(&self) -> &gongji_ui::App {
        &self.view.app
    }

    /// Draws what has changed; whether anything had.
    pub fn draw(&self) -> bool {
        update_timers_and_animations();
        self.window.draw_if_needed(|renderer| {
            let mut pixels = self.pixels.borrow_mut();
            let stride = usize::try_from(pixels.width()).unwrap_or(0);
            gongji_ui::draw(renderer, pixels.make_mut_slice(), stride);
        })
    }

    /// Draws what has changed and copies the picture out.
    pub fn frame(&self) -> Frame {
        self.draw();
        let pixels = self.pixels.borrow();
        let (width, height) = (pixels.width(), pixels.height());
        Frame { width, height, rgb: pixels.as_bytes().to_vec() }
    }

    /// A finger goes down, at a point in logical pixels.
    pub fn press(&self, x: f32, y: f32) {
        let position = LogicalPosition::new(x, y);
        self.dispatch(WindowEvent::PointerPressed { position, button: PointerEventButton::Left });
    }

    /// The finger slides to a point.
    pub fn slide(&self, x: f32, y: f32) {
        self.dispatch(WindowEvent::PointerMoved { position: LogicalPosition::new(x, y) });
    }

    /// The finger goes up.
    pub fn release(&self, x: f32, y: f32) {
        let position = LogicalPosition::new(x, y);
        self.dispatch(WindowEvent::PointerReleased { position, button: PointerEventButton::Left });
        self.dispatch(WindowEvent::PointerExited);
    }

    /// Touches a point and lets go there.
    pub fn touch(&self, x: f32, y: f32) {
        self.press(x, y);
        self.release(x, y);
    }

    /// Touches the screen where `tap` is; whether there is such a place. Found by trying points, so
    /// that it can only touch what a finger can.
    pub fn touch_tap(&self, tap: Tap) -> bool {
        let Some((x, y)) = self.find(tap) else { return false };
        self.touch(x, y);
        true
    }

    /// The middle of the points that mean `tap`, logical pixels.
    pub fn find(&self, tap: Tap) -> Option<(f32, f32)> {
        let hits: Vec<_> =
            self.touch_map(PROBE_STEP_PX).into_iter().filter(|(_, _, t)| *t == tap).collect();
        let (first_x, first_y, _) = *hits.first()?;
        // Rows of hits of one place; another place of the same meaning may lie apart.
        let near = |a: f32, b: f32| (a - b).abs() <= f32::from(PROBE_STEP_PX) * 0.5;
        let last_x = hits.iter().filter(|(_, y, _)| near(*y, first_y)).map(|h| h.0).next_back()?;
        let mut last_y = first_y;
        for (_, y, _) in hits.iter().filter(|(x, _, _)| near(*x, first_x)) {
            if *y - last_y <= f32::from(PROBE_STEP_PX) * 1.5 {
                last_y = *y;
            }
        }
        Some(((first_x + last_x) / 2.0, (first_y + last_y) / 2.0))
    }

    /// The upper left of the field for the signature, logical pixels, to within a few.
    pub fn find_field(&self) -> Option<(f32, f32)> {
        let pens = self.touch_map(FIELD_STEP_PX).into_iter();
        let mut pens = pens.filter(|(.., tap)| matches!(tap, Tap::Pen(Pen::Down(..))));
        let (x, y, _) = pens.next()?;
        Some((x, y))
    }

    /// What a touch means at each point of a grid, logical pixels, row by row; nothing is delivered
    /// to the sink of [`Headless::on_tap`].
    pub fn touch_map(&self, step: u16) -> Vec<(f32, f32, Tap)> {
        let caught = Rc::new(RefCell::new(None));
        let former = self.view.swap_sink(Rc::new({
            let caught = caught.clone();
            move |tap| {
                caught.replace(Some(tap));
            }
        }));
        let mut found = Vec::new();
        let size = self.window.window().size().to_logical(self.window.window().scale_factor());
        let mut y = f32::from(step) / 2.0;
        while y < size.height {
            let mut x = f32::from(step) / 2.0;
            while x < size.width {
                self.touch(x, y);
                if let Some(tap) = caught.take() {
                    found.push((x, y, tap));
                }
                x += f32::from(step.max(1));
            }
            y += f32::from(step.max(1));
        }
        self.view.swap_sink(former);
        found
    }

    fn dispatch(&self, event: WindowEvent) {
        // Fails only for events a window in memory does not get.
        let _ = self.window.window().dispatch_event_with_result(event);
    }
}
