//! Reads a 社会保障卡: which APDUs, in which order, and what their answers mean (LD/T 32-2015).
//!
//! Records are asked for by tag, because their numbers move between versions. Only the
//! social-security application is touched, never the bank's.

use core::fmt::Write;

use heapless::Vec;
use zeroize::Zeroize;

use super::{
    apdu::Apdu,
    date::Date,
    error::{CardError, Unreadable},
    record::{NAME_BYTES, NAME_EXTENSION_BYTES, name, text, unpadded, value},
    social_card::SocialCard,
    status_word::StatusWord,
};

/// Name of the social-security application: `sx1.sh.社会保障` in GBK.
pub const APPLICATION_NAME: [u8; 15] =
    [0x73, 0x78, 0x31, 0x2E, 0x73, 0x68, 0x2E, 0xC9, 0xE7, 0xBB, 0xE1, 0xB1, 0xA3, 0xD5, 0xCF];
/// The file about the card.
pub const FILE_CARD: [u8; 2] = [0xEF, 0x05];
/// The file about its holder.
pub const FILE_HOLDER: [u8; 2] = [0xEF, 0x06];

/// Tag of 卡的识别码.
pub const TAG_CARD_ID: u8 = 0x01;
/// Tag of 卡的类别.
pub const TAG_CLASS: u8 = 0x02;
/// Tag of 规范版本.
pub const TAG_VERSION: u8 = 0x03;
/// Tag of 发卡日期.
pub const TAG_ISSUED: u8 = 0x05;
/// Tag of 卡有效期.
pub const TAG_EXPIRES: u8 = 0x06;
/// Tag of 卡号.
pub const TAG_NUMBER: u8 = 0x07;
/// Tag of 社会保障号码.
pub const TAG_ID_NUMBER: u8 = 0x08;
/// Tag of 姓名.
pub const TAG_NAME: u8 = 0x09;
/// Tag of 姓名扩展.
pub const TAG_NAME_EXTENSION: u8 = 0x4E;

/// The steps of a reading: files to select and records (tag, length of the value) to read.
const PLAN: [Step; 12] = [
    Step::Application,
    Step::File(FILE_CARD),
    Step::Record(TAG_CARD_ID, 16),
    Step::Record(TAG_CLASS, 1),
    Step::Record(TAG_VERSION, 4),
    Step::Record(TAG_ISSUED, 4),
    Step::Record(TAG_EXPIRES, 4),
    Step::Record(TAG_NUMBER, 9),
    Step::File(FILE_HOLDER),
    Step::Record(TAG_ID_NUMBER, 18),
    Step::Record(TAG_NAME, NAME_BYTES as u8),
    Step::Record(TAG_NAME_EXTENSION, NAME_EXTENSION_BYTES as u8),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Application,
    File([u8; 2]),
    Record(u8, u8),
}

/// How to ask again when a card wants the same step said differently.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wording {
    Usual,
    /// SELECT with P1 = 00; READ RECORD with Le = 00.
    Other,
}

/// A reading under way.
pub struct SocialReader {
    at: usize,
    wording: Wording,
    card: SocialCard,
    name: Vec<u8, NAME_BYTES>,
}

impl SocialReader {
    /// A reading that begins, of a card that answered reset with `atr`.
    pub fn new(atr: &[u8]) -> Self {
        // An answer to reset has been checked to fit.
        let atr = Vec::from_slice(atr).unwrap_or_default();
        let mut card = SocialCard::default();
        card.atr = atr;
        Self { at: 0, wording: Wording::Usual, card, name: Vec::new() }
    }

    /// What to ask the card next; `None` when all is read.
    pub fn apdu(&self) -> Option<Apdu> {
        let usual = self.wording == Wording::Usual;
        match *PLAN.get(self.at)? {
            Step::Application => Apdu::select_application(&APPLICATION_NAME),
            Step::File(id) => Apdu::select_file(id, usual),
            // The record comes with its tag and length.
            Step::Record(tag, length) => {
                Some(Apdu::read_record(tag, if usual { length + 2 } else { 0 }))
            }
        }
    }

    /// What was read, taken out.
    pub fn take(&mut self) -> SocialCard {
        let card = self.card.clone();
        self.card.zeroize();
        card
    }

