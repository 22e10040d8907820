//! Pictures as PNG files.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::Picture;

/// Writes `picture` as a black and white PNG of 203 dots an inch.
///
/// # Errors
/// One sentence that names the file.
pub fn write(picture: &Picture, path: &Path) -> io::Result<()> {
    let named = |error: io::Error| {
        io::Error::new(
            error.kind(),
            format!("{}: cannot be written: {error}; check its folder", path.display()),
        )
    };
    let mut file = BufWriter::new(File::create(path).map_err(named)?);
    encode(picture, &mut file).and_then(|()| file.flush()).map_err(named)
}

/// Writes `picture` as PNG into any sink.
///
/// # Errors
/// The sink's.
pub fn encode(picture: &Picture, sink: &mut impl Write) -> io::Result<()> {
    let mut encoder = png::Encoder::new(sink, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: DOTS_PER_METRE,
        yppu: DOTS_PER_METRE,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header()?;
    let rows = picture.pixels().chunks(picture.width().max(1) as usize);
    let packed: Vec<u8> = rows.flat_map(|row| row.chunks(8).map(eight)).collect();
    writer.write_image_data(&packed)?;
    Ok(writer.finish()?)
}

/// Eight pixels in a byte, the leftmost in its highest bit, 1 = white.
fn eight(pixels: &[u8]) -> u8 {
    pixels.iter().enumerate().fold(0, |byte, (place, pixel)| byte | (pixel >> 7) << (7 - place))
}

/// 8 dots a millimetre.
const DOTS_PER_METRE: u32 = 8000;
