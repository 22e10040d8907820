//! Text that a printer of fixed columns can print: an ASCII character takes one, any other two.

pub use gongji_hal::printer::profile::text_columns as columns;
use gongji_hal::printer::profile::{Font, char_columns, text_columns};

/// Stands for a character that neither the printer nor the project's face has, as 〓 does in the
/// printing trade.
pub const GETA: char = gongji_fonts::SUBSTITUTE;

/// Closing signs never begin a line.
const CLOSING: &str = "，。、；：？！）》」』】〕”’,.;:?!)%元";
/// What is counted stays with its number: a date is one word.
const COUNTED: &str = "年月日页次笔";
/// Opening signs never end a line.
const OPENING: &str = "（《「『【〔“‘(";

/// `text` on one line in characters that can be printed, by `font` or drawn with the project's face:
/// control characters become blanks, others become [`GETA`]. Also whether there was such a character.
pub fn printable(text: &str, font: Font) -> (String, bool) {
    let mut lacking = false;
    let out = text
        .trim()
        .chars()
        .filter(|&ch| ch.is_whitespace() || ch.is_control() || !gongji_fonts::is_invisible(ch))
        .map(|ch| match ch {
            _ if font.covers(ch) => ch,
            _ if ch.is_control() || ch.is_whitespace() => ' ',
            _ if gongji_fonts::covers(ch) => ch,
            _ => {
                lacking = true;
                GETA
            }
        })
        .collect();
    (out, lacking)
}

/// Breaks `text` into lines of at most `columns`, not within a number, a date or a Latin word, no closing
/// sign at the start and no opening sign at the end of a line, unless a line would hold nothing else.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for piece in pieces(text) {
        let width = text_columns(&piece);
        if used > 0 && used + width > columns {
            lines.push(core::mem::take(&mut line).trim_end().to_owned());
            used = 0;
        }
        if used == 0 && piece == " " {
            continue;
        }
        for ch in piece.chars() {
            let wide = usize::from(char_columns(ch));
            if used > 0 && used + wide > columns {
                lines.push(core::mem::take(&mut line));
                used = 0;
            }
            line.push(ch);
            used += wide;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// As [`wrap`], but with lines of about one length, for text in the middle.
pub fn balanced(text: &str, columns: usize) -> Vec<String> {
    let lines = wrap(text, columns);
    let least = text_columns(text).div_ceil(lines.len().max(1)).max(widest_piece(text)).max(2);
    (least..columns)
        .map(|at| wrap(text, at))
        .find(|even| even.len() == lines.len())
        .unwrap_or(lines)
}

/// Columns of the widest part of `text` that should stay on one line.
pub fn widest_piece(text: &str) -> usize {
    pieces(text).iter().map(|piece| text_columns(piece)).max().unwrap_or(0)
}

/// What must stay on one line.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut previous = ' ';
    for ch in text.chars() {
        let word = ch.is_ascii_graphic() && previous.is_ascii_graphic();
        let number = COUNTED.contains(ch) && previous.is_ascii_digit()
            || COUNTED.contains(previous) && ch.is_ascii_digit();
        let joined = word || number || CLOSING.contains(ch) || OPENING.contains(previous);
        match pieces.last_mut() {
            Some(last) if joined && previous != ' ' => last.push(ch),
            _ => pieces.push(ch.to_string()),
        }
        previous = ch;
    }
    pieces
}

/// Text that ends at a column, counted from 1 at the left margin.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// Its last column.
    pub end: usize,
}

impl Cell {
    /// `text` ending at column `end`.
    pub fn new(text: impl Into<String>, end: usize) -> Self {
        Self { text: text.into(), end }
    }
}

/// Lines of at most `columns` with `left` at the margin and every cell ending at its column.
///
/// A cell that would touch what stands before it goes to a line of its own, still ending at its
/// column; nothing is ever shortened.
pub fn table(left: &str, cells: &[Cell], columns: usize) -> Vec<String> {
    let mut lines = wrap(left, columns);
    let mut used = lines.last().map_or(0, |line| text_columns(line));
    for cell in cells {
        let width = text_columns(&cell.text);
        let start = cell.end.saturating_sub(width);
        let gap = usize::from(used > 0);
        if start < used + gap {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.extend(core::iter::repeat_n(' ', start.saturating_sub(used)));
            line.push_str(&cell.text);
            used = start.max(used) + width;
        }
    }
    lines
}

