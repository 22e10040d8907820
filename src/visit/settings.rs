//! What one hall's kiosk is told about itself.

/// Texts of the hall and the devices it has. `None` stands for the catalogue's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The region, as patrons call it, for help texts.
    pub region: Option<String>,
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
