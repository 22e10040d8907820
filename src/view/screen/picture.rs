//! Greyscale pictures as Slint images.

use gongji_ui::slint::{Image, Rgb8Pixel, SharedPixelBuffer};

use crate::statement::Picture;

/// The picture as Slint draws it; an empty image if there is none.
pub(super) fn image(picture: Option<&Picture>) -> Image {
    let Some(picture) = picture.filter(|p| p.width() > 0 && p.height() > 0) else {
        return Image::default();
    };
    let mut buffer = SharedPixelBuffer::<Rgb8Pixel>::new(picture.width(), picture.height());
    for (pixel, grey) in buffer.make_mut_slice().iter_mut().zip(picture.pixels()) {
        *pixel = Rgb8Pixel { r: *grey, g: *grey, b: *grey };
    }
    Image::from_rgb8(buffer)
}
