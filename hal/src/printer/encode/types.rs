//! What the encoder is told, and what it refuses.

use core::fmt;

/// Where a line stands between the margins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left margin.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right margin.
    Right,
}

/// Error correction of a QR symbol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QrLevel {
    /// Recovers 7 %.
    Low,
    /// Recovers 15 %.
    #[default]
    Medium,
    /// Recovers 25 %.
    Quartile,
    /// Recovers 30 %.
    High,
}

impl QrLevel {
    /// Most bytes that a symbol of this level holds (ISO/IEC 18004, version 40, byte mode).
    pub const fn bytes_max(self) -> usize {
        match self {
            Self::Low => 2953,
            Self::Medium => 2331,
            Self::Quartile => 1663,
            Self::High => 1273,
        }
    }
}

/// Why a page could not be encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeError<E> {
    /// The sink takes no more.
    Sink(E),
    /// The printer's font has no such character: draw it as raster, or choose another.
    Unprintable(char),
    /// A size, module or band number is outside the command's range.
    OutOfRange,
    /// The bitmap is empty, wider than the paper, or not a whole number of rows.
    Raster,
    /// The QR text is empty or longer than `max` bytes.
    QrLength {
        /// Most bytes at this level.
        max: usize,
    },
}

impl<E: fmt::Debug> fmt::Display for EncodeError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sink(error) => write!(f, "the page buffer takes no more: {error:?}"),
            Self::Unprintable(ch) => {
                write!(f, "the printer's font lacks U+{:04X}; draw it as raster", u32::from(*ch))
            }
            Self::OutOfRange => f.write_str("a number is outside what the printer command takes"),
            Self::Raster => {
                f.write_str("the bitmap must have whole rows, at least one, within the paper")
            }
            Self::QrLength { max } => write!(f, "a QR text must have 1 to {max} bytes"),
        }
    }
}

impl<E: fmt::Debug> core::error::Error for EncodeError<E> {}
