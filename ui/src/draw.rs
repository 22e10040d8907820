//! Drawing into memory.

use slint::Rgb8Pixel;
use slint::platform::software_renderer::SoftwareRenderer;

/// Draws what has changed into `pixels`, rows of `stride` pixels.
///
/// Compiled here, and not where it is used, because this crate is optimised in development too: the
/// renderer's loops are generic over the pixel.
pub fn draw(renderer: &SoftwareRenderer, pixels: &mut [Rgb8Pixel], stride: usize) {
    renderer.render(pixels, stride);
}
