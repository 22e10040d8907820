//! What is wrong with a pack, in one sentence.

use core::fmt;
use core::ops::Range;

/// One sentence: file, line, what is wrong, the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    file: String,
    line: Option<usize>,
    what: String,
}

impl Problem {
    pub(super) fn at(file: &str, text: &str, place: Range<usize>, what: impl Into<String>) -> Self {
        let before = text.get(..place.start).unwrap_or(text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        Self { file: file.into(), line: Some(line), what: what.into() }
    }

    pub(super) fn of_file(file: &str, what: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, what: what.into() }
    }

    pub(super) fn malformed(file: &str, text: &str, e: &toml::de::Error) -> Self {
        let what = e.message().lines().collect::<Vec<_>>().join(" ");
        let what = format!("{what}; docs/policy.md explains every field");
        match e.span() {
            Some(place) => Self::at(file, text, place, what),
            None => Self::of_file(file, what),
        }
    }

    /// The same of a file that is shown by another name, such as one with its folder.
    pub fn shown_in(self, file: impl Into<String>) -> Self {
        Self { file: file.into(), ..self }
    }

    /// The file it is in.
    pub fn file(&self) -> &str {
        &self.file
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}: line {line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

impl core::error::Error for Problem {}
