//! What a printer can: paper, font, QR, cutter, proof; and what fits on its paper.

use encoding_rs::{EncoderResult, GB18030};

use super::driver::ProcessIds;

/// Width and height of a Chinese character in dots at normal size.
pub const CHINESE_DOTS: u16 = 24;
/// Width of an ASCII character in dots at normal size; its height is [`CHINESE_DOTS`].
pub const ASCII_DOTS: u16 = 12;
/// Dots per millimetre of head and feed (203 dpi).
pub const DOTS_PER_MM: u32 = 8;
/// Distance of two lines after `ESC 2` and after `ESC @`, in dots.
pub const LINE_DOTS: u8 = 30;

/// What a printer can, as its maker's data sheet says. Clones lie about their names (`GS I`), so
/// this is told by whoever sets the kiosk up, never asked of the printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Profile {
    /// Width of the paper: dots and columns follow from it.
    pub paper: Paper,
    /// The printer's own characters; a line with any other is drawn.
    pub font: Font,
    /// How a QR symbol comes onto the paper.
    pub qr: QrPrinting,
    /// Whether the printer cuts by itself; else the patron tears the paper at a bar.
    pub cutter: bool,
    /// Whether it answers process ids, if that is known beforehand.
    pub process_ids: ProcessIds,
}

impl Profile {
    /// A usual kiosk printer with 58 mm paper.
    pub const MM58: Self = Self::usual(Paper::Mm58);
    /// A usual kiosk printer with 80 mm paper.
    pub const MM80: Self = Self::usual(Paper::Mm80);

    /// A printer with this paper, GB 18030, its own QR symbols and a cutter.
    pub const fn usual(paper: Paper) -> Self {
        Self {
            paper,
            font: Font::Gb18030,
            qr: QrPrinting::Native,
            cutter: true,
            process_ids: ProcessIds::Unknown,
        }
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self::MM80
    }
}

/// How a QR symbol comes onto the paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum QrPrinting {
    /// The printer makes it from its content (`GS ( k`).
    #[default]
    Native,
    /// It is sent as raster (`GS v 0`), for printers without that command.
    Raster,
}

/// Paper width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Paper {
    /// 58 mm: 384 dots, 16 Chinese characters a line.
    Mm58,
    /// 80 mm: 576 dots, 24 Chinese characters a line.
    #[default]
    Mm80,
}

impl Paper {
    /// Printable dots across.
    pub const fn dots(self) -> u16 {
        match self {
            Self::Mm58 => 384,
            Self::Mm80 => 576,
        }
    }

    /// Columns across; an ASCII character takes one, a Chinese character two.
    pub const fn columns(self) -> u16 {
        self.dots() / ASCII_DOTS
    }
}

/// Which characters the printer's own font has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Font {
    /// Rows 1–9 and 16–87 of GB 2312: lacks most rare characters of names.
    Gb2312,
    /// The two-byte area of GB 18030 without its private-use zones.
    #[default]
    Gb18030,
}

impl Font {
    /// The bytes that make the printer print `ch`, or `None` when its font has no such character.
    pub fn encode(self, ch: char) -> Option<CharBytes> {
        match ch {
            ' '..='~' => Some(CharBytes { bytes: [ch as u8, 0], len: 1 }),
            _ => two_bytes(ch)
                .filter(|&[row, cell]| self.has(row, cell))
                .map(|bytes| CharBytes { bytes, len: 2 }),
        }
    }

