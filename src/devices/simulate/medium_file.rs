//! How the files that describe cards and documents are read.

use std::path::Path;

use serde::de::DeserializeOwned;

/// Reads a TOML file, and gives its text, too, so that a wrong value can be found in it.
///
/// # Errors
/// One sentence with the file, the line and what is wrong.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Result<(T, String), String> {
    let name = path.display();
    let text = std::fs::read_to_string(path).map_err(|e| {
        format!("{name}: cannot be read ({e}); `records generate --cards DIR` makes such files")
    })?;
    let file = toml::from_str(&text).map_err(|e| {
        let what = e.message().lines().collect::<Vec<_>>().join(" ");
        let line =
            e.span().map_or(1, |s| text.bytes().take(s.start).filter(|b| *b == b'\n').count() + 1);
        format!("{name}: line {line}: {what}")
    })?;
    Ok((file, text))
}
