//! What the pack of the kiosk's region says to patrons.

use std::sync::Arc;

use jiff::civil::Date;

use crate::config::Config;
use crate::config::policy::NATIONAL;
use crate::visit::settings::Rulebook;

/// The region of a kiosk, as patrons hear of it.
#[derive(Clone, Debug)]
pub(super) struct Region {
    /// What patrons call it; `None` where the rules of the whole country hold.
    pub(super) name: Option<String>,
    /// Whom to telephone: the hall's own number, else that of the region.
    pub(super) hotline: Option<String>,
    /// The rules of every region.
    pub(super) rules: Rulebook,
}

impl Region {
    /// Checks all packs and takes what holds on a day.
    ///
    /// # Errors
    /// One sentence, when a pack is wrong or none holds for the region.
    pub(super) fn of(config: &Config, on: Date) -> Result<Self, String> {
        let packs = Arc::new(config.policy.packs()?);
        let own = &config.policy.region;
        let policy = packs.at(own, on).map_err(|e| format!("region of [policy]: {e}"))?;
        let stated = policy.rules.hotline.map(|stated| stated.value);
        Ok(Self {
            name: (policy.region != NATIONAL).then_some(policy.name),
            hotline: config.kiosk.hotline.clone().or(stated),
            rules: Rulebook::new(packs, own.as_str()),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_halls_own_hotline_stands_above_the_packs() {
        for (region, own, name, hotline) in [
            ("national", None, None, "12393"),
            ("全国", None, None, "12393"),
            ("shanghai", None, Some("上海"), "12393"),
            ("上海", Some("021-12345"), Some("上海"), "021-12345"),
            ("national", Some("021-12345"), None, "021-12345"),
        ] {
            let mut config = Config::shipped().unwrap();
            config.policy.region = region.into();
            config.kiosk.hotline = own.map(str::to_owned);
            let found = Region::of(&config, date(2026, 11, 22)).unwrap();
            assert_eq!(found.name.as_deref(), name, "{region}");
            assert_eq!(found.hotline.as_deref(), Some(hotline), "{region}");
        }
    }
}