    /// The bytes that make the printer print `text`, written into `room`; `None` when the font lacks
    /// one of its characters or the room may be too small (four bytes for three of `text`).
    pub(super) fn encode_all<'a>(self, text: &str, room: &'a mut [u8]) -> Option<&'a [u8]> {
        let private = |ch| matches!(ch, '\u{E000}'..='\u{F8FF}');
        if text.len().div_ceil(3).saturating_mul(4) > room.len() || text.contains(private) {
            return None;
        }
        let mut encoder = GB18030.new_encoder();
        let (result, _, written) = encoder.encode_from_utf8_without_replacement(text, room, true);
        let bytes = room.get(..written).filter(|_| result == EncoderResult::InputEmpty)?;
        let mut rest = bytes;
        while !rest.is_empty() {
            rest = match *rest {
                [b' '..=b'~', ref after @ ..] => after,
                [row @ 0x81..=0xFE, cell @ 0x40..=0xFE, ref after @ ..] if self.has(row, cell) => {
                    after
                }
                _ => return None,
            };
        }
        Some(bytes)
    }

    /// Whether the printer can print `ch` with its own font; control characters never.
    pub fn covers(self, ch: char) -> bool {
        self.encode(ch).is_some()
    }

    fn has(self, row: u8, cell: u8) -> bool {
        let gb2312 = matches!(row, 0xA1..=0xA9 | 0xB0..=0xF7) && cell >= 0xA1;
        gb2312 || self == Self::Gb18030
    }
}

/// One character in the printer's code: one byte of ASCII or two of GB 18030.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CharBytes {
    bytes: [u8; 2],
    len: usize,
}

impl CharBytes {
    /// The one or two bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&self.bytes)
    }
}

/// Columns that `ch` takes at normal size.
pub const fn char_columns(ch: char) -> u16 {
    if ch.is_ascii() { 1 } else { 2 }
}

/// Columns that `text` takes at normal size.
pub fn text_columns(text: &str) -> usize {
    text.chars().map(|ch| usize::from(char_columns(ch))).sum()
}

fn two_bytes(ch: char) -> Option<[u8; 2]> {
    if ch.is_ascii() || matches!(ch, '\u{E000}'..='\u{F8FF}') {
        return None;
    }
    let mut text = [0u8; 4];
    let mut out = [0u8; 8];
    let (result, _, written) = GB18030.new_encoder().encode_from_utf8_without_replacement(
        ch.encode_utf8(&mut text),
        &mut out,
        true,
    );
    match (result, written) {
        (EncoderResult::InputEmpty, 2) => Some([out[0], out[1]]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_cover_what_they_have() {
        for (ch, gb2312, gb18030) in [
            ('A', true, true),
            ('~', true, true),
            ('医', true, true),
            ('，', true, true),
            ('■', true, true),
            ('喆', false, true),
            ('堃', false, true),
            ('镕', false, true),
            ('\u{2CB0E}', false, false), // plane 2, four bytes
            ('㐀', false, false),        // extension A, four bytes
            ('é', true, true),           // a letter of pinyin
            ('ñ', false, false),
            ('😀', false, false),
            ('\u{E000}', false, false),
            ('\u{1B}', false, false),
            ('\n', false, false),
            ('\u{7F}', false, false),
        ] {
            assert_eq!(Font::Gb2312.covers(ch), gb2312, "GB2312 {ch:?}");
            assert_eq!(Font::Gb18030.covers(ch), gb18030, "GB18030 {ch:?}");
        }
    }

    #[test]
    fn a_text_is_encoded_as_its_characters_are() {
        let mut room = [0; 64];
        for text in
            ["", "A", "余额 2,035.75元", "喆堃", "㐂", "A\u{2CB0E}", "\u{E000}", "中\n", "ñ"]
        {
            for font in [Font::Gb2312, Font::Gb18030] {
                let single = |ch| font.encode(ch).map(|bytes| bytes.as_bytes().to_vec());
                let singles: Option<std::vec::Vec<_>> = text.chars().map(single).collect();
                let whole = font.encode_all(text, &mut room).map(<[u8]>::to_vec);
                assert_eq!(whole, singles.map(|all| all.concat()), "{font:?} {text}");
            }
        }
        assert_eq!(Font::Gb18030.encode_all("中文中文", &mut [0; 15]), None, "no room");
    }

    #[test]
    fn columns_follow_the_paper() {
        assert_eq!((Paper::Mm58.columns(), Paper::Mm80.columns()), (32, 48));
        assert_eq!(text_columns("测试A1"), 6);
    }
}
