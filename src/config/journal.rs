//! `[journal]`: the kiosk's own memory.

use std::path::PathBuf;

use serde::Deserialize;

use crate::journal::{JournalOptions, SIZE_MB_DEFAULT, SIZE_MB_MAX, SIZE_MB_MIN};

/// The kiosk's own memory.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalSection {
    /// The SQLite file; relative to the configuration file's folder.
    pub db: PathBuf,
    /// The file with the key of its digests and seals, relative to the configuration file's folder;
    /// not stated: beside `db`, with the ending `.key`.
    pub key: Option<PathBuf>,
    /// Most megabytes; then queries only.
    #[serde(default = "default_size_max")]
    pub size_max: u32,
}

const fn default_size_max() -> u32 {
    SIZE_MB_DEFAULT
}

impl JournalSection {
    /// The journal of the kiosk `terminal_no`.
    pub fn options(&self, terminal_no: &str) -> JournalOptions {
        JournalOptions {
            db: self.db.clone(),
            key: self.key.clone(),
            size_mb: self.size_max,
            terminal_no: terminal_no.to_owned(),
        }
    }

    /// The first wrong key, and what is wrong with it.
    pub(super) fn check(&self) -> Result<(), (&'static str, String)> {
        if (SIZE_MB_MIN..=SIZE_MB_MAX).contains(&self.size_max) {
            Ok(())
        } else {
            Err(("size_max", format!("takes {SIZE_MB_MIN} to {SIZE_MB_MAX} megabytes")))
        }
    }
}
