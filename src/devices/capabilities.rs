//! What the hall's devices can do: what is configured, and what of it works now.

use gongji_hal::printer::profile::{CHINESE_DOTS, Profile};
use serde::Serialize;

use super::supervise::Device;
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

    const fn of(configured: bool, working: bool) -> Self {
        match (configured, working) {
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
    /// Those of a printer with this profile: every command that is used for sizes belongs to the common
    /// part of ESC/POS.
    pub const fn of(profile: Profile) -> Self {
        let Profile { paper, cutter, .. } = profile;
        let dots = paper.dots();
        Self { dots, characters: dots / CHINESE_DOTS, large_print: true, cutter }
    }
}

/// The devices of one kiosk, and how each is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Capabilities {
    /// Reads social-security cards.
    pub card: Ability,
    /// Reads identity documents.
    pub documents: Ability,
    /// Reads 医保码.
    pub codes: Ability,
    /// Prints slips.
    pub printer: Ability,
    /// What the printer can do, if there is one.
    pub printing: Option<PrinterAbilities>,
}

impl Capabilities {
    /// What is configured, and what of it works.
    pub fn of(config: &Config, works: impl Fn(Device) -> bool) -> Self {
        let printer = config.printer.as_ref();
        Self {
            card: Ability::of(true, works(Device::Card)),
            documents: Ability::of(config.idcard.is_some(), works(Device::IdCard)),
            codes: Ability::of(config.code.is_some(), works(Device::Code)),
            printer: Ability::of(printer.is_some(), works(Device::Printer)),
            printing: printer.map(|section| PrinterAbilities::of(section.profile())),
        }
    }

    /// What the kiosk offers now, in words; what is configured and away is left out.
    pub fn offers(&self) -> Vec<String> {
        let mut words = Vec::new();
        let media = [
            (self.card, "visits by card"),
            (self.documents, "by identity document"),
            (self.codes, "by code"),
        ];
        for (ability, name) in media {
            if ability.is_working() {
                words.push(name.to_owned());
            }
        }
        if let Some(printing) = self.printing.filter(|_| self.printer.is_working()) {
            let large = if printing.large_print { " and in large print" } else { "" };
            words.push(format!("slips of {} characters a line{large}", printing.characters));
        }
        words
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_is_absent_away_and_working_is_told_apart() {
        let mut config = Config::shipped().unwrap();
        let only_card = Capabilities::of(&config, |device| device == Device::Card);
        assert_eq!((only_card.card, only_card.printer), (Ability::Working, Ability::Away));
        assert!(only_card.printer.is_configured());
        assert_eq!(only_card.offers(), ["visits by card"]);
        let all = Capabilities::of(&config, |_| true);
        assert_eq!((all.documents, all.codes), (Ability::Working, Ability::Working));
        assert_eq!(all.offers()[3], "slips of 24 characters a line and in large print");
        let section = config.printer.as_mut().unwrap();
        for cutter in [true, false] {
            section.cutter = cutter;
            assert_eq!(PrinterAbilities::of(section.profile()).cutter, cutter);
        }
        config.printer = None;
        config.idcard = None;
        let none = Capabilities::of(&config, |_| false);
        assert_eq!((none.card, none.printer), (Ability::Away, Ability::Absent));
        assert!(!none.printer.is_configured() && none.printing.is_none());
        assert!(none.offers().is_empty());
    }
}
