//! Describes a simulated card.

use std::{
    collections::BTreeMap,
    string::{String, ToString},
    vec::Vec,
};

use super::card::Manner;
use crate::card::{date::Date, pin::PinFormat, protocol::Protocol};

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

/// Describes a [`SimCard`](super::SimCard); the default is a valid card of version 2.00 of a
/// fictional person.
#[derive(Clone)]
#[must_use]
pub struct SimCardBuilder {
    pub(super) atr: Option<Vec<u8>>,
    pub(super) needs_3_v: bool,
    pub(super) has_application: bool,
    pub(super) is_locked: bool,
    pub(super) selects_by_p1_00: bool,
    pub(super) withholds_holder: Option<bool>,
    pub(super) card_id: [u8; 16],
    pub(super) version: String,
    pub(super) issued: Date,
    pub(super) expires: Date,
    pub(super) number: String,
    pub(super) id_number: String,
    pub(super) name: String,
    pub(super) replaced: Vec<(u8, Option<Vec<u8>>)>,
    pub(super) manner: Manner,
    pub(super) pin: Option<String>,
    pub(super) pin_format: PinFormat,
    pub(super) tries: u8,
    pub(super) is_pin_blocked: bool,
    pub(super) refusals: BTreeMap<u8, u16>,
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
            id_number: "999999194001010013".to_string(),
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
}
