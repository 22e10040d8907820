//! What a 社会保障卡 says.

use core::fmt;

use heapless::{String, Vec};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::{date::Date, limits::ATR_BYTES_MAX, record::NAME_UTF8_MAX};

/// The contents of a 社会保障卡, as far as the kiosk needs them (LD/T 32-2015).
///
/// Personal: nothing of it can be formatted, and it is wiped when dropped.
#[derive(Clone, Default, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct SocialCard {
    /// 卡的识别码, 16 bytes as 32 hexadecimal digits.
    pub card_id: String<32>,
    /// 卡的类别, as the card has it; empty when that is no text.
    pub class: String<1>,
    /// 规范版本, such as `2.00`; empty when the card names none.
    pub version: String<4>,
    /// 发卡日期; `None` when the card names none.
    pub issued: Option<Date>,
    /// 卡有效期; `None` when the card names none. The host compares it with its own clock.
    pub expires: Option<Date>,
    /// 卡号.
    pub number: String<9>,
    /// 社会保障号码; `None` when the card gives it only to a PSAM.
    pub id_number: Option<String<18>>,
    /// 姓名, both parts joined; `None` when the card gives it only to a PSAM or not in GBK.
    pub name: Option<String<NAME_UTF8_MAX>>,
    /// The answer to reset, to tell one card from another.
    pub atr: Vec<u8, ATR_BYTES_MAX>,
}

impl SocialCard {
    /// Whether `other` was read from the same chip.
    pub fn is_same_chip(&self, other: &Self) -> bool {
        self.card_id == other.card_id && self.atr == other.atr
    }
}

impl fmt::Debug for SocialCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SocialCard").finish_non_exhaustive()
    }
}
