//! Cuts the host's raster images into bands and takes what looks like real-time requests out of
//! their dots.

use crate::printer::framing::{Framer, Role, word};

/// Rows of one raster command at most: a fault inside an image then spoils 3 mm, not a page.
const BAND_ROWS: u32 = crate::printer::encode::BAND_ROWS as u32;
/// Bytes of one raster command at most: 24 rows of 80 mm paper.
const BAND_BYTES: u32 = 24 * 72;
/// Most bytes that one byte of the host becomes: the end of a band and the head of the next.
pub(super) const GROWTH_MAX: usize = 10;

/// Bytes on their way to the printer.
pub(super) type Chunk = heapless::Vec<u8, GROWTH_MAX>;

/// A transformer of the host's page bytes.
#[derive(Clone, Debug)]
pub(super) struct Bander {
    framer: Framer,
    image: Option<Image>,
    last: u8,
}

/// The raster image under way.
#[derive(Clone, Copy, Debug)]
struct Image {
    mode: u8,
    row_bytes: u32,
    /// Rows of which no band head was sent yet.
    rows_left: u32,
    /// Bytes to the end of the present band.
    band_left: u32,
}

impl Image {
    /// The head of the next band.
    fn head(&mut self) -> [u8; 8] {
        let rows = (BAND_BYTES / self.row_bytes.max(1)).clamp(1, BAND_ROWS).min(self.rows_left);
        self.rows_left -= rows;
        self.band_left = rows * self.row_bytes;
        let [low, high, ..] = self.row_bytes.to_le_bytes();
        [0x1D, 0x76, 0x30, self.mode, low, high, rows as u8, 0]
    }
}

impl Bander {
    pub(super) const fn new() -> Self {
        Self { framer: Framer::new(), image: None, last: 0 }
    }

    /// Whether what was taken ends with a whole command or character.
    pub(super) const fn is_whole(&self) -> bool {
        self.framer.at_boundary()
    }

    /// Takes a byte of the host; gives what goes to the printer. A command's head is held back until
    /// it is complete.
    pub(super) fn push(&mut self, byte: u8) -> Chunk {
        let mut chunk = Chunk::new();
        match self.framer.push(byte) {
            Role::Text => {
                let _ = chunk.push(byte);
            }
            Role::Head => {
                if self.framer.at_boundary() || self.framer.in_payload() {
                    self.begin(&mut chunk);
                }
            }
            Role::Payload => self.payload(byte, &mut chunk),
        }
        chunk
    }

    /// A command's head is complete.
    fn begin(&mut self, chunk: &mut Chunk) {
        self.image = None;
        self.last = 0;
        let head = self.framer.head();
        if let [0x1D, 0x76, 0x30, mode, xl, xh, yl, yh] = *head
            && self.framer.in_payload()
        {
            let (row_bytes, rows_left) = (word(xl, xh), word(yl, yh));
            let mut image = Image { mode, row_bytes, rows_left, band_left: 0 };
            let _ = chunk.extend_from_slice(&image.head());
            self.image = Some(image);
        } else {
            let _ = chunk.extend_from_slice(head);
        }
    }

    fn payload(&mut self, byte: u8, chunk: &mut Chunk) {
        let dots = matches!(*self.framer.head(), [0x1D, 0x76, ..] | [0x1B, 0x2A, ..]);
        let byte = if dots && self.last == 0x10 { harmless(byte) } else { byte };
        self.last = byte;
        let _ = chunk.push(byte);
        let Some(image) = &mut self.image else { return };
        image.band_left = image.band_left.saturating_sub(1);
        if image.band_left == 0 && image.rows_left > 0 {
            let _ = chunk.extend_from_slice(&image.head());
            self.last = 0;
        }
    }
}

/// Dots after `10` that the printer would obey as a real-time request (`DLE EOT`, `DLE ENQ`,
/// `DLE DC4`) get one more dot beside one that is there: an eighth of a millimetre.
const fn harmless(byte: u8) -> u8 {
    match byte {
        0x04 | 0x05 | 0x14 => byte | 0x08,
        _ => byte,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{vec, vec::Vec};

    fn band(bytes: &[u8]) -> Vec<u8> {
        let mut bander = Bander::new();
        let out = bytes.iter().flat_map(|&byte| bander.push(byte)).collect();
        assert!(bander.is_whole());
        out
    }

    fn raster(row_bytes: u16, rows: u16, data: &[u8]) -> Vec<u8> {
        let [xl, xh] = row_bytes.to_le_bytes();
        let [yl, yh] = rows.to_le_bytes();
        let mut bytes = vec![0x1D, 0x76, 0x30, 0, xl, xh, yl, yh];
        bytes.extend_from_slice(data);
        bytes
    }

    #[test]
    fn an_image_goes_out_in_bands_of_the_same_rows() {
        for (row_bytes, rows, band_rows) in
            [(72, 1, 1), (72, 24, 24), (72, 25, 24), (48, 480, 24), (1, 2000, 24), (1000, 7, 1)]
        {
            let data: Vec<u8> = (0..u32::from(row_bytes) * u32::from(rows))
                .map(|at| (at % 199) as u8 | 0x20)
                .collect();
            let mut expected = Vec::new();
            for rows in data.chunks(usize::from(row_bytes) * band_rows) {
                let count = rows.len() / usize::from(row_bytes);
                expected.extend(raster(row_bytes, count as u16, rows));
            }
            let mut page = b"a\n".to_vec();
            page.extend(raster(row_bytes, rows, &data));
            page.extend(b"b\n");
            let out = band(&page);
            assert_eq!(out, [b"a\n", expected.as_slice(), b"b\n"].concat(), "{row_bytes}×{rows}");
        }
    }

    #[test]
    fn dots_never_look_like_a_request() {
        let table: [(&[u8], &[u8]); 4] = [
            (&[0x10, 0x04, 0x01, 0xFF], &[0x10, 0x0C, 0x01, 0xFF]),
            (&[0x10, 0x10, 0x05, 0x02], &[0x10, 0x10, 0x0D, 0x02]),
            (&[0x10, 0x14, 0x08, 0x01], &[0x10, 0x1C, 0x08, 0x01]),
            (&[0x04, 0x10, 0x06, 0x14], &[0x04, 0x10, 0x06, 0x14]),
        ];
        for (dots, expected) in table {
            assert_eq!(band(&raster(2, 2, dots)), raster(2, 2, expected), "{dots:02X?}");
            let columns = |dots: &[u8]| [&[0x1B, 0x2A, 1, 4, 0], dots].concat();
            assert_eq!(band(&columns(dots)), columns(expected), "{dots:02X?}");
        }
    }

    #[test]
    fn other_commands_pass_as_they_are_and_half_a_command_is_held_back() {
        let symbol = [0x1D, 0x28, 0x6B, 6, 0, 0x31, 0x50, 0x30, 0x10, 0x04, 0x01];
        assert_eq!(band(&symbol), symbol);
        let empty = raster(0, 5, &[]);
        assert_eq!(band(&empty), empty);
        let mut bander = Bander::new();
        for byte in [0x1D, 0x76, 0x30, 0, 2, 0, 1] {
            assert!(bander.push(byte).is_empty());
            assert!(!bander.is_whole());
        }
        assert_eq!(bander.push(0).len(), 8);
        assert!(!bander.is_whole());
    }
}
