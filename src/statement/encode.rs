//! Lines as the printer's bytes.

use core::convert::Infallible;

use embedded_io::{ErrorType, Write};
use gongji_hal::printer::encode::{Align, EncodeError, Encoder, QrLevel};
use gongji_hal::printer::profile::{CHINESE_DOTS, Profile, QrPrinting};
use zeroize::Zeroizing;

use super::SlipError;
use super::line::{LEADING_DOTS, Line, QR_MODULE_DOTS, Style};
use super::raster::{self, QrRaster};

/// Thin and thick lines across, made of characters that every Chinese printer font has.
const RULES: [&str; 2] = ["─", "━"];

/// Most bytes of a line: 48 of text, and all modes changed.
const LINE_BYTES: usize = 72;
/// Blank dots from the last line to the tear bar (15 mm).
const TEAR_DOTS: u16 = 120;
/// Bytes of a cut.
const CUT_BYTES: usize = 4;
/// Bytes of a QR symbol's commands and content, for the first allocation.
const QR_BYTES: usize = 512;

/// A page's bytes, from a reset to the end of its last line.
///
/// # Errors
/// [`SlipError::Encode`].
pub fn page(lines: &[Line], profile: Profile) -> Result<Zeroizing<Vec<u8>>, SlipError> {
    let bytes = Bytes::with_room(lines.len().saturating_mul(LINE_BYTES) + QR_BYTES);
    let encoder = Encoder::new(bytes, profile.paper, profile.font);
    let mut writer = Writer { encoder, profile, style: None, spacing: None };
    writer.encoder.init()?;
    for line in lines {
        writer.line(line)?;
    }
    writer.style(Style::PLAIN)?;
    if !profile.cutter {
        writer.spacing(TEAR_DOTS)?;
        writer.encoder.line("")?;
    }
    Ok(writer.encoder.into_sink().0)
}

/// All pages one after the other, each cut off if the printer has a cutter.
///
/// # Errors
/// [`SlipError::Encode`].
pub fn cut_pages(
    pages: &[Zeroizing<Vec<u8>>],
    profile: Profile,
) -> Result<Zeroizing<Vec<u8>>, SlipError> {
    let room = pages.iter().map(|page| page.len() + CUT_BYTES).sum();
    let mut all = Zeroizing::new(Vec::with_capacity(room));
    let mut encoder = Encoder::new(Vec::new(), profile.paper, profile.font);
    encoder.cut(0)?;
    let cut = encoder.into_sink();
    for page in pages {
        all.extend_from_slice(page);
        if profile.cutter {
            all.extend_from_slice(&cut);
        }
    }
    Ok(all)
}

/// A page's bytes. What growing leaves behind is wiped.
struct Bytes(Zeroizing<Vec<u8>>);

impl Bytes {
    fn with_room(bytes: usize) -> Self {
        Self(Zeroizing::new(Vec::with_capacity(bytes)))
    }
}

impl ErrorType for Bytes {
    type Error = Infallible;
}

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        let wanted = self.0.len().saturating_add(bytes.len());
        if wanted > self.0.capacity() {
            let mut more = Zeroizing::new(Vec::with_capacity(wanted.saturating_mul(2)));
            more.extend_from_slice(&self.0);
            self.0 = more;
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

/// An encoder that sends a mode only when it changes.
struct Writer {
    encoder: Encoder<Bytes>,
    profile: Profile,
    style: Option<Style>,
    spacing: Option<u8>,
}

impl Writer {
    fn line(&mut self, line: &Line) -> Result<(), EncodeError<Infallible>> {
        match line {
            Line::Text { text, style } => self.text(text, *style, line.dots()),
            Line::Rule { heavy } => {
                self.style(Style::PLAIN)?;
                self.spacing(line.dots())?;
                let [thin, thick] = RULES;
                let sign = if *heavy { thick } else { thin };
                self.encoder
                    .line(&sign.repeat(usize::from(self.profile.paper.dots() / CHINESE_DOTS)))
            }
            Line::Space(dots) => {
                self.style(Style::PLAIN)?;
                self.spacing(u16::from(*dots))?;
                self.encoder.line("")
            }
            Line::Qr(data) => self.qr(data.as_bytes()),
        }
    }

    /// As text if the printer has all its characters, else drawn.
    fn text(&mut self, text: &str, style: Style, dots: u16) -> Result<(), EncodeError<Infallible>> {
        self.style(style)?;
        self.spacing(dots)?;
        match self.encoder.line(text) {
            Err(EncodeError::Unprintable(_)) => {}
            done => return done,
        }
        let (canvas, height) = raster::text_line(text, style, self.profile.paper);
        // The canvas is as wide as the paper and knows where the line stands on it.
        self.style(Style { align: Align::Left, ..style })?;
        self.encoder.canvas(&canvas, height)?;
        self.spacing(style.size.leading())?;
        self.encoder.line("")
    }

    fn qr(&mut self, data: &[u8]) -> Result<(), EncodeError<Infallible>> {
        match self.profile.qr {
            QrPrinting::Native => {
                self.style(Style::CENTRED)?;
                self.encoder.qr(data, QR_MODULE_DOTS, QrLevel::Medium)?;
            }
            QrPrinting::Raster => {
                self.style(Style::PLAIN)?;
                let symbol = QrRaster::new(data, QR_MODULE_DOTS, self.profile.paper);
                for (band, height) in symbol.ok_or(EncodeError::Raster)?.bands() {
                    self.encoder.canvas(&band, height)?;
                }
            }
        }
        self.spacing(LEADING_DOTS)?;
        self.encoder.line("")
    }

    fn style(&mut self, style: Style) -> Result<(), EncodeError<Infallible>> {
        let old = self.style.replace(style).unwrap_or(Style::PLAIN);
        if old.align != style.align {
            self.encoder.align(style.align)?;
        }
        if old.size != style.size {
            let (width, height) = style.size.factors();
            self.encoder.size(width, height)?;
        }
        if old.bold != style.bold {
            self.encoder.bold(style.bold)?;
        }
        Ok(())
    }

    /// The paper advances so many dots at each line end.
    fn spacing(&mut self, dots: u16) -> Result<(), EncodeError<Infallible>> {
        let dots = u8::try_from(dots).unwrap_or(u8::MAX);
        if self.spacing.replace(dots) != Some(dots) {
            self.encoder.line_spacing(Some(dots))?;
        }
        Ok(())
    }
}
