//! Describes a simulated card.

use std::{
    collections::BTreeMap,
    string::{String, ToString},
    vec,
    vec::Vec,
};

use super::{
    card::{CardState, Manner, Records, SimCard, SimPin},
    card_error::SimCardError,
    line::Line,
};
use crate::card::{
    date::Date,
    limits::RESPONSE_BYTES_MAX,
    pin::{Pin, PinFormat},
    protocol::Protocol,
    record::{NAME_BYTES, NAME_EXTENSION_BYTES},
    social::{
        TAG_CARD_ID, TAG_CLASS, TAG_EXPIRES, TAG_ID_NUMBER, TAG_ISSUED, TAG_NAME,
        TAG_NAME_EXTENSION, TAG_NUMBER, TAG_VERSION,
    },
};

/// Answer to reset of a card unless another is given: T=0, 13 historical bytes.
const ATR_DEFAULT: [u8; 17] = [
    0x3B, 0x6D, 0x00, 0x00, 0x00, 0x81, 0x53, 0x49, 0x4D, 0x86, 0x60, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x01,
];
/// Answer to reset of a card that offers T=1 only, and says no more.
const ATR_T1: [u8; 4] = [0x3B, 0x80, 0x01, 0x81];
/// The same with IFSC 32, BWI 4, CWI 5 and 13 historical bytes.
const ATR_T1_DEFAULT: [u8; 20] = [
    0x3B, 0x8D, 0x81, 0x31, 0x20, 0x45, 0x00, 0x81, 0x53, 0x49, 0x4D, 0x86, 0x60, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x01, 0x69,
];
/// How often a wrong PIN may be given unless told otherwise.
const TRIES_DEFAULT: u8 = 3;
/// As many as a status word can tell.
const TRIES_MAX: u8 = 15;

/// Describes a [`SimCard`]; the default is a valid card of version 2.00 of a fictional person.
#[derive(Clone)]
#[must_use]
pub struct SimCardBuilder {
    atr: Option<Vec<u8>>,
    needs_3_v: bool,
    has_application: bool,
    is_locked: bool,
    selects_by_p1_00: bool,
    withholds_holder: Option<bool>,
    card_id: [u8; 16],
    version: String,
    issued: Date,
    expires: Date,
    number: String,
    id_number: String,
    name: String,
    replaced: Vec<(u8, Option<Vec<u8>>)>,
    manner: Manner,
    pin: Option<String>,
    pin_format: PinFormat,
    tries: u8,
    is_pin_blocked: bool,
    refusals: BTreeMap<u8, u16>,
}

impl Default for SimCardBuilder {
    fn default() -> Self {
        let mut card_id = [0u8; 16];
        card_id[..3].copy_from_slice(&[0x99, 0x99, 0x00]);
        Self {
            atr: Some(ATR_DEFAULT.to_vec()),
            needs_3_v: false,
            has_application: true,
            is_locked: false,
            selects_by_p1_00: false,
            withholds_holder: None,
            card_id,
            version: "2.00".to_string(),
            issued: Date { year: 2018, month: 3, day: 1 },
            expires: Date { year: 2099, month: 12, day: 31 },
            number: "X00000001".to_string(),
            // County 999999 does not exist.
            id_number: "99999919400101001X".to_string(),
            name: "张三丰".to_string(),
            replaced: Vec::new(),
            manner: Manner::Agrees,
            pin: None,
            pin_format: PinFormat::default(),
            tries: TRIES_DEFAULT,
            is_pin_blocked: false,
            refusals: BTreeMap::new(),
        }
    }
}

impl SimCardBuilder {
    /// 卡的识别码.
    pub fn card_id(mut self, id: [u8; 16]) -> Self {
        self.card_id = id;
        self
    }

    /// 规范版本: `1.00` knows no name extension; `3.00` gives the holder only to a PSAM, unless
    /// [`withholds_holder`](Self::withholds_holder) says otherwise.
    pub fn version(mut self, version: &str) -> Self {
        self.version = version.to_string();
        self
    }

    /// 发卡日期.
    pub fn issued(mut self, date: Date) -> Self {
        self.issued = date;
        self
    }

    /// 卡有效期; one in the past makes an expired card.
    pub fn expires(mut self, date: Date) -> Self {
        self.expires = date;
        self
    }

    /// 卡号, up to 9 characters.
    pub fn number(mut self, number: &str) -> Self {
        self.number = number.to_string();
        self
    }

    /// 社会保障号码, up to 18 characters.
    pub fn id_number(mut self, number: &str) -> Self {
        self.id_number = number.to_string();
        self
    }

    /// 姓名; longer ones go into the extension.
    pub fn name(mut self, name: &str) -> Self {
        self.name = name.to_string();
        self
    }

    /// Another answer to reset.
    pub fn atr(mut self, atr: &[u8]) -> Self {
        self.atr = Some(atr.to_vec());
        self
    }

    /// The card offers this protocol, with an answer to reset that is usual for it.
    pub fn protocol(self, protocol: Protocol) -> Self {
        match protocol {
            Protocol::T0 => self.atr(&ATR_DEFAULT),
            Protocol::T1 => self.atr(&ATR_T1_DEFAULT),
        }
    }

    /// The card offers protocol T=1 only, with nothing but defaults.
    pub fn t1_only(self) -> Self {
        self.atr(&ATR_T1)
    }

    /// The card does not answer reset: put in the wrong way round, or broken.
    pub fn mute(mut self) -> Self {
        self.atr = None;
        self
    }

    /// The card answers at 3 V only.
    pub fn needs_3_v(mut self) -> Self {
        self.needs_3_v = true;
        self
    }

    /// A card without the social-security application.
    pub fn without_application(mut self) -> Self {
        self.has_application = false;
        self
    }

