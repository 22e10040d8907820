//! What an identity document says.

use core::fmt;

use heapless::String;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::limits::{LATIN_NAME_UTF8_MAX, NAME_UTF8_MAX, NUMBER_CHARS_MAX};
use crate::date::Date;

/// The kinds of document that a second-generation reader reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DocumentKind {
    /// 居民身份证.
    Resident,
    /// 港澳台居民居住证.
    HongKongMacaoTaiwan,
    /// 外国人永久居留身份证, the edition of 2017.
    Foreigner2017,
    /// 外国人永久居留身份证, the edition of 2023.
    Foreigner2023,
}

/// Sex as the document states it (GB/T 2261.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sex {
    /// Code 1.
    Male,
    /// Code 2.
    Female,
    /// Code 0 (unknown) or 9 (not stated).
    Unstated,
}

/// What the kiosk needs of an identity document, and nothing else: address, nation, issuer, pass
/// number, country and photo are never kept.
///
/// Personal: nothing of it can be formatted, and it is wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct IdDocument {
    /// Which document it is.
    pub kind: DocumentKind,
    /// The name in Chinese characters; empty on some foreigners' documents.
    pub chinese_name: String<NAME_UTF8_MAX>,
    /// The name in Latin letters; foreigners' documents only, else empty.
    pub latin_name: String<LATIN_NAME_UTF8_MAX>,
    /// 公民身份号码, 证件号码: 18 characters checked by GB 11643, or 15 on a foreigner's document of
    /// 2017.
    pub number: String<NUMBER_CHARS_MAX>,
    /// Sex.
    pub sex: Sex,
    /// Day of birth.
    pub birth: Date,
    /// The first day of validity.
    pub valid_from: Date,
    /// The last day of validity; `None` for 长期. The host compares it with its own clock.
    pub valid_until: Option<Date>,
}

impl IdDocument {
    /// The name in Chinese characters, or in Latin letters where there is no other.
    pub fn name(&self) -> &str {
        if self.chinese_name.is_empty() { &self.latin_name } else { &self.chinese_name }
    }

    /// A document to be filled in.
    pub(super) const fn blank(kind: DocumentKind) -> Self {
        let day = Date { year: 1900, month: 1, day: 1 };
        Self {
            kind,
            chinese_name: String::new(),
            latin_name: String::new(),
            number: String::new(),
            sex: Sex::Unstated,
            birth: day,
            valid_from: day,
            valid_until: None,
        }
    }
}

impl Zeroize for IdDocument {
    fn zeroize(&mut self) {
        self.chinese_name.zeroize();
        self.latin_name.zeroize();
        self.number.zeroize();
        self.sex = Sex::Unstated;
        self.birth.zeroize();
        self.valid_from.zeroize();
        self.valid_until.zeroize();
    }
}

impl Drop for IdDocument {
    fn drop(&mut self) {
        self.zeroize();
    }
}

impl ZeroizeOnDrop for IdDocument {}

impl fmt::Debug for IdDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdDocument").finish_non_exhaustive()
    }
}
