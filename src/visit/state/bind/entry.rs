//! What is typed on a pad.

use zeroize::Zeroizing;

use crate::visit::event::PadKey;

/// Characters typed so far; wiped when dropped.
#[derive(Clone)]
pub(crate) struct Entry {
    text: Zeroizing<String>,
    length_max: u8,
}

impl Entry {
    /// Nothing yet, of at most so many characters.
    pub(crate) fn new(length_max: u8) -> Self {
        // All room at once: a string that grows would leave parts of itself behind.
        let text = Zeroizing::new(String::with_capacity(length_max.into()));
        Self { text, length_max }
    }

    /// A key of the pad; a character beyond the last changes nothing.
    pub(crate) fn key(&mut self, key: PadKey) {
        match key {
            PadKey::Erase => drop(self.text.pop()),
            PadKey::Clear => self.text.clear(),
            PadKey::Character(c) if self.filled() < self.length_max => {
                self.text.push(char::from(c));
            }
            PadKey::Character(_) => {}
        }
    }

    /// What is in.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// A copy of what is in, which is wiped too.
    pub(crate) fn copy(&self) -> Zeroizing<String> {
        self.text.clone()
    }

    /// How many characters are in; all of them are ASCII.
    pub(crate) fn filled(&self) -> u8 {
        u8::try_from(self.text.len()).unwrap_or(self.length_max)
    }
}
