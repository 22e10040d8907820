//! The lines of a slip, before they are bytes or pixels.

use gongji_hal::printer::encode::Align;
use gongji_hal::printer::profile::CHINESE_DOTS;
use zeroize::Zeroizing;

/// Blank dots below a line of text: lines are 1.4 times as far apart as normal characters are high.
pub const LEADING_DOTS: u16 = 10;
/// Blank dots below a line of large print: 1.33 times.
const LARGE_LEADING_DOTS: u16 = 16;
/// Side of one module of the QR symbol in dots (0.75 mm).
pub const QR_MODULE_DOTS: u8 = 6;
/// Height that the pages allow for a QR symbol, in dots: version 3, which holds 42 bytes at level M.
const QR_DOTS: u16 = 29 * QR_MODULE_DOTS as u16 + LEADING_DOTS;

/// Character size as multiples of normal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// 3 mm high.
    #[default]
    Normal,
    /// Twice as high.
    Tall,
    /// Twice as high and wide: a heading.
    Big,
    /// The same, further apart: what large print is written in.
    Large,
    /// Three times as high and wide.
    Huge,
}

/// Height of a line of the largest characters, in dots.
pub const TEXT_DOTS_MAX: usize = 3 * CHINESE_DOTS as usize;

impl Size {
    /// Blank dots below a line.
    pub fn leading(self) -> u16 {
        match self {
            Self::Normal | Self::Tall | Self::Big => LEADING_DOTS,
            Self::Large | Self::Huge => LARGE_LEADING_DOTS,
        }
    }

    /// Width and height.
    pub fn factors(self) -> (u8, u8) {
        match self {
            Self::Normal => (1, 1),
            Self::Tall => (1, 2),
            Self::Big | Self::Large => (2, 2),
            Self::Huge => (3, 3),
        }
    }
}

/// How a line looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Character size.
    pub size: Size,
    /// Emphasised.
    pub bold: bool,
    /// Where it stands.
    pub align: Align,
}

impl Style {
    /// Normal size at the left margin.
    pub const PLAIN: Self = Self { size: Size::Normal, bold: false, align: Align::Left };
    /// Normal size, emphasised.
    pub const BOLD: Self = Self { bold: true, ..Self::PLAIN };
    /// High and emphasised: rows and their amounts.
    pub const TALL: Self = Self { size: Size::Tall, ..Self::BOLD };
    /// Normal size in the middle.
    pub const CENTRED: Self = Self { align: Align::Centre, ..Self::PLAIN };
}

/// One line of a slip. Its text is wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub enum Line {
    /// Text in characters that the printer or the project's face has, no wider than the paper.
    Text {
        /// The characters.
        text: Zeroizing<String>,
        /// Their look.
        style: Style,
    },
    /// A line across the paper.
    Rule {
        /// Thick, between the parts of a slip.
        heavy: bool,
    },
    /// So many blank dots.
    Space(u8),
    /// A QR symbol in the middle.
    Qr(String),
}

impl Line {
    /// A line of text.
    pub fn text(text: impl Into<String>, style: Style) -> Self {
        Self::Text { text: Zeroizing::new(text.into()), style }
    }

    /// Paper it takes, in dots.
    pub fn dots(&self) -> u16 {
        match self {
            Self::Text { style, .. } => {
                CHINESE_DOTS * u16::from(style.size.factors().1) + style.size.leading()
            }
            Self::Rule { .. } => CHINESE_DOTS,
            Self::Space(dots) => u16::from(*dots),
            Self::Qr(_) => QR_DOTS,
        }
    }
}

/// Paper that lines take, in dots.
pub fn dots(lines: &[Line]) -> u32 {
    lines.iter().map(|line| u32::from(line.dots())).sum()
}
