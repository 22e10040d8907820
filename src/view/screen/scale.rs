//! The page is drawn for one size and scaled as a whole to any other.

use gongji_ui::App;
use gongji_ui::slint::platform::WindowEvent;
use gongji_ui::slint::{ComponentHandle, PhysicalSize};

/// Width the pages are drawn for, logical pixels.
pub const SCREEN_WIDTH_PX: u32 = 1080;
/// Height the pages are drawn for, logical pixels.
pub const SCREEN_HEIGHT_PX: u32 = 1920;
/// Width of the panel that plays the devices, logical pixels; `Theme.size.panel`.
pub(super) const PANEL_WIDTH_PX: u32 = 760;
/// Scales nearer to each other than this share are the same: a pixel in two thousand.
const SAME_SCALE: f32 = 0.0005;

/// The whole drawing, logical pixels.
pub(super) fn drawing_size(panel: bool) -> (u32, u32) {
    (SCREEN_WIDTH_PX + if panel { PANEL_WIDTH_PX } else { 0 }, SCREEN_HEIGHT_PX)
}

/// The largest scale at which the drawing fits `size`; 1 if the size makes no sense.
pub(super) fn fitting_scale(size: PhysicalSize, panel: bool) -> f32 {
    let (width, height) = drawing_size(panel);
    let scale = (size.width as f32 / width as f32).min(size.height as f32 / height as f32);
    if scale > 0.0 { scale } else { 1.0 }
}

/// Gives the window the scale that fits its size. Touches follow, since they are divided by it.
pub(super) fn fit(app: &App) {
    let window = app.window();
    let size = window.size();
    let scale = fitting_scale(size, app.get_with_panel());
    if (scale - window.scale_factor()).abs() < scale * SAME_SCALE {
        return;
    }
    // Either event fails only where the platform cannot draw, and then says so when drawing.
    let _ =
        window.dispatch_event_with_result(WindowEvent::ScaleFactorChanged { scale_factor: scale });
    let _ =
        window.dispatch_event_with_result(WindowEvent::Resized { size: size.to_logical(scale) });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawing_fits_every_screen() {
        for (width, height, panel) in [
            (1080, 1920, false),
            (1920, 1080, true),
            (1366, 768, true),
            (2160, 3840, false),
            (1, 1, true),
            (0, 0, false),
        ] {
            let scale = fitting_scale(PhysicalSize::new(width, height), panel);
            assert!(scale > 0.0);
            let (w, h) = drawing_size(panel);
            if width > 0 {
                assert!(w as f32 * scale <= width as f32 * 1.001, "{width}x{height}");
                assert!(h as f32 * scale <= height as f32 * 1.001, "{width}x{height}");
            }
        }
        assert_eq!(fitting_scale(PhysicalSize::new(1080, 1920), false), 1.0);
    }
}
