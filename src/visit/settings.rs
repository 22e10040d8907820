//! What one hall's kiosk is told about itself.

use std::sync::Arc;

use jiff::civil::Date;

use crate::policy::{Packs, Policy};

/// The region whose pack holds where no other does.
const NATION: &str = "national";

/// The packs, and the region whose rules hold where a person's own are not known.
#[derive(Clone, Debug)]
pub struct Rulebook {
    packs: Arc<Packs>,
    region: String,
}

impl Rulebook {
    /// The rules of a kiosk in `region`, as files name it.
    pub fn new(packs: Arc<Packs>, region: impl Into<String>) -> Self {
        Self { packs, region: region.into() }
    }

    /// The rules for somebody who is insured in a place (医保区划, six digits) on a day; `None` when no
    /// pack holds for it.
    pub fn of_place(&self, admdvs: &str, on: Date) -> Option<Policy> {
        self.packs.of_place(admdvs, on, &self.region).ok()
    }

    /// What patrons call the region of a place (医保区划, six digits) on a day; `None` when no pack is of
    /// it.
    pub fn place_name(&self, admdvs: &str, on: Date) -> Option<String> {
        let packs = self.packs.all().iter().filter(|pack| pack.valid.contains(on));
        let of_it = packs.filter_map(|pack| {
            let digits = pack.admdvs.as_deref()?;
            admdvs.starts_with(digits).then_some((digits.len(), &pack.name))
        });
        of_it.max_by_key(|(digits, _)| *digits).map(|(_, name)| name.clone())
    }

    /// The rules for the premium of somebody who is insured in a place, on a day: those of the pack of
    /// the place, else what holds nation-wide. `None` when no pack holds.
    pub fn of_relative(&self, admdvs: &str, on: Date) -> Option<Policy> {
        self.packs.of_place(admdvs, on, NATION).ok()
    }

    /// The rules of the kiosk's own region on a day.
    pub fn own(&self, on: Date) -> Option<Policy> {
        self.packs.at(&self.region, on).ok()
    }
}

/// Two rulebooks are the same when they are of the same packs.
impl PartialEq for Rulebook {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.packs, &other.packs) && self.region == other.region
    }
}

impl Eq for Rulebook {}

/// Texts of the hall and the devices it has. `None` stands for the catalogue's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The region, as patrons call it, for help texts.
    pub region: Option<String>,
    /// The rules; without them the kiosk answers queries only.
    pub rules: Option<Rulebook>,
    /// Where the card slot is.
    pub slot_hint: Option<String>,
    /// Where documents are put down.
    pub document_hint: Option<String>,
    /// Where codes are held up.
    pub code_hint: Option<String>,
    /// The hotline's number.
    pub hotline: Option<String>,
    /// Whether the kiosk has an ID card reader at all.
    pub documents: bool,
    /// Whether the kiosk has a code scanner at all.
    pub codes: bool,
    /// Whether the kiosk has a printer at all; without one it answers queries and says so.
    pub printer: bool,
    /// Whether a call for staff reaches them. Without that the patron is asked to wave.
    pub staff_told: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            region: None,
            rules: None,
            slot_hint: None,
            document_hint: None,
            code_hint: None,
            hotline: None,
            documents: true,
            codes: true,
            printer: true,
            staff_told: true,
        }
    }
}
