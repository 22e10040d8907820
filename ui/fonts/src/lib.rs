//! The Chinese font of the kiosk, so that a machine without fonts shows Chinese.
//!
//! Two weights of one family, [`FAMILY`], subset from Noto Sans CJK SC: the 8105 characters of
//! 通用规范汉字表, U+4E00–9FA5, the GB 2312 area of GBK, Latin-1 and the signs of the screen and of
//! the slips.
//! `README.md` in this directory says how the files are made; their licence is `OFL.txt`
//! (SIL Open Font License 1.1), also in [`LICENCE`].
//!
//! The bytes live here, and not in a `.slint` file, because the slips are drawn without Slint:
//! both share one copy in the program.
//!
//! A character the fonts lack leaves a gap on the screen, without any sign that something is
//! missing. Text from outside, such as a person's name, therefore goes through [`shown`] first.

use std::borrow::Cow;
use std::sync::LazyLock;

/// The family name of both weights, as `font-family` names it.
pub const FAMILY: &str = "Noto Sans SC";

/// Stands for a character the fonts lack, as in Chinese typesetting (GB 2312 cell A1FE).
pub const SUBSTITUTE: char = '〓';

/// The regular weight (400): a whole OpenType file with CFF outlines, 1000 units per em.
pub static REGULAR: &[u8] = include_bytes!("../NotoSansSC-Regular.otf");

/// The bold weight (700): a whole OpenType file with CFF outlines, 1000 units per em.
pub static BOLD: &[u8] = include_bytes!("../NotoSansSC-Bold.otf");

/// The licence of the two fonts, which has to go with them wherever they go.
pub static LICENCE: &str = include_str!("../OFL.txt");

/// The characters of both fonts, ordered.
static CHARACTERS: LazyLock<Box<[char]>> = LazyLock::new(|| {
    let listed = include_str!("../characters.txt").chars();
    let mut characters: Vec<char> = listed.filter(|&c| c != '\n').collect();
    characters.sort_unstable();
    characters.into_boxed_slice()
});

/// Whether both fonts have a picture of the character.
pub fn covers(c: char) -> bool {
    CHARACTERS.binary_search(&c).is_ok()
}

/// The text with [`SUBSTITUTE`] in place of each character the fonts lack. Characters that have no
/// picture anywhere (controls, joiners, variation selectors) stay as they are.
pub fn shown(text: &str) -> Cow<'_, str> {
    let stays = |c| covers(c) || is_invisible(c);
    if text.chars().all(stays) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if stays(c) { c } else { SUBSTITUTE }).collect())
}

/// Whether the character has no picture of its own: controls, zero-width and direction marks,
/// line and paragraph separators, variation selectors, the byte order mark.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{e0100}'..='\u{e01ef}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_character_is_replaced_and_nothing_else() {
        let cases = [
            ("", ""),
            ("王建国 ¥1.00\n", "王建国 ¥1.00\n"),
            ("𬭎𫖯", "𬭎𫖯"),
            ("刘💊花", "刘〓花"),
            ("葛\u{e0100}氏\u{200b}", "葛\u{e0100}氏\u{200b}"),
            ("💊💊", "〓〓"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected);
        }
        assert!(matches!(shown("王建国"), Cow::Borrowed(_)), "whole text is not copied");
    }

    #[test]
    fn the_substitute_is_in_the_fonts() {
        assert!(covers(SUBSTITUTE));
        assert!(!covers('💊'));
        assert!(!covers('\n'));
    }
}
