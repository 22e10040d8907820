//! Describes a simulated identity document.

use core::fmt;
use std::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use crate::{
    date::Date,
    idcard::{
        document::{DocumentKind, Sex},
        limits::TEXT_BYTES,
        number::check_character,
        text::{KIND_AT, Span, layout},
    },
};

/// A document that can be put on a [`SimIdReader`](super::SimIdReader).
#[derive(Clone, PartialEq, Eq)]
pub struct SimIdDocument {
    pub(super) text: [u8; TEXT_BYTES],
    pub(super) serial: [u8; 8],
}

/// Why a document cannot be made as described: the value of this field is too long for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SimIdDocumentError(&'static str);

impl SimIdDocumentError {
    /// The field in plain words: `name`, `Latin name`, `number` and so on.
    pub const fn field(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for SimIdDocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} is too long for its field", self.0)
    }
}

impl core::error::Error for SimIdDocumentError {}

/// Describes a [`SimIdDocument`]; the default of each kind is a valid document of a fictional
/// person.
#[derive(Clone)]
#[must_use]
pub struct SimIdDocumentBuilder {
    kind: DocumentKind,
    chinese_name: String,
    latin_name: String,
    number: String,
    sex: Sex,
    birth: Date,
    valid_from: Date,
    valid_until: Option<Date>,
    serial: [u8; 8],
    raw: Vec<(usize, Vec<u8>)>,
}

impl SimIdDocument {
    /// 居民身份证.
    pub fn resident() -> SimIdDocumentBuilder {
        // County 999999 does not exist.
        SimIdDocumentBuilder::new(DocumentKind::Resident, "张三丰", "", &checked("999999194001010"))
    }

    /// 港澳台居民居住证.
    pub fn hong_kong_macao_taiwan() -> SimIdDocumentBuilder {
        let kind = DocumentKind::HongKongMacaoTaiwan;
        SimIdDocumentBuilder::new(kind, "陈大文", "", &checked("810000194001010"))
    }

    /// 外国人永久居留身份证, the edition of 2017.
    pub fn foreigner_2017() -> SimIdDocumentBuilder {
        let kind = DocumentKind::Foreigner2017;
        SimIdDocumentBuilder::new(kind, "", "DOE, JANE MARY", "ZZZ110040010101")
    }

    /// 外国人永久居留身份证, the edition of 2023.
    pub fn foreigner_2023() -> SimIdDocumentBuilder {
        let kind = DocumentKind::Foreigner2023;
        SimIdDocumentBuilder::new(kind, "简多伊", "DOE, JANE MARY", &checked("911999194001010"))
    }
}

impl SimIdDocument {
    /// The text on the document, as a reader sends it.
    pub fn text(&self) -> &[u8; TEXT_BYTES] {
        &self.text
    }
}

/// A number of 15 digits, `01`, and its check character.
fn checked(start: &str) -> String {
    let digits = format!("{start}01");
    check_character(&digits).map_or_else(String::new, |check| format!("{digits}{check}"))
}

impl SimIdDocumentBuilder {
    fn new(kind: DocumentKind, chinese_name: &str, latin_name: &str, number: &str) -> Self {
        Self {
            kind,
            chinese_name: chinese_name.to_string(),
            latin_name: latin_name.to_string(),
            number: number.to_string(),
            sex: Sex::Female,
            birth: Date { year: 1940, month: 1, day: 1 },
            valid_from: Date { year: 2020, month: 5, day: 1 },
            valid_until: Some(Date { year: 2099, month: 5, day: 1 }),
            serial: [0; 8],
            raw: Vec::new(),
        }
    }

    /// The name in Chinese characters, up to 15 units of UTF-16.
    pub fn name(mut self, name: &str) -> Self {
        self.chinese_name = name.to_string();
        self
    }

    /// The name in Latin letters, of a foreigner; elsewhere it is not written.
    pub fn latin_name(mut self, name: &str) -> Self {
        self.latin_name = name.to_string();
        self
    }

    /// The number, right or not.
    pub fn number(mut self, number: &str) -> Self {
        self.number = number.to_string();
        self
    }

    /// Sex.
    pub fn sex(mut self, sex: Sex) -> Self {
        self.sex = sex;
        self
    }

    /// Day of birth.
    pub fn birth(mut self, birth: Date) -> Self {
        self.birth = birth;
        self
    }

