//! Greyscale pictures as Slint images.

use std::cell::RefCell;
use std::sync::Arc;

use gongji_ui::slint::{Image, Rgb8Pixel, SharedPixelBuffer};

use crate::statement::Picture;

/// The picture that a page shows. Slint takes every new image for another one and draws it again,
/// so that an image is only made when the picture is another.
#[derive(Default)]
pub(super) struct ShownPicture(RefCell<Option<Arc<Picture>>>);

impl ShownPicture {
    /// Remembers `wanted`; the image to show instead of the former one, if it is another picture.
    pub(super) fn change(&self, wanted: Option<&Arc<Picture>>) -> Option<Image> {
        let former = self.0.replace(wanted.cloned());
        (former.as_ref() != wanted).then(|| image(wanted.map(Arc::as_ref)))
    }
}

/// The picture as Slint draws it; an empty image if there is none.
fn image(picture: Option<&Picture>) -> Image {
    let Some(picture) = picture.filter(|p| p.width() > 0 && p.height() > 0) else {
        return Image::default();
    };
    let mut buffer = SharedPixelBuffer::<Rgb8Pixel>::new(picture.width(), picture.height());
    for (pixel, grey) in buffer.make_mut_slice().iter_mut().zip(picture.pixels()) {
        *pixel = Rgb8Pixel { r: *grey, g: *grey, b: *grey };
    }
    Image::from_rgb8(buffer)
}
