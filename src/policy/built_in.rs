//! The packs that are built in: `deploy/policy`, one a region.

use super::error::Problem;
use super::packs::{Packs, PolicyFile};

macro_rules! files {
    ($($name:literal,)+) => {
        [$(PolicyFile {
            name: $name,
            text: include_str!(concat!("../../deploy/policy/", $name)),
        },)+]
    };
}

/// Every file of `deploy/policy`; a test holds that none is left out.
pub const FILES: [PolicyFile<'static>; 19] = files![
    "beijing.toml",
    "commitment.txt",
    "fujian.toml",
    "guangdong.toml",
    "hainan.toml",
    "handling.txt",
    "hunan.toml",
    "inner-mongolia.toml",
    "jiangsu.toml",
    "jiangxi.toml",
    "national-2026.toml",
    "national.toml",
    "notice.txt",
    "shaanxi.toml",
    "shandong.toml",
    "shanghai.toml",
    "shanxi.toml",
    "tianjin.toml",
    "urumqi.toml",
];

/// The built-in packs.
///
/// # Errors
/// As [`Packs::load`]; a test holds that there is none.
pub fn packs() -> Result<Packs, Vec<Problem>> {
    Packs::load(&FILES)
}