    /// The first day of validity.
    pub fn valid_from(mut self, day: Date) -> Self {
        self.valid_from = day;
        self
    }

    /// The last day of validity; `None` for 长期, one in the past for an expired document.
    pub fn valid_until(mut self, day: Option<Date>) -> Self {
        self.valid_until = day;
        self
    }

    /// The 8 bytes that selecting the document gives.
    pub fn serial(mut self, serial: [u8; 8]) -> Self {
        self.serial = serial;
        self
    }

    /// These bytes in the text from byte `at` on, right or not; what is beyond the text is cut.
    pub fn raw_text(mut self, at: usize, bytes: &[u8]) -> Self {
        self.raw.push((at, bytes.to_vec()));
        self
    }

    /// The document as described.
    ///
    /// # Errors
    /// A value does not fit its field.
    pub fn build(self) -> Result<SimIdDocument, SimIdDocumentError> {
        let mut text = [b' ', 0].repeat(TEXT_BYTES / 2);
        self.put_what_is_not_kept(&mut text)?;
        let layout = layout(self.kind);
        put(&mut text, layout.chinese_name, &self.chinese_name, "name")?;
        let [first, second] = layout.latin_name;
        let units: Vec<u16> = self.latin_name.encode_utf16().collect();
        let (head, tail) = units.split_at(units.len().min(first.1 / 2));
        if first.1 > 0 {
            put(&mut text, first, &String::from_utf16_lossy(head), "Latin name")?;
            put(&mut text, second, &String::from_utf16_lossy(tail), "Latin name")?;
        }
        let sex = match self.sex {
            Sex::Male => "1",
            Sex::Female => "2",
            Sex::Unstated => "0",
        };
        put(&mut text, layout.sex, sex, "sex")?;
        put(&mut text, layout.birth, &digits(self.birth), "birth")?;
        put(&mut text, layout.number, &self.number, "number")?;
        put(&mut text, layout.valid_from, &digits(self.valid_from), "first day")?;
        let until = self.valid_until.map_or_else(|| "长期".to_string(), digits);
        put(&mut text, layout.valid_until, &until, "last day")?;
        let mark = match self.kind {
            DocumentKind::Resident => " ",
            DocumentKind::HongKongMacaoTaiwan => "J",
            DocumentKind::Foreigner2017 => "I",
            DocumentKind::Foreigner2023 => "Y",
        };
        put(&mut text, (KIND_AT, 2), mark, "mark")?;
        for (at, bytes) in self.raw {
            for (to, byte) in text.iter_mut().skip(at).zip(bytes) {
                *to = byte;
            }
        }
        let text = text.try_into().map_err(|_| SimIdDocumentError("text"))?;
        Ok(SimIdDocument { text, serial: self.serial })
    }

    /// Fields that real documents have and the kiosk does not keep.
    fn put_what_is_not_kept(&self, text: &mut [u8]) -> Result<(), SimIdDocumentError> {
        let fields: &[(Span, &str)] = match self.kind {
            DocumentKind::Resident => {
                &[((32, 4), "01"), ((52, 70), "某市某路一号"), ((158, 30), "某市公安局")]
            }
            DocumentKind::HongKongMacaoTaiwan => &[
                ((52, 70), "某市某路一号"),
                ((158, 30), "某市公安局"),
                ((220, 18), "H00000000"),
                ((238, 4), "01"),
            ],
            DocumentKind::Foreigner2017 => &[((152, 6), "ZZZ"), ((236, 4), "01")],
            DocumentKind::Foreigner2023 => &[((242, 6), "ZZZ")],
        };
        fields.iter().try_for_each(|(span, value)| put(text, *span, value, "field"))
    }
}

impl fmt::Debug for SimIdDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SimIdDocument").finish_non_exhaustive()
    }
}

fn digits(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year, day.month, day.day)
}

/// Writes `value` as UTF-16LE into its field; what is left of the field stays blank.
fn put(
    text: &mut [u8],
    (at, bytes): Span,
    value: &str,
    field: &'static str,
) -> Result<(), SimIdDocumentError> {
    let encoded: Vec<u8> = value.encode_utf16().flat_map(u16::to_le_bytes).collect();
    if encoded.len() > bytes {
        return Err(SimIdDocumentError(field));
    }
    for (to, byte) in text.iter_mut().skip(at).zip(encoded) {
        *to = byte;
    }
    Ok(())
}
