//! Command APDUs with short lengths (ISO 7816-4).

use heapless::Vec;
use zeroize::Zeroize;

use super::limits::APDU_DATA_MAX;

/// Bytes of a whole command at most: header, Lc, data, Le.
pub const APDU_BYTES_MAX: usize = 4 + 1 + APDU_DATA_MAX + 1;

/// A command for the card.
#[derive(Clone, PartialEq, Eq)]
pub struct Apdu {
    /// Class, instruction, P1, P2.
    pub header: [u8; 4],
    /// What goes to the card.
    pub data: Vec<u8, APDU_DATA_MAX>,
    /// How many bytes are wanted back: `None` for none, 0 for as many as there are.
    pub le: Option<u8>,
}

impl Apdu {
    /// SELECT by name of an application; the answer's file control information is wanted.
    pub fn select_application(name: &[u8]) -> Option<Self> {
        let data = Vec::from_slice(name).ok()?;
        Some(Self { header: [0x00, 0xA4, 0x04, 0x00], data, le: Some(0) })
    }

    /// SELECT of an elementary file; `under_current` is P1 = 02, else P1 = 00.
    pub fn select_file(id: [u8; 2], under_current: bool) -> Option<Self> {
        let data = Vec::from_slice(&id).ok()?;
        let p1 = if under_current { 0x02 } else { 0x00 };
        Some(Self { header: [0x00, 0xA4, p1, 0x00], data, le: None })
    }

    /// READ RECORD of the current file by tag, `le` bytes of it (0: all).
    pub const fn read_record(tag: u8, le: u8) -> Self {
        Self { header: [0x00, 0xB2, tag, 0x00], data: Vec::new(), le: Some(le) }
    }

    /// VERIFY of the application's PIN.
    pub fn verify(pin: &[u8]) -> Option<Self> {
        let data = Vec::from_slice(pin).ok()?;
        Some(Self { header: [0x00, 0x20, 0x00, 0x00], data, le: None })
    }

    /// The whole command as T=1 carries it.
    pub fn bytes(&self) -> Vec<u8, APDU_BYTES_MAX> {
        // Fits: all of it is bounded by its types.
        let mut bytes = Vec::new();
        let _ = bytes.extend_from_slice(&self.header);
        if !self.data.is_empty() {
            let _ = bytes.push(u8::try_from(self.data.len()).unwrap_or(u8::MAX));
            let _ = bytes.extend_from_slice(&self.data);
        }
        bytes.extend(self.le);
        bytes
    }
}

/// A command may hold a PIN.
impl Drop for Apdu {
    fn drop(&mut self) {
        self.data.zeroize();
    }
}
