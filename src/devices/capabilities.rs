//! What the hall's devices can do: what is configured, and what of it works now.

use gongji_hal::printer::profile::{CHINESE_DOTS, Paper};
use serde::Serialize;

use super::supervise::{Device, Roster};
use crate::config::Config;

/// Whether the kiosk has a device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Ability {
    /// The kiosk has none: it is never offered.
    #[default]
    Absent,
    /// There is one, and it does not work now.
    Away,
    /// It works.
    Working,
}

impl Ability {
    /// Whether the kiosk has the device at all.
    pub const fn is_configured(self) -> bool {
        !matches!(self, Self::Absent)
    }

    /// Whether it works now.
    pub const fn is_working(self) -> bool {
        matches!(self, Self::Working)
    }

    fn of(device: Device, configured: bool, roster: &Roster) -> Self {
        match (configured, roster.is_working(device)) {
            (false, _) => Self::Absent,
            (true, false) => Self::Away,
            (true, true) => Self::Working,
        }
    }
}

/// What a printer can do beside printing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PrinterAbilities {
    /// Dots across the paper.
    pub dots: u16,
    /// Chinese characters of usual size in a line.
    pub characters: u16,
    /// Characters of double size, for weak eyes.
    pub large_print: bool,
    /// Cuts each page off.
    pub cutter: bool,
}

impl PrinterAbilities {
    /// Those of a printer for this paper: every command that is used for sizes and cutting belongs to
    /// the common part of ESC/POS.
    pub const fn of(paper: Paper) -> Self {
        Self {
            dots: paper.dots(),
            characters: paper.dots() / CHINESE_DOTS,
            large_print: true,
            cutter: true,
        }
    }
}

/// The devices of one kiosk, and how each is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Capabilities {
    /// Reads social-security cards.
    pub card: Ability,
    /// Prints slips.
    pub printer: Ability,
    /// What the printer can do, if there is one.
    pub printing: Option<PrinterAbilities>,
}

impl Capabilities {
    /// What is configured, and what of it `roster` knows to work.
    pub fn of(config: &Config, roster: &Roster) -> Self {
        let printer = config.printer.as_ref();
        Self {
            card: Ability::of(Device::Card, true, roster),
            printer: Ability::of(Device::Printer, printer.is_some(), roster),
            printing: printer.map(|section| PrinterAbilities::of(section.paper.into())),
        }
    }
}
