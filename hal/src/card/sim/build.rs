//! Puts a simulated card together from its description.

use std::vec;

use super::{
    builder::SimCardBuilder,
    card::{CardState, Records, SimCard, SimPin},
    card_error::SimCardError,
    line::Line,
};
use crate::card::{
    limits::RESPONSE_BYTES_MAX,
    pin::Pin,
    record::{NAME_BYTES, NAME_EXTENSION_BYTES},
    social::{
        TAG_CARD_ID, TAG_CLASS, TAG_EXPIRES, TAG_ID_NUMBER, TAG_ISSUED, TAG_NAME,
        TAG_NAME_EXTENSION, TAG_NUMBER, TAG_VERSION,
    },
};

impl SimCardBuilder {
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