/// `text` wrapped at `columns` with all lines moved `indent` columns to the right.
pub fn indented(text: &str, indent: usize, columns: usize) -> Vec<String> {
    wrap(text, columns.saturating_sub(indent))
        .into_iter()
        .map(|line| " ".repeat(indent) + &line)
        .collect()
}

/// `text` with blanks after it up to `columns`.
pub fn padded(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(text_columns(text));
    text.to_owned() + &" ".repeat(blanks)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_break_where_a_reader_would() {
        for (text, at, lines) in [
            ("", 10, &[""][..]),
            ("医保", 4, &["医保"]),
            ("上海市第六人民医院", 10, &["上海市第六", "人民医院"]),
            ("看病，买药", 4, &["看", "病，", "买药"]),
            ("药店（徐汇）", 6, &["药店", "（徐", "汇）"]),
            ("到2026年11月20日止", 15, &["到", "2026年11月20日", "止"]),
            ("第1页，共12页", 8, &["第1页，", "共12页"]),
            ("共1,234.56元", 11, &["共", "1,234.56元"]),
            ("AB CD", 3, &["AB", "CD"]),
            ("ABCDE", 2, &["AB", "CD", "E"]),
        ] {
            assert_eq!(wrap(text, at), lines, "{text} at {at}");
        }
    }

    #[test]
    fn lines_in_the_middle_are_even() {
        for (text, at, lines) in [
            ("", 16, &[""][..]),
            ("不作报销或完税凭证。", 16, &["不作报销或", "完税凭证。"]),
            ("不作报销或完税凭证。", 24, &["不作报销或完税凭证。"]),
            ("拨打12393。", 8, &["拨打", "12393。"]),
            ("到2026年11月20日，余额", 16, &["到", "2026年11月20日，", "余额"]),
        ] {
            assert_eq!(balanced(text, at), lines, "{text} at {at}");
        }
    }

    #[test]
    fn cells_end_at_their_columns_or_go_to_the_next_line() {
        let cells = |cells: &[(&str, usize)]| -> Vec<Cell> {
            cells.iter().map(|(text, end)| Cell::new(*text, *end)).collect()
        };
        for (left, given, lines) in [
            ("日期", cells(&[("1.00", 9), ("2.00", 14)]), &["日期 1.00 2.00"][..]),
            ("日期日", cells(&[("1.00", 9)]), &["日期日", "     1.00"]),
            ("", cells(&[("1.00", 4), ("2.00", 8)]), &["1.00", "    2.00"]),
            ("日期", cells(&[("123456.00", 6)]), &["日期", "123456.00"]),
            ("日期日期日期日期", cells(&[("1.00", 14)]), &["日期日期日期日", "期        1.00"]),
        ] {
            assert_eq!(table(left, &given, 14), lines, "{left}");
        }
    }

    #[test]
    fn what_no_font_has_is_marked() {
        for (text, out, lacks) in [
            ("张*", "张*", false),
            ("𬭎㐂", "𬭎㐂", false),
            ("\u{a0}医\u{a0}保", "医 保", false),
            ("a\u{1b}@\nb", "a @ b", false),
            ("葛\u{e0100}氏", "葛氏", false),
            (" 医 保 ", "医 保", false),
            ("😀医", "〓医", true),
        ] {
            assert_eq!(printable(text, Font::Gb18030), (out.to_owned(), lacks), "{text:?}");
        }
        assert_eq!(printable("喆", Font::Gb2312), ("喆".to_owned(), false), "it is drawn");
    }

    proptest! {
        #[test]
        fn wrapping_loses_nothing_and_fits(text in "[一-龥a-z0-9，。（） ]{0,80}", at in 2usize..50) {
            let lines = wrap(&text, at);
            let all = |text: &str| text.chars().filter(|ch| *ch != ' ').collect::<String>();
            prop_assert_eq!(all(&lines.concat()), all(&text));
            prop_assert_eq!(all(&balanced(&text, at).concat()), all(&text));
            prop_assert!(balanced(&text, at).len() <= lines.len());
            prop_assert!(lines.iter().all(|line| text_columns(line) <= at), "{:?}", lines);
        }

        #[test]
        fn all_that_is_printable_prints(text in "\\PC{0,60}|[\u{0}-\u{ff}]{0,60}") {
            for font in [Font::Gb2312, Font::Gb18030] {
                let (out, _) = printable(&text, font);
                let prints = |ch| font.covers(ch) || gongji_fonts::covers(ch);
                prop_assert!(out.chars().all(prints), "{:?}", out);
                prop_assert!(!out.contains(char::is_control), "{:?}", out);
            }
        }
    }
}
