//! The kinds of serial reader that `libccidtwin` knows, and how they differ.

use core::{fmt, str::FromStr};
use std::string::String;

/// Which reader is simulated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReaderKind {
    /// GemPC Twin: one slot, sends each command back before its answer.
    #[default]
    GemPcTwin,
    /// GemPC PinPad: the same, with keys and a display of its own, which are not simulated.
    GemPcPinPad,
    /// GemCore POS Pro: five slots, no echo.
    GemCorePosPro,
    /// GemCore SIM Pro: two slots, no echo.
    GemCoreSimPro,
    /// GemCore SIM Pro 2: two slots, no echo, begins at 9600 baud.
    GemCoreSimPro2,
    /// SEC1210: two slots, no echo, no firmware text, no card events; it agrees with the card on
    /// protocol and rate itself.
    Sec1210,
}

impl ReaderKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::GemPcTwin,
        Self::GemPcPinPad,
        Self::GemCorePosPro,
        Self::GemCoreSimPro,
        Self::GemCoreSimPro2,
        Self::Sec1210,
    ];

    /// Its name, as `/etc/reader.conf.d` takes it after the port.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GemPcTwin => "GemPCTwin",
            Self::GemPcPinPad => "GemPCPinPad",
            Self::GemCorePosPro => "GemCorePOSPro",
            Self::GemCoreSimPro => "GemCoreSIMPro",
            Self::GemCoreSimPro2 => "GemCoreSIMPro2",
            Self::Sec1210 => "SEC1210",
        }
    }

    /// How many slots it has; a card can be in the first only.
    pub const fn slots(self) -> u8 {
        match self {
            Self::GemPcTwin | Self::GemPcPinPad => 1,
            Self::GemCorePosPro => 5,
            Self::GemCoreSimPro | Self::GemCoreSimPro2 | Self::Sec1210 => 2,
        }
    }

    /// Whether it sends each command back before its answer.
    pub const fn echoes(self) -> bool {
        matches!(self, Self::GemPcTwin | Self::GemPcPinPad)
    }

    /// What it calls itself; `None` when it does not know the question.
    pub(super) const fn firmware(self) -> Option<&'static [u8]> {
        match self {
            Self::GemPcTwin => Some(b"SIM-TWIN 1.00"),
            Self::GemPcPinPad => Some(b"SIM-PINPAD 1.00"),
            Self::GemCorePosPro => Some(b"SIM-POSPRO 1.00"),
            Self::GemCoreSimPro => Some(b"SIM-SIMPRO 1.00"),
            Self::GemCoreSimPro2 => Some(b"SIM-SIMPRO2 1.00"),
            Self::Sec1210 => None,
        }
    }

    /// Whether the host need not agree with the card (PPS).
    pub(super) const fn agrees_itself(self) -> bool {
        matches!(self, Self::Sec1210)
    }
}

/// Text that names no kind of reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKind(String);

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is no kind of card reader; say ", self.0)?;
        for (index, kind) in ReaderKind::ALL.into_iter().enumerate() {
            let before = match index {
                0 => "",
                _ if index + 1 == ReaderKind::ALL.len() => " or ",
                _ => ", ",
            };
            write!(f, "{before}{}", kind.name())?;
        }
        Ok(())
    }
}

impl core::error::Error for UnknownKind {}

impl FromStr for ReaderKind {
    type Err = UnknownKind;

    /// Reads a [name](Self::name), in capitals or not.
    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        let named = |kind: &Self| kind.name().eq_ignore_ascii_case(text);
        Self::ALL.into_iter().find(named).ok_or_else(|| UnknownKind(text.into()))
    }
}

impl fmt::Display for ReaderKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
