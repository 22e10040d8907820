//! Paragraphs on pages: as many as there is room for, and nothing cut.

use gongji_hal::printer::profile::text_columns;

use super::Paragraph;
use crate::view::messages::help;

/// One page: heading and text of each paragraph.
pub(crate) type PageOfText = Vec<(String, String)>;

/// Lines of body text that a page has room for beneath a title and a lead of two lines.
const LINES: usize = 17;
/// Half-width columns of a line of body text: 21 em, less a tenth because a digit is wider than half
/// an em.
const COLUMNS: usize = 38;
/// The same of a heading, which is larger.
const HEADING_COLUMNS: usize = 34;

/// Puts paragraphs on pages, in their order. One that does not fit on a page goes on on the next.
pub(super) fn pages(paragraphs: Vec<Paragraph>) -> Vec<PageOfText> {
    let mut pages: Vec<PageOfText> = Vec::new();
    let mut room = 0;
    for paragraph in paragraphs.into_iter().flat_map(parts) {
        let height = height(&paragraph);
        if height > room {
            pages.push(Vec::new());
            room = LINES;
        }
        room = room.saturating_sub(height);
        if let Some(page) = pages.last_mut() {
            page.push((paragraph.heading, paragraph.lines.join("\n")));
        }
    }
    pages
}

/// A paragraph, or its parts when it is higher than a page.
fn parts(paragraph: Paragraph) -> Vec<Paragraph> {
    if height(&paragraph) <= LINES {
        return vec![paragraph];
    }
    let Paragraph { heading, lines } = paragraph;
    let again = help::continued(&heading);
    let most = LINES.saturating_sub(rows(&again, HEADING_COLUMNS).saturating_add(1)).max(1);
    let mut parts: Vec<Paragraph> = Vec::new();
    let mut room = 0;
    for line in lines.iter().flat_map(|line| broken(line, most)) {
        let needed = rows(&line, COLUMNS);
        if needed > room {
            let heading = if parts.is_empty() { heading.clone() } else { again.clone() };
            parts.push(Paragraph { heading, lines: Vec::new() });
            room = most;
        }
        room = room.saturating_sub(needed);
        if let Some(part) = parts.last_mut() {
            part.lines.push(line);
        }
    }
    parts
}

/// A line, in pieces of at most so many rows.
fn broken(line: &str, most: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for character in line.chars() {
        let full = pieces.last().is_some_and(|piece| {
            text_columns(piece).saturating_add(2) > most.saturating_mul(COLUMNS)
        });
        if full {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(character);
        }
    }
    pieces
}

/// Lines that a paragraph takes, with the space around it.
fn height(paragraph: &Paragraph) -> usize {
    let text: usize = paragraph.lines.iter().map(|line| rows(line, COLUMNS)).sum();
    text.saturating_add(rows(&paragraph.heading, HEADING_COLUMNS)).saturating_add(1)
}

fn rows(line: &str, columns: usize) -> usize {
    text_columns(line).div_ceil(columns).max(1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn any_paragraph() -> impl Strategy<Value = Paragraph> {
        let lines = prop::collection::vec("[一二三四五。 0-9]{0,340}", 1..10);
        ("[甲乙丙]{1,40}", lines).prop_map(|(heading, lines)| Paragraph { heading, lines })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn nothing_is_lost_and_every_page_has_room(
            all in prop::collection::vec(any_paragraph(), 1..4)
        ) {
            let before: String =
                all.iter().flat_map(|p| p.lines.iter()).map(String::as_str).collect();
            let pages = pages(all);
            let after: String = pages.iter().flatten().map(|(_, text)| text.as_str()).collect();
            prop_assert_eq!(before, after.replace('\n', ""));
            for page in pages {
                prop_assert!(!page.is_empty());
                let high: usize = page
                    .iter()
                    .map(|(heading, text)| height(&Paragraph {
                        heading: heading.clone(),
                        lines: text.split('\n').map(str::to_owned).collect(),
                    }))
                    .sum();
                prop_assert!(high <= LINES, "{high} lines");
            }
        }
    }

    #[test]
    fn short_paragraphs_share_a_page_and_long_ones_go_on() {
        let one =
            |n: usize| Paragraph { heading: "标题".into(), lines: vec!["一行".into(); n] };
        let shape =
            |all: Vec<Paragraph>| -> Vec<usize> { pages(all).iter().map(Vec::len).collect() };
        assert_eq!(shape(vec![one(3), one(3), one(3)]), [3]);
        assert_eq!(shape(vec![one(10), one(10)]), [1, 1]);
        let long = pages(vec![one(40)]);
        assert_eq!(long.len(), 3);
        assert_eq!(long[1][0].0, "标题（续）");
    }
}
