//! Reading slips back from the paper of the simulated printer.
#![allow(dead_code, clippy::unwrap_used)]

use gongji_hal::printer::profile::text_columns;
use gongji_hal::printer::sim::{
    GlyphSource, NoGlyphs, PrintedLine, PrintedPaper, SimConfig, SimPrinter,
};
use gongji_kiosk::statement::{Paper, Slip, Stamp};

/// Every page of the slip as it comes out of a printer of the slip's paper.
pub fn read(slip: &Slip, stamp: &Stamp) -> Vec<PrintedPaper> {
    let pages = slip.encode(stamp).unwrap();
    assert_eq!(pages.len(), usize::from(slip.pages()));
    pages.iter().map(|bytes| print(bytes, slip.paper())).collect()
}

/// The pieces that a printer cuts off when it gets these bytes.
pub fn cut(bytes: &[u8], paper: Paper) -> Vec<PrintedPaper> {
    run(bytes, paper, Box::new(NoGlyphs)).take_papers()
}

/// A printer that has printed these bytes.
pub fn run(bytes: &[u8], paper: Paper, font: Box<dyn GlyphSource + Send>) -> SimPrinter {
    SimPrinter::fed(SimConfig { paper, ..SimConfig::default() }, font, bytes)
}

fn print(bytes: &[u8], paper: Paper) -> PrintedPaper {
    let printer = run(bytes, paper, Box::new(NoGlyphs));
    assert!(printer.papers().is_empty(), "a page does not cut itself");
    let page = printer.uncut().clone();
    for line in page.lines() {
        if let PrintedLine::Text { text, size, left_dots, .. } = line {
            let right = left_dots / 12 + text_columns(text) as u32 * size.0;
            assert!(right <= u32::from(paper.columns()), "too wide: {text}");
        }
    }
    page
}

/// All pages as text, a line of `=` between two.
pub fn text_of(slip: &Slip, stamp: &Stamp) -> String {
    let pages: Vec<String> = read(slip, stamp).iter().map(PrintedPaper::text).collect();
    pages.join("================\n")
}

/// The contents of the QR symbols.
pub fn qr_codes(paper: &PrintedPaper) -> Vec<Vec<u8>> {
    let qr = |line: &PrintedLine| match line {
        PrintedLine::Qr(data) => Some(data.clone()),
        _ => None,
    };
    paper.lines().iter().filter_map(qr).collect()
}

/// The lines that begin with a day of the year: the first line of each row.
pub fn dated_lines(papers: &[PrintedPaper]) -> Vec<String> {
    let all = papers.iter().flat_map(|paper| paper.lines());
    all.filter_map(|line| match line {
        PrintedLine::Text { text, size: (1, 2), .. } if is_day(text) => Some(text.clone()),
        _ => None,
    })
    .collect()
}

/// Whether the line begins with a day of the year: `9月5日`.
pub fn is_day(line: &str) -> bool {
    let day = line.split(' ').next().unwrap_or_default();
    let shape = day.starts_with(|ch: char| ch.is_ascii_digit()) && day.ends_with('日');
    shape && day.contains('月') && !day.contains('年')
}

/// The last columns of all amounts in a line.
pub fn ends_at(line: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut column = 0;
    for word in line.split(' ') {
        column += text_columns(word);
        if fen(word).is_some() {
            ends.push(column);
        }
        column += 1;
    }
    ends
}

/// The amounts in a line, in fen.
pub fn amounts(line: &str) -> Vec<i64> {
    line.split(' ').filter_map(fen).collect()
}

/// `-1,234.50` in fen; `None` for what is no amount with two decimals.
fn fen(word: &str) -> Option<i64> {
    let digits = word.strip_prefix('+').unwrap_or(word).replace(',', "");
    let (yuan, fen) = digits.split_once('.')?;
    (fen.len() == 2).then(|| format!("{yuan}{fen}").parse().ok()).flatten()
}

/// The amount at the end of each line that begins with `label`.
pub fn labelled(papers: &[PrintedPaper], label: &str) -> Vec<i64> {
    let texts = papers.iter().map(PrintedPaper::text).collect::<String>();
    let lines = texts.lines().filter(|line| line.starts_with(label));
    lines.map(|line| *amounts(line).last().unwrap()).collect()
}
