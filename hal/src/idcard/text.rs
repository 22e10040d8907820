//! The 256 bytes of text on a document, UTF-16LE: four layouts, told apart by the mark at 248.

use core::fmt;

use heapless::String;
use zeroize::Zeroizing;

use super::{
    document::{DocumentKind, IdDocument, Sex},
    limits::TEXT_BYTES,
    number,
};
use crate::date::Date;

/// Where the mark of the kind stands.
pub const KIND_AT: usize = 248;
/// 长期, in place of the last day of validity.
const LONG_TERM: &str = "长期";

/// Bytes of UTF-8 of a day or a code at most: 8 units.
const FIELD_UTF8_MAX: usize = 8 * 3;

/// A run of the text: first byte and bytes.
pub(super) type Span = (usize, usize);

/// Where the fields of one layout stand.
pub(super) struct Layout {
    pub(super) chinese_name: Span,
    /// The name in Latin letters and its continuation, where the layout has them.
    pub(super) latin_name: [Span; 2],
    pub(super) sex: Span,
    pub(super) birth: Span,
    pub(super) number: Span,
    pub(super) valid_from: Span,
    pub(super) valid_until: Span,
}

const NOWHERE: Span = (0, 0);

const RESIDENT: Layout = Layout {
    chinese_name: (0, 30),
    latin_name: [NOWHERE; 2],
    sex: (30, 2),
    birth: (36, 16),
    number: (122, 36),
    valid_from: (188, 16),
    valid_until: (204, 16),
};

const FOREIGNER_2017: Layout = Layout {
    chinese_name: (158, 30),
    latin_name: [(0, 120), NOWHERE],
    sex: (120, 2),
    birth: (220, 16),
    number: (122, 30),
    ..RESIDENT
};

const FOREIGNER_2023: Layout = Layout { latin_name: [(52, 70), (220, 22)], ..RESIDENT };

/// What about a text cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TextError {
    /// The mark of the kind is none of the four.
    Kind,
    /// The name is missing, or is no text.
    Name,
    /// The sex is no code of GB/T 2261.1.
    Sex,
    /// The day of birth does not exist.
    Birth,
    /// A day of validity does not exist.
    Validity,
    /// The number has not the form that this kind of document has.
    Number,
    /// The number's check character disagrees with its digits (GB 11643).
    CheckCharacter,
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kind => "it is of no known kind",
            Self::Name => "it holds no valid name",
            Self::Sex => "it holds no valid code of sex",
            Self::Birth => "it holds no valid day of birth",
            Self::Validity => "it holds no valid days of validity",
            Self::Number => "its number has not the form of such a document",
            Self::CheckCharacter => "the check character of its number is wrong",
        })
    }
}

impl core::error::Error for TextError {}

/// Reads the text of a document.
///
/// # Errors
/// The first field that cannot be; nothing of its content.
pub fn parse(text: &[u8; TEXT_BYTES]) -> Result<IdDocument, TextError> {
    let kind = kind(text)?;
    let layout = layout(kind);
    // Filled in where it stays: whatever ends this, it is wiped.
    let mut document = IdDocument::blank(kind);
    names(text, layout, &mut document)?;
    let mut field = Zeroizing::new(String::<FIELD_UTF8_MAX>::new());
    read(text, &[layout.sex], &mut field).ok_or(TextError::Sex)?;
    document.sex = match field.as_str() {
        "1" => Sex::Male,
        "2" => Sex::Female,
        "0" | "9" => Sex::Unstated,
        _ => return Err(TextError::Sex),
    };
    document.birth = date(text, layout.birth).ok_or(TextError::Birth)?;
    document.valid_from = date(text, layout.valid_from).ok_or(TextError::Validity)?;
    read(text, &[layout.valid_until], &mut field).ok_or(TextError::Validity)?;
    if field.as_str() != LONG_TERM {
        let day = Date::from_digits(&field).ok_or(TextError::Validity)?;
        document.valid_until = Some(day);
    }
    read(text, &[layout.number], &mut document.number).ok_or(TextError::Number)?;
    check_number(kind, &document.number)?;
    Ok(document)
}

/// Where the fields of a kind of document stand.
pub(super) const fn layout(kind: DocumentKind) -> &'static Layout {
    match kind {
        DocumentKind::Resident | DocumentKind::HongKongMacaoTaiwan => &RESIDENT,
        DocumentKind::Foreigner2017 => &FOREIGNER_2017,
        DocumentKind::Foreigner2023 => &FOREIGNER_2023,
    }
}

fn kind(text: &[u8; TEXT_BYTES]) -> Result<DocumentKind, TextError> {
    match text.get(KIND_AT..KIND_AT + 2) {
        // Some residents' documents have nothing there.
        Some([b' ' | 0x00, 0x00]) => Ok(DocumentKind::Resident),
        Some([b'J', 0x00]) => Ok(DocumentKind::HongKongMacaoTaiwan),
        Some([b'I', 0x00]) => Ok(DocumentKind::Foreigner2017),
        Some([b'Y', 0x00]) => Ok(DocumentKind::Foreigner2023),
        _ => Err(TextError::Kind),
    }
}

fn names(
    text: &[u8; TEXT_BYTES],
    layout: &Layout,
    document: &mut IdDocument,
) -> Result<(), TextError> {
    read(text, &[layout.chinese_name], &mut document.chinese_name).ok_or(TextError::Name)?;
    read(text, &layout.latin_name, &mut document.latin_name).ok_or(TextError::Name)?;
    if document.name().is_empty() { Err(TextError::Name) } else { Ok(()) }
}

fn check_number(kind: DocumentKind, number: &str) -> Result<(), TextError> {
    let starts = match kind {
        DocumentKind::Resident => true,
        DocumentKind::HongKongMacaoTaiwan => {
            ["81", "82", "83"].iter().any(|start| number.starts_with(start))
        }
        DocumentKind::Foreigner2017 if number::is_old_foreign(number) => return Ok(()),
        DocumentKind::Foreigner2017 | DocumentKind::Foreigner2023 => number.starts_with('9'),
    };
    if !starts || !number::is_long(number) {
        Err(TextError::Number)
    } else if number::is_check_right(number) {
        Ok(())
    } else {
        Err(TextError::CheckCharacter)
    }
}

fn date(text: &[u8; TEXT_BYTES], span: Span) -> Option<Date> {
    let mut field = Zeroizing::new(String::<FIELD_UTF8_MAX>::new());
    read(text, &[span], &mut field)?;
    Date::from_digits(&field)
}

/// Reads runs of the text as one field into `field`: without pads at its ends, with one space for
/// pads inside. `None` when it is no UTF-16, has control characters, or is too long.
fn read<const N: usize>(
    text: &[u8; TEXT_BYTES],
    spans: &[Span],
    field: &mut String<N>,
) -> Option<()> {
    field.clear();
    let units = spans
        .iter()
        .flat_map(|&(at, bytes)| text.get(at..at + bytes).unwrap_or_default().as_chunks::<2>().0)
        .map(|&unit| u16::from_le_bytes(unit));
    let mut has_pad = false;
    for character in char::decode_utf16(units) {
        let character = character.ok()?;
        if character.is_control() && character != '\0' {
            return None;
        }
        if character.is_whitespace() || character == '\0' {
            has_pad = true;
            continue;
        }
        if core::mem::take(&mut has_pad) && !field.is_empty() {
            field.push(' ').ok()?;
        }
        field.push(character).ok()?;
    }
    Some(())
}
