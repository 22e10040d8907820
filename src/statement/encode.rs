//! Lines as the printer's bytes.

use core::convert::Infallible;

use gongji_hal::printer::encode::{EncodeError, Encoder, QrLevel};
use gongji_hal::printer::profile::{CHINESE_DOTS, Paper, Profile};
use zeroize::Zeroizing;

use super::SlipError;
use super::line::{LEADING_DOTS, Line, QR_MODULE_DOTS, Style};

/// Thin and thick lines across, made of characters that every Chinese printer font has.
const RULES: [&str; 2] = ["─", "━"];

/// Most bytes of a line: 48 of text, and all modes changed.
const LINE_BYTES: usize = 72;
/// Blank dots between the last line and the cut.
const CUT_GAP_DOTS: u8 = 16;
/// Bytes of a cut.
const CUT_BYTES: usize = 4;
/// Bytes of a QR symbol's commands and content, for the first allocation.
const QR_BYTES: usize = 512;

/// A page's bytes, from a reset to the end of its last line.
///
/// # Errors
/// [`SlipError::Encode`].
pub fn page(lines: &[Line], profile: Profile) -> Result<Zeroizing<Vec<u8>>, SlipError> {
    // Room for all, so that growing leaves no unwiped copy behind.
    let bytes = Vec::with_capacity(lines.len().saturating_mul(LINE_BYTES) + QR_BYTES);
    let mut writer =
        Writer { encoder: Encoder::new(bytes, profile.paper, profile.font), style: None, spacing: None };
    writer.encoder.init()?;
    for line in lines {
        writer.line(line, profile.paper)?;
    }
    writer.style(Style::PLAIN)?;
    Ok(Zeroizing::new(writer.encoder.into_sink()))
}

/// All pages one after the other, each cut off.
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
    encoder.cut(CUT_GAP_DOTS)?;
    let cut = encoder.into_sink();
    for page in pages {
        all.extend_from_slice(page);
        all.extend_from_slice(&cut);
    }
    Ok(all)
}

/// An encoder that sends a mode only when it changes.
struct Writer {
    encoder: Encoder<Vec<u8>>,
    style: Option<Style>,
    spacing: Option<u8>,
}

impl Writer {
    fn line(&mut self, line: &Line, paper: Paper) -> Result<(), EncodeError<Infallible>> {
        match line {
            Line::Text { text, style } => {
                self.style(*style)?;
                self.spacing(line.dots())?;
                self.encoder.line(text)
            }
            Line::Rule { heavy } => {
                self.style(Style::PLAIN)?;
                self.spacing(line.dots())?;
                let [thin, thick] = RULES;
                let sign = if *heavy { thick } else { thin };
                self.encoder.line(&sign.repeat(usize::from(paper.dots() / CHINESE_DOTS)))
            }
            Line::Space(dots) => {
                self.style(Style::PLAIN)?;
                self.spacing(u16::from(*dots))?;
                self.encoder.line("")
            }
            Line::Qr(data) => {
                self.style(Style::CENTRED)?;
                self.spacing(LEADING_DOTS)?;
                self.encoder.qr(data.as_bytes(), QR_MODULE_DOTS, QrLevel::Medium)?;
                self.encoder.line("")
            }
        }
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