    /// The application was locked by its issuer.
    pub fn locked(mut self) -> Self {
        self.is_locked = true;
        self
    }

    /// The card knows SELECT of a file only with P1 = 00.
    pub fn selects_by_p1_00(mut self) -> Self {
        self.selects_by_p1_00 = true;
        self
    }

    /// Whether the holder's file is given only after a PSAM has vouched for the host.
    pub fn withholds_holder(mut self, withholds: bool) -> Self {
        self.withholds_holder = Some(withholds);
        self
    }

    /// The card agrees to a protocol (PPS), but not to another rate.
    pub fn keeps_default_rate(mut self) -> Self {
        self.manner = Manner::KeepsRate;
        self
    }

    /// The card falls silent when it is asked to agree on anything (PPS).
    pub fn refuses_pps(mut self) -> Self {
        self.manner = Manner::Refuses;
        self
    }

    /// The holder's PIN, 4 to 12 digits; without one VERIFY is answered by 6985.
    pub fn pin(mut self, digits: &str) -> Self {
        self.pin = Some(digits.to_string());
        self
    }

    /// How the card wants its PIN.
    pub fn pin_format(mut self, format: PinFormat) -> Self {
        self.pin_format = format;
        self
    }

    /// How often a wrong PIN may be given, 1 to 15.
    pub fn pin_tries(mut self, tries: u8) -> Self {
        self.tries = tries.clamp(1, TRIES_MAX);
        self
    }

    /// No try is left.
    pub fn pin_blocked(mut self) -> Self {
        self.is_pin_blocked = true;
        self
    }

    /// Every command with this instruction byte is answered by this status word.
    pub fn refuses(mut self, instruction: u8, status: u16) -> Self {
        self.refusals.insert(instruction, status);
        self
    }

    /// The record `tag` has these bytes: tag and length, too, can be wrong. At most 256.
    pub fn raw_record(mut self, tag: u8, bytes: &[u8]) -> Self {
        self.replaced.push((tag, Some(bytes.to_vec())));
        self
    }

    /// The record `tag` is missing.
    pub fn without_record(mut self, tag: u8) -> Self {
        self.replaced.push((tag, None));
        self
    }

    /// The card as described.
    ///
    /// # Errors
    /// A value does not fit its record.
    pub fn build(self) -> Result<SimCard, SimCardError> {
        let mut card_file = Records::new();
        let mut holder_file = Records::new();
        put(&mut card_file, TAG_CARD_ID, &self.card_id, 16)?;
        put(&mut card_file, TAG_CLASS, b"3", 1)?;
        put(&mut card_file, TAG_VERSION, self.version.as_bytes(), 4)?;
        put(&mut card_file, TAG_ISSUED, &self.issued.to_bcd(), 4)?;
        put(&mut card_file, TAG_EXPIRES, &self.expires.to_bcd(), 4)?;
        put(&mut card_file, TAG_NUMBER, self.number.as_bytes(), 9)?;
        put(&mut holder_file, TAG_ID_NUMBER, self.id_number.as_bytes(), 18)?;
        let (name, _, lossy) = encoding_rs::GBK.encode(&self.name);
        if lossy {
            return Err(SimCardError::NameNotGbk);
        }
        let (first, rest) = name.split_at(name.len().min(NAME_BYTES));
        let has_extension = !self.version.starts_with('1');
        if rest.len() > if has_extension { NAME_EXTENSION_BYTES } else { 0 } {
            return Err(SimCardError::NameTooLong);
        }
        put(&mut holder_file, TAG_NAME, first, NAME_BYTES)?;
        if has_extension {
            put(&mut holder_file, TAG_NAME_EXTENSION, rest, NAME_EXTENSION_BYTES)?;
        }
        for (tag, bytes) in self.replaced {
            let file = if tag < TAG_ID_NUMBER { &mut card_file } else { &mut holder_file };
            match bytes {
                Some(bytes) if bytes.len() > RESPONSE_BYTES_MAX => {
                    return Err(SimCardError::TooLong(tag));
                }
                Some(bytes) => file.insert(tag, bytes),
                None => file.remove(&tag),
            };
        }
        let withholds_holder =
            self.withholds_holder.unwrap_or_else(|| self.version.starts_with('3'));
        let pin = match self.pin {
            Some(digits) => {
                let pin = Pin::new(&digits).map_err(SimCardError::Pin)?;
                Some(SimPin {
                    block: pin.encode(self.pin_format).to_vec(),
                    tries_max: self.tries,
                    tries_left: if self.is_pin_blocked { 0 } else { self.tries },
                })
            }
            None => None,
        };
        Ok(SimCard {
            atr: self.atr,
            needs_3_v: self.needs_3_v,
            has_application: self.has_application,
            is_locked: self.is_locked,
            selects_by_p1_00: self.selects_by_p1_00,
            withholds_holder,
            card_file,
            holder_file,
            manner: self.manner,
            pin,
            refusals: self.refusals,
            line: Line::default(),
            state: CardState::default(),
        })
    }
}

/// Puts a record: tag, length, value, padded with FF (numbers) or 00 (the name) as cards do.
fn put(file: &mut Records, tag: u8, value: &[u8], length: usize) -> Result<(), SimCardError> {
    let pad = if matches!(tag, TAG_NAME | TAG_NAME_EXTENSION) { 0x00 } else { 0xFF };
    let filling = length.checked_sub(value.len()).ok_or(SimCardError::TooLong(tag))?;
    let size = u8::try_from(length).map_err(|_| SimCardError::TooLong(tag))?;
    file.insert(tag, [&[tag, size], value, &vec![pad; filling]].concat());
    Ok(())
}
