//! What is entered on the pad, key by key.

use zeroize::Zeroizing;

use super::event::PadKey;

/// Digits as they were entered.
///
/// Personal: it cannot be formatted or copied, and is wiped when dropped. It has its room from the
/// beginning, so that growing leaves no copies behind.
pub(crate) struct Entered {
    digits: Zeroizing<String>,
    most: usize,
}

impl Entered {
    /// Nothing yet; at most so many digits.
    pub(crate) fn new(most: u8) -> Self {
        let most = usize::from(most);
        Self { digits: Zeroizing::new(String::with_capacity(most)), most }
    }

    /// Takes a key; false when the pad has no such key. A digit beyond the last changes nothing.
    pub(crate) fn key(&mut self, key: PadKey) -> bool {
        match key {
            PadKey::Character(digit) if digit.is_ascii_digit() => {
                if self.digits.len() < self.most {
                    self.digits.push(char::from(digit));
                }
            }
            PadKey::Character(_) => return false,
            PadKey::Erase => drop(self.digits.pop()),
            PadKey::Clear => self.digits.clear(),
        }
        true
    }

    /// How many digits there are.
    pub(crate) fn count(&self) -> u8 {
        u8::try_from(self.digits.len()).unwrap_or(u8::MAX)
    }

    /// The digits; whoever calls this answers for where they go.
    pub(crate) fn reveal(&self) -> &str {
        &self.digits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_and_go() {
        let mut entered = Entered::new(3);
        let room = entered.digits.capacity();
        for digit in *b"1234" {
            assert!(entered.key(PadKey::Character(digit)));
        }
        assert_eq!((entered.reveal(), entered.count()), ("123", 3));
        assert!(entered.key(PadKey::Erase));
        assert_eq!(entered.reveal(), "12");
        for other in *b"Xa*\xff" {
            assert!(!entered.key(PadKey::Character(other)));
        }
        assert!(entered.key(PadKey::Clear));
        assert!(entered.key(PadKey::Erase));
        assert_eq!(entered.count(), 0);
        assert_eq!(entered.digits.capacity(), room, "the digits were copied as they grew");
    }
}
