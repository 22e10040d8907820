//! What is wrong with a configuration file, in one sentence.

use std::path::Path;

/// A section of the file and a key in it.
pub(super) type Place = (&'static str, &'static str);

/// One sentence: file, line, what is wrong, the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(String);

impl ConfigError {
    pub(super) fn unreadable(path: &Path, e: &std::io::Error) -> Self {
        let name = path.display();
        Self(format!("{name}: cannot be read ({e}); start from deploy/kiosk.toml"))
    }

    pub(super) fn malformed(path: &Path, text: &str, e: &toml::de::Error) -> Self {
        let name = path.display();
        let what = e.message().lines().collect::<Vec<_>>().join(" ");
        let place = e.span().map(|span| format!("line {}: ", line_of(text, span.start)));
        let place = place.unwrap_or_default();
        Self(format!("{name}: {place}{what}; every setting is explained in deploy/kiosk.toml"))
    }

    pub(super) fn wrong_value(path: &Path, text: &str, place: Place, why: &str) -> Self {
        let name = path.display();
        let (section, key) = place;
        let heading = format!("[{section}]");
        let mut lines =
            text.lines().enumerate().skip_while(|(_, line)| !line.starts_with(&heading));
        let line = lines.find(|(_, line)| line.trim_start().starts_with(key));
        let line = line.map(|(number, _)| format!("line {}: ", number + 1)).unwrap_or_default();
        Self(format!("{name}: {line}{key} {why}"))
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
}

impl core::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}
