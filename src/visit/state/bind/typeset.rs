//! A text broken into lines and pages as the screen has room for them.

/// Columns of a line; a full-width character takes two.
pub(crate) const LINE_COLUMNS_MAX: usize = 48;
/// Lines of a page.
pub(crate) const PAGE_LINES_MAX: usize = 16;

/// Signs that never begin a line.
const CLOSING: &str = "。，、；：？！”’）》〉】』」〕…—～·.,;:?!)]}%％";
/// Signs that never end one.
const OPENING: &str = "“‘（《〈【『「〔([{";
/// So many characters at most are carried over to keep those rules.
const CARRIED_MAX: usize = 4;

/// The pages of a text, each of its lines; a text without a character gives one empty page.
pub(crate) fn pages(text: &str) -> Vec<Vec<String>> {
    let lines: Vec<String> = text.trim_end().lines().flat_map(broken).collect();
    let pages: Vec<Vec<String>> = lines.chunks(PAGE_LINES_MAX).map(<[String]>::to_vec).collect();
    if pages.is_empty() { vec![Vec::new()] } else { pages }
}

/// One paragraph as lines.
fn broken(paragraph: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line: Vec<char> = Vec::new();
    for c in paragraph.trim_end().chars() {
        if columns_of(&line) + columns(c) > LINE_COLUMNS_MAX {
            let next = carry(&mut line, c);
            lines.push(line.iter().collect());
            line = next;
        }
        line.push(c);
    }
    lines.push(line.into_iter().collect());
    lines
}

/// What of a full line goes to the next, before `next`.
fn carry(line: &mut Vec<char>, next: char) -> Vec<char> {
    let mut begins = next;
    let mut carried = Vec::new();
    while carried.len() < CARRIED_MAX && line.len() > 1 {
        let ends_ill = line.last().is_some_and(|last| OPENING.contains(*last));
        if !CLOSING.contains(begins) && !ends_ill {
            break;
        }
        let Some(last) = line.pop() else { break };
        begins = last;
        carried.insert(0, last);
    }
    carried
}

fn columns_of(line: &[char]) -> usize {
    line.iter().map(|c| columns(*c)).sum()
}

fn columns(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_break_where_they_may() {
        let wan = |n: usize| "万".repeat(n);
        let table: [(String, Vec<String>); 8] = [
            (String::new(), vec![]),
            (wan(24), vec![wan(24)]),
            (wan(25), vec![wan(24), wan(1)]),
            // A full stop takes the character before it along.
            (format!("{}。", wan(24)), vec![wan(23), "万。".into()]),
            (format!("{}。”", wan(24)), vec![wan(23), "万。”".into()]),
            // An opening bracket goes to the next line.
            (format!("{}（一）", wan(23)), vec![wan(23), "（一）".into()]),
            // Half-width characters take half the room.
            ("8".repeat(49), vec!["8".repeat(48), "8".into()]),
            ("一\n\n二\n".into(), vec!["一".into(), String::new(), "二".into()]),
        ];
        for (text, lines) in table {
            assert_eq!(pages(&text).concat(), lines, "{text}");
        }
    }

    #[test]
    fn pages_are_filled_before_a_new_one_begins() {
        let text = vec!["一行"; PAGE_LINES_MAX + 1].join("\n");
        let lengths: Vec<usize> = pages(&text).iter().map(Vec::len).collect();
        assert_eq!(lengths, [PAGE_LINES_MAX, 1]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_everything_fits(text in "[一二三四。，、（）《》”a8 ]{0,400}") {
            let pages = pages(&text);
            prop_assert_eq!(pages.concat().concat(), text.trim_end());
            for line in pages.iter().flatten() {
                let chars: Vec<char> = line.chars().collect();
                prop_assert!(columns_of(&chars) <= LINE_COLUMNS_MAX, "{}", line);
            }
            prop_assert!(pages.iter().all(|page| page.len() <= PAGE_LINES_MAX));
        }

        #[test]
        fn no_line_of_ordinary_prose_begins_with_a_closing_sign(
            words in prop::collection::vec("[一二三四五]{2,9}[。，；]", 1..40)
        ) {
            for line in pages(&words.concat()).iter().flatten() {
                prop_assert!(!line.starts_with(|c| CLOSING.contains(c)), "{}", line);
            }
        }
    }
}