    /// Takes in the answer to [`apdu`](Self::apdu).
    ///
    /// # Errors
    /// The card cannot be read.
    pub fn receive(&mut self, status: StatusWord, data: &[u8]) -> Result<(), CardError> {
        let Some(step) = PLAN.get(self.at).copied() else {
            return Ok(());
        };
        if self.asks_for_other_wording(step, status) {
            self.wording = Wording::Other;
            return Ok(());
        }
        match step {
            Step::Application => select_outcome(status)?,
            Step::File(FILE_HOLDER) | Step::Record(TAG_ID_NUMBER.., _)
                if self.may_withhold_holder(status) =>
            {
                self.finish_name(TAG_NAME_EXTENSION, &[]);
                self.at = PLAN.len();
                return Ok(());
            }
            Step::File(_) if status.is_success() => {}
            Step::File(_) => return Err(CardError::Unreadable(Unreadable::Status(status))),
            Step::Record(tag, length) => self.record(tag, length, status, data)?,
        }
        self.at += 1;
        self.wording = Wording::Usual;
        Ok(())
    }

    fn asks_for_other_wording(&self, step: Step, status: StatusWord) -> bool {
        let cause = match step {
            Step::Application => false,
            Step::File(_) => {
                matches!(status, StatusWord::WrongParameters | StatusWord::FileNotFound)
            }
            Step::Record(..) => status == StatusWord::WrongLength,
        };
        cause && self.wording == Wording::Usual
    }

    /// Cards of version 3 give their holder only to a PSAM.
    fn may_withhold_holder(&self, status: StatusWord) -> bool {
        status == StatusWord::SecurityNotSatisfied
            || (!status.is_success() && self.card.version.starts_with('3'))
    }

    fn record(
        &mut self,
        tag: u8,
        length: u8,
        status: StatusWord,
        data: &[u8],
    ) -> Result<(), CardError> {
        if matches!(status, StatusWord::RecordNotFound | StatusWord::FileNotFound) {
            return if matches!(tag, TAG_CARD_ID | TAG_NUMBER) {
                Err(CardError::Unreadable(Unreadable::Record(tag)))
            } else {
                self.finish_name(tag, &[]);
                Ok(())
            };
        }
        if !status.is_success() {
            return Err(CardError::Unreadable(Unreadable::Status(status)));
        }
        let value = value(tag, data)
            .filter(|value| value.len() <= usize::from(length))
            .ok_or(CardError::Unreadable(Unreadable::Record(tag)))?;
        self.keep(tag, value).map_err(CardError::Unreadable)
    }

    fn keep(&mut self, tag: u8, value: &[u8]) -> Result<(), Unreadable> {
        let no_text = Unreadable::Text(tag);
        match tag {
            TAG_CARD_ID => {
                let id = <[u8; 16]>::try_from(value).map_err(|_| Unreadable::Record(tag))?;
                self.card.card_id.clear();
                for byte in id {
                    write!(self.card.card_id, "{byte:02X}").map_err(|_| no_text)?;
                }
            }
            TAG_CLASS => self.card.class = text(value).unwrap_or_default(),
            TAG_VERSION => self.card.version = text(value).unwrap_or_default(),
            TAG_ISSUED => self.card.issued = date(tag, value)?,
            TAG_EXPIRES => self.card.expires = date(tag, value)?,
            TAG_NUMBER => {
                self.card.number = text(value).filter(|n| !n.is_empty()).ok_or(no_text)?;
            }
            TAG_ID_NUMBER => {
                let number = text(value).ok_or(no_text)?;
                self.card.id_number = Some(number).filter(|number| !number.is_empty());
            }
            TAG_NAME => {
                self.name = Vec::from_slice(value).map_err(|_| Unreadable::Record(tag))?;
            }
            _ => self.finish_name(tag, value),
        }
        Ok(())
    }

    fn finish_name(&mut self, tag: u8, extension: &[u8]) {
        if tag == TAG_NAME_EXTENSION {
            self.card.name = name(&self.name, extension).filter(|name| !name.is_empty());
        }
    }
}

impl Drop for SocialReader {
    fn drop(&mut self) {
        self.name.zeroize();
    }
}

/// What the answer to SELECT of the application says about the card.
fn select_outcome(status: StatusWord) -> Result<(), CardError> {
    match status {
        StatusWord::FunctionNotSupported | StatusWord::Warning(0x83) => Err(CardError::Blocked),
        _ if status.is_success() => Ok(()),
        StatusWord::FileNotFound
        | StatusWord::RecordNotFound
        | StatusWord::WrongParameters
        | StatusWord::InstructionNotSupported
        | StatusWord::ClassNotSupported => Err(CardError::NotSocialCard),
        _ => Err(CardError::Unreadable(Unreadable::Status(status))),
    }
}

/// A date; pads alone are none.
fn date(tag: u8, value: &[u8]) -> Result<Option<Date>, Unreadable> {
    let bytes = <[u8; 4]>::try_from(value).map_err(|_| Unreadable::Record(tag))?;
    if unpadded(value).is_empty() {
        return Ok(None);
    }
    Date::from_bcd(bytes).map(Some).ok_or(Unreadable::Date(tag))
}
